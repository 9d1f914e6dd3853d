"""A list of open items to invoices. Amounts and dates are read by the column; a row that is not sure is left out and named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from beluur.importers import vocabulary
from beluur.importers.amounts import UNCLEAR, AmountColumn
from beluur.importers.cells import Cell, text_of
from beluur.importers.dates import DateColumn
from beluur.importers.debtors import contact_rows
from beluur.importers.entries import Entries, find_entries
from beluur.importers.headers import AMOUNT_ROLES, DATE_ROLES
from beluur.importers.item_columns import ItemColumns, read_columns
from beluur.importers.layout import Layout
from beluur.importers.problem_list import ProblemList, refused
from beluur.importers.records import DebtorRecord, FileContents, InvoiceRecord
from beluur.importers.same_number import one_per_number
from beluur.values.numbers import IBAN, compact_reference
from beluur.values.sentence import Sentence, say

_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_CENTS = re.compile(r"\d\d\Z")
_CUT = re.compile(r"\d(?:[.,]\d+)?E\+\d+\Z")  # of a long number a spreadsheet keeps a few digits
_CURRENCY_SIGNS = {"€": "EUR", "EURO": "EUR", "$": "USD", "£": "GBP"}
_DAYS = re.compile(r"\d{1,3}")


def read_open_items(name: str, layout: Layout) -> FileContents:
    """The invoices of an open-items list; refused when a column is missing without which nothing can be dunned."""
    base = layout.contents(name, "open-items")
    if sentence := _missing(layout):
        return refused(base, sentence, layout.header_line)
    entries = find_entries(layout)
    read = read_columns(layout, entries)
    layout = read.layout
    if sentence := _unclear(entries, read):
        return refused(base, sentence, layout.header_line)
    problems = ProblemList(name)
    _remarks(layout, entries, read, problems)
    invoices = one_per_number(_invoices(layout, entries, read, problems), problems, has_open=read.states_open)
    if not invoices and not problems.skipped:
        return refused(base, say("table.no-rows"), layout.header_line)
    return replace(
        base,
        invoices=tuple(invoices),
        contacts=tuple(contact_rows(layout, entries.rows, entries.lines, entries.debtors)),
        debtors=tuple(dict.fromkeys(invoice.debtor for invoice in invoices)),
        problems=problems.all(),
        complete=not problems.skipped and not layout.table.others,
    )


def _missing(layout: Layout) -> Sentence | None:
    headers = tuple(header for header in layout.headers if header)
    sums = layout.has("open") or layout.has("amount") or layout.has("debit", "credit") or layout.aged
    dated = layout.has("due") or layout.has("issued", "term_days")
    if _is_of_creditors(layout):
        return say("table.creditors")
    if not dated and vocabulary.is_aged(headers) and not layout.has("issued"):
        return say("table.aged-only")
    if not dated and layout.has("debit", "credit") and not layout.has("issued"):
        return say("table.balances-only")
    if not layout.has("number"):
        return say("table.no-number", columns=headers)
    if not dated:
        return say("table.no-due", columns=headers)
    if not sums:
        return say("table.no-amount", columns=headers)
    if rounded := next((h for h in map(layout.header, AMOUNT_ROLES) if vocabulary.is_in_thousands(h)), ""):
        return say("table.thousands", column=rounded)
    return None


def _is_of_creditors(layout: Layout) -> bool:
    """Whether a header or a title says that these are suppliers; a customer of his own goes before it."""
    titles = " ".join(text_of(cell) for row in layout.table.rows[: layout.header_row] for cell in row)
    if not vocabulary.is_of_creditors(titles, layout.headers):
        return False
    return not vocabulary.is_customer(
        f"{titles} {layout.header('debtor')} {layout.header('customer_number')}"
    )


def _unclear(entries: Entries, read: ItemColumns) -> Sentence | None:
    unclear = next((role for role, column in read.amounts.items() if column.unclear), None)
    if not unclear:
        return None
    row = next(row for row, code in read.amounts[unclear].bad.items() if code == UNCLEAR)
    header, cell = read.written(unclear, row, entries.rows[row])
    return say("table.unclear-decimals", column=header, example=cell)


def _remarks(layout: Layout, entries: Entries, read: ItemColumns, problems: ProblemList) -> None:
    line = layout.header_line
    if layout.table.others:
        problems.warn("table.other-sheets", sheets=layout.table.others)
    if any(column.month_first for column in read.dates.values()):
        problems.warn("table.month-first", line)
    if read.runs_on:
        problems.warn("table.runs-on", line, read.runs_on, column=read.runs_on)
    elif not read.states_open and not layout.has("debit", "credit"):
        problems.warn("table.amount-is-open", line, layout.header("amount"), column=layout.header("amount"))
    cents = [c for column in read.amounts.values() for c in column.cents if c]
    if len(cents) > 3 and max(cents) < 0:
        problems.warn("table.all-negative", line)
    wrong = {
        d.iban: at
        for at, d in zip(entries.lines, entries.debtors, strict=True)
        if d.iban and not IBAN.valid(d.iban)
    }
    for iban, at in wrong.items():
        problems.warn("item.iban", at, layout.header("iban"), iban=iban)


def _invoices(
    layout: Layout, entries: Entries, read: ItemColumns, problems: ProblemList
) -> list[InvoiceRecord]:
    spoiled = _spoiled(entries, read, problems)
    builder = _Builder(read)
    invoices = []
    width = len(layout.columns)
    for row, line in enumerate(entries.lines):
        if row in spoiled:
            continue
        if len(entries.rows[row]) > width and _has_moved(entries.rows[row], layout):
            problems.skip("item.too-long", line)
            continue
        invoice = builder.build(row, line, entries.debtors[row])
        if isinstance(invoice, Sentence):
            problems.skip(invoice.code, line, **invoice.params)
            continue
        if invoice.due is None and (invoice.amount_cents or 0) > 0:
            problems.warn("item.no-due", line, layout.header("due"), number=invoice.number)
        invoices.append(invoice)
    return invoices


def _has_moved(cells: Sequence[Cell], layout: Layout) -> bool:
    """Whether a row with more cells than headers may have amounts or days in the wrong ones. A separator too many in a text at
    its end does no harm."""
    width = len(layout.columns)
    if not any(cell != "" for cell in cells[width:]):
        return False
    priced = [layout.places[role] for role in AMOUNT_ROLES if role in layout.places] or list(layout.aged)
    if width - 1 in (*priced, *(layout.places.get(role) for role in DATE_ROLES)):
        return True
    return any(text_of(cells[at]).isdigit() and _CENTS.match(text_of(cells[at + 1])) for at in priced)


def _spoiled(entries: Entries, read: ItemColumns, problems: ProblemList) -> set[int]:
    """The rows with a cell that cannot be read, each with its problem."""
    spoiled: set[int] = set()
    columns: dict[str, DateColumn | AmountColumn] = {**read.dates, **read.amounts}
    for role, column in columns.items():
        for row, code in column.bad.items():
            spoiled.add(row)
            header, cell = read.written(role, row, entries.rows[row])
            problems.skip(code, entries.lines[row], header, value=cell[:40], column=header)
    return spoiled


class _Builder:
    """One row to one invoice, or why not."""

    def __init__(self, read: ItemColumns) -> None:
        self._texts, self._stated, self._states_open = read.texts, read.stated, read.states_open
        nothing = [None] * len(read.texts["number"])
        self._standing = [vocabulary.standing(status) if status else "" for status in read.texts["status"]]
        days = {role: column.days for role, column in read.dates.items()}
        cents = {role: column.cents for role, column in read.amounts.items()}
        self._issued, self._dues = days.get("issued", nothing), days.get("due", nothing)
        self._invoiced, self._left = cents.get("amount", nothing), cents.get("open", nothing)
        self._paid = cents.get("paid", nothing)
        self._debit, self._credit = cents.get("debit"), cents.get("credit", nothing)
        self._named = [column.currencies for column in read.amounts.values() if column.currencies]

    def build(self, row: int, line: int, debtor: DebtorRecord) -> InvoiceRecord | Sentence:
        number = self._texts["number"][row]
        amount, left = self._amounts(row)
        if refusal := self._refusal(row, number, debtor):
            return refusal
        if amount is None:
            return say("item.no-amount", number=number)
        currency = self._currency(row)
        if not currency:
            return say("item.currency", number=number, currency=self._texts["currency"][row][:10])
        kind = vocabulary.entry_type(written) if (written := self._texts["type"][row]) else ""
        if amount > 0 and (kind or self._is_credited(row, amount)):
            amount, left = -amount, -left if left is not None else None
        term = vocabulary.term_days(self._texts["term_days"][row])
        issued = self._issued[row]
        return InvoiceRecord(
            number=number,
            debtor=debtor,
            issued=issued,
            due=self._due(row, issued, term),
            currency=currency,
            amount_cents=amount,
            open_cents=left,
            kind="payment" if kind == "payment" else "credit_note" if amount < 0 else "invoice",
            reference=compact_reference(reference) if (reference := self._texts["reference"][row]) else "",
            description=self._texts["description"][row][:200],
            your_reference=self._texts["your_reference"][row],
            term_days=term,
            direct_debit=bool(incasso := self._texts["direct_debit"][row]) and vocabulary.is_yes(incasso),
            reminders=_count(self._texts["reminders"][row]) or 0,
            line=line,
        )

    def _refusal(self, row: int, number: str, debtor: DebtorRecord) -> Sentence | None:
        """Why this row is no invoice to be called about, whatever its amount."""
        if not number:
            return say("item.no-number")
        if _CUT.match(number):
            return say("item.number-cut", number=number)
        if not debtor.name:
            return say("item.no-debtor", number=number)
        match self._standing[row]:
            case "void":
                return say("item.not-sent", number=number, status=self._texts["status"][row][:20])
            case "partly" if not self._states_open:
                return say("item.partly-paid", number=number)
        return None

    def _amounts(self, row: int) -> tuple[int | None, int | None]:
        """What was invoiced and what is open; a list with one of the two states what is open."""
        invoiced, left = self._invoiced[row], self._left[row]
        if invoiced is None and self._debit is not None:
            invoiced = (self._debit[row] or 0) - (self._credit[row] or 0)
        if left is None and invoiced is not None:
            left = invoiced - (self._paid[row] or 0)
        if self._standing[row] == "paid" and not self._states_open:
            left = 0
        return (left if invoiced is None else invoiced), left

    def _is_credited(self, row: int, amount: int) -> bool:
        """Whether an amount without a sign stands on the credit side."""
        if self._debit and (self._debit[row] or 0) - (self._credit[row] or 0) == -amount:
            return True
        return bool(side := self._texts["side"][row]) and vocabulary.is_credit_side(side)

    def _due(self, row: int, issued: date | None, term: int | None) -> date | None:
        due = self._dues[row]
        return issued + timedelta(days=term) if due is None and issued and term is not None else due

    def _currency(self, row: int) -> str:
        written = self._stated or self._texts["currency"][row].upper()
        if not written:
            return next((named[row] for named in self._named if row in named), "EUR")
        return _CURRENCY_SIGNS.get(written) or (written if _CURRENCY.match(written) else "")


def _count(text: str) -> int | None:
    match = _DAYS.search(text) if text else None
    return int(match[0]) if match else None
