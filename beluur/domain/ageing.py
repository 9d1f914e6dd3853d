"""Ageing: how long after its due date an open invoice is, in fixed buckets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LIMITS = (7, 14, 30, 60, 90, 180)  # last day of each bucket after "not due"


@dataclass(frozen=True, slots=True)
class Bucket:
    """Days ``first`` to ``last`` after the due date; both None: not due; ``last`` None: and longer."""

    first: int | None
    last: int | None
    count: int
    cents: int


def bucket_number(due: date | None, today: date) -> int:
    """0 not due (or no due date), 1: 1-7 days late, ... 7: more than 180.

    >>> [bucket_number(date(2026, 11, 23), date(2026, 11, day)) for day in (23, 24, 30)]
    [0, 1, 1]
    """
    if due is None or due >= today:
        return 0
    late = (today - due).days
    return next((n for n, last in enumerate(LIMITS, 1) if late <= last), len(LIMITS) + 1)


def ageing(invoices: Iterable[tuple[date | None, int]], today: date) -> tuple[Bucket, ...]:
    """All eight buckets of ``(due, open cents)``; an unused credit note is in none."""
    counts, cents = [0] * (len(LIMITS) + 2), [0] * (len(LIMITS) + 2)
    for due, still in invoices:
        if still > 0:
            n = bucket_number(due, today)
            counts[n] += 1
            cents[n] += still
    firsts = (None, 1, *(last + 1 for last in LIMITS))
    lasts = (None, *LIMITS, None)
    return tuple(Bucket(*row) for row in zip(firsts, lasts, counts, cents, strict=True))
