"""What words mean, per language: `lexicon/*.toml` and the vague phrases of the playbook, as a table from phrase to symbol."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from beluur.domain.said.symbols import CHARACTER
from beluur.playbook import DAY_IS_VAGUE, VAGUE_LANGUAGES, vague_texts

LANGUAGES = VAGUE_LANGUAGES


class LexiconError(ValueError):
    """A lexicon cannot be used; says which word and why."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """``symbol`` of `symbols.NAMES`; ``value``: the number of a weekday or month, the days of "tomorrow", the code of a vague
    phrase, of a feast on which day it falls and whether a time is meant."""

    symbol: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``phrases``: words -> meaning; ``longest``: by first word, how many words the longest phrase has; ``numbers``: atoms of
    number words."""

    language: str
    phrases: Mapping[tuple[str, ...], Meaning]
    longest: Mapping[str, int]
    numbers: Mapping[str, int]
    evening: tuple[str, ...]


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of nl, en or fr; LexiconError when a symbol does not exist."""
    text = files("beluur.domain.said").joinpath("lexicon", f"{language}.toml").read_text("utf-8")
    table = tomllib.loads(text)
    phrases: dict[tuple[str, ...], Meaning] = {}
    longest: dict[str, int] = {}
    for phrase, meaning in _entries(table, language):
        if meaning.symbol not in CHARACTER:
            raise LexiconError(f"{language}: {phrase} is said to be {meaning.symbol}")
        words = tuple(phrase.split())
        phrases.setdefault(words, meaning)  # what is vague comes first, and stays
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    single = {phrase: n for phrase, n in table["numbers"].items() if " " not in phrase}
    return Lexicon(language, phrases, longest, single, tuple(table["evening"]))


def _entries(table: Mapping[str, Any], language: str) -> Iterator[tuple[str, Meaning]]:
    for code, vague in vague_texts(language).items():
        symbol = "VAGUEDAY" if code in DAY_IS_VAGUE else "VAGUE"
        for phrase in vague.phrases:
            yield phrase, Meaning(symbol, code)
    yield from _numbered("WEEKDAY", table["weekdays"], 0)
    for number, names in enumerate(table["weekdays"]):
        yield from ((names.split()[0] + part, Meaning("WEEKDAY", number)) for part in table["weekday_parts"])
    yield from _numbered("MONTH", table["months"], 1)
    for number, names in enumerate(table["ordinals"], 1):
        for name in names.split("|"):
            yield name, Meaning("ORDWORD", number)
    for phrase, number in table["numbers"].items():
        yield phrase, Meaning("WHOLE", number)
    yield from ((phrase, Meaning("REL", days)) for phrase, days in table["relative"].items())
    yield from ((phrase, Meaning("FRACTION", Fraction(text))) for phrase, text in table["fractions"].items())
    yield from ((phrase, Meaning("HOURWORD", hour)) for phrase, hour in table["hour_words"].items())
    for way, phrases in table["ways"].items():
        yield from ((phrase, Meaning("WAY", way)) for phrase in phrases)
    for symbol, phrases in table["words"].items():
        yield from ((phrase, Meaning(symbol)) for phrase in phrases)
    for kind in ("feast_days", "feasts"):
        for on, phrases in table[kind].items():
            yield from ((phrase, Meaning("FEAST", (on, kind == "feasts"))) for phrase in phrases)
    for phrase, days in table["plus"].items():
        yield phrase, Meaning("PLUSWEEKS", days)


def _numbered(symbol: str, rows: list[str], first: int) -> Iterator[tuple[str, Meaning]]:
    for number, names in enumerate(rows, first):
        yield from ((name, Meaning(symbol, number)) for name in names.split())
