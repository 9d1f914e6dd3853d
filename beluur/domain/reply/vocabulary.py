"""The words by which an answer is known, per language: `nl.toml`, `fr.toml`, `en.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from beluur.domain.said.folded import folded

LANGUAGES = ("nl", "fr", "en")
_WORD = re.compile(r"[^\W_]+(?:['.\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases as tuples of words, folded. ``harmless``: what may stand beside a yes without changing it."""

    language: str
    agree: frozenset[tuple[str, ...]]
    negations: frozenset[tuple[str, ...]]
    but: frozenset[tuple[str, ...]]
    contests: frozenset[tuple[str, ...]]
    paid: frozenset[tuple[str, ...]]
    greetings: frozenset[tuple[str, ...]]
    closings: frozenset[tuple[str, ...]]
    harmless: frozenset[str]
    known: frozenset[str]  # every word of it


@cache
def vocabulary(language: str) -> Vocabulary:
    """That of nl, fr or en."""
    text = files("beluur.domain.reply").joinpath(f"{language}.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)
    phrases = {name: frozenset(tuple(p.split()) for p in rows) for name, rows in table.items()}
    harmless = frozenset(word for phrase in phrases.pop("harmless") for word in phrase)
    known = harmless | {word for rows in phrases.values() for phrase in rows for word in phrase}
    return Vocabulary(language=language, harmless=harmless, known=known, **phrases)


def words_of(text: str) -> list[str]:
    """The words of a text, folded: ``Ik ga akkoord.`` -> ik ga akkoord."""
    return _WORD.findall(folded(text))


def first_of(words: list[str], phrases: Iterable[tuple[str, ...]]) -> tuple[int, int] | None:
    """Where the first of these phrases stands: (from, up to), the longest of those that begin there."""
    wanted = set(phrases)
    longest = max(map(len, wanted), default=0)
    for start in range(len(words)):
        for length in range(min(longest, len(words) - start), 0, -1):
            if tuple(words[start : start + length]) in wanted:
                return start, start + length
    return None
