"""Type-ahead: which reasons have a key word, or a word on their key, that begins with what was typed so far."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from beluur.domain.reason.features import words
from beluur.playbook.reason_phrases import KEY, REASONS, phrases
from beluur.values.sentence import say
from beluur.words import render

SHORTEST = 3  # letters from which a beginning says something


def beginning_with(text: str, language: str) -> list[float]:
    """For each of REASONS how many of its words begin with the last word of ``text``; all 0 when there are more words than two,
    which say it better themselves."""
    typed = text.split()
    if not 0 < len(typed) <= 2 or not text[-1].isalpha():
        return [0.0] * len(REASONS)
    begun = words(typed[-1], "")
    if len(begun) != 1 or len(begun[0]) < SHORTEST:
        return [0.0] * len(REASONS)
    known = _key_words(language)
    return [float(sum(word.startswith(begun[0]) for word in known[code])) for code in REASONS]


@cache
def _key_words(language: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {
        code: set(words(render(say(f"reason.{code}"), language), "")) for code in REASONS
    }
    for phrase in phrases(language):
        if phrase.group == KEY:
            found[phrase.reason].update(words(phrase.text, ""))
    return {code: frozenset(w for w in all_ if len(w) > SHORTEST) for code, all_ in found.items()}
