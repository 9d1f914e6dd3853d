"""The columns of an open-items list, parsed: what is open stands in one of them, in several by age, or in none to be believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from beluur.importers import vocabulary
from beluur.importers.amounts import AmountColumn, read_amounts
from beluur.importers.cells import Cell
from beluur.importers.cells import texts as texts_of
from beluur.importers.dates import DateColumn, read_dates, read_day
from beluur.importers.entries import Entries
from beluur.importers.headers import AMOUNT_ROLES, DATE_ROLES
from beluur.importers.home_currency import stated_currency
from beluur.importers.layout import Layout
from beluur.importers.records import DebtorRecord
from beluur.importers.shares import standing_by_share

_TEXT_ROLES = (
    "number", "description", "reference", "your_reference", "currency", "type", "side", "direct_debit", "reminders", "term_days",
    "status",
)  # fmt: skip
_PAID = "paid"  # one of `vocabulary.standing`


@dataclass(frozen=True, slots=True)
class ItemColumns:
    """The columns of the invoice rows by role. ``layout`` is without those that were not believed; ``stated`` the currency of all
    amounts, "" when the rows say it; ``runs_on`` the header of a balance that adds up the rows above it, "" for none."""

    layout: Layout
    dates: Mapping[str, DateColumn]
    amounts: Mapping[str, AmountColumn]
    texts: Mapping[str, list[str]]
    stated: str = ""
    doubtful: Mapping[int, int] = field(
        default_factory=dict
    )  # by row the column by age that could not be read
    runs_on: str = ""

    @property
    def states_open(self) -> bool:
        """Whether a column says what is open, or what of the amount was paid."""
        return "open" in self.amounts or self.layout.has("amount", "paid")

    def written(self, role: str, row: int, cells: Sequence[Cell]) -> tuple[str, str]:
        """The header and the cell in which ``cells``, the row at ``row``, say what could not be read."""
        place = self.layout.places[role] if role in self.layout.places else self.doubtful[row]
        return self.layout.columns[place].header, str(cells[place])


def read_columns(layout: Layout, entries: Entries) -> ItemColumns:
    """The columns of ``layout`` in the rows of ``entries``."""
    texts = {role: layout.text_column(role, entries.rows) for role in _TEXT_ROLES}
    if layout.has("paid") and (paid := _says_whether_paid(layout.column("paid", entries.rows))):
        layout, texts["status"] = layout.without("paid"), _first_of(paid, texts["status"])
    if layout.has("open", "amount") and _says_yes_or_no(still := layout.text_column("open", entries.rows)):
        closed = [_PAID if vocabulary.is_no(text) else "" for text in still]
        layout, texts["status"] = layout.without("open"), _first_of(closed, texts["status"])
    if (
        not layout.has("open")
        and not layout.has("paid")
        and (shares := standing_by_share(layout, entries.rows))
    ):
        texts["status"] = _first_of(shares, texts["status"])
    stated = stated_currency(layout, "open" if layout.has("open") else "amount")
    if layout.has("open", "amount") and stated != stated_currency(layout, "amount"):
        layout = layout.without("amount")
    dated = [role for role in DATE_ROLES if role in layout.places]
    priced = [role for role in AMOUNT_ROLES if role in layout.places]
    columns = {role: layout.column(role, entries.rows) for role in (*dated, *priced)}
    dates = dict(zip(dated, read_dates([columns[role] for role in dated]), strict=True))
    amounts = dict(zip(priced, read_amounts([columns[role] for role in priced]), strict=True))
    read = ItemColumns(layout, dates, amounts, texts, stated)
    return _without_balance(read, entries.debtors) if priced else _by_age(read, entries.rows)


def _first_of(said: Sequence[str], status: Sequence[str]) -> list[str]:
    return [first or other for first, other in zip(said, status, strict=True)]


def _says_whether_paid(cells: Sequence[Cell]) -> list[str]:
    """The standing of each row when these cells say yes and no, or on which day; empty when they are amounts."""
    said = texts_of(cells)
    if _says_yes_or_no(said):
        return [_PAID if vocabulary.is_yes(text) else "" for text in said]
    filled = [cell for cell in cells if cell != ""]
    return [_PAID if text else "" for text in said] if filled and all(map(_is_surely_a_day, filled)) else []


def _is_surely_a_day(cell: Cell) -> bool:
    """Whether a cell is a day and no amount: 20261001 and a worksheet's 46000 may be either."""
    if isinstance(cell, str):
        return not cell.strip().isdigit() and isinstance(read_day(cell), date)
    return isinstance(cell, date)


def _says_yes_or_no(cells: Sequence[str]) -> bool:
    """Whether these cells are words and no amounts; of an empty column nothing is known."""
    return any(map(str.isalpha, cells)) and all(
        vocabulary.is_yes(c) or vocabulary.is_no(c) for c in cells if c
    )


def _by_age(read: ItemColumns, rows: Sequence[Sequence[Cell]]) -> ItemColumns:
    """What is open as the sum of the columns by age: of each invoice one is filled."""
    places = read.layout.aged
    columns = read_amounts([read.layout.at(place, rows) for place in places])
    together = AmountColumn([None] * len(rows), unclear=any(column.unclear for column in columns))
    doubtful: dict[int, int] = {}
    for place, column in zip(places, columns, strict=True):
        together.bad.update(column.bad)
        together.currencies.update(column.currencies)
        doubtful.update(dict.fromkeys(column.bad, place))
        for row, cents in enumerate(column.cents):
            if cents is not None:
                together.cents[row] = (together.cents[row] or 0) + cents
    return replace(read, amounts={"open": together}, doubtful=doubtful)


def _without_balance(read: ItemColumns, debtors: Sequence[DebtorRecord]) -> ItemColumns:
    """Without a balance that runs on from line to line of a debtor: it says of no invoice what is open."""
    left = read.amounts.get("open")
    booked = _booked(read.amounts)
    if left is None or not booked or not _runs_on(left.cents, booked, debtors):
        return read
    amounts = {role: column for role, column in read.amounts.items() if role != "open"}
    return replace(
        read, layout=read.layout.without("open"), amounts=amounts, runs_on=read.layout.header("open")
    )


def _booked(amounts: Mapping[str, AmountColumn]) -> list[int]:
    """What each row adds to the balance, as far as it says so."""
    if "amount" in amounts:
        paid = amounts["paid"].cents if "paid" in amounts else [0] * len(amounts["amount"].cents)
        return [(a or 0) - (p or 0) for a, p in zip(amounts["amount"].cents, paid, strict=True)]
    if "debit" in amounts and "credit" in amounts:
        sides = zip(amounts["debit"].cents, amounts["credit"].cents, strict=True)
        return [(debit or 0) - (credit or 0) for debit, credit in sides]
    return []


def _runs_on(left: Sequence[int | None], booked: Sequence[int], debtors: Sequence[DebtorRecord]) -> bool:
    """Whether each balance is the one above it and its own row, and some are more than that row."""
    carried = False
    for row, (balance, own) in enumerate(zip(left, booked, strict=True)):
        above = left[row - 1] if row else 0
        if balance is None or above is None:
            return False
        if balance == above + own:
            carried = carried or balance != own
        elif balance != own or (row and debtors[row] is debtors[row - 1]):
            return False
    return carried
