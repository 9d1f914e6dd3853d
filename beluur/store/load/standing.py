"""What payments pay of which invoice still, after what was taken off and what went back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Max, Sum

from beluur.domain.reconciliation.part_back import still_standing
from beluur.store.among import rows_among
from beluur.store.models import Allocation, Payment


class Standing(NamedTuple):
    """``net`` cents of a payment that are on an invoice; ``as_of`` is the day of what is stated open of it, ``made`` the moment
    the payment came to be known."""

    payment_id: int
    invoice_id: int
    lowers: bool
    held: bool
    on: date
    as_of: date | None
    debtor_id: int
    made: datetime
    net: int


_COLUMNS = "payment_id invoice_id lowers held payment__booked_on invoice__as_of invoice__debtor_id payment__at".split()


def standing(administration_id: int, payment_ids: Collection[int]) -> dict[int, list[Standing]]:
    """Payment id -> its parts, the newest first. Three queries."""
    here = Allocation.objects.filter(administration_id=administration_id)
    rows = here.filter(payment_id__in=payment_ids).order_by().values_list(*_COLUMNS)
    nets = sorted(rows.annotate(net=Sum("cents"), last=Max("id")), key=lambda row: -row[-1])
    gone = _gone(administration_id, payment_ids)
    found: dict[int, list[Standing]] = defaultdict(list)
    for *row, _ in nets:
        found[row[0]].append(Standing._make(row))
    return {i: _after(parts, gone[i]) for i, parts in found.items()}


def _gone(administration_id: int, payment_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """Payment id -> cents by invoice that went back with other payments."""
    back_of = dict(
        rows_among(Payment, administration_id, "takes_back_id", payment_ids, ("id", "takes_back_id"))
    )
    gone: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    columns = ("payment_id", "invoice_id", "cents")
    for back_id, invoice_id, cents in rows_among(
        Allocation, administration_id, "payment_id", back_of, columns
    ):
        gone[back_of[back_id]][invoice_id] -= cents
    return gone


def _after(parts: list[Standing], gone: dict[int, int]) -> list[Standing]:
    cents = still_standing([(p.invoice_id, p.net) for p in parts], gone)
    return [part._replace(net=net) for part, net in zip(parts, cents, strict=True) if net]
