"""A booking of a file as a staged row, and as it is compared with what is known."""

from __future__ import annotations

from typing import Any

from beluur.domain.bank_lines import Line
from beluur.importers.records import TransactionRecord
from beluur.store.load.publishing import COLUMNS

__all__ = ["COLUMNS", "line_of", "line_record", "said_of"]


def line_of(t: TransactionRecord, format_: str, statement: str) -> Line:
    """The booking as far as it is needed to know it again."""
    return Line(
        t.booked,
        t.amount_cents,
        t.currency,
        t.bank_reference[:140],
        t.counterparty_iban[:40],
        format_,
        statement[:140],
        t.batch[:140],
        t.batch_cents,
        said_of(t.reference[:140], t.text[:500]),
    )


def said_of(reference: str, text: str) -> str:
    """What the payer said, to tell two equal payments of a day apart."""
    return f"{reference} {text}".strip()


def line_record(t: TransactionRecord, key: str, *, pending: bool = False) -> list[Any]:
    """The line in `COLUMNS`, as JSON."""
    return [
        key,
        t.booked.isoformat(),
        t.amount_cents,
        t.currency,
        t.counterparty[:140],
        t.counterparty_iban[:40],
        t.reference[:140],
        t.text[:500],
        t.reversal,
        t.bank_reference[:140],
        t.end_to_end[:140],
        t.valued.isoformat() if t.valued else None,
        t.code[:40],
        t.returned[:40],
        pending,
        t.batch[:140],
        t.batch_cents,
        t.bank_text[:500],
    ]
