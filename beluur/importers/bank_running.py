"""The bookings of one account put in order, oldest first, and what their running balances tell."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from beluur.importers.problem_list import ProblemList
from beluur.importers.records import StatementRecord, TransactionRecord
from beluur.values.money import Money

_booked = attrgetter("record.booked")


class Entry(NamedTuple):
    """A booking with the balances before and after it, None when the list has none."""

    record: TransactionRecord
    before: int | None
    after: int | None


class Balances(NamedTuple):
    """Of the whole list, None when it does not tell."""

    opening: int | None = None
    closing: int | None = None


def oldest_first(entries: Sequence[Entry]) -> list[Entry]:
    """By what the balances prove, else by the dates; within a day as the list has them, turned when the list is newest first."""
    forward = sum(one.after == two.before is not None for one, two in itertools.pairwise(entries))
    backward = sum(two.after == one.before is not None for one, two in itertools.pairwise(entries))
    if forward == backward:
        turned = entries[0].record.booked > entries[-1].record.booked
    else:
        turned = backward > forward
    ordered = list(reversed(entries)) if turned else list(entries)
    return ordered if _joins(ordered) else sorted(ordered, key=_booked)


def statement_of(
    entries: Sequence[Entry], problems: ProblemList, *, until: date | None, whole: bool
) -> StatementRecord:
    """The list of one account. Its last day may have been going on, or be cut, when the list was made: it reaches to the day
    before, and no further than ``until``, and nowhere when it is not ``whole``."""
    record = entries[0].record
    final = [entry for entry in entries if not entry.record.pending]
    balances = _balances(final, problems)
    days = [entry.record.booked for entry in final]
    reaches = max(days) - timedelta(days=1) if days and whole else None
    return StatementRecord(
        account=record.account,
        currency=record.currency,
        kind="list",
        opens=min(days) if days else None,
        reaches=min(reaches, until) if reaches and until else reaches,
        opening_cents=balances.opening,
        closing_cents=balances.closing,
    )


def _joins(entries: Sequence[Entry]) -> bool:
    """Whether each balance is the one before it and the amount."""
    return all(one.after == two.before is not None for one, two in itertools.pairwise(entries))


def _balances(entries: Sequence[Entry], problems: ProblemList) -> Balances:
    if not entries or any(entry.before is None or entry.after is None for entry in entries):
        return Balances()
    if _joins(entries):
        return Balances(entries[0].before, entries[-1].after)
    opening = running = _first_balance(list(next(itertools.groupby(entries, _booked))[1]))
    for _, of_day in itertools.groupby(entries, _booked):
        running = _end_of_day(list(of_day), running, problems)
    return Balances(opening, running)


def _first_balance(day: Sequence[Entry]) -> int:
    """The balance from which the bookings of a day lead to one of its balances."""
    moved = sum(entry.record.amount_cents for entry in day)
    ends = {entry.after for entry in day}
    starts = (entry.before for entry in day if entry.before is not None)
    return next((start for start in starts if start + moved in ends), day[0].before or 0)


def _end_of_day(day: Sequence[Entry], running: int, problems: ProblemList) -> int:
    """The balance after a day that began with ``running``. A bank may list a day in another order than it booked, or give the
    day's balances with each booking: only when the day does not add up either way, something is missing."""
    end = running + sum(entry.record.amount_cents for entry in day)
    if end in {entry.after for entry in day}:
        return end
    for entry in day:
        if entry.before != running and entry.before is not None:
            record = entry.record
            gap = Money(entry.before - running, record.currency)
            problems.warn("bankcsv.balance-jump", record.line, account=record.account, difference=gap)
        running = running if entry.after is None else entry.after
    return running
