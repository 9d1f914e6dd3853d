"""Where a payment goes: which invoices it lowers, which it only belongs to, and what must be asked first.

A stated open amount already holds what came in before its day (`as_of`): such a payment is history and lowers nothing. On the
same or an unknown day a person says whether it is counted already; after it, it lowers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Payable:
    """One invoice, as a payment sees it. ``past_cents`` is what was paid before its day and not yet linked to a payment."""

    invoice_id: int
    open_cents: int
    as_of: date | None
    past_cents: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """``cents`` of the payment on one invoice; ``lowers`` is False for history."""

    invoice_id: int
    cents: int
    lowers: bool


@dataclass(frozen=True, slots=True)
class Booking:
    """``parts`` in order; ``left_cents`` stays on the payment. ``ask`` is True when for some invoice a person must say first
    whether its open amount already holds the payment; nothing is then to be booked."""

    parts: tuple[Part, ...]
    left_cents: int
    ask: bool = False


def book(cents: int, day: date, invoices: Iterable[Payable], *, counted: bool | None = None) -> Booking:
    """Spreads a payment of ``cents`` that came in on ``day`` over ``invoices``, in their order, never more than is open.

    ``counted`` answers the question of the same or an unknown day: True: the open amount already holds it.

    >>> book(700, date(2026, 11, 23), [Payable(1, 500, date(2026, 11, 20)), Payable(2, 500, date(2026, 11, 20))]).parts
    (Part(invoice_id=1, cents=500, lowers=True), Part(invoice_id=2, cents=200, lowers=True))
    """
    if cents <= 0:
        raise ValueError("a payment is more than nothing")
    parts, left = [], cents
    for invoice in invoices:
        if left <= 0:
            break
        lowers = _lowers(day, invoice.as_of, counted)
        if lowers is None:
            return Booking((), cents, ask=True)
        taken = min(left, max(invoice.open_cents if lowers else invoice.past_cents, 0))
        if taken:
            parts.append(Part(invoice.invoice_id, taken, lowers))
            left -= taken
    return Booking(tuple(parts), left)


def _lowers(day: date, as_of: date | None, counted: bool | None) -> bool | None:  # noqa: FBT001 - an answer, not a switch
    if as_of is not None and day != as_of:
        return day > as_of
    return None if counted is None else not counted


class Moved(NamedTuple):
    """A row that lowers an invoice, or raises it again. ``origin``: the payment, also for what takes it back or reverses it.
    ``held``: the statement of that very day holds the row already."""

    origin: int
    cents: int
    on: date
    held: bool = False


def counted(rows: Iterable[Moved], amount: int, stated: int, as_of: date | None) -> int:
    """The cents of ``rows`` that come off what was ``stated`` open on ``as_of``: those after that day, and of that very day
    those that the statement does not hold.

    Money that goes back after that day raises the invoice also when the statement holds the payment itself, but by no more than
    the statement holds as paid: one that did not know of the payment loses nothing by its return. On that very day it is taken
    to be known: better too careful than accusing."""
    sign = 1 if amount >= 0 else -1
    live: dict[int, int] = defaultdict(int)
    that_day: dict[int, int] = defaultdict(int)
    for origin, cents, on, held in rows:
        if as_of is None or on > as_of:
            live[origin] += cents * sign
        elif on == as_of and not held:
            that_day[origin] += cents * sign
    for origin, cents in that_day.items():
        live[origin] += max(cents, 0)
    returned = -sum(cents for cents in live.values() if cents < 0)
    lowered = sum(cents for cents in live.values() if cents > 0)
    return sign * (lowered - min(returned, max(0, (amount - stated) * sign)))


_MOST_THAT_DAY = 12


def held_that_day(rows: Iterable[Moved], day: date | None, more: int) -> frozenset[int]:
    """The payments of the very ``day`` of a statement that it holds, when it has ``more`` cents as paid than without any of them:
    as much of them as fits in that, each whole. A statement cannot hold what it did not go down by. Of payments that are as
    much, those that were held before go first, then the earliest. ``rows`` are as those of an invoice: what lowers is above 0."""
    sums: dict[int, int] = defaultdict(int)
    before: set[int] = set()
    for origin, cents, on, held in rows:
        if on == day:
            sums[origin] += cents
            before |= {origin} if held else set()
    paid = sorted((origin for origin in sums if sums[origin] > 0), key=lambda o: (o not in before, o))
    found: dict[int, frozenset[int]] = {0: frozenset()}
    for origin in paid[:_MOST_THAT_DAY]:
        for total, chosen in list(found.items()):
            if total + sums[origin] <= more:
                found.setdefault(total + sums[origin], chosen | {origin})
    return found[max(found)]


def still_open(amount: int, stated: int, booked: int) -> int:
    """What is open, never beyond nothing: it may have been paid twice."""
    return max(0, stated - booked) if amount >= 0 else min(0, stated - booked)
