"""What the timeline keeps of a formal notice that has gone: the costs that it named, and the day until which it gave time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from beluur.actions.once import Doer
from beluur.domain.local_time import local_day
from beluur.domain.notice import NoticeKind, notice_days
from beluur.store.models import Debtor
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


def notice_said(
    doer: Doer, debtor_id: int, reckoned: Mapping[str, Any], *, by_post: bool, on: date | None = None
) -> tuple[Sentence, ...]:
    """Reckoned from the day on which it left: today, or ``on``. Of a Belgian consumer no costs are asked, so none are told."""
    if on is None:
        here = Debtor.objects.filter(administration_id=doer.administration_id, id=debtor_id)
        on = local_day(doer.at, here.values_list("time_zone", flat=True).get())
    kind = NoticeKind(reckoned["kind"])
    last = notice_days(kind, on, by_post=by_post).safe_last
    until = say("event.notice_until", on=last)
    if kind is NoticeKind.BE_CONSUMER:
        return (until,)
    asked, costs = Money(reckoned["asked_cents"]), Money(reckoned["costs_cents"])
    return (until, say("event.notice_costs", costs=costs, asked=asked))


def notice_facts(reckoned: Mapping[str, Any]) -> dict[str, Any]:
    """For the evidence: the text that was used, cents, and the last day as the notice itself says it."""
    return {f"notice_{name}": value for name, value in reckoned.items()}
