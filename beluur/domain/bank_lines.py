"""Which lines of a statement are new: who a transaction is, the same across formats (decided 2).

A line is the same as a known one when the bank's own reference says so; otherwise by a fingerprint: the day, the amount and the
other account, counted, for two equal payments on one day are legitimate. Two numbered statements of one format never hold the
same line twice without the bank's reference saying so; a list without a number, or another format, may.

What is surest is matched first, so that a loose match never takes the line of a sure one: the reference, the same account and
words, the same account, a booking of several known by its total or the other way round, and only then what is merely alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

_TAIL = 10  # the account number within a Dutch IBAN


class Line(NamedTuple):
    """A booking, as far as it is needed to know it again. ``statement`` names the statement it came with, "" for a list that
    has no number; ``batch`` and ``batch_cents`` when it is one payment of a booking of several; ``said``: what the payer wrote,
    which makes no line another one, but tells two equal payments of a day apart."""

    booked: date
    cents: int
    currency: str
    bank_reference: str
    iban: str
    format: str
    statement: str
    batch: str = ""
    batch_cents: int = 0
    said: str = ""


def new_lines(known: Iterable[Line], incoming: Sequence[Line]) -> list[bool]:
    """For each line of ``incoming``, in order, whether it is new. ``known`` are the lines of the same account, at least those
    of the days in ``incoming``."""
    pool = _Pool(known)
    new = [True] * len(incoming)
    perhaps = [place for place, line in enumerate(incoming) if pool.may_hold(line)]
    in_order = sorted(perhaps, key=incoming.__getitem__)  # which come first in a file says nothing

    def look(fits: Callable[[Line], bool], *, batches: bool = True) -> None:
        for place in in_order:
            if new[place] and (batches or not incoming[place].batch):
                new[place] = not fits(incoming[place])

    look(pool.take_by_reference)
    look(pool.take_to_the_letter)
    look(pool.take_single, batches=False)
    for places in _batches(incoming, in_order, new):
        if pool.take_whole(incoming[places[0]]):
            for place in places:
                new[place] = False
    look(pool.take_batch, batches=False)
    look(pool.take_single_alike, batches=False)
    look(pool.take_same)
    look(pool.take_alike)
    return new


def line_keys(known: Iterable[str], incoming: Iterable[Line]) -> list[str]:
    """A key for each new line, that two people who take in the same statement at once come to alike. ``known`` are the keys
    that the account has."""
    count: Counter[str] = Counter(key.rsplit("#", 1)[0] for key in known)
    days: dict[date, str] = {}
    keys = []
    for line in incoming:
        day = days.get(line.booked) or days.setdefault(line.booked, f"{line.booked:%Y%m%d}")
        stem = f"{day}|{line.cents}|{line.bank_reference or line.iban or line.statement}"[:190]
        count[stem] += 1
        keys.append(f"{stem}#{count[stem]}")
    return keys


def same_account(a: str, b: str) -> bool:
    """Whether two ways of writing an account are one: as IBAN, or as the old number within it.

    >>> same_account("NL91ABNA0417164300", "417164300"), same_account("BE68539007547034", "539007547034")
    (True, True)
    """
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    digits = short.replace(".", "").replace("-", "").lstrip("0")
    if not digits.isdigit() or len(digits) < 6 or not long[:2].isalpha():
        return False
    tail = long[4:] if long.startswith("BE") else long[-_TAIL:]
    return tail.lstrip("0") == digits


class _Pool:
    """The known lines that no incoming one has been taken for yet."""

    def __init__(self, known: Iterable[Line]) -> None:
        self._lines = list(known)
        self._used = [False] * len(self._lines)
        self._by_reference: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._by_amount: dict[tuple[date, int, str], list[int]] = defaultdict(list)
        self._by_account: dict[tuple[date, int, str, str], list[int]] = defaultdict(list)
        self._by_text: dict[tuple[date, int, str, str, str], list[int]] = defaultdict(list)
        self._by_batch: dict[tuple[date, int, str], list[list[int]]] = defaultdict(list)
        groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for place, line in enumerate(self._lines):
            if line.bank_reference:
                self._by_reference[line.bank_reference, line.cents].append(place)
            self._by_amount[line.booked, line.cents, line.currency].append(place)
            self._by_account[line.booked, line.cents, line.currency, line.iban].append(place)
            if line.said:
                self._by_text[line.booked, line.cents, line.currency, line.iban, line.said].append(place)
            if line.batch:
                groups[line.format, line.statement, line.batch].append(place)
        for places in groups.values():
            first = self._lines[places[0]]
            self._by_batch[first.booked, first.batch_cents, first.currency].append(places)

    def may_hold(self, line: Line) -> bool:
        """Whether anything here is near enough to be looked at: most lines of a new statement are like none."""
        when = (line.booked, line.cents, line.currency)
        if line.batch or when in self._by_amount or when in self._by_batch:
            return True
        return (line.bank_reference, line.cents) in self._by_reference

    def _take(self, place: int) -> bool:
        self._used[place] = True
        return True

    def take_by_reference(self, line: Line) -> bool:
        if not line.bank_reference:
            return False
        places = self._by_reference.get((line.bank_reference, line.cents), ())
        return any(not self._used[p] and self._take(p) for p in places)

    def take_to_the_letter(self, line: Line) -> bool:
        """The other account and what was written, both told and the same."""
        places = self._by_text.get((line.booked, line.cents, line.currency, line.iban, line.said), ())
        return bool(line.iban) and any(
            not self._used[p] and _may_be(self._lines[p], line) and self._take(p) for p in places
        )

    def take_single(self, line: Line) -> bool:
        """A line of its own, with the other account told and the same."""
        return self._take_fitting(line, told=True, alone=True)

    def take_single_alike(self, line: Line) -> bool:
        """A line of its own; the other account the same as far as both tell it."""
        return self._take_fitting(line, told=False, alone=True)

    def take_same(self, line: Line) -> bool:
        """Any line, with the other account told and the same."""
        return self._take_fitting(line, told=True, alone=False)

    def take_alike(self, line: Line) -> bool:
        """Any line; the other account the same as far as both tell it."""
        return self._take_fitting(line, told=False, alone=False)

    def _take_fitting(self, line: Line, *, told: bool, alone: bool) -> bool:
        key = (line.booked, line.cents, line.currency)
        for place in chain(self._by_account.get((*key, line.iban), ()), self._by_amount.get(key, ())):
            known = self._lines[place]
            if self._used[place] or (alone and known.batch) or (told and not (known.iban and line.iban)):
                continue
            if _may_be(known, line):
                return self._take(place)
        return False

    def take_whole(self, line: Line) -> bool:
        """A booking of several that is known as one line."""
        return self.take_single_alike(
            line._replace(cents=line.batch_cents, batch="", bank_reference="", iban="")
        )

    def take_batch(self, line: Line) -> bool:
        """One line that is known as a booking of several."""
        for places in self._by_batch.get((line.booked, line.cents, line.currency), ()):
            if not any(self._used[p] for p in places) and _may_be(
                self._lines[places[0]]._replace(iban="", bank_reference=""), line
            ):
                return all(self._take(place) for place in places)
        return False


def _may_be(known: Line, line: Line) -> bool:
    if known.iban and line.iban and not same_account(known.iban, line.iban):
        return False
    if known.format != line.format:
        return True
    if known.bank_reference and line.bank_reference:
        return False
    return not known.statement or not line.statement or known.statement == line.statement


def _batches(incoming: Sequence[Line], in_order: Sequence[int], new: Sequence[bool]) -> Iterable[list[int]]:
    """The places of each booking of several of which no payment was known."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in in_order:
        line = incoming[place]
        if line.batch:
            groups[line.statement, line.batch].append(place)
    return [places for places in groups.values() if all(new[p] for p in places)]
