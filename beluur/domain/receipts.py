"""What came in for each promise, told from what is still open on the invoices that it covers (F2).

Of two promises on one invoice the older one is served first; what it took after the newer one was made is not counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from beluur.domain.case import InstalmentFact, Verdict
from beluur.domain.commitment import Receipt

_DAY = timedelta(days=1)
_FOUND_WANTING = frozenset((Verdict.BROKEN, Verdict.PARTLY))


@dataclass(frozen=True, slots=True)
class Covered:
    """An invoice of a promise: ``cents`` of it are covered, ``open_then_cents`` were open when it was made."""

    invoice_id: int
    cents: int
    open_then_cents: int


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as it is judged; ``made_on`` is the debtor's day."""

    id: int
    made_on: date
    covers: tuple[Covered, ...]
    instalments: tuple[InstalmentFact, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    """``cents`` that a payment of that day lowered an invoice by."""

    invoice_id: int
    cents: int
    on: date
    payment_id: int | None = None


def received(promises: Iterable[Promised], open_now: Mapping[int, int]) -> dict[int, dict[int, int]]:
    """Promise id -> invoice id -> cents that came in for it. ``promises`` of one debtor, the oldest first."""
    taken: dict[int, dict[int, int]] = {}
    earlier: list[tuple[Covered, int]] = []
    for promise in promises:
        taken[promise.id] = {}
        for cover in promise.covers:
            came = cover.open_then_cents - open_now.get(cover.invoice_id, cover.open_then_cents)
            cents = min(cover.cents, max(0, came - _served(earlier, cover)))
            taken[promise.id][cover.invoice_id] = cents
            earlier.append((cover, cents))
    return taken


def _served(earlier: list[tuple[Covered, int]], cover: Covered) -> int:
    """What older promises took of the same invoice since this one was made."""
    return sum(
        max(0, cents - max(0, older.open_then_cents - cover.open_then_cents))
        for older, cents in earlier
        if older.invoice_id == cover.invoice_id
    )


def receipts(promise: Promised, taken: Mapping[int, int], bookings: Iterable[Booked]) -> tuple[Receipt, ...]:
    """What came in, with the day from which it can have come: the booking's own; otherwise, when the promise was found wanting
    before, after its control date, and else the day it was made."""
    left = dict(taken)
    found = []
    for booked in sorted(bookings, key=lambda b: b.on):
        cents = min(booked.cents, left.get(booked.invoice_id, 0))
        if cents > 0 and booked.on >= promise.made_on:
            left[booked.invoice_id] -= cents
            found.append(Receipt(cents, booked.on, booked.payment_id))
    wanting = [i.control for i in promise.instalments if i.verdict in _FOUND_WANTING]
    since = max(wanting) + _DAY if wanting else promise.made_on
    if undated := sum(left.values()):
        found.append(Receipt(undated, since))
    return tuple(found)


def known_to(
    covers: Iterable[Covered],
    open_now: Mapping[int, int],
    as_of: Mapping[int, date | None],
    *,
    bank: date | None = None,
) -> date | None:
    """The day to which the books are complete for what is still open; None when that is not known. An export of a day was made
    while money could still come in on it: it is complete to the day before. ``bank``: the last day that is complete on all
    accounts that are in use; each invoice is known to the later of the two."""
    days = []
    for cover in covers:
        if open_now.get(cover.invoice_id, 0) > 0:
            stated = as_of.get(cover.invoice_id)
            days.append(max((d for d in (stated - _DAY if stated else None, bank) if d), default=None))
    if None in days:
        return None
    return min((d for d in days if d), default=date.max)
