"""MT940 and MT942: bank statements as SWIFT writes them, in the dialects of Dutch, Belgian and German banks.

An own reader: what mt-940 leaves whole (the parts of :86:, pages of one statement, dialects) is the larger part of the work.
Sources: ING "MT940 SR2017", ABN AMRO "MT94x", Rabobank "MT940 Structured v1.1"; what other banks write was seen in their files.
"""

from __future__ import annotations

import re
from collections import Counter

from beluur.importers.problem_list import ProblemList, refused
from beluur.importers.records import FileContents, StatementRecord, TransactionRecord
from beluur.importers.statement_check import check_statements
from beluur.importers.swift_booking import Balance, read_account, read_balance, read_booking
from beluur.importers.swift_details import read_details
from beluur.importers.swift_fields import Entry, Message, read_messages
from beluur.values.sentence import say

_SEQUENCE = re.compile(r"0*([0-9]{1,5})(?:/|\Z)")
_FLOOR = re.compile(r"([A-Z]{3})")


def read_mt940(name: str, text: str) -> FileContents:
    """The statements and bookings in ``text``; refused when there is no statement in it."""
    reading = _Reading(ProblemList(name))
    for message in read_messages(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        reading.take(message)
    return reading.contents()


class _Reading:
    """What was read so far of one file. ``_page`` is the place of a statement that goes on, and the balance it goes on from."""

    def __init__(self, problems: ProblemList) -> None:
        self.problems = problems
        self._statements: list[StatementRecord] = []
        self._transactions: list[TransactionRecord] = []
        self._seen: set[str] = set()
        self._page: tuple[int, Balance] | None = None

    def take(self, message: Message) -> None:
        """Adds one message; one that cannot be told whose it is, is left out."""
        account, suffix = read_account(message.text("25"))
        if not (message.entries or message.interim or message.single.keys() & {"60", "62"}):
            return
        if not account:
            self.problems.skip("mt940.no-account", message.line, ":25:")
            return
        if self._is_repeated(message):
            self.problems.warn("mt940.twice", message.line, account=account)
            return
        opening, closing = self._balance(message, "60"), self._balance(message, "62")
        if opening and closing and opening.currency != closing.currency:
            self.problems.warn("mt940.currency", message.single["62"].line, ":62:", account=account)
            closing = None
        currency = next((b.currency for b in (opening, closing) if b), suffix) or _floor_currency(message)
        if not currency:
            self.problems.skip("mt940.no-currency", message.line, ":60:", account=account)
            return
        if suffix not in ("", currency):
            self.problems.warn(
                "mt940.account-currency",
                message.line,
                ":25:",
                account=account,
                suffix=suffix,
                currency=currency,
            )
        place = self._place(message, account, currency, opening, closing)
        for entry in message.entries:
            self._book(entry, place, account, currency)

    def _is_repeated(self, message: Message) -> bool:
        raw = message.raw()
        repeated = raw in self._seen
        self._seen.add(raw)
        return repeated

    def _balance(self, message: Message, tag: str) -> Balance | None:
        if tag not in message.single:
            return None
        balance = read_balance(message.text(tag))
        if balance is None:
            self.problems.warn(
                "mt940.balance", message.single[tag].line, f":{tag}:", value=message.text(tag)[:40]
            )
        return balance

    def _place(
        self,
        message: Message,
        account: str,
        currency: str,
        opening: Balance | None,
        closing: Balance | None,
    ) -> int:
        """The place of the message's statement: a new one, or the one of which it is a following page."""
        interim = message.interim and "60" not in message.single
        place = self._continued(message, account, opening)
        if place is None:
            place = len(self._statements)
            self._statements.append(_statement(message, account, currency, opening, interim=interim))
        final = "62" in message.single and message.single["62"].tag == "62F"
        self._statements[place] = self._statements[place]._replace(
            closing_cents=closing.cents if closing else None,
            reaches=closing.day if closing and final else None,
        )
        self._page = (place, closing) if closing and not final else None
        if not interim and "62" not in message.single:
            self.problems.warn("mt940.cut", message.line, account=account)
        return place

    def _continued(self, message: Message, account: str, opening: Balance | None) -> int | None:
        later = opening is not None and message.single["60"].tag == "60M"
        if self._page:
            place, balance = self._page
            if later and self._statements[place].account == account and opening == balance:
                return place
        self._say_missing_page()
        if later:
            self.problems.warn("mt940.page", message.line, account=account)
        return None

    def _say_missing_page(self) -> None:
        if self._page:
            self.problems.warn("mt940.page", account=self._statements[self._page[0]].account)
            self._page = None

    def _book(self, entry: Entry, place: int, account: str, currency: str) -> None:
        booking, line = read_booking(entry.booking), entry.booking.line
        if booking is None:
            self.problems.skip("mt940.booking", line, ":61:", value=entry.booking.first[:40])
            return
        if booking.cents == 0:
            self.problems.skip("mt940.zero", line, ":61:")
            return
        details = read_details(entry.details or [""], booking, account)
        self._transactions.append(
            TransactionRecord(
                booked=booking.booked,
                amount_cents=booking.cents,
                currency=currency,
                counterparty=details.counterparty,
                counterparty_iban=details.account,
                reference=details.reference,
                text=details.text,
                reversal=booking.reversal or bool(details.returned) or booking.code == "NRTI",
                account=account,
                statement=place,
                bank_reference="" if booking.bank_reference == "NONREF" else booking.bank_reference,
                end_to_end=details.end_to_end,
                valued=booking.valued,
                code=booking.code,
                returned=details.returned,
                pending=booking.expected,
                bank_text=details.bank_text,
                line=line,
            )
        )

    def contents(self) -> FileContents:
        """All of it, with what does not add up."""
        self._say_missing_page()
        interim = bool(self._statements) and all(s.kind == "interim" for s in self._statements)
        base = FileContents(name=self.problems.file, format="mt942" if interim else "mt940")
        if not self._statements:
            return refused(base, say("mt940.no-statement"))
        check_statements(self._statements, self._transactions, self.problems)
        return FileContents(
            name=base.name,
            format=base.format,
            transactions=tuple(_with_own_references(self._transactions)),
            statements=tuple(_with_own_names(self._statements)),
            accounts=tuple(dict.fromkeys(statement.account for statement in self._statements)),
            problems=self.problems.all(),
        )


def _floor_currency(message: Message) -> str:
    """The currency of an MT942, which has no balances, from :34F:."""
    match = _FLOOR.match(message.text("34"))
    return match[1] if match else ""


def _statement(
    message: Message, account: str, currency: str, opening: Balance | None, *, interim: bool
) -> StatementRecord:
    closing = read_balance(message.text("62"))
    day = closing.day if closing else opening.day if opening else None
    sequence = None if interim else _sequence(message.text("28"), day.timetuple().tm_yday if day else 0)
    year = day.year if day else None
    if sequence == year:
        sequence = None  # a year, and behind its slash a month
    named = message.text("20")
    if sum(map(str.isdigit, named)) < 6 or not named.strip("0"):
        named = f"{year}/{message.text('28').partition('/')[0]}" if sequence and sequence > 1 else ""
    return StatementRecord(
        account=account,
        currency=currency,
        kind="interim" if interim else "statement",
        number=named,
        sequence=sequence,
        year=year if sequence else None,
        opens=opening.day if opening else None,
        opening_cents=opening.cents if opening else None,
    )


def _sequence(text: str, day_of_year: int) -> int | None:
    """The bank's count of statements; None when it writes zero, or the day (ABN AMRO: 35001 is the first of day 350)."""
    match = _SEQUENCE.match(text)
    number = int(match[1]) if match else 0
    return number if number and number // 100 != day_of_year else None


def _with_own_references(transactions: list[TransactionRecord]) -> list[TransactionRecord]:
    """A reference that the bank gives to several bookings tells none of them apart."""
    count = Counter(t.bank_reference for t in transactions)
    return [
        t._replace(bank_reference="") if t.bank_reference and count[t.bank_reference] > 1 else t
        for t in transactions
    ]


def _with_own_names(statements: list[StatementRecord]) -> list[StatementRecord]:
    """And a name that an account's statements share is the name of none."""
    count = Counter((s.account, s.number) for s in statements)
    return [s._replace(number="") if count[s.account, s.number] > 1 else s for s in statements]
