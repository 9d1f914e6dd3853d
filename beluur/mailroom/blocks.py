"""The pieces that a mail is laid out from; `paint` turns them into HTML and into text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; each line starts on a new line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with a title over it or none."""

    items: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, with a smaller line under it or none."""

    text: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; the last column is right-aligned when ``amounts``. ``as_text`` is how it reads without a table."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    as_text: tuple[str, ...]
    totals: tuple[tuple[str, str], ...] = ()
    amounts: bool = True


@dataclass(frozen=True, slots=True)
class Panel:
    """Label and value in a quiet frame, with a picture beside it or none."""

    title: str
    pairs: tuple[tuple[str, str], ...]
    large: str = ""
    large_label: str = ""
    picture: str = ""
    picture_alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """What stands on the reader's own page, and the way to it: ``button`` is what the link says, ``url`` where it leads."""

    said: str
    button: str
    url: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The closing words, the name, and the lines under it."""

    closing: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody wrote before, under a line that says who and when."""

    said: str
    lines: tuple[str, ...]


Block = Paragraph | Bullets | Table | Panel | PageLink | Signature | Quotation
