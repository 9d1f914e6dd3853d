"""The rows of a bank's list read by the column: when, how much and which way. A row that is not sure is left out and named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from beluur.importers import vocabulary
from beluur.importers.amounts import UNCLEAR, UNREADABLE, AmountColumn, read_amounts
from beluur.importers.bank_forms import SIDES, BankList
from beluur.importers.cells import Cell, squash, text_of, texts
from beluur.importers.dates import read_dates, read_day
from beluur.importers.problem_list import ProblemList
from beluur.values.sentence import Sentence, say

_PRICED = ("amount", "debit", "credit", "balance", "balance_before")
_DATED = ("date", "valued")
_SIDE_IN_CELL = re.compile(r"(?<![A-Z])(?:DB|CR|D|C)\s*\)?\s*\Z", re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_CURRENCY_SIGNS = {"€": "EUR", "EURO": "EUR", "$": "USD", "£": "GBP"}


class Rows(NamedTuple):
    """The rows that are bookings, and their lines in the file; ``whole`` when none had to be left out."""

    rows: list[Sequence[Cell]]
    lines: list[int]
    whole: bool


class Booking(NamedTuple):
    """One row in numbers: ``at`` its place in `Rows`; ``before`` and ``after`` the balances around it, when told."""

    at: int
    booked: date
    valued: date | None
    cents: int
    currency: str
    before: int | None
    after: int | None


def find_rows(bank: BankList, problems: ProblemList) -> Rows:
    """What stands below the header, without totals and repeated headers. A row that was cut, or has more cells than headers,
    is left out: its cells cannot be trusted to stand in their columns."""
    width = max((i for i, header in enumerate(bank.headers, start=1) if header), default=0)
    rows: list[Sequence[Cell]] = []
    lines: list[int] = []
    whole = True
    below = bank.header_row + 1
    for row, line in zip(bank.table.rows[below:], bank.table.lines[below:], strict=True):
        if not _says_something(row) or _is_other(bank, row):
            continue
        taken = _fitted(bank, row, width)
        if isinstance(taken, str):
            problems.skip(taken, line)
            whole = False
        else:
            rows.append(taken)
            lines.append(line)
    return Rows(rows, lines, whole)


def _says_something(row: Sequence[Cell]) -> bool:
    return any(cell != "" and text_of(cell) for cell in row)


def _fitted(bank: BankList, row: Sequence[Cell], width: int) -> Sequence[Cell] | str:
    """The row as wide as the headers, or what is wrong with it. A separator too many may stand in a text at the end of a row;
    elsewhere it has moved the cells, also when the last of them is empty."""
    if len(row) < width:
        return "bankcsv.short"
    if len(row) <= len(bank.headers):
        return row
    if any(bank.places.get(role) == width - 1 for role in ("text", "details")):
        return [*row[: width - 1], "; ".join(filter(None, texts(row[width - 1 :])))]
    return "bankcsv.long" if bank.form.key or any(cell != "" for cell in row[width:]) else row


def _is_other(bank: BankList, row: Sequence[Cell]) -> bool:
    """Whether the row is the header again, or a total: it begins with that word and has no date."""
    place = bank.places["date"]
    day = row[place] if place < len(row) else ""
    if not isinstance(day, str) or any(map(str.isdigit, day)):
        return False
    return day == bank.header("date") or vocabulary.is_total(next(filter(None, map(text_of, row)), ""))


class Reader:
    """Reads the columns of one list; what is wrong in them goes to ``problems``, with line and column. ``whole`` as long as no
    row had to be left out."""

    def __init__(self, bank: BankList, found: Rows, problems: ProblemList) -> None:
        self.bank, self._found, self._problems = bank, found, problems
        self.whole = found.whole
        priced = [role for role in _PRICED if role in bank.places]
        self._amounts = dict(
            zip(priced, read_amounts([_without_plus(self.cells(role)) for role in priced]), strict=True)
        )
        self._days = {role: _days(self.cells(role)) for role in _DATED if role in bank.places}
        for role in priced:
            _refuse_sides(self.cells(role), self._amounts[role])

    def cells(self, role: str) -> list[Cell]:
        """The cells of a role; empty text where it has no column."""
        place = self.bank.places.get(role)
        return [""] * len(self._found.rows) if place is None else [row[place] for row in self._found.rows]

    def texts(self, role: str) -> list[str]:
        """The same as text."""
        return texts(self.cells(role)) if role in self.bank.places else [""] * len(self._found.rows)

    def refusal(self) -> Sentence | None:
        """Why nothing can be read: thousands and decimals, or in and out, cannot be told apart."""
        for role, column in self._amounts.items():
            if column.unclear and role in ("amount", "debit", "credit"):
                row = next(row for row, code in column.bad.items() if code == UNCLEAR)
                return say(
                    "table.unclear-decimals",
                    column=self.bank.header(role),
                    example=str(self.cells(role)[row]),
                )
        if "amount" in self._amounts and "side" not in self.bank.places and not self.bank.form.key:
            signed = any((cents or 0) < 0 for cents in self._amounts["amount"].cents)
            if not signed and not any("+" in str(cell) for cell in self.cells("amount")):
                return say("bankcsv.sign-unclear", column=self.bank.header("amount"))
        return None

    def bookings(self) -> Iterator[Booking]:
        """The rows of which day, amount, sign and currency are sure."""
        signed = self._signed()
        currencies = self._currencies()
        booked, valued = (self._days.get(role, ([], {}))[0] for role in _DATED)
        after, before = (
            self._amounts[role].cents if role in self._amounts else None
            for role in ("balance", "balance_before")
        )
        self._unread_balances()
        spoiled = self._spoiled()
        for at in range(len(self._found.rows)):
            if at in spoiled:
                continue
            day, cents, currency = booked[at], signed(at), currencies[at]
            if day is None:
                self.leave_out("bankcsv.no-date", at, "date")
            elif cents is None:
                self.leave_out("bankcsv.no-amount", at, "amount" if "amount" in self._amounts else "credit")
            elif isinstance(cents, str):
                self.leave_out(cents, at, "side" if "side" in self.bank.places else "debit")
            elif not currency:
                self.leave_out("bankcsv.currency", at, "currency")
            elif not cents:
                self._problems.warn("bankcsv.zero", self._found.lines[at])
            else:
                around = _around(before[at] if before else None, after[at] if after else None, cents)
                yield Booking(at, day, valued[at] if valued else None, cents, currency, *around)

    def _spoiled(self) -> set[int]:
        """The rows with a date or amount that cannot be read, each with its problem."""
        wrong = [(role, self._days[role][1]) for role in self._days]
        wrong += [(r, self._amounts[r].bad) for r in ("amount", "debit", "credit") if r in self._amounts]
        spoiled: set[int] = set()
        for role, bad in wrong:
            for at, code in bad.items():
                self.leave_out(code, at, role)
                spoiled.add(at)
        return spoiled

    def _unread_balances(self) -> None:
        for role in ("balance", "balance_before"):
            column = self._amounts.get(role)
            cells = self.cells(role) if column and column.bad else []
            for at in column.bad if column else ():
                header = self.bank.header(role)
                value = str(cells[at])[:40]
                self._problems.warn(
                    "bankcsv.balance-unreadable", self._found.lines[at], header, value=value, column=header
                )

    def leave_out(self, code: str, at: int, role: str) -> None:
        """The row is not taken, because of what is wrong in the column of ``role``."""
        self.whole = False
        place = self.bank.places.get(role)
        value = "" if place is None else text_of(self._found.rows[at][place])[:40]
        header = self.bank.header(role)
        self._problems.skip(code, self._found.lines[at], header, value=value, column=header)

    def _signed(self) -> Callable[[int], int | str | None]:
        """What came in is positive; None without an amount, the code of what is wrong when the signs contradict each other."""
        if "amount" not in self._amounts:
            debit, credit = self._amounts["debit"].cents, self._amounts["credit"].cents
            return lambda at: _of_two(debit[at], credit[at])
        cents = self._amounts["amount"].cents
        if "side" not in self.bank.places:
            return cents.__getitem__
        sides = self.texts("side")
        signs = {side: SIDES.get(squash(side)) for side in set(sides)}
        return lambda at: _on_side(cents[at], signs[sides[at]])

    def _currencies(self) -> list[str]:
        """The currency of each row, "" when it is none or when two are named; the euro where a list has no column for it."""
        written = self.texts("currency") if "currency" in self.bank.places else None
        names = [_currency(text) for text in written] if written else ["EUR"] * len(self._found.rows)
        named = self._amounts["amount"].currencies if "amount" in self._amounts else {}
        for at, currency in named.items():
            names[at] = currency if not written or names[at] == currency else ""
        return names


def _without_plus(cells: Sequence[Cell]) -> list[Cell]:
    """So that the common amount is read the fast way: a plus says nothing that its absence does not."""
    return [c[1:] if isinstance(c, str) and c[:1] == "+" and c[1:2].isdigit() else c for c in cells]


def _currency(text: str) -> str:
    name = _CURRENCY_SIGNS.get(text.upper(), text.upper())
    return name if _CURRENCY.match(name) else ""


def _of_two(debit: int | None, credit: int | None) -> int | str | None:
    if debit and credit:
        return "bankcsv.both-sides"
    if credit:
        return credit if credit > 0 else "bankcsv.both-sides"
    return -abs(debit) if debit is not None else credit


def _around(before: int | None, after: int | None, cents: int) -> tuple[int | None, int | None]:
    """The balances before and after; the one that is not told follows from the other."""
    if before is None and after is not None:
        before = after - cents
    return before, before + cents if after is None and before is not None else after


def _on_side(cents: int | None, side: int | None) -> int | str | None:
    if cents is None:
        return None
    if side is None:
        return "bankcsv.side"
    return "bankcsv.double-sign" if cents < 0 else cents * side


def _days(cells: Sequence[Cell]) -> tuple[list[date | None], dict[int, str]]:
    """Day first, whatever the other cells are like: a bank does not change its mind."""
    known = {text: read_day(text) for text in {cell for cell in cells if isinstance(cell, str)}}
    days: list[date | None] = []
    bad: dict[int, str] = {}
    for at, cell in enumerate(cells):
        if isinstance(cell, str):
            day = known[cell]
        else:
            (column,) = read_dates([[cell]])
            day = column.bad.get(0) or column.days[0]
        if isinstance(day, str):
            bad[at], day = day, None
        days.append(day)
    return days, bad


def _refuse_sides(cells: Sequence[Cell], column: AmountColumn) -> None:
    """A D or C behind an amount means in a list of open items the opposite of what it means at a bank: not read."""
    marked = {cell for cell in cells if isinstance(cell, str) and cell and _SIDE_IN_CELL.search(cell)}
    for at, cell in enumerate(cells) if marked else ():
        if cell in marked:
            column.cents[at] = None
            column.bad[at] = UNREADABLE
