"""What payments still pay on invoices, each on its own day: what a verdict rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from beluur.actions.judgements import BankLine, WentBack
from beluur.domain.receipts import Booked
from beluur.store.models import Allocation
from beluur.values.money import Money

_ALLOCATION = (
    "invoice_id cents payment_id payment__takes_back_id payment__reverses_id payment__booked_on payment__amount_cents "
    "payment__currency payment__counterparty"
).split()


class Bookings(NamedTuple):
    """By invoice what each payment still pays, on its own day; the bank lines by payment; by invoice what the bank took back."""

    booked: dict[int, list[Booked]]
    lines: dict[int, BankLine]
    gone: dict[int, list[WentBack]]


def bookings(administration_id: int, invoice_ids: Collection[int]) -> Bookings:
    """What came in on these invoices. What went back, or was taken off, did not come."""
    rows = Allocation.objects.filter(administration_id=administration_id, invoice_id__in=invoice_ids)
    net: dict[tuple[int, int], int] = defaultdict(int)
    lines: dict[int, BankLine] = {}
    backs: dict[int, int] = {}
    for invoice_id, cents, i, takes_back, reverses, on, amount, currency, payer in rows.values_list(
        *_ALLOCATION
    ):
        lines[i] = BankLine(i, on, Money(amount, currency), payer)
        net[invoice_id, takes_back or reverses or i] += cents
        if takes_back:
            backs[takes_back] = i
    booked: dict[int, list[Booked]] = defaultdict(list)
    gone: dict[int, list[WentBack]] = defaultdict(list)
    for (invoice_id, i), cents in net.items():
        if cents > 0 and i in lines:
            booked[invoice_id].append(Booked(invoice_id, cents, lines[i].booked_on, i))
        elif not cents and i in lines and i in backs:
            gone[invoice_id].append(WentBack(lines[i], lines[backs[i]].booked_on))
    return Bookings(booked, lines, gone)
