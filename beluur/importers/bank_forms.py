"""Which bank made a list of transactions, and which column of it is what.

The headers of each bank, in each language, and where they were seen stand in bank_forms.toml. Two lists have no headers and are
known by their first lines: the TAB or TXT of ABN AMRO, and the list of ASN Bank, SNS and RegioBank. The Belgian banks write no
quotation marks around cells, so that one in a text must not swallow the lines that follow.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, NamedTuple

from beluur.importers.cells import Cell, squash, text_of
from beluur.importers.layout import Layout
from beluur.importers.limits import HEADER_SEARCH_ROWS, MAX_ROWS
from beluur.importers.table import Table
from beluur.values.sentence import Sentence, say

_LINE = re.compile(r"\r\n|\r|\n")
_AMOUNT = r"[-+]?[\d.]*,\d\d"
_ABN_AMRO = re.compile(
    rf"(?:\d{{6,10}}|[A-Z]{{2}}\d\d[A-Z0-9]{{8,30}})\t[A-Z]{{3}}\t\d{{8}}\t{_AMOUNT}\t{_AMOUNT}\t\d{{8}}\t{_AMOUNT}\t"
)
_ABN_AMRO_HEADERS = (
    "Rekeningnummer", "Muntsoort", "Transactiedatum", "Beginsaldo", "Eindsaldo", "Rentedatum", "Transactiebedrag", "Omschrijving",
)  # fmt: skip
_ASN = re.compile(r"\d\d-\d\d-\d{4},[A-Z]{2}\d\d[A-Z]{4}\d{10},")
_ASN_HEADERS = (
    "Boekingsdatum", "Opdrachtgeversrekening", "Tegenrekeningnummer", "Naam tegenrekening", "Adres", "Postcode", "Plaats",
    "Valutasoort rekening", "Saldo rekening voor mutatie", "Valutasoort mutatie", "Transactiebedrag", "Journaaldatum",
    "Valutadatum", "Interne transactiecode", "Globale transactiecode", "Volgnummer transactie", "Betalingskenmerk",
    "Omschrijving", "Afschriftnummer",
)  # fmt: skip
_ASN_BEFORE_TEXT = 16  # columns that are never quoted
_ASN_END = re.compile(r"('.*?'|[^,]*),('.*'|[^,]*),([^,]*)\Z")
_HEADER_AMONG = 20_000  # characters in which a list of which each line is a row shows its headers
_LONGEST_HEADER = 60
_FIRST_LINES = 5  # of which one is as it should be


class Form(NamedTuple):
    """How one bank heads its list: ``columns`` role to squashed headers; ``marks`` the roles that must be there; ``text_form``
    how the text is written: plain, pieces, labelled. With ``pending_until_numbered`` only its number makes a booking final;
    ``line_by_line`` says that a line is a row, whatever quotation marks are in it."""

    key: str
    marks: tuple[str, ...]
    text_form: str
    columns: Mapping[str, tuple[str, ...]]
    pending_until_numbered: bool = False
    line_by_line: bool = False


class BankList(NamedTuple):
    """A table that is a bank's list: ``header_row`` an index into its rows, ``places`` role to column."""

    form: Form
    table: Table
    header_row: int
    headers: tuple[str, ...]
    places: Mapping[str, int]

    @property
    def header_line(self) -> int:
        """The header's line in the file."""
        return self.table.lines[self.header_row]

    @property
    def above(self) -> Sequence[Sequence[Cell]]:
        """The rows above the header: what was asked for."""
        return self.table.rows[: self.header_row]

    def header(self, role: str) -> str:
        """The header of a role's column, "" when it has none."""
        return self.headers[self.places[role]] if role in self.places else ""


def _form(key: str, table: Mapping[str, Any]) -> Form:
    return Form(
        key=key,
        marks=tuple(table["marks"]),
        text_form=table["text_form"],
        columns={role: tuple(map(squash, headers)) for role, headers in table["columns"].items()},
        pending_until_numbered=table.get("pending_until_numbered", False),
        line_by_line=table.get("line_by_line", False),
    )


