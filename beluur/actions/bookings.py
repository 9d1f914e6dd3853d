"""What payments still pay on invoices, each on its own day: what a verdict rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from beluur.actions.judgements import BankLine
from beluur.domain.receipts import Booked
from beluur.store.models import Allocation
from beluur.values.money import Money

_ALLOCATION = (
    "invoice_id cents payment_id payment__takes_back_id payment__reverses_id payment__booked_on payment__amount_cents "
    "payment__currency payment__counterparty"
).split()


def bookings(
    administration_id: int, invoice_ids: Collection[int]
) -> tuple[dict[int, list[Booked]], dict[int, BankLine]]:
    """What each payment still pays, on its own day, and the bank lines; what went back, or was taken off, did not come."""
    rows = Allocation.objects.filter(administration_id=administration_id, invoice_id__in=invoice_ids)
    net: dict[tuple[int, int], int] = defaultdict(int)
    lines: dict[int, BankLine] = {}
    for invoice_id, cents, i, takes_back, reverses, on, amount, currency, payer in rows.values_list(
        *_ALLOCATION
    ):
        lines[i] = BankLine(i, on, Money(amount, currency), payer)
        net[invoice_id, takes_back or reverses or i] += cents
    booked: dict[int, list[Booked]] = defaultdict(list)
    for (invoice_id, i), cents in net.items():
        if cents > 0 and i in lines:
            booked[invoice_id].append(Booked(invoice_id, cents, lines[i].booked_on, i))
    return booked, lines
