"""What may come in, week by week, from promises and due dates, weighted by what this debtor and such debtors did before.

A promise counts for the share of his promises that he kept, an invoice on the days on which he paid after other due dates. Who is
known little is taken to be like debtors of his kind, they like everyone, and everyone as in the field: 7 of 10 promises kept (a
vendor's figure; no audited one is known). What is not expected within these weeks is *later*: nothing is lost, and it adds up to
the cent. The band is what 8 of 10 draws fall in; the draws are seeded, so that the same books give the same band.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial
from heapq import nsmallest
from itertools import accumulate, chain, pairwise
from math import sqrt
from random import Random
from typing import NamedTuple

from beluur.domain.calendar_span import monday

WEEKS = 8
WHOLE = 10_000  # basis points
PRIOR_KEPT, PRIOR_MADE = 7, 10  # Beta(7, 3): where nobody is known
LIKE_OTHERS = 5  # so many promises or invoices of his own weigh as much as those of the others
USUAL_DAYS = (0, 2, 5, 9, 16, 35)  # days late where nobody paid yet; ours
ENOUGH = 3
POINTS = 20  # of a habit that are looked at
DRAWS, ONE_BY_ONE = 400, 120  # the largest amounts are drawn one by one, the rest as one sum
LOW, HIGH = 10, 90  # percent
SHOWN = 4  # reasons a week
_Chance = tuple[int, ...]  # basis points of each week and of later


@dataclass(frozen=True, slots=True)
class Habit:
    """``kept`` of ``made`` promises that were judged; ``days`` late of invoices that were paid, negative is early."""

    kept: int = 0
    made: int = 0
    days: tuple[int, ...] = ()

    def __add__(self, other: Habit) -> Habit:
        return Habit(self.kept + other.kept, self.made + other.made, (*self.days, *other.days))


class Claim(NamedTuple):
    """``cents`` that a debtor of ``kind`` promised for ``on`` (its control date), or that are due on it."""

    debtor_id: int
    kind: str
    cents: int
    on: date
    promised: bool = False
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Part:
    """What of a claim is expected in one week: ``expected_cents`` of its cents; ``habit`` is what is known of himself."""

    claim: Claim
    expected_cents: int
    habit: Habit


@dataclass(frozen=True, slots=True)
class Week:
    """What is expected from ``monday`` to Sunday, with its band; ``promised_cents`` of it is promised. ``parts``: the largest."""

    monday: date
    expected_cents: int
    low_cents: int
    high_cents: int
    promised_cents: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """The weeks from this one on; with ``later_cents`` they are all of ``total_cents``."""

    currency: str
    weeks: tuple[Week, ...]
    later_cents: int
    total_cents: int


@dataclass(frozen=True, slots=True)
class Known:
    """How debtors did: each of his own, and all of his kind together."""

    own: Mapping[int, Habit] = field(default_factory=dict)
    kinds: Mapping[str, Habit] = field(default_factory=dict)


def forecasts(
    claims: Iterable[Claim], known: Known, today: date, *, weeks: int = WEEKS, seed: str = ""
) -> tuple[Forecast, ...]:
    """One for each currency, by its code; credit and nothing are left out."""
    by_currency: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.cents > 0:
            by_currency.setdefault(claim.currency, []).append(claim)
    chances = _Chances(known, today, weeks)
    return tuple(
        _forecast(currency, by_currency[currency], chances, Random(f"{seed} {today} {currency}"))  # noqa: S311
        for currency in sorted(by_currency)
    )


class _Chances:
    """The chance, in basis points, of each week and of later, for a claim; lives within one `forecasts`."""

    def __init__(self, known: Known, today: date, weeks: int) -> None:
        self.known = known
        self.today = today
        self.weeks = weeks
        self.start = monday(today)
        self.everyone = sum(known.kinds.values(), Habit())
        self.kept = cache(partial(self._kept))
        self.others = cache(partial(self._others))
        self.points = cache(points)
        self.paid = cache(partial(self._paid))

    def of(self, claim: Claim) -> tuple[int, ...]:
        """They add up to `WHOLE`; the last is later."""
        if claim.promised:
            return self._on(claim.on, self.kept(claim.debtor_id, claim.kind))
        own = self.known.own.get(claim.debtor_id)
        return self.paid(own.days if own else (), claim.kind, claim.on)

    def _on(self, day: date, chance: int) -> tuple[int, ...]:
        week = self.week(day) if day >= self.today else self.weeks
        found = [0] * (self.weeks + 1)
        found[week] = chance
        found[-1] += WHOLE - chance
        return tuple(found)

    def week(self, day: date) -> int:
        return min((day - self.start).days // 7, self.weeks)

    def _kept(self, debtor_id: int, kind: str) -> int:
        """A debtor's share, shrunk to that of his kind, and theirs to what is usual."""
        share = PRIOR_KEPT * WHOLE // PRIOR_MADE
        for habit, strength in (
            (self.everyone, PRIOR_MADE),
            (self.known.kinds.get(kind, Habit()), PRIOR_MADE),
            (self.known.own.get(debtor_id, Habit()), LIKE_OTHERS),
        ):
            share = (strength * share + habit.kept * WHOLE) // (strength + habit.made)
        return share

    def _others(self, kind: str) -> tuple[int, ...]:
        for habit in (self.known.kinds.get(kind, Habit()), self.everyone):
            if len(habit.days) >= ENOUGH:
                return points(habit.days)
        return USUAL_DAYS

    def _paid(self, own: tuple[int, ...], kind: str, due: date) -> tuple[int, ...]:
        """By the days on which he and such debtors paid, as far as they are still to come."""
        others = self.others(kind)
        mine = self.points(own) if own else ()
        weighed = [(d, len(others) * len(own)) for d in mine] + [
            (d, max(1, len(mine)) * LIKE_OTHERS) for d in others
        ]
        left = [
            (self.week(due + timedelta(days=d)), w)
            for d, w in weighed
            if due + timedelta(days=d) >= self.today
        ]
        weights = [0] * (self.weeks + 1)
        weights[-1] = (
            max(1, len(mine)) * LIKE_OTHERS
        )  # one who pays later than anybody: only who paid is known
        for week, weight in left:
            weights[week] += weight
        return shares(WHOLE, weights)


