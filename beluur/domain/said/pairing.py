"""Which amount goes with which day. Neighbours go together, two by two; where that can be done in two ways, it is not done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from beluur.domain.said.grammar import AmountItem, DayItem, Item
from beluur.domain.said.say_months import mismatch
from beluur.domain.said.tokens import Token

_PAUSES = frozenset(("COMMA", "AND", "THEREAFTER"))


@dataclass(frozen=True, slots=True)
class Pair:
    """An amount and its day; one of them may be missing."""

    amount: AmountItem | None
    day: DayItem | None

    @property
    def place(self) -> tuple[int, int]:
        """From its first token to its last."""
        places = [i for i in (self.amount, self.day) if i is not None]
        return min(i.start for i in places), max(i.end for i in places)


def merged_days(found: Sequence[Item], tokens: Sequence[Token]) -> list[Item]:
    """Days that are said twice in a row become one: Friday 27 November, tomorrow Thursday, next week, Tuesday."""
    result: list[Item] = []
    for item in found:
        before = result[-1] if result else None
        if isinstance(item, DayItem) and isinstance(before, DayItem):
            one = _one_day(before, item, tokens)
            if one is not None:
                result[-1] = replace(one, start=before.start, end=item.end)
                continue
        result.append(item)
    return result


def _one_day(first: DayItem, second: DayItem, tokens: Sequence[Token]) -> DayItem | None:
    """The day that two neighbours are together; None when they are two days."""
    pause = _pauses(tokens, first.end, second.start)
    first, second = _of_the_two(first, second), _of_the_two(second, first)
    if first.day is None or second.day is None:
        return _with_vague(first, second, tokens)
    if first.day == second.day:
        return second
    for named, exact in ((first, second), (second, first)):
        if named.weekday is not None and exact.exact and exact.day is not None:
            if exact.day.weekday() == named.weekday:
                return exact
            return None if pause else mismatch((first.start, second.end), exact.day, named.weekday)
    return None


def _of_the_two(named: DayItem, other: DayItem) -> DayItem:
    """A weekday said on that day itself is today or a week later: beside another day it is the one that is meant."""
    if named.code != "today_or_later" or named.weekday is None or other.day is None:
        return named
    day = other.day if other.day in named.choice else named.choice[-1]
    return replace(named, day=day, code="", choice=())


def _with_vague(first: DayItem, second: DayItem, tokens: Sequence[Token]) -> DayItem:
    """As soon as possible, by Friday at the latest: Friday. Otherwise what is vague keeps the rest from being clear."""
    vague, clear = (first, second) if first.day is None else (second, first)
    deadline = clear.day is not None and _is_deadline(clear, tokens)
    if vague.code == "asap" and deadline:
        return clear
    if clear.weekday is None or vague.weekday is not None:
        return vague
    return replace(vague, choice=())  # Friday after Easter is another day


def _is_deadline(item: DayItem, tokens: Sequence[Token]) -> bool:
    around = tokens[max(0, item.start - 2) : item.end + 1]
    return any(t.symbol == "BY" for t in around)


def pairs(found: Sequence[Item], tokens: Sequence[Token]) -> tuple[list[Pair], bool]:
    """The pairs in the order in which they are said, and whether it is clear what belongs together."""
    things = [i for i in found if isinstance(i, AmountItem | DayItem)]
    made: list[Pair] = []
    place = 0
    while place < len(things):
        first, second = things[place], things[place + 1] if place + 1 < len(things) else None
        pair = _pair(first, second)
        made.append(pair)
        place += 2 if pair.amount is not None and pair.day is not None else 1
    return made, _clear(made, tokens)


def _pair(first: Item, second: Item | None) -> Pair:
    if isinstance(first, AmountItem):
        return Pair(first, second if isinstance(second, DayItem) else None)
    assert isinstance(first, DayItem)
    return Pair(second if isinstance(second, AmountItem) else None, first)


def _clear(made: Sequence[Pair], tokens: Sequence[Token]) -> bool:
    """Not clear: "500 and Friday"; a pause within a pair and none between it and its neighbour ("Friday, 500 Monday, 300")."""
    if any(_parted(pair, tokens, frozenset(("AND",))) for pair in made):
        return False
    for one, other in pairwise(made):
        inside = _parted(one, tokens, _PAUSES) or _parted(other, tokens, _PAUSES)
        if inside and not _pauses(tokens, one.place[1], other.place[0]):
            return False
    return True


def _parted(pair: Pair, tokens: Sequence[Token], by: frozenset[str]) -> bool:
    if pair.amount is None or pair.day is None:
        return False
    first, second = sorted((pair.amount, pair.day), key=lambda i: i.start)
    return _pauses(tokens, first.end, second.start, by)


def _pauses(tokens: Sequence[Token], start: int, end: int, by: frozenset[str] = _PAUSES) -> bool:
    return any(t.symbol in by for t in tokens[start:end])
