"""How many are in the round and how many are not, with how much: from the sums that the database keeps, or by asking each debtor
when the list is narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from beluur.domain.steps import REMINDING, Tier
from beluur.store.models import Debtor, DebtorTally
from beluur.store.written import written


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of debtors in all currencies, and cents in the administration's: amounts in others are never added to it.
    ``late_cents`` is of everyone, also when the list is narrowed, and so is ``later``: who is called on a later day."""

    calls: int
    asked_cents: int
    not_calls: int
    left_cents: int
    late_cents: int
    later: int = 0

    def narrowed(self, due: QuerySet[Debtor], others: QuerySet[Debtor], currency: str) -> Counts:
        """The same of these debtors only: in the round, and left out of it."""
        own = Q(currency=currency)
        calls = due.aggregate(n=Count("id"), cents=Sum("step_cents", filter=own))
        left = others.aggregate(n=Count("id"), cents=Sum("open_cents", filter=own))
        return Counts(
            calls["n"], calls["cents"] or 0, left["n"], left["cents"] or 0, self.late_cents, self.later
        )


def _counted(administration_id: int, day: date, currency: str) -> QuerySet[DebtorTally, Any]:
    own, called = Q(currency=currency), Q(tier__lt=Tier.NOT_CALLED)
    due = called & Q(day__lte=day)
    found: QuerySet[DebtorTally, Any] = (
        DebtorTally.objects.filter(administration_id=administration_id)
        .order_by()
        .values("administration_id")
        .annotate(
            calls=Sum("debtors", filter=due),
            asked=Sum("asked_cents", filter=own & due),
            not_calls=Sum("open_debtors", filter=~due),
            left=Sum("open_cents", filter=own & ~due),
            late=Sum("late_cents", filter=own),
            later=Sum("debtors", filter=called & Q(day__gt=day)),
        )
        .values_list("calls", "asked", "not_calls", "left", "late", "later")
    )
    return found


_COUNTED = written(_counted)
_REMINDERS = written(
    lambda administration_id, today: (
        DebtorTally.objects.filter(
            administration_id=administration_id,
            step__in=[step.value for step in REMINDING],
            day__lte=today,
        )
        .order_by()
        .values("administration_id")
        .annotate(n=Sum("debtors"))
        .values_list("n")
    )
)


def counted(administration_id: int, day: date, currency: str) -> Counts:
    """Of the round of ``day``. One query, of as many rows as there are steps and days."""
    rows = _COUNTED(administration_id, day, currency)
    return Counts(*(value or 0 for value in rows[0])) if rows else Counts(0, 0, 0, 0, 0)


def reminders_due(administration_id: int, today: date) -> int:
    """How many reminders are due."""
    rows = _REMINDERS(administration_id, today)
    return rows[0][0] if rows else 0
