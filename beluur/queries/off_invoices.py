"""Invoices of which the open amount did not add up when it was last looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from beluur.store.models import OffInvoice
from beluur.values.money import Money

SHOWN = 50


@dataclass(frozen=True, slots=True)
class OffRow:
    """``is_open`` stands there; by its rows ``should`` would."""

    debtor_id: int
    name: str
    number: str
    is_open: Money
    should: Money
    found_at: datetime


_COLUMNS = (
    "invoice__debtor_id invoice__debtor__name invoice__number open_cents should_cents invoice__currency found_at"
).split()


def off_invoices(administration_id: int) -> tuple[OffRow, ...]:
    """The first of them; one query."""
    rows = OffInvoice.objects.filter(administration_id=administration_id).order_by("invoice_id")
    return tuple(
        OffRow(debtor_id, name, number, Money(still, currency), Money(should, currency), at)
        for debtor_id, name, number, still, should, currency, at in rows.values_list(*_COLUMNS)[:SHOWN]
    )
