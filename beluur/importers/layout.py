"""Where a table's header row is, what its columns mean, and what stands above it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from beluur.importers import vocabulary
from beluur.importers.cells import Cell, squash, text_of, texts
from beluur.importers.code_columns import with_codes
from beluur.importers.dates import read_day
from beluur.importers.headers import assign, recognised, shape, unique
from beluur.importers.limits import HEADER_SEARCH_ROWS
from beluur.importers.records import Column, FileContents
from beluur.importers.table import Table

_SAMPLES = 3
_DAY = r"(\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2} [^\W\d]+ \d{4})"
_AS_OF = re.compile(
    r"\b(?:per|op|peildatum|stand|t/m|tot en met|as of|as at|au|arrêté au|stichtag)\b\s*:?\s*(?:le\s+)?"
    + _DAY,
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:afdruk|print)?(?:datum|date)\s*:\s*" + _DAY + r"(?:\s+\d\d?:\d\d(?::\d\d)?)?\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Layout:
    """``header_row`` is an index into the table's rows; ``columns`` what each column means; ``places`` role to column index."""

    table: Table
    header_row: int
    columns: tuple[Column, ...]
    places: Mapping[str, int]
    shape: str
    as_of: date | None

    @property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """The rows below the header."""
        return self.table.rows[self.header_row + 1 :]

    @property
    def lines(self) -> Sequence[int]:
        """The lines in the file of `rows`."""
        return self.table.lines[self.header_row + 1 :]

    @property
    def header_line(self) -> int:
        """The header's line in the file."""
        return self.table.lines[self.header_row]

    @property
    def headers(self) -> list[str]:
        """The header cells as shown."""
        return [column.header for column in self.columns]

    def has(self, *roles: str) -> bool:
        """Whether every one of ``roles`` has a column."""
        return all(role in self.places for role in roles)

    @property
    def aged(self) -> tuple[int, ...]:
        """The columns that say what is open by age, when there are at least two."""
        return vocabulary.aged_columns([column.header if not column.role else "" for column in self.columns])

    def without(self, *roles: str) -> Layout:
        """The same, with no column for ``roles``."""
        return replace(self, places={role: at for role, at in self.places.items() if role not in roles})

    def header(self, role: str) -> str:
        """The header of a role's column, "" when it has none."""
        return self.columns[self.places[role]].header if role in self.places else ""

    def column(self, role: str, rows: Sequence[Sequence[Cell]]) -> list[Cell]:
        """The cells of a role in ``rows``; empty text where a row is too short."""
        return self.at(self.places[role], rows)

    @staticmethod
    def at(place: int, rows: Sequence[Sequence[Cell]]) -> list[Cell]:
        """The cells at one place in ``rows``; empty text where a row is too short."""
        return [row[place] if place < len(row) else "" for row in rows]

    def text_column(self, role: str, rows: Sequence[Sequence[Cell]]) -> list[str]:
        """The same as text; all empty when the role has no column."""
        return texts(self.column(role, rows)) if role in self.places else [""] * len(rows)

    def contents(self, name: str, kind: str) -> FileContents:
        """A file with this layout, of which nothing else is said yet."""
        return FileContents(
            name=name,
            format=f"{kind}-{self.table.kind}",
            columns=self.columns,
            shape=self.shape,
            header_line=self.header_line,
            as_of=self.as_of,
        )


def find_layout(table: Table, mapping: Mapping[str, str] | None = None, today: date | None = None) -> Layout:
    """The layout of ``table``. A table without any known header gets its fullest text row as header, and no roles, so that a
    user can still say what its columns mean."""
    header_row = _header_row(table, mapping or {})
    headers = unique(texts(table.rows[header_row]))
    roles = with_codes(headers, assign(headers, mapping), table.rows[header_row + 1 :], mapping or {})
    samples = table.rows[header_row + 1 : header_row + 1 + _SAMPLES]
    columns = tuple(
        Column(header, role, tuple(text_of(row[i])[:60] if i < len(row) else "" for row in samples))
        for i, (header, role) in enumerate(zip(headers, roles, strict=True))
    )
    places = {role: i for i, role in enumerate(roles) if role}
    return Layout(table, header_row, columns, places, shape(headers), _as_of(table.rows[:header_row], today))


def _header_row(table: Table, mapping: Mapping[str, str]) -> int:
    mapped = {squash(header) for header in mapping}
    rows = table.rows[:HEADER_SEARCH_ROWS]
    known = [sum(recognised(c) or squash(text_of(c)) in mapped for c in row if c != "") for row in rows]
    best = max(known, default=0)
    if best >= 2 or (best == 1 and sum(c != "" for c in rows[known.index(1)]) > 2):
        return known.index(best)
    words = [sum(isinstance(c, str) and any(map(str.isalpha, c)) for c in row) for row in rows]
    return words.index(max(words)) if words else 0


def _as_of(titles: Sequence[Sequence[Cell]], today: date | None) -> date | None:
    """The day above the table to which it is stated, else of which the list is; None without one that is not still to come."""
    rows = [" ".join(text for text in texts(row) if text) for row in titles]
    found = [pattern.search(row) for pattern in (_AS_OF, _DATED) for row in rows]
    days = [day for match in found if match and isinstance(day := read_day(match[1]), date)]
    past = [day for day in days if today is None or day <= today]
    return past[0] if past else None