def _meanings(group: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    return {squash(word): meaning for meaning, words in group.items() for word in words}


_TABLE = tomllib.loads(resources.files(__package__).joinpath("bank_forms.toml").read_text("utf-8"))
_FORMS = tuple(_form(key, table) for key, table in _TABLE.items() if key not in ("other", "above", "words"))
_OTHER = _form("", _TABLE["other"])

_SIDE_HEADERS = frozenset(_OTHER.columns["side"])  # a form that knows no such column would miss what went out

SIDES = {squash(word): sign for sign, key in ((-1, "out"), (1, "in")) for word in _TABLE["words"][key]}
STATES = _meanings({key: _TABLE["words"][key] for key in ("booked", "refused")})
ABOVE = _meanings(_TABLE["above"])


def find_bank(table: Table) -> BankList | None:
    """The bank whose list ``table`` is by its headers; None when it is none that is known."""
    for at, row in enumerate(table.rows[:HEADER_SEARCH_ROWS]):
        if found := _form_of(row):
            return BankList(found[0], table, at, tuple(map(text_of, row)), found[1])
    return None


def _form_of(row: Sequence[Cell]) -> tuple[Form, Mapping[str, int]] | None:
    names = [squash(cell) if isinstance(cell, str) and len(cell) < _LONGEST_HEADER else "" for cell in row]
    sided = not _SIDE_HEADERS.isdisjoint(names)
    for form in _FORMS:
        places = _places(form, names)
        if all(mark in places for mark in form.marks) and ("side" in places or not sided):
            return form, places
    return None


def as_other_bank(layout: Layout) -> BankList:
    """The list of a bank that is not known, its columns by the names that are usual."""
    places = _places(_OTHER, [squash(header) for header in layout.headers])
    return BankList(_OTHER, layout.table, layout.header_row, tuple(layout.headers), places)


def _places(form: Form, names: Sequence[str]) -> Mapping[str, int]:
    places = {}
    for role, headers in form.columns.items():
        found = next((header for header in headers if header in names), None)
        if found is not None:
            places[role] = names.index(found)
    return places


def read_by_lines(text: str) -> Table | Sentence | None:
    """The table of a bank's list of which each line is a row; without headers they are put above it. None when ``text`` is no
    such list."""
    lines = _LINE.split(text[:_HEADER_AMONG].lstrip("\ufeff"))[:HEADER_SEARCH_ROWS]
    if any(map(_ABN_AMRO.match, lines[:_FIRST_LINES])):
        return _with_headers(_ABN_AMRO_HEADERS, [line.split("\t", 7) for line in _all_lines(text)])
    if any(_ASN.match(line) and line.count(",") >= len(_ASN_HEADERS) - 1 for line in lines[:_FIRST_LINES]):
        return _with_headers(_ASN_HEADERS, [_asn_cells(line) for line in _all_lines(text)])
    for line in lines:
        found = _form_of(line.split(";")) if ";" in line and '"' not in line else None
        if found and found[0].line_by_line:
            width = line.count(";") + 1
            return _table([_cells(row, width) for row in _all_lines(text)])
    return None


def _cells(line: str, width: int) -> list[str]:
    """A line's cells. Quotation marks count only when with them, and not without, there are as many cells as headers."""
    cells = line.split(";")
    if '"' not in line or len(cells) == width:
        return cells
    try:
        with_marks = next(csv.reader([line], delimiter=";"))
    except (csv.Error, StopIteration):
        return cells
    return with_marks if len(with_marks) == width else cells


def _all_lines(text: str) -> list[str]:
    return _LINE.split(text.lstrip("\ufeff"))


def _asn_cells(line: str) -> list[str]:
    cells = line.split(",", _ASN_BEFORE_TEXT)
    if len(cells) > _ASN_BEFORE_TEXT and (end := _ASN_END.match(cells[-1])):
        cells[-1:] = [part.strip("'") for part in end.groups()]
    return cells


def _with_headers(headers: Sequence[str], rows: list[list[str]]) -> Table | Sentence:
    table = _table(rows)
    return table if isinstance(table, Sentence) else Table([headers, *table.rows], [1, *table.lines], "csv")


def _table(rows: list[list[str]]) -> Table | Sentence:
    if len(rows) > MAX_ROWS:
        return say("table.too-many-rows", limit=MAX_ROWS)
    return Table(rows, range(1, len(rows) + 1), "csv")
