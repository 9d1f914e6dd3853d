"""A share of what was counted, honest about how little that is: its 95 % interval (Wilson's), and whether two differ by more than
chance (Newcombe's interval of their difference leaves out nought).

Twenty is enough for a percentage: the interval is then at most 20 points to either side.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

ENOUGH = 20
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``n``."""

    hits: int
    n: int

    @property
    def enough(self) -> bool:
        """Whether it may be told as a percentage."""
        return self.n >= ENOUGH

    @property
    def needed(self) -> int:
        """How many more it takes before it may."""
        return max(ENOUGH - self.n, 0)

    @property
    def percent(self) -> int:
        """Rounded half up; 0 of nothing."""
        return (200 * self.hits + self.n) // (2 * self.n) if self.n else 0

    @property
    def low(self) -> int:
        """Of the interval, in whole percents, outwards."""
        return int(100 * self.interval[0])

    @property
    def high(self) -> int:
        """Of the interval, in whole percents, outwards."""
        return min(-int(-100 * self.interval[1] // 1), 100)

    @property
    def interval(self) -> tuple[float, float]:
        """Between 0 and 1; all of it of nothing."""
        if not self.n:
            return 0.0, 1.0
        p, n = self.hits / self.n, self.n
        middle, reach = p + _Z**2 / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
        whole = 1 + _Z**2 / n
        return max((middle - reach) / whole, 0.0), min((middle + reach) / whole, 1.0)

    def __add__(self, other: Share) -> Share:
        return Share(self.hits + other.hits, self.n + other.n)


def differ(first: Share, second: Share) -> bool | None:
    """Whether the difference is more than chance; None when either is too few to say."""
    if not (first.enough and second.enough):
        return None
    high, low = (first, second) if first.hits * second.n >= second.hits * first.n else (second, first)
    p, q = high.hits / high.n, low.hits / low.n
    return p - q > sqrt((p - high.interval[0]) ** 2 + (low.interval[1] - q) ** 2)
