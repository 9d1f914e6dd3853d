"""Our own bank accounts: how far each is known, and to which day promises can be judged (J3)."""

from __future__ import annotations

from django.db.models import Count

from beluur.queries.payments_rows import AccountRow, Accounts
from beluur.store.load import bank_reach
from beluur.store.models import BankAccount
from beluur.values.numbers import IBAN


def accounts(administration_id: int) -> Accounts:
    """All accounts, those in use first. Two queries."""
    rows = list(
        BankAccount.objects.filter(administration_id=administration_id)
        .annotate(count=Count("statements"))
        .order_by("-in_use", "number", "currency")
        .values_list("id", "number", "currency", "holder", "in_use", "reaches", "count")
    )
    known = [row[5] for row in rows if row[4] and row[5]]
    last = max(known, default=None)
    return Accounts(
        tuple(
            AccountRow(
                i,
                IBAN.format(number),
                currency,
                holder,
                in_use,
                reaches,
                count,
                lags=in_use and (reaches is None or (last is not None and reaches < last)),
            )
            for i, number, currency, holder, in_use, reaches, count in rows
        ),
        bank_reach(administration_id),
    )
