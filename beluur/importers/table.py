"""Bytes of a text table to rows: which encoding, which separator."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from beluur.importers.cells import Cell
from beluur.importers.headers import recognised
from beluur.importers.limits import HEADER_SEARCH_ROWS, MAX_ROWS
from beluur.values.sentence import Sentence, say

_SEPARATORS = ";,\t|"
_SAMPLE = 64 * 1024
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` of cells; ``lines`` where each row starts in the file (1-based); ``kind`` csv, xlsx or xls; ``others`` the names
    of sheets with the same headers, which were not taken."""

    rows: Sequence[Sequence[Cell]]
    lines: Sequence[int]
    kind: str
    others: tuple[str, ...] = ()


def decode(content: bytes) -> str | None:
    """The text of ``content`` as UTF-8, UTF-16 or Windows-1252; None when it is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as_text(content, "utf-16")
    if content[:200].count(b"\0") > len(content[:200]) // 3:
        return _as_text(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        text = _as_text(content, encoding)
        if text is not None:
            return text
    return None


def _as_text(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    sample = text[:_SAMPLE]
    controls = len(sample) - len(sample.translate(_CONTROL))
    return None if "\0" in text or controls > len(sample) // 100 else text


def read_csv(text: str) -> Table | Sentence:
    """The rows of a text table, or why it is none."""
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    separator = first.strip()[4:] if first.lower().startswith("sep=") else ""
    if len(separator) == 1:
        return _rows(rest, separator, 1)
    return _rows(text, _separator(text), 0)


def _rows(text: str, separator: str, skipped_lines: int) -> Table | Sentence:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[Sequence[Cell]] = []
    lines: list[int] = []
    start = 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(start + skipped_lines)
            start = reader.line_num + 1
            if len(rows) > MAX_ROWS:
                return say("table.too-many-rows", limit=MAX_ROWS)
    except csv.Error:
        return say("table.broken-quote", line=start + skipped_lines)
    if max((len(row) for row in rows[:1000]), default=0) < 2:
        return say("table.not-a-table")
    return Table(rows, lines, "csv")


def _separator(text: str) -> str:
    """The separator that yields most known headers, and then the most columns in the most lines."""
    sample = text[:_SAMPLE]
    return max(_SEPARATORS, key=lambda separator: _fit(sample, separator))


def _fit(sample: str, separator: str) -> tuple[int, int]:
    try:
        rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=separator))
    except csv.Error:
        return (0, 0)
    known = max((sum(map(recognised, row)) for row in rows[:HEADER_SEARCH_ROWS]), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return (known, max(((width - 1) * n for width, n in widths.items()), default=0))
