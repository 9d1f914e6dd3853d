"""A grammar: rules over symbols, each with what it builds. At each place the longest rule wins of those that can be built."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from typing import Any

from beluur.domain.said.symbols import CHARACTER, rule, text_of
from beluur.domain.said.tokens import Token


@dataclass(frozen=True, slots=True)
class Item:
    """Something that was said, from token ``start`` to before ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DayItem(Item):
    """A day; or None, with the code of why not, and for a choice the two days. ``weekday``: it was named by its weekday only."""

    day: date | None = None
    code: str = ""
    choice: tuple[date, ...] = ()
    weekday: int | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class AmountItem(Item):
    """``cents``; or a ``share`` of what is open; or neither: the rest, ``whole`` when all of it was said."""

    cents: int | None = None
    share: Fraction | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class PlanItem(Item):
    """Several times: ``count`` of them, ``months`` or ``days`` apart; None where it was not said."""

    count: int | None = None
    months: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class HourItem(Item):
    """An hour; None for a part of the day."""

    at: time | None = None


@dataclass(frozen=True, slots=True)
class VagueItem(Item):
    """What makes the whole of it no agreement."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a rule: the tokens by the names of its groups, and the day on which it is said."""

    match: re.Match[str]
    tokens: Sequence[Token]
    today: date
    language: str

    def has(self, name: str) -> bool:
        """Whether the group took part."""
        return name in self.match.re.groupindex and self.match.group(name) is not None

    def token(self, name: str) -> Token:
        """The token of a group."""
        return self.tokens[self.match.start(name)]

    def value(self, name: str) -> Any:
        """The value of a group's token, None when it took no part."""
        return self.token(name).value if self.has(name) else None

    def symbol(self, *names: str) -> str:
        """The symbol of the first of these groups that took part, else ""."""
        return next((self.token(n).symbol for n in names if self.has(n)), "")

    @property
    def place(self) -> tuple[int, int]:
        """Its first token, and the one after its last."""
        return self.match.start(), self.match.end()


_NUMBERS = frozenset("DAYNUM YEARNUM WHOLE DECIMAL ODD ORD DAYMONTH DATE CLOCK FRACTION".split())
Build = Callable[[Found], Sequence[Item] | Item | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a pattern builds; in one language only, or in all."""

    pattern: re.Pattern[str]
    build: Build
    languages: tuple[str, ...] = ("nl", "en", "fr")


def day_item(found: Found, day: date | None, code: str = "no_such_day") -> DayItem:
    """What was found as a day; or as none, because of ``code``."""
    return DayItem(*found.place, day=day, code="" if day else code)


def rules(build: Build, *patterns: str, only: str = "") -> list[Rule]:
    """Rules that build the same; ``only`` in the languages that it names."""
    return [Rule(rule(p), build, tuple(only.split()) or ("nl", "en", "fr")) for p in patterns]


Grammar = Mapping[str, Sequence[Rule]]


def grammar_of(language: str, all_rules: Iterable[Rule]) -> Grammar:
    """The rules of a language by the symbols that stand in them: a rule begins with a symbol of its own."""
    spoken = [r for r in all_rules if language in r.languages]
    return {sign: [r for r in spoken if sign in r.pattern.pattern] for sign in CHARACTER.values()}


def items(found: Sequence[Token], grammar: Grammar, today: date, language: str) -> list[Item]:
    """What the rules make of the tokens, in their order; words that no rule takes are passed over, but not numbers:
    one of those may be what matters."""
    text = text_of(t.symbol for t in found)
    made: list[Item] = []
    place = 0
    while place < len(text):
        matches = [(m, r.build) for r in grammar[text[place]] if (m := r.pattern.match(text, place))]
        for match, build in sorted(matches, key=lambda m: -m[0].end()):
            built = build(Found(match, found, today, language))
            if built is not None:
                made += built if isinstance(built, Sequence) else (built,)
                place = match.end()
                break
        else:
            if found[place].symbol in _NUMBERS:
                made.append(VagueItem(place, place + 1, "unclear_number"))
            place += 1
    return made
