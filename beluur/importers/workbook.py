"""Bytes of a worksheet file (XLSX, XLS) to rows. The zip is measured before the reader sees it, and so is the rectangle that
each sheet spans: one cell in the far corner would fill the memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from beluur.importers.archive import Archive
from beluur.importers.cells import Cell, text_of
from beluur.importers.headers import recognised
from beluur.importers.limits import HEADER_SEARCH_ROWS, MAX_CELLS
from beluur.importers.table import Table
from beluur.values.sentence import Sentence, say

_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")

UNREADABLE = say("workbook.unreadable")


def read_workbook(content: bytes, kind: str) -> Table | Sentence:
    """The rows of the sheet that looks most like a list, or why there is none. ``kind`` is xlsx or xls."""
    if kind == "xlsx" and (refusal := _refusal(content)):
        return refusal
    try:
        return _best_sheet(CalamineWorkbook.from_filelike(io.BytesIO(content)), kind)
    except PasswordError:
        return say("file.password")
    except (CalamineError, OSError, ValueError, OverflowError):
        return UNREADABLE
    except BaseException as failure:
        if type(failure).__name__ == "PanicException":  # the reader's own crash; it has no class to import
            return UNREADABLE
        raise


def _refusal(content: bytes) -> Sentence | None:
    archive = Archive(content)
    if archive.refusal:
        return archive.refusal
    for name, xml in archive.members():
        if name.startswith("xl/worksheets/") and _spanned(xml) > MAX_CELLS:
            return say("workbook.too-wide")
    return archive.refusal


def _spanned(xml: bytes) -> int:
    """Cells in the rectangle from the first corner to the furthest cell that the sheet names."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for column, row in _REFERENCE.findall(xml):
        columns.add(column)
        rows.add(row)
    return max(map(_column_number, columns), default=0) * max(map(int, rows), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _best_sheet(book: CalamineWorkbook, kind: str) -> Table | Sentence:
    sheets = [
        (sheet.name, book.get_sheet_by_index(index).to_python(skip_empty_area=False))
        for index, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    taken, rows = max(sheets, key=lambda sheet: _headers_known(sheet[1]), default=("", []))
    if max((sum(1 for cell in row if cell != "") for row in rows), default=0) < 2:
        return say("table.not-a-table")
    header = _header(rows)
    others = tuple(
        name for name, other in sheets if name != taken and len(header) > 2 and _header(other) == header
    )
    return Table(_trimmed(rows), range(1, len(rows) + 1), kind, others)


def _header(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The row with most known headers, when a row stands below it."""
    shown = [[text for text in map(text_of, row) if text] for row in rows[:HEADER_SEARCH_ROWS]]
    header = max(shown[:-1], key=lambda row: sum(map(recognised, row)), default=[])
    return header if sum(map(recognised, header)) > 1 else []


def _headers_known(rows: Sequence[Sequence[Cell]]) -> tuple[int, int]:
    known = (sum(map(recognised, map(text_of, row))) for row in rows[:HEADER_SEARCH_ROWS])
    return (max(known, default=0), len(rows))


def _trimmed(rows: Iterable[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Without the columns at the right that are empty throughout."""
    kept = list(rows)
    width = max((i for row in kept for i, cell in enumerate(row, start=1) if cell != ""), default=0)
    return [row[:width] for row in kept] if kept and width < len(kept[0]) else kept
