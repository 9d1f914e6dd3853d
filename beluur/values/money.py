"""Money: whole cents with their currency; never a float, never summed across currencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


class CurrencyMismatch(ValueError):  # noqa: N818 - named for what happened
    """Two amounts in different currencies met."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount of ``cents`` (may be negative) in ``currency`` (ISO 4217)."""

    cents: int
    currency: str = "EUR"

    def __post_init__(self) -> None:
        if not isinstance(self.cents, int) or isinstance(self.cents, bool):
            raise TypeError(f"cents must be an int, not {type(self.cents).__name__}")

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.cents + other.cents, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.cents - other.cents, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.cents, self.currency)

    def __bool__(self) -> bool:
        return self.cents != 0


def total(amounts: Iterable[Money], currency: str = "EUR") -> Money:
    """The sum of ``amounts``, all in ``currency``; zero for none."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result


def in_parts(cents: int, n: int) -> tuple[int, ...]:
    """``cents`` in ``n`` parts that add up to the cent; the last carries the remainder.

    >>> in_parts(10000, 3)
    (3333, 3333, 3334)
    """
    if n < 1:
        raise ValueError("at least one part")
    part = cents // n
    return (*([part] * (n - 1)), cents - part * (n - 1))


def half_up(cents: Fraction) -> int:
    """An exact amount in whole cents; half a cent goes away from zero.

    >>> half_up(Fraction(5, 2))
    3
    """
    whole = int(abs(cents) + Fraction(1, 2))
    return whole if cents >= 0 else -whole
