"""The lists of transactions that banks let one download, as CSV, TXT, XLS or XLSX: one statement, a list, for each account.

Which banks, and where their forms were seen: bank_forms.toml. A bank that is not known is read by the usual names of columns,
when account, day, amount and sign are certain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from beluur.importers.bank_forms import ABOVE, STATES, BankList
from beluur.importers.bank_rows import Booking, Reader, find_rows
from beluur.importers.bank_running import Entry, oldest_first, statement_of
from beluur.importers.bank_text import (
    Told,
    given,
    is_taken_back,
    party_within,
    put_together,
    take_apart,
    tidy,
    told_within,
)
from beluur.importers.cells import squash, text_of
from beluur.importers.dates import read_day
from beluur.importers.payment_reference import find_reference
from beluur.importers.problem_list import ProblemList, refused
from beluur.importers.records import FileContents, StatementRecord, TransactionRecord
from beluur.importers.statement_check import check_statements
from beluur.values.numbers import compact_reference
from beluur.values.sentence import Sentence, say

_NEEDED = ("account", "date")
_TEXTS = (
    "account", "name", "counter_account", "code", "kind", "details", "reference", "end_to_end", "returned", "bank_reference",
    "status", "holder",
)  # fmt: skip
_NOT_IN_ACCOUNT = re.compile(r"[\s.\-]+")
_CODES_THAT_TAKE_BACK = {"STO"}  # ASN Bank, SNS, RegioBank
_NUMBER_TO_COME = re.compile(r"(?:\d{4}-)?\Z")


_Key = tuple[str, str]  # account, currency


class _Above(NamedTuple):
    """What the lines above the headers say: the last day that was asked for, and whether only some bookings were."""

    until: date | None = None
    filtered: bool = False


def read_bank_list(name: str, bank: BankList) -> FileContents:
    """The bookings of a bank's list, oldest first; refused when a column is missing without which nothing is sure."""
    key = bank.form.key
    base = FileContents(
        name=name, format=f"bank-csv-{key}" if key else "bank-csv", header_line=bank.header_line
    )
    if sentence := _missing(bank):
        return refused(base, sentence, bank.header_line)
    problems = ProblemList(name)
    found = find_rows(bank, problems)
    reader = Reader(bank, found, problems)
    if found.rows and (sentence := reader.refusal()):
        return refused(base, sentence, bank.header_line)
    if not key:
        problems.warn("bankcsv.generic", bank.header_line)
    builder = _Builder(bank, reader, found.lines, problems)
    entries = builder.entries()
    if not entries and not problems.skipped:
        return refused(base, say("bankcsv.no-rows"), bank.header_line)
    above = _read_above(bank)
    if above.filtered:
        problems.warn("bankcsv.filtered", bank.header_line)
    whole = reader.whole and not above.filtered
    transactions, statements = _statements(entries, builder.holders, problems, until=above.until, whole=whole)
    check_statements(statements, transactions, problems)
    return replace(
        base,
        transactions=tuple(transactions),
        statements=tuple(statements),
        accounts=tuple(dict.fromkeys(statement.account for statement in statements)),
        problems=problems.all(),
    )


def _missing(bank: BankList) -> Sentence | None:
    places = bank.places
    priced = "amount" in places or ("debit" in places and "credit" in places)
    if priced and all(role in places for role in _NEEDED):
        return None
    return say("bankcsv.unknown", columns=tuple(header for header in bank.headers if header))


def _statements(
    entries: Mapping[_Key, list[Entry]],
    holders: Mapping[str, str],
    problems: ProblemList,
    *,
    until: date | None,
    whole: bool,
) -> tuple[list[TransactionRecord], list[StatementRecord]]:
    statements: list[StatementRecord] = []
    transactions: list[TransactionRecord] = []
    for place, ((account, _), found) in enumerate(entries.items()):
        ordered = oldest_first(_once(found, problems))
        statement = statement_of(ordered, problems, until=until, whole=whole)
        statements.append(statement._replace(holder=holders.get(account, "")))
        records = [entry.record for entry in ordered]
        transactions += [r._replace(statement=place) for r in records] if place else records
    return transactions, statements


def _read_above(bank: BankList) -> _Above:
    until, filtered = None, False
    for row in bank.above:
        label, *values = [text_of(cell) for cell in row] or [""]
        meaning, value = ABOVE.get(squash(label), ""), next(filter(None, values), "")
        if meaning == "until" and isinstance(day := read_day(value), date):
            until = day
        filtered = filtered or (meaning == "filters" and bool(value))
    return _Above(until, filtered)


def _once(entries: Sequence[Entry], problems: ProblemList) -> list[Entry]:
    """Without what stands twice under one reference of the bank's; a reference that different bookings share is no reference."""
    first: dict[str, TransactionRecord] = {}
    shared: set[str] = set()
    kept = []
    for entry in entries:
        record = entry.record
        known = first.setdefault(record.bank_reference, record) if record.bank_reference else record
        if known is record:
            kept.append(entry)
        elif (known.booked, known.amount_cents) == (record.booked, record.amount_cents):
            problems.skip("bankcsv.twice", record.line, number=record.bank_reference)
        else:
            shared.add(record.bank_reference)
            kept.append(entry)
    if not shared:
        return kept
    return [
        e._replace(record=e.record._replace(bank_reference="")) if e.record.bank_reference in shared else e
        for e in kept
    ]


