"""Recomputes what happens next for those debtors whose facts changed, or whose answer time has changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from beluur.domain.local_time import local
from beluur.domain.next_step import next_step
from beluur.store.load import load_cases, load_policy
from beluur.store.models import Administration, Debtor
from beluur.store.save import save_next_steps

SLICE = 500  # debtors a transaction: on SQLite another writer waits no longer than this takes


def mark_stale(administration_id: int, debtor_ids: Iterable[int]) -> None:
    """The facts of these debtors changed."""
    Debtor.objects.filter(administration_id=administration_id, id__in=list(debtor_ids)).update(step_stale=True)


def plan_debtors(administration_id: int, debtor_ids: Iterable[int], now: datetime) -> None:
    """Plans exactly these debtors, within the transaction of the action that changed their facts."""
    policy = load_policy(administration_id)
    decided = []
    for case in load_cases(administration_id, debtor_ids).values():
        today = local(now, case.time_zone).date()
        decided.append((case, next_step(case, policy, today), today))
    save_next_steps(administration_id, decided)


def plan_next_steps(administration_id: int, now: datetime) -> int:
    """Plans all debtors that are stale or whose answer is no longer valid today; gives how many."""
    zone = Administration.objects.values_list("time_zone", flat=True).get(id=administration_id)
    today = local(now, zone).date()
    due = Debtor.objects.filter(
        Q(step_stale=True) | Q(step_valid_until__lte=today), administration_id=administration_id, merged_into=None
    )
    ids = list(due.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), SLICE):
        with transaction.atomic():
            plan_debtors(administration_id, ids[start : start + SLICE], now)
    return len(ids)
