"""Who is not called today, and why: of the most that is late first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from beluur.domain.steps import CALLS, Tier
from beluur.queries.today_rows import Filter, NotCalledRow
from beluur.store.models import Debtor
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

FEW = 2_000  # called on a later day: looked up one by one rather than by walking all that are late
_COLUMNS = "id name step step_tier open_cents currency step_because step_on stop overdue_cents".split()
_RULES = ("gate.spoken", "gate.tries_this_week", "step.call_from")
OPEN = Q(open_cents__gt=0)
_Rows = QuerySet[Debtor]


def left_out(day: date, wanted: Filter) -> Q:
    """Everyone with something open who is not in the round: late or not, each has a reason."""
    return OPEN & _named(wanted) & (Q(step_tier=Tier.NOT_CALLED) | Q(step_on__gt=day) | Q(step_on=None))


def not_called(debtors: _Rows, wanted: Filter, day: date, later: int) -> list[NotCalledRow]:
    """The first of them; ``later`` is how many of ``debtors`` are called on a later day, or more. At most three queries."""
    shown = wanted.shown_not
    if later > FEW:
        return [_row(row) for row in _first(debtors.filter(left_out(day, wanted)), shown)]
    here = debtors.filter(_named(wanted))
    rows = _first(here.filter(OPEN, step_tier=Tier.NOT_CALLED), shown)
    if later:
        rows += here.filter(id__in=_called_later(here, day)[:shown]).values(*_COLUMNS)
        rows.sort(key=lambda row: (-row["overdue_cents"], -row["open_cents"], row["id"]))
    return [_row(row) for row in rows[:shown]]


def _named(wanted: Filter) -> Q:
    return Q(name__icontains=wanted.text) if wanted.text else Q()


def _called_later(debtors: _Rows, day: date) -> list[int]:
    """Their ids in the same order, found in the index of the steps: in that of what is late one would walk past everyone."""
    calls = debtors.filter(step__in=CALLS, step_tier__lt=Tier.NOT_CALLED)
    keys = calls.values_list("id", "overdue_cents", "open_cents")
    found = keys.filter(step_on__gt=day).union(keys.filter(step_on=None), all=True)
    still = [key for key in found if key[2] > 0]  # asked in the query, it would walk all that is open
    return [i for i, _, _ in sorted(still, key=lambda key: (-key[1], -key[2], key[0]))]


def _first(rows: _Rows, shown: int) -> list[dict[str, Any]]:
    return list(rows.order_by("-overdue_cents", "-open_cents", "id").values(*_COLUMNS)[:shown])


def _row(row: dict[str, Any]) -> NotCalledRow:
    why = tuple(Sentence.from_json(s) for s in row["step_because"])
    step, on = row["step"], row["step_on"]
    if row["step_tier"] < Tier.NOT_CALLED and on:
        why = _why_later(on, why)
    elif not why:
        why = (say(f"step.{step}"),)
    amount = Money(row["open_cents"], row["currency"])
    return NotCalledRow(row["id"], row["name"], step, amount, why, on, hard=bool(row["stop"]))


def _why_later(on: date, because: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """What puts the call off before what is owed: the rule, which names the day, or else the day and how the last call went."""
    rule = tuple(s for s in because if s.code in _RULES)
    last = tuple(s for s in because if s.code.startswith("step.last_"))
    first = rule or (say("today.later", on=on), *last)
    return (*first, *(s for s in because if s not in first))
