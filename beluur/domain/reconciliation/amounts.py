"""How an amount fits invoices: together, less credit notes, less a discount or a fee; and which of many add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from math import comb, gcd
from typing import NamedTuple

from beluur.domain.reconciliation.candidates import Room
from beluur.domain.reconciliation.rules import Rules

_MOST_CHOICES = 24


class Sum(NamedTuple):
    """Which amounts add up to a target: the places of one choice, and whether it is the only one."""

    places: tuple[int, ...]
    unique: bool


class Effort:
    """How much searching one payment may still cost, in sums looked at; the same payment always gets as far."""

    __slots__ = ("left",)

    def __init__(self, sums: int = 16_000) -> None:
        self.left = sums

    def allows(self, amounts: int) -> bool:
        """Whether a search among so many amounts is still affordable; it is paid at once."""
        cost = (1 << (amounts // 2)) + (1 << (amounts - amounts // 2))
        if cost > self.left:
            return False
        self.left -= cost
        return True


def adding_up(amounts: Sequence[int], target: int, effort: Effort, most: int = 25) -> Sum | None:
    """Amounts that add up to ``target``, by halves that meet in the middle; None when there are none or too many amounts to
    search. Of different choices the one with the fewest amounts is given, of these the first in their order, and is not unique.

    >>> adding_up([100, 250, 400], 500, Effort())
    Sum(places=(0, 2), unique=True)
    """
    if (
        not amounts
        or len(amounts) > most
        or not _within_reach(amounts, target)
        or not effort.allows(len(amounts))
    ):
        return None
    middle = len(amounts) // 2
    low, high = _sums(amounts[:middle]), _sums(amounts[middle:])
    lows = set(low)
    masks = [mask for mask, total in enumerate(high) if target - total in lows]
    choices = [
        (here, mask) for mask in masks[:_MOST_CHOICES] for here in _all_places(low, target - high[mask])
    ]
    found = [_places(here | there << middle) for here, there in choices if here or there]
    if not found:
        return None
    return Sum(min(found, key=lambda places: (len(places), places)), len(found) == 1)


def _places(bits: int) -> tuple[int, ...]:
    return tuple(n for n in range(bits.bit_length()) if bits >> n & 1)


def _all_places(sums: list[int], wanted: int) -> list[int]:
    """Where the sum stands, at most twice: more makes no difference."""
    first = sums.index(wanted)
    return [first, sums.index(wanted, first + 1)] if sums.count(wanted) > 1 else [first]


def _within_reach(amounts: Sequence[int], target: int) -> bool:
    return sum(a for a in amounts if a < 0) <= target <= sum(a for a in amounts if a > 0)


def _sums(amounts: Sequence[int]) -> list[int]:
    """The sum of each choice; its place is the choice as bits."""
    sums = [0]
    for amount in amounts:
        sums += [total + amount for total in sums]
    return sums


def is_telling(amounts: Sequence[int], chosen: int, rules: Rules) -> bool:
    """Whether ``chosen`` of ``amounts`` adding up to one target is hardly chance: the choices of so many or fewer that there are,
    against the sums that could be (round amounts meet far more often).

    >>> is_telling([12_345, 67_891, 4_407], 2, Rules()), is_telling([10_000, 20_000, 30_000], 2, Rules())
    (True, False)
    """
    step = gcd(*amounts) or 1
    reach = sum(abs(a) for a in amounts) // step
    choices = sum(comb(len(amounts), size) for size in range(1, chosen + 1))
    return choices * rules.one_chance_in <= reach


def pair_adds_up(amounts: Sequence[int], target: int) -> bool:
    """Whether two of the amounts add up to ``target``."""
    seen: set[int] = set()
    for amount in amounts:
        if target - amount in seen:
            return True
        seen.add(amount)
    return False


class Discounted(NamedTuple):
    """What is paid on each room after ``percent`` off."""

    percent: int
    cents: tuple[int, ...]


def discounted(rooms: Sequence[Room], cents: int, booked: date, rules: Rules) -> Discounted | None:
    """The usual discount, still allowed on that day, by which ``cents`` pays all of ``rooms``; a cent of rounding on each."""
    total = sum([r.cents for r in rooms])
    if cents >= total or (total - cents - len(rooms)) * 100 > total * rules.largest_discount:
        return None
    grace = timedelta(days=rules.grace_days)
    for discount in rules.discounts:
        limits = [discount.until(r.item.issued, r.item.due) for r in rooms]
        if any(limit is None or booked > limit + grace for limit in limits):
            continue
        for vat in rules.vat_rates:
            paid = [r.cents - _share(r.cents, discount.percent, 100 + vat) for r in rooms]
            short = cents - sum(paid)
            if abs(short) <= len(rooms):
                paid[-1] += short
                return Discounted(discount.percent, tuple(paid))
    return None


def _share(cents: int, percent: int, of: int) -> int:
    """So many percent of the amount without what is above the hundred, to the nearest cent."""
    return (2 * cents * percent + of) // (2 * of)


def slipped(cents: int, amount: int) -> bool:
    """Whether an amount was mistyped: two neighbours changed places, or one digit differs. Of an amount of
    one or two digits and noughts nobody can tell.

    >>> slipped(124_300, 123_400), slipped(123_400, 123_500), slipped(10_000, 50_000)
    (True, True, False)
    """
    a, b = str(cents), str(amount)
    if len(a) != len(b) or a == b:
        return False
    differ = [n for n, (one, other) in enumerate(zip(a, b, strict=True)) if one != other]
    if len(differ) > 2 or len(b.replace("0", "")) < 3:
        return False
    if len(differ) == 1:
        return True
    return differ[1] == differ[0] + 1 and a[differ[0]] == b[differ[1]] and a[differ[1]] == b[differ[0]]


def rounded_up(cents: int, total: int) -> bool:
    """Whether somebody paid ``total`` a little too well: to whole euros, at most 2% and 5 euros more; or a cent or two.

    >>> rounded_up(12_500, 12_345), rounded_up(12_346, 12_345), rounded_up(2_595, 2_495), rounded_up(12_345, 12_345)
    (True, True, False, False)
    """
    over = cents - total
    return 0 < over <= 2 or (0 < over <= 500 and cents % 100 == 0 and over * 50 <= total)


def credit_choice(notes: Sequence[int], short: int) -> Sum | None:
    """Which credit notes (negative) make good a shortage of ``short``: one, two or all of them."""
    choices = [
        places
        for size in (1, 2)
        for places in combinations(range(min(len(notes), 12)), size)
        if -sum(notes[n] for n in places) == short
    ]
    if len(notes) > 2 and -sum(notes) == short:
        choices.append(tuple(range(len(notes))))
    return Sum(choices[0], len(choices) == 1) if choices else None
