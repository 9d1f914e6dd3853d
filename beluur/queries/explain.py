"""Where an amount comes from: stated by an export of a day, less what was booked after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beluur.queries.dossier_rows import Because, InvoiceRow
from beluur.values.money import Money, total
from beluur.values.sentence import Sentence, say

LINES = 12  # of a sum, one per invoice; the rest is one line


def explain_invoice(
    amount: Money, stated: Money, booked: Money, as_of: date | None, source: str
) -> tuple[Because, ...]:
    """The open amount of one invoice: its amount, what was stated to be open, and what came in after that."""
    lines = [Because(say("why.amount"), amount)]
    before = amount - stated
    if before:
        lines.append(Because(say("why.paid_before"), -before, _source(as_of, source)))
    else:
        lines.append(Because(say("why.stated"), stated, _source(as_of, source)))
    if booked:
        lines.append(Because(say("why.booked"), -booked, say("why.payments_after")))
    return (*lines, Because(say("why.open"), stated - booked))


def _source(as_of: date | None, source: str) -> Sentence:
    if as_of is None:
        return say("why.day_unknown")
    return say("why.export", day=as_of, name=source) if source else say("why.by_hand", day=as_of)


def explain_sum(invoices: Sequence[InvoiceRow], currency: str) -> tuple[Because, ...]:
    """A sum, invoice by invoice, the largest part of it first."""
    rows = sorted(invoices, key=lambda row: -abs(row.open.cents))
    lines = [Because(_line(row), row.open) for row in rows[:LINES]]
    if rest := rows[LINES:]:
        lines.append(Because(say("why.more", count=len(rest)), total((r.open for r in rest), currency)))
    return tuple(lines)


def _line(row: InvoiceRow) -> Sentence:
    if row.kind == "credit_note":
        return say("why.credit_note", number=row.number)
    if row.due is None:
        return say("why.invoice_without_due", number=row.number)
    return say("why.invoice", number=row.number, due=row.due)
