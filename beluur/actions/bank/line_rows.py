"""A booking of a file as a staged row, and as it is compared with what is known."""

from __future__ import annotations

from typing import Any

from beluur.domain.bank_lines import Line
from beluur.domain.reconciliation.incoming import Incoming
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


def line_record(t: TransactionRecord, key: str, *, pending: bool = False) -> tuple[list[Any], Incoming]:
    """The line in `COLUMNS`, as JSON, and as the engine reads it, who does not know of it by a number yet."""
    name, iban, reference, text = (
        t.counterparty[:140],
        t.counterparty_iban[:40],
        t.reference[:140],
        t.text[:500],
    )
    end_to_end, returned = t.end_to_end[:140], t.returned[:40]
    line = [
        key,
        t.booked.isoformat(),
        t.amount_cents,
        t.currency,
        name,
        iban,
        reference,
        text,
        t.reversal,
        t.bank_reference[:140],
        end_to_end,
        t.valued.isoformat() if t.valued else None,
        t.code[:40],
        returned,
        pending,
        t.batch[:140],
        t.batch_cents,
        t.bank_text[:500],
    ]
    back = t.reversal or bool(returned)
    cents, currency, booked = t.amount_cents, t.currency, t.booked
    return line, Incoming(0, cents, currency, booked, name, iban, reference, text, end_to_end, back)