def points(days: Sequence[int]) -> tuple[int, ...]:
    """At most `POINTS` of them, evenly from the lowest to the highest by rank.

    >>> points((9, 1, 5))
    (1, 5, 9)
    """
    ordered = sorted(days)
    n = min(len(ordered), POINTS)
    return tuple(ordered[(2 * k + 1) * len(ordered) // (2 * n)] for k in range(n))


def shares(cents: int, weights: Sequence[int]) -> tuple[int, ...]:
    """``cents`` over ``weights``, to the last one: what is rounded goes to a neighbour.

    >>> shares(100, (1, 1, 1))
    (33, 33, 34)
    """
    whole = sum(weights)
    return tuple(b - a for a, b in pairwise(cents * w // whole for w in accumulate(weights, initial=0)))


def _forecast(currency: str, claims: list[Claim], chances: _Chances, draw: Random) -> Forecast:
    """What has the same chances is reckoned together: of many debtors nothing is known but their kind."""
    alike: defaultdict[_Chance, list[Claim]] = defaultdict(list)
    for claim in claims:
        alike[chances.of(claim)].append(claim)
    expected, promised = [0] * (chances.weeks + 1), [0] * (chances.weeks + 1)
    for chance, group in alike.items():
        _add_up(expected, [c.cents for c in group], chance)
        _add_up(promised, [c.cents for c in group if c.promised], chance)
    largest = [(c, chance) for chance, group in alike.items() for c in nsmallest(SHOWN, group, key=_place)]
    bands = _bands(alike, chances, draw)
    return Forecast(
        currency,
        tuple(
            Week(
                chances.start + timedelta(weeks=n),
                expected[n],
                min(low, expected[n]),
                max(high, expected[n]),
                promised[n],
                parts,
            )
            for n, ((low, high), parts) in enumerate(zip(bands, _parts(largest, chances), strict=True))
        ),
        expected[-1],
        sum(c.cents for c in claims),
    )


def _place(claim: Claim) -> tuple[int, int, date, bool]:
    """The largest first."""
    return (-claim.cents, claim.debtor_id, claim.on, claim.promised)


def _add_up(sums: list[int], cents: list[int], chance: _Chance) -> None:
    """To each week what `shares` gives it of each of these."""
    marks = [sum([c * mark // WHOLE for c in cents]) if mark else 0 for mark in accumulate(chance, initial=0)]
    for week, (before, after) in enumerate(pairwise(marks)):
        sums[week] += after - before


def _parts(largest: list[tuple[Claim, _Chance]], chances: _Chances) -> list[tuple[Part, ...]]:
    """Of each week the largest."""
    parts: list[list[Part]] = [[] for _ in range(chances.weeks)]
    for claim, chance in sorted(largest, key=lambda one: _place(one[0])):
        for week, cents in enumerate(shares(claim.cents, chance)[:-1]):
            if cents:
                parts[week].append(Part(claim, cents, chances.known.own.get(claim.debtor_id, Habit())))
    return [tuple(nsmallest(SHOWN, of_week, key=lambda p: -p.expected_cents)) for of_week in parts]


def _bands(alike: Mapping[_Chance, list[Claim]], chances: _Chances, draw: Random) -> list[tuple[int, int]]:
    """Per week the amounts below and above which a tenth of the draws lie."""
    weeks = chances.weeks
    sums = [[0] * DRAWS for _ in range(weeks + 1)]
    small = {
        chance: (sum(c.cents for c in group), sum([c.cents * c.cents for c in group]))
        for chance, group in alike.items()
    }
    for claim in nsmallest(ONE_BY_ONE, chain.from_iterable(alike.values()), key=_place):
        chance = chances.of(claim)
        for n, week in enumerate(draw.choices(range(weeks + 1), chance, k=DRAWS)):
            sums[week][n] += claim.cents
        cents, squares = small[chance]
        small[chance] = (cents - claim.cents, squares - claim.cents**2)
    for week in range(weeks):
        _add_together(sums[week], [(chance[week], *of) for chance, of in small.items() if chance[week]], draw)
    return [(_rank(sums[week], LOW), _rank(sums[week], HIGH)) for week in range(weeks)]


def _add_together(sums: list[int], small: list[tuple[int, int, int]], draw: Random) -> None:
    """Many small amounts together lie around their middle as in the bell curve; never below nothing or above all of it.
    ``small``: a chance, the cents that have it, and their squares."""
    most = sum(cents for _, cents, _ in small)
    if not most:
        return
    middle = sum(chance * cents for chance, cents, _ in small) // WHOLE
    spread = sqrt(sum(chance * (WHOLE - chance) * squares for chance, _, squares in small)) / WHOLE
    for n in range(len(sums)):
        sums[n] += min(most, max(0, round(draw.gauss(middle, spread))))


def _rank(drawn: list[int], percent: int) -> int:
    return sorted(drawn)[-(-len(drawn) * percent // 100) - 1]
