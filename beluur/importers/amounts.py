"""Columns of amounts to whole cents. Decimal comma or point is decided for the column, never for one cell.

A column that does not tell (only ``1.234``) follows the other amount columns of its file; tell none of them, then it is
`unclear`, and nothing is read from its doubtful cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from beluur.importers.cells import Cell

_CURRENCY = r"(?:€|\$|£|[A-Z]{3}\b)"
_SHAPE = re.compile(
    rf"""(?P<open>\()?\s*(?P<before>[-+])?\s*(?P<cur1>{_CURRENCY})?\s*(?P<between>[-+])?\s*
    (?P<body>(?:[.,])?\d(?:[\d.,' ]*\d)?)(?P<round>[.,](?:-{{1,2}}|=))?[.,]?\s*(?P<after>[-+])?\s*
    (?P<cur2>{_CURRENCY})?\s*(?P<side>DB|CR|D|C)?\s*(?P<close>\))?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN = re.compile(
    r"-?(?:\d{1,3}(?:[.]\d{3})*,|\d{1,3}(?:,\d{3})*[.]|\d{1,13}[.,])\d\d\Z", re.ASCII
)  # nearly all cells
_NOT_DIGIT = re.compile(r"\D")
_LIKE = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-", "\u2013": "-", "’": "'", "`": "'"}
)
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_FORMS = {
    ",": re.compile(r"(\d{1,3}(?:[.' ]\d{3})+|\d*)(?:,(\d+))?\Z"),
    ".": re.compile(r"(\d{1,3}(?:[,' ]\d{3})+|\d*)(?:\.(\d+))?\Z"),
}
_LARGEST = 10**15
_NOISE_DIGITS = 8  # so many decimals are the noise of a float, when they come this near a whole cent:
_NOISE = Decimal("0.0001")

UNREADABLE, DECIMALS, TOO_LARGE = "amount.unreadable", "amount.decimals", "amount.too-large"
UNCLEAR = "unclear"  # never a problem of one row: it refuses the whole column


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """``cents`` per row, None where the cell is empty or bad; ``bad`` the code of what is wrong per row; ``currencies`` where
    a cell names one; ``unclear`` when thousands and decimals cannot be told apart."""

    cents: list[int | None]
    bad: dict[int, str] = field(default_factory=dict)
    currencies: dict[int, str] = field(default_factory=dict)
    unclear: bool = False


class _Parts(NamedTuple):
    """A cell taken apart; ``sign`` its decimal sign when it proves one, ``cents`` its value when nothing else is to be known."""

    negative: bool
    body: str
    currency: str
    sign: str
    cents: int | None = None


def read_amounts(columns: Sequence[Sequence[Cell]]) -> list[AmountColumn]:
    """All amount columns of one table, so that those that tell help those that do not."""
    found = [set(_written(column)) for column in columns]
    parts = {text: _parts(text) for text in set().union(*found)}
    tallies = [Counter(known.sign for text in texts if (known := parts[text])) for texts in found]
    whole_file = _decimal_sign(sum(tallies, Counter()))
    signs = [_decimal_sign(tally) or whole_file for tally in tallies]
    values = {sign: {text: _cents_of(known, sign) for text, known in parts.items()} for sign in set(signs)}
    named = {text: known.currency for text, known in parts.items() if known and known.currency}
    return [_read_column(column, values[sign], named) for column, sign in zip(columns, signs, strict=True)]


def _written(column: Iterable[Cell]) -> Iterable[str]:
    return (cell for cell in column if isinstance(cell, str) and cell.strip())


def _parts(text: str) -> _Parts | None:
    if len(text) < 20 and _PLAIN.match(text):
        return _Parts(text[0] == "-", text, "", text[-3], int(text.replace(".", "").replace(",", "")))
    match = _SHAPE.match(text.translate(_LIKE).strip())
    if not match:
        return None
    bracketed = bool(match["open"])
    marks = [mark for mark in (match["before"], match["between"], match["after"]) if mark]
    if bracketed != bool(match["close"]) or len(marks) > 1 or (match["cur1"] and match["cur2"]):
        return None
    side = (match["side"] or "").upper()
    if side.startswith("C") and (marks or bracketed):
        return None
    negative = (marks == ["-"]) != bracketed
    currency = (match["cur1"] or match["cur2"] or "").upper()
    body = match["body"].replace(" ", "'") + (f"{match['round'][0]}00" if match["round"] else "")
    return _Parts(negative != side.startswith("C"), body, _SIGNS.get(currency, currency), _evidence(body))


def _evidence(body: str) -> str:
    """The decimal sign that this one number proves, or "" when it proves none."""
    commas, points = body.count(","), body.count(".")
    if commas and points:
        return max(",.", key=body.rfind)
    if not commas and not points:
        return ""
    sign, other = (",", ".") if commas else (".", ",")
    if commas + points > 1:
        return other
    whole, _, rest = body.partition(sign)
    thousands = len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return "" if thousands else sign


def _decimal_sign(tally: Counter[str]) -> str:
    comma, point = tally[","], tally["."]
    return "" if comma == point else "," if comma > point else "."


def _read_column(column: Sequence[Cell], known: dict[str, int | str], named: dict[str, str]) -> AmountColumn:
    cents: list[int | None] = []
    bad: dict[int, str] = {}
    for row, cell in enumerate(column):
        value = known.get(cell) if isinstance(cell, str) else _from_number(cell)
        if isinstance(value, str):
            bad[row], value = value, None
        cents.append(value)
    currencies = (
        {row: named[c] for row, c in enumerate(column) if isinstance(c, str) and c in named} if named else {}
    )
    return AmountColumn(cents, bad, currencies, UNCLEAR in bad.values())


def _from_number(cell: Cell) -> int | str:
    """A worksheet's number; a float's noise is rounded away, real decimals beyond the cent are not."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return UNREADABLE
    if not abs(cell) < _LARGEST / 100:
        return TOO_LARGE
    return _rounded(Decimal(repr(cell)) * 100)


def _cents_of(parts: _Parts | None, sign: str) -> int | str:
    if parts is None:
        return UNREADABLE
    if parts.cents is not None and sign:
        return parts.cents if parts.sign == sign else UNREADABLE
    if not sign and ("," in parts.body or "." in parts.body):
        return UNCLEAR
    match = _FORMS[sign or ","].match(parts.body)
    if not match or not (match[1] or match[2]):
        return UNREADABLE
    whole = match[1] if match[1].isdecimal() else _NOT_DIGIT.sub("", match[1]) or "0"
    if len(whole) > 13:
        return TOO_LARGE
    cents = _fraction(int(whole) * 100, match[2] or "")
    return -cents if parts.negative and isinstance(cents, int) else cents


def _fraction(cents: int, digits: str) -> int | str:
    if len(digits) <= 2:
        return cents + int(digits.ljust(2, "0"))
    return _rounded(cents + Decimal(f"0.{digits}") * 100, noise=len(digits) >= _NOISE_DIGITS)


def _rounded(cents: Decimal, *, noise: bool = True) -> int | str:
    nearest = cents.to_integral_value()
    return int(nearest) if abs(cents - nearest) < (_NOISE if noise else Decimal("1e-12")) else DECIMALS
