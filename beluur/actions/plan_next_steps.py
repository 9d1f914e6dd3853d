"""Recomputes what happens next for those debtors whose facts changed, or whose answer time has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Q

from beluur.actions.collector import collector_resting
from beluur.actions.fold_tallies import fold_tallies
from beluur.actions.pace import Pace
from beluur.actions.reckon_forecast import books_changed
from beluur.domain.case import Case
from beluur.domain.local_time import local
from beluur.domain.next_step import next_step
from beluur.domain.steps import NextStep
from beluur.store.load import load_cases, load_policy
from beluur.store.models import Administration, Debtor
from beluur.store.save import next_step_rows, save_next_steps, write_next_steps

SLICE = 2000  # debtors decided on at a time
AT_ONCE = 400  # what a page plans before it shows itself; the worker does the rest


def mark_stale(administration_id: int, debtor_ids: Iterable[int]) -> None:
    """The facts of these debtors changed."""
    Debtor.objects.filter(administration_id=administration_id, id__in=list(debtor_ids)).update(
        step_stale=True
    )


def plan_debtors(administration_id: int, debtor_ids: Iterable[int], now: datetime) -> dict[int, Case]:
    """Plans exactly these debtors, within the transaction of the action that changed their facts; gives their cases."""
    decided = _decided(administration_id, debtor_ids, now)
    save_next_steps(administration_id, decided)
    books_changed(administration_id)
    return {case.debtor_id: case for case, _, _ in decided}


def plan_next_steps(administration_id: int, now: datetime, *, limit: int | None = None) -> int:
    """Plans the debtors that are stale or whose answer is no longer valid today, at most ``limit``; gives how many.

    Decides without holding the database, then writes briefly; with whom something happened meanwhile, he stays stale."""
    zone = Administration.objects.values_list("time_zone", flat=True).get(id=administration_id)
    today = local(now, zone).date()
    seen = _due(administration_id, today, limit)
    ids = list(seen)
    pace = Pace()
    with collector_resting():
        for start in range(0, len(ids), SLICE):
            part = ids[start : start + SLICE]
            rows = next_step_rows(_decided(administration_id, part, now), seen)
            _write(administration_id, rows, pace)
    if ids:
        books_changed(administration_id)
    if len(ids) > AT_ONCE:
        fold_tallies(administration_id)
    return len(ids)


def _write(administration_id: int, rows: Sequence[tuple[Any, ...]], pace: Pace) -> None:
    done = 0
    while done < len(rows):
        part = rows[done : done + pace.size]
        with pace.turn(), transaction.atomic():
            write_next_steps(administration_id, part)
        done += len(part)


def _due(administration_id: int, today: date, limit: int | None) -> dict[int, int]:
    """Debtor id -> number of his last event, in that order. Two looks, for each has an index of its own: one with *or*
    walks the whole administration."""
    here = Debtor.objects.filter(administration_id=administration_id, merged_into=None)
    found: dict[int, int] = {}
    for reason in (Q(step_stale=True), Q(step_valid_until__lte=today)):
        found.update(here.filter(reason).values_list("id", "event_seq")[:limit])
    return dict(sorted(found.items())[:limit])


def plan_if_due(administration_id: int, debtor_id: int, now: datetime) -> None:
    """Plans this one debtor when he is stale or his answer is no longer valid, so that his dossier shows what is true now."""
    rows = Debtor.objects.filter(administration_id=administration_id, id=debtor_id, merged_into=None)
    row = rows.values_list("step_stale", "step_valid_until", "time_zone").first()
    if row and (row[0] or (row[1] is not None and row[1] <= local(now, row[2]).date())):
        with transaction.atomic():
            plan_debtors(administration_id, [debtor_id], now)


def plan_waiting(now: datetime) -> bool:
    """The worker's turn: debtors whose facts changed in bulk; whether there were any."""
    for administration_id in Debtor.objects.filter(step_stale=True).values_list(
        "administration_id", flat=True
    )[:1]:
        return plan_next_steps(administration_id, now, limit=SLICE) > 0
    return False


def _decided(
    administration_id: int, debtor_ids: Iterable[int], now: datetime
) -> list[tuple[Case, NextStep, date]]:
    policy = load_policy(administration_id)
    today_at = lru_cache(maxsize=None)(lambda zone: local(now, zone).date())
    decided = []
    for case in load_cases(administration_id, debtor_ids).values():
        today = today_at(case.time_zone)
        decided.append((case, next_step(case, policy, today), today))
    return decided
