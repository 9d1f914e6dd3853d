"""Columns of dates to days. Day or month first is decided for the whole table, never for one cell; day first unless all
that can tell says otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from beluur.importers.cells import Cell, squash

_WEEKDAY = re.compile(r"\A[^\W\d]{2,10}[.,]?\s+(?=\d)")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\Z")
_MIDNIGHT_HERE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ]2[23]:00(?::00(?:\.0+)?)?(?:Z|[+]00:?00)\Z"
)  # a day of ours in UTC
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)\Z")
_NUMERIC = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?['’]?(\d{4}|\d{2})(?:[T ,].*)?\Z")
_NAMED = re.compile(r"(\d{1,2})(?:er|e|st|nd|rd|th)?[\s.-]*([^\W\d]+)\.?[\s.-]*(\d{4}|\d{2})\Z")
_NAMED_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\Z")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?\Z")
_EMPTY = re.compile(r"[0\-/. :]*\Z")
_SERIAL_RANGE = range(20_000, 80_000)  # 1954 to 2119
_EPOCH = date(1899, 12, 30)
_YEARS = range(1980, 2101)

_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan januari january janvier janv januar",
            "feb februari february fevrier fevr fev februar",
            "mrt maart march mars mar maa marz",
            "apr april avril avr",
            "mei may mai",
            "jun juni june juin",
            "jul juli july juillet juil",
            "aug augustus august aout",
            "sep sept september septembre",
            "okt oktober oct october octobre",
            "nov november novembre",
            "dec december decembre dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}

UNREADABLE, IMPOSSIBLE, MONTH_FIRST = "date.unreadable", "date.impossible", "date.month-first"


@dataclass(frozen=True, slots=True)
class DateColumn:
    """``days`` per row, None where the cell is empty or bad; ``bad`` the code of what is wrong per row; ``month_first`` when the
    table writes the month before the day."""

    days: list[date | None]
    bad: dict[int, str] = field(default_factory=dict)
    month_first: bool = False


def read_dates(columns: Sequence[Sequence[Cell]]) -> list[DateColumn]:
    """All date columns of one table, read with the same order of day and month."""
    distinct = [{cell for cell in column if isinstance(cell, str)} for column in columns]
    month_first = _month_first(set().union(*distinct)) if distinct else False
    return [
        _read_column(
            column, {text: read_day(text, month_first=month_first) for text in found}, month_first=month_first
        )
        for column, found in zip(columns, distinct, strict=True)
    ]


def read_day(text: str, *, month_first: bool = False) -> date | str | None:
    """One date; None when ``text`` is empty, the code of what is wrong when it is no date.

    >>> read_day("23-11-26"), read_day("31-02-2026")
    (datetime.date(2026, 11, 23), 'date.impossible')
    """
    text = text.strip()
    if _EMPTY.match(text):
        return None
    if match := _NAMED_FIRST.match(text):
        return _named(match[3], match[1], match[2])
    text = _WEEKDAY.sub("", text)
    if match := _MIDNIGHT_HERE.match(text):
        day = _day(match[1], match[2], match[3])
        return _checked(day + timedelta(days=1)) if isinstance(day, date) else day
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _day(match[1], match[2], match[3])
    if match := _NUMERIC.match(text):
        return _numeric(match, month_first=month_first)
    if match := _NAMED.match(text):
        return _named(match[3], match[2], match[1])
    if _SERIAL.match(text):
        return _serial(int(text[:5]))
    return UNREADABLE


def _month_first(found: set[str]) -> bool:
    """Whether some dates can only be month first, and none can only be day first."""
    evidence = False
    for text in found:
        match = _NUMERIC.match(_WEEKDAY.sub("", text.strip()))
        if match and int(match[1]) > 12:
            return False
        evidence = evidence or bool(match and int(match[2]) > 12)
    return evidence


def _read_column(
    column: Sequence[Cell], known: dict[str, date | str | None], *, month_first: bool
) -> DateColumn:
    days: list[date | None] = []
    bad: dict[int, str] = {}
    for row, cell in enumerate(column):
        value = known[cell] if isinstance(cell, str) else _from_cell(cell)
        if isinstance(value, str):
            bad[row], value = value, None
        days.append(value)
    return DateColumn(days, bad, month_first)


def _from_cell(cell: Cell) -> date | str | None:
    match cell:
        case datetime():
            return _checked(cell.date())
        case date():
            return _checked(cell)
        case bool():
            return UNREADABLE
        case int() | float() if cell == cell and abs(cell) < 1e9:
            return _serial(int(cell)) if cell < 100_000 else read_day(str(int(cell)))
    return UNREADABLE


def _numeric(match: re.Match[str], *, month_first: bool) -> date | str:
    first, second, year = match.groups()
    if not month_first and int(second) > 12 >= int(first):
        return MONTH_FIRST
    day, month = (second, first) if month_first else (first, second)
    return _day(year, month, day)


def _named(year: str, name: str, day: str) -> date | str:
    month = _MONTHS.get(squash(name))
    return _day(year, str(month), day) if month else UNREADABLE


def _serial(days: int) -> date | str | None:
    if days == 0:
        return None
    return _EPOCH + timedelta(days=days) if days in _SERIAL_RANGE else UNREADABLE


def _day(year: str, month: str, day: str) -> date | str:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 80 else 1900)
    try:
        return _checked(date(full, int(month), int(day)))
    except ValueError:
        return IMPOSSIBLE


def _checked(day: date) -> date | str:
    return day if day.year in _YEARS else IMPOSSIBLE
