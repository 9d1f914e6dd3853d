"""The stored answer of `domain.next_step`, for many debtors at once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from beluur.domain.case import Case
from beluur.domain.steps import NextStep
from beluur.store.models import Debtor
from beluur.store.save.many import update_many

COLUMNS = (
    "step step_on step_at step_tier step_cents step_invoices step_week_ends step_because step_about step_valid_until "
    "step_stale reached_slots avoid_slots open_cents overdue_cents oldest_due"
).split()


def save_next_steps(administration_id: int, decided: Iterable[tuple[Case, NextStep, date]]) -> None:
    """Writes the steps; each with its case and the day at the debtor's on which it was decided. No longer stale."""
    update_many(
        Debtor, administration_id, COLUMNS, (_row(case, step, today) for case, step, today in decided)
    )


def _row(case: Case, step: NextStep, today: date) -> tuple[Any, ...]:
    late = [i for i in case.invoices if i.open_cents > 0 and i.due is not None and i.due < today]
    return (
        step.step.value,
        _day(step.on),
        connection.ops.adapt_datetimefield_value(step.at) if step.at else None,
        int(step.tier),
        step.base_cents,
        len(late),
        _day(step.week_ends),
        json.dumps([sentence.to_json() for sentence in step.because], ensure_ascii=False),
        json.dumps(step.about or ()),
        _day(step.valid_until),
        False,
        json.dumps(step.reached_slots),
        json.dumps(step.avoid_slots),
        step.open_cents,
        sum(i.open_cents for i in late),
        _day(step.oldest_due),
        case.debtor_id,
    )


def _day(day: date | None) -> Any:
    return connection.ops.adapt_datefield_value(day) if day else None
