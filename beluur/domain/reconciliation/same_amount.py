"""Who owes exactly what came in, where nothing in the payment says more: looked for among all debtors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, product
from typing import NamedTuple

from beluur.domain.reconciliation.timing import USUALLY

MOST = 3  # ways that are shown
MOST_OWING = 20  # debtors with that very amount; of more nobody reads three with gain
_AT_HOME = 10  # times as likely is a payer whose bank is in the debtor's country


class Way(NamedTuple):
    """One debtor, and what of his adds up to the payment: (invoice, debtor, cents). ``as_of`` is the day to which that is known,
    ``due`` of the oldest; ``country`` is the debtor's; ``owing`` is how many debtors owe that amount."""

    debtor_id: int
    parts: tuple[tuple[int, int, int], ...]
    as_of: date | None = None
    due: date | None = None
    country: str = ""
    owing: int = 1


Ways = Mapping[tuple[int, str], Sequence[Way]]  # by cents and currency


def fitting(ways: Iterable[Way], on: date, *, most: int = MOST_OWING, country: str = "") -> list[Way]:
    """What was still open on the day on which it came in, the three likeliest of it, as long as not more than ``most`` owe that
    amount: first what is mostly paid on such a day, and who lives in the ``country`` of the payer's bank."""
    open_then = [way for way in ways if way.as_of is None or on >= way.as_of]
    owing = len({way.debtor_id for way in open_then})
    if owing > most:
        return []
    likely = sorted(open_then, key=lambda way: _turn(way, on, country))[:MOST]
    return [way._replace(owing=owing) for way in likely]


def with_the_rest(cents: int, currency: str, named: Sequence[Way], ways: Ways, on: date) -> list[Way]:
    """An invoice of one who is named (``named``: each as a way of its own) and one of a debtor who is not, which are the amount
    together, as long as there are few such pairs."""
    theirs = {way.debtor_id for way in named}
    pairs = [
        Way(first.debtor_id, (*first.parts, *other.parts), _later(first.as_of, other.as_of), other.due)
        for first in named
        for other in ways.get((cents - first.parts[0][2], currency), ())
        if len(other.parts) == 1 and other.debtor_id not in theirs
    ]
    open_then = [way for way in pairs if way.as_of is None or on >= way.as_of]
    if len(open_then) > MOST:
        return []
    return sorted(open_then, key=lambda way: _turn(way, on))


def with_two_others(cents: int, named: Sequence[Way], owed: Sequence[Way], on: date) -> list[Way]:
    """An invoice of one who is named and one of each of two debtors who are not, which are the amount together, as long as there
    are few such sets; ``owed``: all that is open, each invoice as a way of its own."""
    theirs = {way.debtor_id for way in named}
    others: dict[int, list[Way]] = {}
    for way in owed:
        if way.debtor_id not in theirs and (way.as_of is None or on >= way.as_of):
            others.setdefault(way.parts[0][2], []).append(way)
    sets = [
        Way(first.debtor_id, (*first.parts, *one.parts, *two.parts), first.as_of, one.due)
        for first in named
        if first.as_of is None or on >= first.as_of
        for one, two in islice(_pairs(cents - first.parts[0][2], others), MOST + 1)
    ]
    return sorted(sets, key=lambda way: _turn(way, on)) if len(sets) <= MOST else []


def _pairs(cents: int, others: Mapping[int, Sequence[Way]]) -> Iterator[tuple[Way, Way]]:
    """Two of different debtors that are the amount, the larger first."""
    for larger, some in others.items():
        if 0 < cents - larger <= larger:
            for one, two in product(some, others.get(cents - larger, ())):
                if one.debtor_id != two.debtor_id and (2 * larger != cents or one.parts < two.parts):
                    yield one, two


def rests(cents: int, named: Iterable[Way]) -> Iterator[int]:
    """The amounts that are missing beside each invoice of those who are named."""
    yield from (cents - way.parts[0][2] for way in named if 0 < way.parts[0][2] < cents)


def _turn(way: Way, on: date, country: str = "") -> tuple[int, date, int]:
    odds = USUALLY.odds(way.due, on) if way.due else 0
    if country and way.country == country:
        odds *= _AT_HOME
    return -odds, way.due or date.max, way.debtor_id


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other
