"""How many are in the round and how many are not, with how much: from the sums that the database keeps, or by asking each debtor
when the list is narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from beluur.domain.steps import Step, Tier
from beluur.store.models import Debtor, DebtorTally


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


def counted(administration_id: int, day: date, currency: str) -> Counts:
    """Of the round of ``day``. One query, of as many rows as there are steps and days."""
    own = Q(currency=currency)
    called = Q(tier__lt=Tier.NOT_CALLED)
    due = called & Q(day__lte=day)
    found = DebtorTally.objects.filter(administration_id=administration_id).aggregate(
        calls=Sum("debtors", filter=due),
        asked_cents=Sum("asked_cents", filter=own & due),
        not_calls=Sum("open_debtors", filter=~due),
        left_cents=Sum("open_cents", filter=own & ~due),
        late_cents=Sum("late_cents", filter=own),
        later=Sum("debtors", filter=called & Q(day__gt=day)),
    )
    return Counts(**{name: value or 0 for name, value in found.items()})


def reminders_due(administration_id: int, today: date) -> int:
    """How many reminders are due."""
    rows = DebtorTally.objects.filter(
        administration_id=administration_id, step__in=(Step.REMIND_FIRST.value, Step.REMIND_SECOND.value)
    )
    return rows.filter(day__lte=today).aggregate(n=Sum("debtors"))["n"] or 0
