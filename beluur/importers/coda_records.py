"""The records of a CODA file: lines of 128 columns, taken apart by their columns. Amounts in thousandths become cents only when
nothing is lost; a date or an amount that cannot be read is None. Columns: Febelfin, "Coded statement of account" 2.6."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from beluur.values.numbers import IBAN

WIDTH = 128
_CENTURY_FROM = 80  # CODA is of the eighties
_BBAN = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One record, padded to its full width; ``number`` is its line in the file, 1-based."""

    text: str
    number: int

    @property
    def kind(self) -> str:
        """0, 1, 8, 4, 9, or two digits: 21, 22, 23, 31, 32, 33."""
        return self.text[:2] if self.text[0] in "23" else self.text[0]


@dataclass(slots=True)
class Movement:
    """A movement or a detail of one: record 21, and what 22, 23 and 31 to 33 add to it. ``cents`` is None when its amount or its
    sign cannot be read; ``free`` says that the communication is the payer's own words; ``information`` holds that of each 31."""

    line: int
    sequence: str
    detail: str
    bank_reference: str
    amount: str
    cents: int | None
    valued: date | None
    booked: date | None
    code: str
    free: bool
    communication: str
    globalisation: str
    end_to_end: str = ""
    account: str = ""
    name: str = ""
    information: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Balance:
    """Record 1 or 8: the account, its currency, and what stood on it."""

    account: str
    currency: str
    cents: int | None
    day: date | None


def read_lines(text: str) -> Iterator[Line]:
    """The lines of ``text``; blanks at their end, which some programs cut off, are put back."""
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        record = line.rstrip(" \x1a\ufeff").lstrip("\ufeff")
        if record:
            yield Line(record.ljust(WIDTH), number)


def read_movement(line: Line) -> Movement:
    """Record 21."""
    text = line.text
    return Movement(
        line=line.number,
        sequence=text[2:6],
        detail=text[6:10],
        bank_reference=text[10:31].strip(),
        amount=text[32:47],
        cents=read_cents(text[31], text[32:47]),
        valued=read_day(text[47:53]),
        booked=read_day(text[115:121]),
        code=text[53:61],
        free=text[61] != "1",
        communication=text[62:115],
        globalisation=text[124],
    )


def read_balance(text: str, at: int, structure: str) -> Balance:
    """The account at column ``at`` (0-based) and the balance behind it. Structure 0 is a Belgian number of before the IBAN."""
    field_of_account = text[at : at + 37]
    old = structure == "0"
    account = field_of_account[:_BBAN] if old else field_of_account[:34]
    currency = field_of_account[13:16] if old else field_of_account[34:37]
    return Balance(
        account=read_account(account),
        currency=currency.strip(),
        cents=read_cents(text[at + 37], text[at + 38 : at + 53]),
        day=read_day(text[at + 53 : at + 59]),
    )


def read_account(text: str) -> str:
    """An account without blanks; a Belgian one of before the IBAN as IBAN, when its own check digits are right, for then there is
    only one that it can be.

    >>> read_account("539007547034      "), read_account("138536152215")
    ('BE68539007547034', '138536152215')
    """
    compact = "".join(text.split())
    if len(compact) != _BBAN or not _digits(compact):
        return compact
    if int(compact[:10]) % 97 != int(compact[10:]) % 97 or compact.startswith("0000000000"):
        return compact
    iban = f"BE{98 - int(f'{compact}111400') % 97:02}{compact}"
    return iban if IBAN.valid(iban) else compact


@lru_cache(maxsize=4096)
def read_day(text: str) -> date | None:
    """DDMMYY; None for zeros and for a day that does not exist."""
    if not _digits(text):
        return None
    year = int(text[4:])
    try:
        return date(year + (2000 if year < _CENTURY_FROM else 1900), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def read_cents(sign: str, amount: str) -> int | None:
    """Twelve digits and three decimals; None when one of them is no digit or the third decimal is not zero.

    >>> read_cents("0", "000000001000000"), read_cents("1", "000000000767820"), read_cents("1", "000000000767823")
    (100000, -76782, None)
    """
    if not _digits(amount) or sign not in ("0", "1") or amount[-1] != "0":
        return None
    cents = int(amount) // 10
    return -cents if sign == "1" else cents


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
