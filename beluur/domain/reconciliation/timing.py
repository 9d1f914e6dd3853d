"""When people pay, around the due date: what tells an invoice from others of the same amount, where nothing else does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

_ENDS = (
    -22,
    -8,
    -1,
    0,
    14,
    30,
    60,
    90,
)  # the last day of each span, in days after the due date; the last span has no end
_LENGTHS = (21, 14, 7, 1, 14, 16, 30, 30, 60)
# Of a thousand invoices that are open on a day of the span, so many are paid on it. Half is paid in time, most of that shortly
# before the due date or on it, most of the rest within weeks; what is months late was forgotten, or is disputed.
_USUAL = (15, 25, 50, 150, 110, 80, 40, 15, 3)
_ENOUGH = 5  # invoices; of fewer nobody can tell a habit
_WEIGHT = 3  # what is usual weighs as much as so many invoices of the payer's own
_OF = 100_000


class Settled(NamedTuple):
    """An invoice that was paid: its day, its due date, and when."""

    issued: date | None
    due: date
    paid: date


class Habit:
    """How somebody pays: what is usual, until four in five of what he paid himself fall into one span. Who pays now so and now so
    has no habit, and what is usual tells more of him."""

    __slots__ = ("_odds",)

    def __init__(self, settled: Iterable[Settled] = ()) -> None:
        paid, stood = [0] * len(_USUAL), [0] * len(_USUAL)
        settled = tuple(settled)
        for one in settled:
            last = (one.paid - one.due).days
            first = min((one.issued - one.due).days, last) if one.issued else min(0, last)
            paid[_span(last)] += 1
            for span in range(_span(first), _span(last) + 1):
                begin, end = _days(span)
                stood[span] += min(last, end) - max(first, begin) + 1
        if len(settled) < _ENOUGH or max(paid) * 5 < len(settled) * 4:
            paid, stood = [0] * len(_USUAL), [0] * len(_USUAL)
        self._odds = tuple(
            _OF * (n * 1000 + _WEIGHT * length * usual) // (1000 * (days + _WEIGHT * length))
            for n, days, length, usual in zip(paid, stood, _LENGTHS, _USUAL, strict=True)
        )

    def odds(self, due: date, booked: date) -> int:
        """Of a hundred thousand invoices of his that are open on the day ``booked`` and due on ``due``, how many he pays on it.

        >>> Habit().odds(date(2026, 11, 1), date(2026, 11, 8)), Habit().odds(date(2026, 11, 30), date(2026, 11, 8))
        (11000, 1500)
        """
        return self._odds[_span((booked - due).days)]


USUALLY = Habit()


def _span(late: int) -> int:
    return bisect_left(_ENDS, late)


def _days(span: int) -> tuple[int, int]:
    """Its first and last day; without an end, so far that nothing comes after it."""
    begin = _ENDS[span - 1] + 1 if span else -100_000
    return begin, _ENDS[span] if span < len(_ENDS) else 100_000
