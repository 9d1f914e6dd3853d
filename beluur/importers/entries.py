"""Which rows of an open-items table are invoices, and whose: totals, repeated headers and lines with only a name are known for
what they are and left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from beluur.importers.cells import Cell, text_of
from beluur.importers.debtors import NOBODY, debtor_rows
from beluur.importers.group_lines import GroupLines
from beluur.importers.headers import AMOUNT_ROLES
from beluur.importers.layout import Layout
from beluur.importers.records import DebtorRecord
from beluur.importers.vocabulary import is_total

_BLANKS_THAT_SHOW_GROUPS = 4  # one in so many rows without a name of its own: the name stands once per group


@dataclass(frozen=True, slots=True)
class Entries:
    """Rows that are invoices, with the line and the debtor of each; ``left_out`` counts rows of other kinds."""

    rows: list[Sequence[Cell]]
    lines: list[int]
    debtors: list[DebtorRecord]
    left_out: int = 0


def find_entries(layout: Layout) -> Entries:
    """The invoice rows below the header."""
    sorter = _Sorter(layout)
    for row, line in zip(layout.rows, layout.lines, strict=True):
        sorter.sort(row, line)
    return Entries(sorter.rows, sorter.lines, _with_names(layout, sorter), sorter.left_out)


class _Sorter:
    """Walks down the table and remembers whose group it is in."""

    def __init__(self, layout: Layout) -> None:
        self.rows: list[Sequence[Cell]] = []
        self.lines: list[int] = []
        self.groups: list[DebtorRecord] = []
        self.left_out = 0
        self._lines = GroupLines(layout)
        self._layout = layout
        self._owner = [layout.places[role] for role in ("debtor", "customer_number") if role in layout.places]
        self._places = layout.places
        self._headers = [column.header for column in layout.columns]
        priced = [layout.places[role] for role in AMOUNT_ROLES if role in layout.places]
        self._amounts = priced or list(layout.aged)
        self._dates = [layout.places[role] for role in ("due", "issued") if role in layout.places]
        self._number = layout.places["number"]
        self._named = layout.has("debtor") or layout.has("customer_number")

    def sort(self, row: Sequence[Cell], line: int) -> None:
        filled = self._filled(row, self._dates)
        numbered = self._filled(row, (self._number,))
        whole = self._named or self._filled(row, self._amounts)
        if filled and numbered and whole and not self._is_header(row):
            self._take(row, line)
        elif not any(cell != "" and text_of(cell).strip("-=_+") for cell in row):
            return
        elif self._is_entry(row, dated=filled, numbered=numbered):
            self._take(row, line)
        else:
            self.left_out += 1

    def _is_entry(self, row: Sequence[Cell], *, dated: bool, numbered: bool) -> bool:
        """Sorts out what is not; a row with a date or, in a list with names, with a number is meant as an entry."""
        words = next((text for cell in row if isinstance(cell, str) and (text := cell.strip())), "")
        priced = self._filled(row, self._amounts)
        if self._is_header(row) or (
            priced and not (dated and numbered) and is_total(words, self._lines.debtor.name)
        ):
            self._lines.end()
            return False
        if (dated and (priced or self._named)) or (numbered and priced and self._named):
            return True
        if priced and self._named and not is_total(words):
            self._lines.name(debtor_rows(self._layout, [row])[0])
        elif words and not self._is_subtotal(words, priced=priced):
            self._lines.read([c for i, c in enumerate(row) if i not in self._amounts])
        return False

    def _is_subtotal(self, words: str, *, priced: bool) -> bool:
        above = self._lines.debtor.name.casefold()
        return priced and (self._named or (above != "" and above in words.casefold()))

    def _take(self, row: Sequence[Cell], line: int) -> None:
        self.rows.append(row)
        self.lines.append(line)
        if self._named and self._filled(row, self._owner):
            self._lines.debtor = NOBODY  # what stood above was another's
        self.groups.append(self._lines.debtor)
        self._lines.end()

    def _is_header(self, row: Sequence[Cell]) -> bool:
        place = self._number
        return text_of(row[place]) == self._headers[place] if place < len(row) else False

    @staticmethod
    def _filled(row: Sequence[Cell], places: Iterable[int]) -> bool:
        width = len(row)
        for place in places:
            if place < width:
                cell = row[place]
                if cell != "" and not (isinstance(cell, str) and cell.isspace()):
                    return True
        return False


def _with_names(layout: Layout, sorter: _Sorter) -> list[DebtorRecord]:
    """Each row's own debtor; failing that the group's; failing that the name above it, in a list that writes it once."""
    own = debtor_rows(layout, sorter.rows)
    blanks = sum(not debtor.name for debtor in own)
    if not blanks:
        return own
    once = blanks > 1 and blanks * _BLANKS_THAT_SHOW_GROUPS >= len(own)
    above = NOBODY
    result = []
    for debtor, group in zip(own, sorter.groups, strict=True):
        if debtor.name:
            above = debtor
        result.append(debtor if debtor.name else group if group.name else above if once else debtor)
    return result
