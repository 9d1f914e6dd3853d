"""Makes the formal notice (H1): a mail in the outbox, or a letter that is ready to be posted; with the yes that its rung asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from beluur.actions.decide_rung import let_out
from beluur.actions.once import Doer, once
from beluur.actions.queue_mail import Outgoing, queue_mail, why_not_sent
from beluur.actions.send_reminders import tell_queued
from beluur.actions.touched import the_debtor
from beluur.domain.calling_window import may_write_from
from beluur.domain.ladder import RungKind
from beluur.domain.ladder_days import NOTICE_LEVEL
from beluur.domain.local_time import local_day
from beluur.mailroom.letter_sheet import letter_sheet
from beluur.queries.notice import MESSAGE, Notice, notice, notice_ways
from beluur.store.load import load_case
from beluur.store.models import Administration, Debtor, Letter
from beluur.values.problem import Refused
from beluur.values.sentence import say


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the letter, or the mail."""

    letter_id: int | None = None
    message_id: int | None = None


def send_notice(doer: Doer, debtor_id: int, *, by_post: bool | None = None) -> Made:
    """``by_post`` None: as the ladder says, or the other way when only that address is known. A letter counts from when a person
    says that he posted it, a mail from when it has left. Refused without the yes, when one is under way, and when it cannot be
    made. Raises Debtor.DoesNotExist."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        let_out(doer, debtor, RungKind.NOTICE)
        today = local_day(doer.at, debtor.time_zone)
        ways = notice_ways(doer.administration_id, debtor_id, today)
        if ways.letter_id or ways.message_id:
            raise Refused(say("notice.under_way"))
        on_paper = ways.first_by_post if by_post is None else by_post
        return _letter(doer, debtor) if on_paper else _mail(doer, debtor)

    return Made(**once(doer, "send_notice", do))


def _letter(doer: Doer, debtor: Debtor) -> dict[str, Any]:
    house = Administration.objects.get(id=doer.administration_id)
    today = local_day(doer.at, debtor.time_zone)
    made = notice(house.id, debtor.id, doer.name, sent=today, today=today, by_post=True)
    sheet = letter_sheet(made.mailing.mail, made.creditor, made.to, country=house.country, on=today)
    letter = Letter.objects.create(
        administration_id=house.id,
        debtor=debtor,
        level=NOTICE_LEVEL,
        sheet={**sheet, "notice": reckoned(made)},
        invoice_numbers=list(made.mailing.invoice_numbers),
        made_at=doer.at,
        by_id=doer.user_id,
    )
    return {"letter_id": letter.id}


def _mail(doer: Doer, debtor: Debtor) -> dict[str, Any]:
    today = local_day(doer.at, debtor.time_zone)
    leaves = may_write_from(load_case(doer.administration_id, debtor.id), doer.at, by_itself=False)
    sent = local_day(leaves, debtor.time_zone)
    made = notice(doer.administration_id, debtor.id, doer.name, sent=sent, today=today, by_post=False)
    house = Administration.objects.get(id=doer.administration_id)
    if why := why_not_sent(house, made.mailing.recipient.email):
        raise Refused(why)
    facts = {"notice": reckoned(made)}
    message = queue_mail(doer, Outgoing(made.mailing, MESSAGE, debtor.id, not_before=leaves, facts=facts))
    tell_queued(doer, [message])
    return {"message_id": message.id}


def reckoned(made: Notice) -> dict[str, Any]:
    """What the notice says, kept as evidence: cents and days."""
    facts = made.facts
    return {
        "kind": facts.kind.value,
        "asked_cents": facts.asked.cents,
        "costs_cents": facts.costs.cents,
        "pay_by": facts.pay_by.isoformat(),
    }
