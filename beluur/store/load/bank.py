"""How far the bank is known, and what waits there that may be somebody's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, Sum

from beluur.store.load.publishing import being_published
from beluur.store.load.ready import Ready
from beluur.store.models import BankAccount, BankStatement, Payment


def bank_reach(administration_id: int) -> date | None:
    """The last day that is complete on every account on which customers pay; None when there is none, or one is not known. An
    account of which every statement was undone is none."""
    told = BankStatement.objects.filter(administration_id=administration_id, account=OuterRef("id"))
    accounts = BankAccount.objects.filter(
        Q(reaches__isnull=False) | Exists(told.exclude(intake__state="undone")),
        administration_id=administration_id,
        in_use=True,
    )
    days = list(accounts.values_list("reaches", flat=True))
    return min(days) if days and None not in days else None  # type: ignore[type-var]


_PERHAPS = Ready(
    lambda mine: (
        Payment.objects.filter(mine, left_cents__gt=0)
        .order_by()
        .values_list("perhaps_id", "currency", "perhaps__currency")
        .annotate(sum=Sum("left_cents"))
    ),
    "perhaps_id",
)


def perhaps_paid(administration_id: int, debtor_ids: Collection[int]) -> dict[int, int]:
    """Debtor id -> cents that came in, or are announced, and may be his: proposed and not decided, or paid too much, or still
    being published. In the debtor's own currency only."""
    sums = _PERHAPS.of(administration_id, list(debtor_ids))
    wanted = set(debtor_ids)
    found = Counter(
        {debtor: cents for debtor, currency, own, cents in sums if debtor in wanted and currency == own}
    )
    found.update(being_published(administration_id, debtor_ids))
    return dict(found)
