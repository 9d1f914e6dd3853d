"""What stands on :61:, :60: and :62: and in :25:, read without guessing: an amount or a date that is not there is None."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from beluur.importers.swift_fields import Field

_BOOKING = re.compile(
    r"(?P<valued>[0-9]{6})(?P<entry>[0-9]{4}|[ ]{4})?(?P<mark>R?[CD]|E[CD])[A-Z]?[ ]?(?P<amount>[0-9][0-9.,]*)[ ]?"
    r"(?P<code>[A-Z][A-Z0-9 ]{3})(?P<rest>.*)"
)
_AMOUNT = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]{0,3}))?\Z")
_BALANCE = re.compile(r"([CD])([0-9]{6})([A-Z]{3})([0-9]+[.,][0-9.,]*)")  # the comma shows that it is whole
_ACCOUNT = re.compile(r"(.*?[0-9])/?([A-Z]{3})\Z")
_CENTURY_FROM = 80  # MT940 is of the eighties


class Booking(NamedTuple):
    """One :61:. ``cents`` as the account moved; ``reference`` is the payer's (subfield 7), ``bank_reference`` the bank's (8),
    ``extra`` what stands on the next line (9); ``name`` is Rabobank's old way: who it was, from column 17."""

    booked: date
    valued: date
    cents: int
    reversal: bool
    expected: bool
    code: str
    reference: str
    bank_reference: str
    extra: str
    name: str


class Balance(NamedTuple):
    """A :60: or :62:, negative when the account is overdrawn."""

    day: date
    currency: str
    cents: int


def read_booking(field: Field) -> Booking | None:
    """What :61: says; None when its date or its amount cannot be read."""
    first, _, more = field.text.partition("\n")
    match = _BOOKING.match(first)
    if match is None:
        return None
    valued_text, entry, mark, amount, code, rest = match.groups()
    valued, cents = read_day(valued_text), read_cents(amount)
    if valued is None or cents is None:
        return None
    booked = _entry_day(valued, entry) if entry and not entry.isspace() else valued
    if booked is None:
        return None
    reference, _, bank_reference = rest.partition("//")
    name = ""
    if not bank_reference and len(reference) > 16 and reference[15] == " ":
        reference, name = reference[:16], reference[16:].strip()
    return Booking(
        booked,
        valued,
        cents if mark in ("C", "RD", "EC") else -cents,
        mark[0] == "R",
        mark[0] == "E",
        code.strip(),
        reference.strip(),
        bank_reference.strip(),
        " ".join(more.split()),
        name,
    )


def read_balance(text: str) -> Balance | None:
    """A balance; None when one of its parts cannot be read.

    >>> read_balance("C131229EUR0,")
    Balance(day=datetime.date(2013, 12, 29), currency='EUR', cents=0)
    """
    match = _BALANCE.match(text)
    if match is None:
        return None
    day, cents = read_day(match[2]), read_cents(match[4])
    if day is None or cents is None:
        return None
    return Balance(day, match[3], cents if match[1] == "C" else -cents)


def read_account(text: str) -> tuple[str, str]:
    """The account without blanks, and the currency that stands behind it or "".

    >>> read_account("NL54INGB0001234500EUR"), read_account("1567.50.961 EUR"), read_account("TRIODOSBANK/0454545454")
    (('NL54INGB0001234500', 'EUR'), ('1567.50.961', 'EUR'), ('TRIODOSBANK/0454545454', ''))
    """
    compact = "".join(text.split())
    match = _ACCOUNT.match(compact)
    return (match[1], match[2]) if match else (compact, "")


@lru_cache(maxsize=4096)
def read_day(text: str) -> date | None:
    """YYMMDD; None when there is no such day."""
    year = int(text[:2])
    try:
        return date(year + (2000 if year < _CENTURY_FROM else 1900), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _entry_day(valued: date, text: str) -> date | None:
    """MMDD in the year that brings it nearest to the value date: 31 December is booked before 1 January."""
    days = []
    for year in (valued.year - 1, valued.year, valued.year + 1):
        try:
            days.append(date(year, int(text[:2]), int(text[2:])))
        except ValueError:
            continue
    return min(days, key=lambda day: abs(day - valued), default=None)


def read_cents(text: str) -> int | None:
    """An amount with a comma and any number of zeros in front; None when it is none or has a third decimal.

    >>> read_cents("000000001147,95"), read_cents("5,1"), read_cents("0,"), read_cents("1.234,50"), read_cents("1,005")
    (114795, 510, 0, None, None)
    """
    match = _AMOUNT.match(text)
    if match is None:
        return None
    decimals = (match[2] or "").ljust(2, "0")
    if len(decimals) == 3 and decimals[2] != "0":
        return None
    return int(match[1]) * 100 + int(decimals[:2])
