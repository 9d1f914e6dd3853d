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
    """Of the whole list, None when it does not tell; ``jumps`` when bookings are missing between two of its lines."""

    opening: int | None = None
    closing: int | None = None
    jumps: bool = False


def oldest_first(entries: Sequence[Entry]) -> list[Entry]:
    """By what the balances prove, else by the dates; within a day as the list has them, turned when the list is newest first."""
    forward = sum(one.after == two.before is not None for one, two in itertools.pairwise(entries))
    backward = sum(two.after == one.before is not None for one, two in itertools.pairwise(entries))
    if forward == backward:
        turned = entries[0].record.booked > entries[-1].record.booked
    else:
        turned = backward > forward
    ordered = list(reversed(entries)) if turned else list(entries)
    proven = max(forward, backward) == len(entries) - 1
    return ordered if proven else sorted(ordered, key=_booked)


def statement_of(
    entries: Sequence[Entry], problems: ProblemList, *, until: date | None, whole: bool
) -> StatementRecord:
    """The list of one account. Its last day may have been going on, or been cut off, when the list was made: it reaches to the
    day before, and no further than ``until``. From a list that is not ``whole`` nothing follows for whoever is not in it: it
    reaches nowhere."""
    record = entries[0].record
    final = [entry for entry in entries if not entry.record.pending]
    balances = _balances(final, problems)
    days = [entry.record.booked for entry in final]
    reaches = max(days) - timedelta(days=1) if days and whole and not balances.jumps else None
    return StatementRecord(
        account=record.account,
        currency=record.currency,
        kind="list",
        opens=min(days) if days else None,
        reaches=min(reaches, until) if reaches and until else reaches,
        opening_cents=balances.opening,
        closing_cents=balances.closing,
    )


def _balances(entries: Sequence[Entry], problems: ProblemList) -> Balances:
    if not entries or any(entry.before is None or entry.after is None for entry in entries):
        return Balances()
    if all(one.after == two.before for one, two in itertools.pairwise(entries)):
        return Balances(entries[0].before, entries[-1].after)
    opening = running = _first_balance(list(next(itertools.groupby(entries, _booked))[1]))
    jumps = False
    for _, of_day in itertools.groupby(entries, _booked):
        day = list(of_day)
        running += sum(entry.record.amount_cents for entry in day)
        if running not in {entry.after for entry in day}:
            running = _say_where(day, running - sum(entry.record.amount_cents for entry in day), problems)
            jumps = True
    return Balances(opening, running, jumps)


def _first_balance(day: Sequence[Entry]) -> int:
    """The balance from which the bookings of a day lead to one of its balances."""
    moved = sum(entry.record.amount_cents for entry in day)
    ends = {entry.after for entry in day}
    starts = (entry.before for entry in day if entry.before is not None)
    return next((start for start in starts if start + moved in ends), day[0].before or 0)


def _say_where(day: Sequence[Entry], running: int, problems: ProblemList) -> int:
    """Where bookings are missing on a day that began with ``running``; its last balance. Only for a day that does not add up
    as a whole: a bank may list a day in another order than it booked, or give the day's balances with each booking."""
    for entry in day:
        if entry.before != running and entry.before is not None:
            record = entry.record
            gap = Money(entry.before - running, record.currency)
            problems.warn("bankcsv.balance-jump", record.line, account=record.account, difference=gap)
        running = running if entry.after is None else entry.after
    return running
