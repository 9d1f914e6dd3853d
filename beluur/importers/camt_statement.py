"""The head of a CAMT statement: whose account, which number, what it opens and closes with, and how far it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from beluur.importers.camt_batch import SIGNS
from beluur.importers.camt_entry import account_number, party_name
from beluur.importers.camt_values import ZERO, cents_of, day_of
from beluur.importers.problem_list import ProblemList
from beluur.importers.records import StatementRecord, TransactionRecord
from beluur.importers.xml_tree import Element, first, line_of, local, text

KINDS = {"Stmt": "statement", "Rpt": "interim", "Ntfctn": "notice"}
_OPENING = ("OPBD", "PRCD")  # booked; when a bank only says how it closed before, that is how it opens
_CLOSING = "CLBD"
_LONGEST_NUMBER = 18
_DAY_ENDS = "23:59"


class Balance(NamedTuple):
    """A balance as it is stated. ``cents`` is signed, but when the file does not say which side it is on (``sided``)."""

    kind: str
    cents: int
    currency: str
    day: date | None
    sided: bool


@dataclass(slots=True)
class Head:
    """All of a statement but its entries."""

    kind: str
    account: str = ""
    holder: str = ""
    currency: str = ""
    number: str = ""
    sequence: int | None = None
    created: date | None = None
    begins: date | None = None
    ends: date | None = None  # the last day that the stated period holds as a whole
    until: date | None = None  # the last day that it touches
    balances: list[Balance] = field(default_factory=list)
    bad: list[tuple[str, int | None]] = field(
        default_factory=list
    )  # balances that cannot be read, with their line

    def balance(self, *kinds: str) -> Balance | None:
        """The first opening, the last closing: a statement of several days may state those between."""
        for kind in kinds:
            found = [
                balance
                for balance in self.balances
                if balance.kind == kind and balance.currency == self.currency
            ]
            if found:
                return found[-1 if kind == _CLOSING else 0]
        return None

    @property
    def only_day(self) -> date | None:
        """The day on which all in it was booked, when it holds no other day."""
        opening, closing = self.balance("OPBD"), self.balance(_CLOSING)
        if opening and closing and opening.day == closing.day:
            return opening.day
        return self.begins if self.begins == self.until else None


def read_head(statement: Element) -> Head:
    """What the children of ``statement`` say, as far as they were read."""
    head = Head(KINDS[local(statement)])
    cut = statement.tag.rfind("}") + 1
    account = first(statement, "Acct")
    if account is not None:
        head.account = account_number(account, cut)
        owner = first(account, "Ownr")
        head.holder = ("" if owner is None else party_name(owner, cut)) or text(account, "Nm")
    head.number = text(statement, "Id")
    head.sequence = _number(text(statement, "LglSeqNb") or text(statement, "ElctrncSeqNb"))
    head.created = day_of(text(statement, "CreDtTm"))
    head.begins = day_of(text(statement, "FrToDt/FrDtTm|FrDt"))
    until = text(statement, "FrToDt/ToDtTm|ToDt")
    head.until = day_of(until)
    whole = len(until) == 10 or until[11:].startswith(_DAY_ENDS)
    head.ends = head.until if whole or not head.until else head.until - timedelta(days=1)
    for child in statement:
        if local(child) == "Bal":
            _read_balance(head, child)
    head.currency = text(account, "Ccy") or next(
        (b.currency for b in head.balances if b.kind in _OPENING), ""
    )
    return head


def _number(written: str) -> int | None:
    return (
        int(written) if written.isascii() and written.isdigit() and len(written) <= _LONGEST_NUMBER else None
    )


def _read_balance(head: Head, element: Element) -> None:
    kind = text(element, "Tp/CdOrPrtry/Cd")
    if kind not in (*_OPENING, _CLOSING):
        return
    amount = first(element, "Amt")
    currency = "" if amount is None else amount.get("Ccy", "")
    cents = cents_of(text(amount), currency)
    if isinstance(cents, str) and cents != ZERO:
        head.bad.append((text(amount)[:40], line_of(element)))
        return
    sign = SIGNS.get(text(element, "CdtDbtInd"))
    signed = 0 if isinstance(cents, str) else (sign or 1) * cents
    day = day_of(text(element, "Dt/Dt|DtTm"))
    head.balances.append(Balance(kind, signed, currency, day, sided=sign is not None or not signed))


def statement_of(head: Head, rows: Sequence[TransactionRecord], problems: ProblemList) -> StatementRecord:
    """The statement, with ``rows`` as its transactions. A balance without a side counts when all then adds up, and otherwise not
    at all; a balance in another currency never."""
    for written, line in head.bad:
        problems.warn("camt.balance", line, "Bal/Amt", value=written)
    opening, closing = head.balance(*_OPENING), head.balance(_CLOSING)
    moved = sum(row.amount_cents for row in rows if not row.pending)
    adds_up = bool(opening and closing and opening.cents + moved == closing.cents)
    opens = opening.day if opening else head.begins
    reaches = _reach(head, rows)
    day = reaches or opens or head.created
    return StatementRecord(
        account=head.account,
        currency=head.currency or (rows[0].currency if rows else ""),
        kind=head.kind,
        number=head.number,
        sequence=head.sequence,
        year=day.year if day and head.sequence is not None else None,
        opens=opens,
        reaches=reaches,
        opening_cents=opening.cents if opening and (opening.sided or adds_up) else None,
        closing_cents=closing.cents if closing and (closing.sided or adds_up) else None,
        holder=head.holder,
    )


def _reach(head: Head, rows: Sequence[TransactionRecord]) -> date | None:
    """The last day that is complete. Part of a day ends before its last booking; a notice tells of single bookings."""
    if head.kind == "notice":
        return None
    closed = [balance.day for balance in head.balances if balance.kind == _CLOSING and balance.day]
    if closed:
        return max(closed)
    if head.kind == "statement":
        return head.ends
    booked = [row.booked for row in rows if not row.pending]
    return max(booked) - timedelta(days=1) if booked else None
