"""The stored answer of `domain.next_step`, for many debtors at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date
from functools import lru_cache
from typing import Any

from django.db import connection

from beluur.domain.case import Case
from beluur.domain.steps import NextStep, Tier
from beluur.store.models import Debtor
from beluur.store.save.many import update_many, update_unless_changed

COLUMNS = (
    "step step_on step_at step_tier step_place step_cents step_invoices step_week_ends step_because step_about step_valid_until "
    "step_stale without_email reached_slots avoid_slots open_cents overdue_cents oldest_due"
).split()


_as_text = json.JSONEncoder(ensure_ascii=False).encode
_LAST = "z"  # after all digits, in every collation
_MOST_CENTS = 10**17
Decided = tuple[Case, NextStep, date]


def save_next_steps(administration_id: int, decided: Iterable[Decided]) -> None:
    """Writes the steps; each with its case and the day at the debtor's on which it was decided. No longer stale."""
    update_many(Debtor, administration_id, COLUMNS, (_row(*one) for one in decided))


def next_step_rows(decided: Iterable[Decided], seen: Mapping[int, int]) -> list[tuple[Any, ...]]:
    """The rows to write later by `write_next_steps`; ``seen`` is the event number of each debtor when his case was read."""
    return [(*_row(*one), seen[one[0].debtor_id]) for one in decided]


def write_next_steps(administration_id: int, rows: Iterable[tuple[Any, ...]]) -> None:
    """Writes prepared rows, but not those of debtors with whom something happened since: they stay stale."""
    update_unless_changed(Debtor, administration_id, COLUMNS, rows)


def _row(case: Case, step: NextStep, today: date) -> tuple[Any, ...]:
    late = [i for i in case.invoices if i.open_cents > 0 and i.due is not None and i.due < today]
    credit = -sum(i.open_cents for i in case.invoices if i.open_cents < 0)
    still_open = max(step.open_cents - credit, 0)
    return (
        step.step.value,
        _day(step.on),
        connection.ops.adapt_datetimefield_value(step.at) if step.at else None,
        int(step.tier),
        _place(step),
        step.base_cents,
        len(late),
        _day(step.week_ends),
        _as_text([sentence.to_json() for sentence in step.because]),
        _list(step.about or ()),
        _day(step.valid_until),
        False,
        not case.has_email,
        _list(step.reached_slots),
        _list(step.avoid_slots),
        still_open,
        min(sum(i.open_cents for i in late), still_open),
        _day(step.oldest_due),
        case.debtor_id,
    )


def _place(step: NextStep) -> str:
    """The order of the calls as text: call-backs by their hour, broken promises, the week rule by its last day, the amount."""
    if step.tier >= Tier.NOT_CALLED:
        return ""
    at = f"{step.at.astimezone(UTC):%Y%m%d%H%M%S}" if step.at else _LAST
    week = f"{step.week_ends:%Y%m%d}" if step.week_ends else _LAST
    return f"{step.tier:d} {at} {week} {_MOST_CENTS - step.base_cents:017d}"


def _list(values: tuple[Any, ...]) -> str:
    return _as_text(values) if values else "[]"


@lru_cache(maxsize=4096)
def _day(day: date | None) -> Any:
    return connection.ops.adapt_datefield_value(day) if day else None
