"""What makes the whole of what was said no agreement: a condition, a hedge, a choice, a range, a correction, "already paid"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from beluur.domain.said.grammar import AmountItem, DayItem, HourItem, Item, PlanItem, VagueItem
from beluur.domain.said.tokens import Token

_THINGS = (AmountItem, DayItem)
_PAYING = frozenset(("PAY", "PAID", "WAY"))


def refusal(found: Sequence[Item], tokens: Sequence[Token], *, of_paying: bool = False) -> VagueItem | None:
    """The first reason to refuse all of it; None when there is none. ``of_paying``: it is known to be about paying."""
    symbols = [t.symbol for t in tokens]
    paid = _at(symbols.index("PAID"), "said_paid") if "PAID" in symbols and "WILL" not in symbols else None
    vague = next((i for i in found if isinstance(i, VagueItem)), None)
    if paid is not None and "HAVE" in symbols:
        return paid
    return (
        vague
        or paid
        or _choice(found, tokens)
        or _start_only(found, tokens)
        or _unknown_beside(found, tokens)
        or (None if of_paying else _about_else(found, tokens))
    )


def _at(place: int, code: str) -> VagueItem:
    return VagueItem(place, place + 1, code)


def _choice(found: Sequence[Item], tokens: Sequence[Token]) -> VagueItem | None:
    """Friday or Monday; no, Monday; from Monday to Friday."""
    things = [i for i in found if isinstance(i, (*_THINGS, HourItem))]
    for place, token in enumerate(tokens):
        before = any(i.end <= place for i in things)
        after = next((i for i in things if i.start >= place), None)
        if token.symbol == "CORRECTION" and before and after is not None:
            return _at(place, "correction")
        if token.symbol == "OR" and before and after is not None and not isinstance(after, HourItem):
            return _at(place, "either")
        if token.symbol == "UNTIL" and isinstance(after, DayItem) and _next_to(tokens, place, after):
            return _at(place, "range")
    return None


def _next_to(tokens: Sequence[Token], place: int, item: Item) -> bool:
    return all(t.symbol in ("THE", "ON", "BY") for t in tokens[place + 1 : item.start])


def _start_only(found: Sequence[Item], tokens: Sequence[Token]) -> VagueItem | None:
    """From Friday on: a first day and no last, unless it begins a plan."""
    if any(isinstance(i, PlanItem) for i in found):
        return None
    days = [i for i in found if isinstance(i, DayItem)]
    inside = {n for i in days for n in range(i.start + 1, i.end)}
    place = next((n for n, t in enumerate(tokens) if t.symbol == "FROM" and n not in inside), None)
    return _at(place, "from_day") if place is not None and days else None


def _unknown_beside(found: Sequence[Item], tokens: Sequence[Token]) -> VagueItem | None:
    """A word that is not known just before a sum, or grown on to it: nearly 500, 500ish."""
    for item in found:
        if not isinstance(item, AmountItem) or item.cents is None:
            continue
        if item.start and tokens[item.start - 1].symbol == "UNKNOWN":
            return VagueItem(item.start - 1, item.end, "about")
        after = tokens[item.end] if item.end < len(tokens) else None
        if after is not None and after.symbol == "UNKNOWN" and after.start == tokens[item.end - 1].end:
            return VagueItem(item.start, item.end + 1, "about")
    return None


def _about_else(found: Sequence[Item], tokens: Sequence[Token]) -> VagueItem | None:
    """A day, a word that is not known, and none of a sum or of paying: "Monday I speak to my boss" is no promise."""
    days = [i for i in found if isinstance(i, DayItem)]
    paying = any(isinstance(i, AmountItem | PlanItem) for i in found) or _of_paying(tokens)
    if paying or not days or any(i.day is None for i in days):
        return None
    place = next((n for n, t in enumerate(tokens) if t.symbol == "UNKNOWN"), None)
    return None if place is None else _at(place, "nothing")


def _of_paying(tokens: Sequence[Token]) -> bool:
    """Whether a word is about paying; "you will receive" is, unless it is something else that he will receive."""
    symbols = [t.symbol for t in tokens if t.symbol not in ("THE", "ONE", "OF")]
    other_thing = ("RECEIVED", "UNKNOWN") in pairwise(symbols)
    return any(s in _PAYING or (s == "RECEIVED" and not other_thing) for s in symbols)
