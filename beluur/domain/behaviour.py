"""How a customer pays (C7): from what he paid in the last twelve months, with how many that is, and honest when it is little.

The middle is the median and the spread the middle half, both by nearest rank, so that each is a number of days that occurred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

from beluur.values.sentence import Sentence, say

WINDOW = timedelta(days=365)
RECENT = timedelta(days=91)
ENOUGH = 3  # fewer tell nothing of a habit
ENOUGH_FOR_TREND = 4  # in each of the two periods
A_CHANGE = 3  # days; less is chance


@dataclass(frozen=True, slots=True)
class Paid:
    """An invoice of ``cents`` that was due on ``due`` and all paid on ``on``."""

    due: date
    on: date
    cents: int

    @property
    def days_late(self) -> int:
        """Days after the due date; negative is early."""
        return (self.on - self.due).days


@dataclass(frozen=True, slots=True)
class Trend:
    """The middle of the last three months against that of before, in days late."""

    earlier: int
    recent: int


@dataclass(frozen=True, slots=True)
class Behaviour:
    """``paid`` the oldest payment first; ``middle``, ``low`` and ``high`` in days late, the first None when too little is known;
    ``kept`` of ``made`` promises that were judged."""

    paid: tuple[Paid, ...] = ()
    middle: int | None = None
    low: int = 0
    high: int = 0
    trend: Trend | None = None
    kept: int = 0
    made: int = 0

    @property
    def in_time(self) -> int:
        """How many were paid by their due date."""
        return sum(p.days_late <= 0 for p in self.paid)

    @property
    def sentence(self) -> Sentence:
        """In one line, for who has three seconds."""
        parts = [_pays(self)]
        if self.trend is not None:
            code = "behaviour.slower" if self.trend.recent > self.trend.earlier else "behaviour.faster"
            parts.append(Sentence(code, {"earlier": self.trend.earlier, "recent": self.trend.recent}))
        if self.made:
            parts.append(say("behaviour.promises", kept=self.kept, made=self.made))
        return reduce(lambda first, then: say("behaviour.and", first=first, then=then), parts)


def behaviour(paid: Iterable[Paid], today: date, *, kept: int = 0, made: int = 0) -> Behaviour:
    """What ``paid`` of the last twelve months tells on ``today``."""
    known = tuple(sorted((p for p in paid if today - WINDOW <= p.on <= today), key=lambda p: (p.on, p.due)))
    days = sorted(p.days_late for p in known)
    if len(days) < ENOUGH:
        return Behaviour(known, kept=kept, made=made)
    return Behaviour(
        known, _rank(days, 50), _rank(days, 25), _rank(days, 75), _trend(known, today), kept, made
    )


def _rank(ordered: Sequence[int], percent: int) -> int:
    """The value below or at which at least ``percent`` of them lie."""
    return ordered[-(-len(ordered) * percent // 100) - 1]


def _trend(known: Sequence[Paid], today: date) -> Trend | None:
    recent = sorted(p.days_late for p in known if p.on > today - RECENT)
    earlier = sorted(p.days_late for p in known if p.on <= today - RECENT)
    if min(len(recent), len(earlier)) < ENOUGH_FOR_TREND:
        return None
    before, now = _rank(earlier, 50), _rank(recent, 50)
    return Trend(before, now) if abs(now - before) >= A_CHANGE else None


def _pays(known: Behaviour) -> Sentence:
    n = len(known.paid)
    if known.middle is None:
        return say("behaviour.few", paid=n) if n else say("behaviour.unknown")
    if known.in_time == n:
        return say("behaviour.first_time", paid=n)
    if known.middle <= 0:
        return say("behaviour.in_time", in_time=known.in_time, paid=n)
    low = max(known.low, 0)
    return say("behaviour.late", days=known.middle, low=low, high=known.high, paid=n)
