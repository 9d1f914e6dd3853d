"""How a house numbers its invoices, so that the end of a number, as people give it, says which may be meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

_SHORTEST, _LONGEST = 3, 5  # signs of an end
_SHORTEST_LISTED = 2
_LISTED = 2
_MOST_SHAPES = 12
_ENOUGH = 1000  # numbers, of which what one in fifty has is hardly missed
_ONE_IN = 50  # a shape of fewer numbers than one in so many is an exception


class Shape(NamedTuple):
    """How numbers begin here (the year, or the thousands), and how many signs they have."""

    head: str
    signs: int


def shapes(numbers: Sequence[tuple[str, date | None]]) -> tuple[Shape, ...]:
    """The usual shapes of these numbers (keys, with the day of issue), the most frequent first; of many one in so many tells as
    much.

    >>> shapes([("20260118", date(2026, 2, 1)), ("20260119", date(2026, 2, 1)), ("VF12", None)])
    (Shape(head='2026', signs=8),)
    """
    some = numbers[:: len(numbers) // _ENOUGH + 1]
    found = Counter((_head(key, issued), len(key)) for key, issued in some if key.isdigit())
    least = found.total() / _ONE_IN
    usual = found.most_common(_MOST_SHAPES)
    return tuple(Shape(head, signs) for (head, signs), n in usual if head and n >= least)


def _head(key: str, issued: date | None) -> str:
    year = str(issued.year) if issued else ""
    for head in (year, year[2:]):
        if head and key.startswith(head):
            return head
    return key[:-_SHORTEST]


def is_end(key: str) -> bool:
    """Whether a key of a text may be the end of a number; one that looks like a year only beside others."""
    return _SHORTEST <= len(key) <= _LONGEST and key.isdigit()


def ends_among(keys: Iterable[str]) -> tuple[str, ...]:
    """Which of a payment's keys may be ends of numbers; one of two digits only where several others are listed with it.

    >>> ends_among(["3302", "3131", "99"]), ends_among(["3302", "99"])
    (('3302', '3131', '99'), ('3302',))
    """
    keys = tuple(keys)
    ends = tuple(key for key in keys if is_end(key))
    if len(ends) < _LISTED:
        return ends
    return tuple(key for key in keys if is_end(key) or (len(key) == _SHORTEST_LISTED and key.isdigit()))


def full_keys(end: str, known: Iterable[Shape]) -> tuple[str, ...]:
    """The keys of the numbers that may end so.

    >>> full_keys("292", [Shape("2026", 8)])
    ('20260292',)
    >>> full_keys("44", [Shape("2026", 8), Shape("2026", 7)])
    ('20260044', '2026044', '202644')
    """
    known = tuple(known)
    fits = [(head, signs - len(head)) for head, signs in known if len(end) <= signs - len(head)]
    found = [head + end.zfill(room) for head, room in fits]
    heads = Counter(head for head, _ in known)
    if any(n > 1 for n in heads.values()):  # without noughts: 2026.118 and 2026.2475
        found += [head + end for head in heads if end[0] != "0"]
    return tuple(dict.fromkeys(found))
