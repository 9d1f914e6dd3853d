"""One record beside what is known: new, changed, the same, or not to be taken; and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from beluur.actions.intake.known import KnownInvoice
from beluur.importers.records import InvoiceRecord
from beluur.values.invoice_number import number_key

ENRICHED = ("description", "reference", "your_reference")


@dataclass(frozen=True, slots=True)
class Stand:
    """What a file is: ``states_open`` when it tells what is still open (an open-items export), as known on ``as_of``;
    ``states_amount`` when it also tells what was invoiced, apart from what is left of it."""

    source_id: int | None
    as_of: date
    states_open: bool
    currency: str
    states_amount: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """``change`` is new, changed, same, or older (the file is older than what is known)."""

    change: str
    values: dict[str, Any]
    before: dict[str, Any]


def compare_invoice(record: InvoiceRecord, known: KnownInvoice | None, stand: Stand) -> Compared:
    """What this record would do. An invoice file (UBL) never changes the open amount of one that is known: it only adds
    what an export does not tell."""
    values = invoice_values(record, stand)
    if known is None:
        return Compared("new", values, {})
    if not stand.states_amount and _part_of(values["amount_cents"], known.amount_cents):
        values["amount_cents"] = None  # the file tells only what is left of it
    if not stand.states_open:
        return _enriched(values, known)
    if known.source_id and known.as_of and known.as_of > stand.as_of:
        return Compared("older", {}, {})
    if known.source_id == stand.source_id and known.as_of == stand.as_of and not _differs(values, known):
        return Compared("same", {}, {})
    before = {"as_of": _iso(known.as_of), "source_id": known.source_id, "booked_cents": known.booked_cents}
    after: dict[str, Any] = {"as_of": values["as_of"], "source_id": stand.source_id}
    for name in ("issued", "due", "amount_cents", "stated_open_cents"):
        old = _iso(getattr(known, name))
        if (told := values.get(name)) is not None and told != old:
            before[name], after[name] = old, told
    for name in ("description", "reference"):
        if values.get(name) and not getattr(known, name):
            before[name], after[name] = "", values[name]
    visible = set(after) - {"as_of", "source_id", "description", "reference"}
    return Compared("changed" if visible else "known_to", after, before)


def _part_of(cents: int, amount: int) -> bool:
    return 0 <= cents <= amount or amount <= cents <= 0


def _differs(values: dict[str, Any], known: KnownInvoice) -> bool:
    return any(
        (told := values.get(name)) is not None and told != _iso(getattr(known, name))
        for name in ("issued", "due", "amount_cents", "stated_open_cents")
    )


def _enriched(values: dict[str, Any], known: KnownInvoice) -> Compared:
    before, after = {}, {}
    for name in ("description", "reference", "due", "issued"):
        if values.get(name) and not getattr(known, name):
            before[name], after[name] = (
                _iso(getattr(known, name)) or ("" if name in ENRICHED else None),
                values[name],
            )
    return Compared("enriched" if after else "same", after, before)


def invoice_values(record: InvoiceRecord, stand: Stand) -> dict[str, Any]:
    """The columns of a new row, as JSON; what the record leaves empty (`fresh.BLANK`) is not in it. What is open is the amount
    itself when the file does not state it; it is then known to the day of the invoice."""
    still = record.open_cents if record.open_cents is not None else record.amount_cents or 0
    amount = record.amount_cents if record.amount_cents is not None else still
    if still and (amount < 0) != (still < 0):  # an overpaid invoice is a credit
        amount = still
    as_of = stand.as_of if stand.states_open else record.issued
    number = record.number[:60]
    values: dict[str, Any] = {
        "number": number,
        "number_key": number_key(number),
        "kind": "credit_note" if record.kind == "credit_note" or amount < 0 else "invoice",
        "currency": record.currency or stand.currency,
        "amount_cents": amount,
        "stated_open_cents": still,
        "as_of": as_of.isoformat() if as_of else None,
        "source_id": stand.source_id,
    }
    if record.issued:
        values["issued"] = record.issued.isoformat()
    if record.due:
        values["due"] = record.due.isoformat()
    _add_texts(values, record)
    if record.term_days is not None:
        values["term_days"] = record.term_days
    if record.direct_debit:
        values |= {"exemption": "direct_debit", "exempt_cents": abs(still)}
    elif record.g_account_cents:
        values |= {"exemption": "g_account", "exempt_cents": record.g_account_cents}
    return values


def _add_texts(values: dict[str, Any], record: InvoiceRecord) -> None:
    if record.reference:
        values["reference"] = record.reference[:40]
    if record.your_reference:
        values["your_reference"] = record.your_reference[:80]
    if record.description:
        values["description"] = record.description[:500]


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
