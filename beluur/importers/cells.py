"""What a table's cell may be, and its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SPACES = re.compile(r"\s+")


def text_of(cell: Cell) -> str:
    """The cell as one line of text: 10023.0 from a worksheet is the number 10023."""
    match cell:
        case str():
            return _SPACES.sub(" ", cell).strip() if "\n" in cell or "\t" in cell else cell.strip()
        case bool():
            return "ja" if cell else ""
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
    return str(cell)


def texts(cells: Iterable[Cell]) -> list[str]:
    """`text_of` for a column."""
    return [cell.strip() if type(cell) is str and "\n" not in cell else text_of(cell) for cell in cells]


def squash(text: str) -> str:
    """Only the letters and digits, lower case, without accents: what two spellings of one header share.

    >>> squash("Date d'échéance"), squash("Factuur-nr."), squash("invoice_number")
    ('datedecheance', 'factuurnr', 'invoicenumber')
    """
    plain = unicodedata.normalize("NFKD", text.replace("€", "eur").replace("ß", "ss").casefold())
    return _NOT_WORD.sub("", plain)
