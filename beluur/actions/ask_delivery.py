"""Asks the colleague who knows how a delivery went, and takes his answer: only then does a caller speak firmly of it (C3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.queue_mail import Outgoing, queue_mail, queued_line
from beluur.actions.touched import the_debtor
from beluur.actions.whose import owner_of
from beluur.domain.local_time import local_day, moment_at
from beluur.law.days import add_working_days
from beluur.queries.delivery_mail import delivery_mailing
from beluur.queries.mail_facts import Mailing
from beluur.store.models import Administration, Debtor, Invoice, Task, User
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

ANSWER_WITHIN_WORKING_DAYS = 2
_END_OF_DAY = time(17)


@dataclass(frozen=True, slots=True)
class DeliveryQuestion:
    """To a colleague (``user_id``), or to ``name`` at the address ``to``; about one invoice, or about the debtor."""

    question: str
    user_id: int | None = None
    name: str = ""
    to: str = ""
    invoice_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The task that waits for the answer, and the mail."""

    task_id: int
    message_id: int


def ask_delivery(
    doer: Doer, *, debtor_id: int, asking: DeliveryQuestion, call_id: int | None = None
) -> Asked:
    """The mail waits half a minute; the answer is due in two working days, on the list of the colleague, or of who asks him when
    he has no account. Refused at ``question``, ``user``, ``to`` or ``invoice``."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        house = Administration.objects.get(id=doer.administration_id)
        answer_by = add_working_days(
            local_day(doer.at, house.time_zone), ANSWER_WITHIN_WORKING_DAYS, house.country
        )
        task = _task(doer, debtor, house, asking, answer_by)
        task.call_id = call_id
        mailing = _mailing(doer, house, task, asking, answer_by)
        task.save(force_insert=True)
        message = queue_mail(doer, Outgoing(mailing, "delivery_question", debtor_id, call_id=call_id))
        lines = (say("event.delivery_answer_by", by=answer_by), queued_line(message))
        told, record = say("event.delivery_asked", who=task.asked), {"task": task.id}
        happening = Happening(
            debtor_id, "delivery_asked", told, lines, note=task.what, facts=record, call_id=call_id
        )
        put_on_record(doer, happening)
        return {"task": task.id, "message": message.id}

    said = once(doer, "ask_delivery", do)
    return Asked(said["task"], said["message"])


def _task(
    doer: Doer, debtor: Debtor, house: Administration, asking: DeliveryQuestion, answer_by: date
) -> Task:
    """The task, not saved: on the list of the colleague, or of who asks."""
    colleague, name = owner_of(doer, asking.user_id, asking.name, field="user")
    if not asking.question.strip():
        raise Refused(say("general.required"), "question")
    if not name:
        raise Refused(say("delivery.who"), "user")
    return Task(
        administration_id=doer.administration_id,
        debtor=debtor,
        kind="delivery",
        what=" ".join(asking.question.split())[:500],
        asked=name,
        invoice=_invoice(doer, debtor, asking.invoice_id),
        at=moment_at(answer_by, _END_OF_DAY, house.time_zone),
        owner_id=colleague or doer.user_id,
        made_at=doer.at,
    )


def _mailing(
    doer: Doer, house: Administration, task: Task, asking: DeliveryQuestion, answer_by: date
) -> Mailing:
    account = User.objects.get(id=asking.user_id) if asking.user_id else None
    to = account.email if account else asking.to.strip()
    if not to:
        raise Refused(say("delivery.address"), "to")
    return delivery_mailing(
        doer.administration_id,
        task.debtor_id,
        invoice_id=task.invoice_id,
        question=asking.question.strip(),
        name=task.asked,
        to=to,
        language=account.language if account else house.language,
        answer_by=answer_by,
        today=local_day(doer.at, house.time_zone),
        caller=doer.name,
    )


def _invoice(doer: Doer, debtor: Debtor, invoice_id: int | None) -> Invoice | None:
    if invoice_id is None:
        return None
    here = Invoice.objects.filter(administration_id=doer.administration_id, debtor=debtor)
    found = here.filter(id=invoice_id).first()
    if found is None:
        raise Refused(say("by_hand.choose"), "invoice")
    return found