class _Builder:
    """Rows to transactions."""

    def __init__(self, bank: BankList, reader: Reader, lines: Sequence[int], problems: ProblemList) -> None:
        self._bank, self._lines, self._problems, self._reader = bank, lines, problems, reader
        self._texts = {role: reader.texts(role) for role in _TEXTS}
        self._told = _TEXT_FORMS[bank.form.text_form](reader)
        self._accounts = _each(_account, self._texts["account"])
        self._names = _each(tidy, self._texts["name"])
        self._kinds = _each(tidy, self._texts["kind"])
        self._counter_accounts = _each(_counter_account, self._texts["counter_account"])
        self._has_states = bank.form.pending_until_numbered or "status" in bank.places
        self.holders = dict(zip(self._accounts, _each(tidy, self._texts["holder"]), strict=True))

    def entries(self) -> dict[_Key, list[Entry]]:
        """The bookings of each account and currency, as the list has them."""
        found: dict[_Key, list[Entry]] = defaultdict(list)
        for booking in self._reader.bookings():
            if record := self._record(booking):
                found[record.account, record.currency].append(Entry(record, booking.before, booking.after))
        return found

    def _record(self, booking: Booking) -> TransactionRecord | None:
        at, texts = booking.at, self._texts
        account = self._accounts[at]
        if not account:
            self._reader.leave_out("bankcsv.no-account", at, "account")
            return None
        number = texts["bank_reference"][at]
        pending = self._is_pending(at, number) if self._has_states else False
        if pending is None:
            return None
        told, text, bank_text = self._words(at)
        code = texts["code"][at]
        returned = texts["returned"][at] or told.returned
        return TransactionRecord(
            booked=booking.booked,
            amount_cents=booking.cents,
            currency=booking.currency,
            counterparty=self._names[at] or told.name,
            counterparty_iban=self._counter_accounts[at] or _counter_account(told.iban),
            reference=self._reference(at, told, text),
            text=text,
            reversal=bool(returned) or code in _CODES_THAT_TAKE_BACK or is_taken_back(bank_text),
            account=account,
            bank_reference="" if pending else number.lstrip("0"),
            end_to_end=given(texts["end_to_end"][at]) or told.end_to_end,
            valued=booking.valued or _day(told.valued),
            code=code,
            returned=returned,
            pending=pending,
            bank_text=bank_text,
            line=self._lines[at],
        )

    def _words(self, at: int) -> tuple[Told, str, str]:
        """What was written, the payer's text, and the bank's."""
        told = self._told(at)
        kind, details = self._kinds[at], self._texts["details"][at]
        bank_text = tidy(f"{kind} {details} {told.bank}") if details or told.bank else kind
        text = told.text if told.text != bank_text else ""
        if not text and (kind or details):
            text = told_within(details) or told_within(kind)
        if not told.name and not self._names[at] and kind:
            told = told._replace(name=party_within(kind))
        return told, text, bank_text

    def _reference(self, at: int, told: Told, text: str) -> str:
        own = self._texts["reference"][at] or told.reference
        return compact_reference(own) if own else find_reference(text) if text else ""

    def _is_pending(self, at: int, number: str) -> bool | None:
        """Whether the booking is still to come; None when it will not: it was refused."""
        status = self._texts["status"][at]
        state = STATES.get(squash(status), "")
        header = self._bank.header("status")
        if state == "refused":
            self._problems.skip("bankcsv.not-executed", self._lines[at], header, status=status)
            return None
        if not state:
            self._problems.warn("bankcsv.status", self._lines[at], header, status=status)
        to_come = self._bank.form.pending_until_numbered and bool(_NUMBER_TO_COME.match(number))
        return to_come or not state


def _each(read: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """``read`` of each text, done once for those that are alike."""
    known = {text: read(text) for text in set(texts)}
    return [known[text] for text in texts]


def _plain(reader: Reader) -> Callable[[int], Told]:
    texts = reader.texts("text")
    return lambda at: Told(text=tidy(texts[at]))


def _pieces(reader: Reader) -> Callable[[int], Told]:
    columns = [reader.cells(role) for role in ("text", "text_2", "text_3")]
    return lambda at: Told(text=put_together(str(column[at]) for column in columns))


def _take_apart(reader: Reader) -> Callable[[int], Told]:
    cells = reader.cells("text")
    return lambda at: take_apart(str(cells[at]))


_TEXT_FORMS: Mapping[str, Callable[[Reader], Callable[[int], Told]]] = {
    "plain": _plain,
    "pieces": _pieces,
    "labelled": _take_apart,
}


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    day = read_day(text) if text else None
    return day if isinstance(day, date) else None


def _account(text: str) -> str:
    return re.sub(r"\s+", "", text).upper() if _has_digit(text) else ""


def _counter_account(text: str) -> str:
    """Compact; "" for a word that stands in its place, such as BETALING MET BANKKAART."""
    return _NOT_IN_ACCOUNT.sub("", text).upper() if text and _has_digit(text) else ""


def _has_digit(text: Iterable[str]) -> bool:
    return any(map(str.isdigit, text))
