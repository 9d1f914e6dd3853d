"""What a debtor contests on his page becomes a dispute of each invoice that it is about, and work for who spoke with him (D8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from beluur.actions.dispute_row import new_dispute
from beluur.actions.once import Doer
from beluur.domain.call_check import disputable
from beluur.domain.call_report import DisputeCode, DisputeSaid
from beluur.domain.local_time import local_day, moment_at
from beluur.domain.personal_link import ANSWER_WITHIN_WORKING_DAYS
from beluur.law.days import add_working_days
from beluur.store.load import load_case
from beluur.store.models import Administration, Membership, PersonalLink, Task
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say
from beluur.words import render

_NOON = time(12)
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Contested:
    """What came of it, as lines for the timeline."""

    dispute_ids: tuple[int, ...] = ()
    lines: tuple[Sentence, ...] = ()


def contest(doer: Doer, link: PersonalLink, words: str, invoice_id: int | None, *, task: bool) -> Contested:
    """Disputes what is open of that invoice, or of all on the page, and not disputed yet. Somebody is to call him with ``task``,
    and when nothing is left to dispute: what he wrote must not lie unread."""
    case = load_case(doer.administration_id, link.debtor_id)
    today = local_day(doer.at, case.time_zone)
    room = disputable(case, today)
    chosen = [invoice_id] if invoice_id is not None else list(link.invoices)
    owner, by = _owner(doer, link), add_working_days(today, ANSWER_WITHIN_WORKING_DAYS, case.country)
    ids, lines = [], []
    for one in chosen:
        if (cents := room.get(one, 0)) <= 0:
            continue
        said = DisputeSaid(((one, cents),), DisputeCode.OTHER.value, words, answer_by=by, owner_user=owner)
        row = new_dispute(doer, said, debtor_id=link.debtor_id, invoice_id=one, cents=cents, call_id=None)
        row.save(force_insert=True)
        ids.append(row.id)
        why, amount = say(f"dispute.{row.code}"), Money(cents, case.currency)
        lines.append(say("event.disputed", amount=amount, number=row.invoice.number, why=why))
    if task or not ids:
        code = "link.task_disagree" if task else "link.task_question"
        lines.append(put_on_list(doer, link, code, words))
    return Contested(tuple(ids), tuple(lines))


def put_on_list(doer: Doer, link: PersonalLink, code: str, words: str) -> Sentence:
    """Work for who spoke with him, by the next working day at noon; gives the line for the timeline."""
    house = Administration.objects.get(id=doer.administration_id)
    day = add_working_days(local_day(doer.at, house.time_zone), 1, house.country)
    what = render(Sentence(code, {"words": " ".join(words.split()) or "–"}), house.language)
    task = Task.objects.create(
        administration_id=doer.administration_id,
        debtor_id=link.debtor_id,
        what=what[:_LONGEST],
        at=moment_at(day, _NOON, house.time_zone),
        owner_id=_owner(doer, link),
        made_at=doer.at,
    )
    return say("event.link_task", on=day, what=task.what)


def _owner(doer: Doer, link: PersonalLink) -> int | None:
    """Who spoke with him, else whose debtor he is; None when they do not work here any more: then it is everyone's."""
    here = Membership.objects.filter(administration_id=doer.administration_id, user__is_active=True)
    asked = [link.call.caller_id if link.call else None, link.message.by_id, link.debtor.assigned_to_id]
    known = set(here.filter(user_id__in=[i for i in asked if i]).values_list("user_id", flat=True))
    return next((i for i in asked if i in known), None)
