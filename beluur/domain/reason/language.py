"""In which language a note is, by which words the corpora share with it."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

from beluur.domain.reason.features import words
from beluur.playbook.reason_phrases import REASON_LANGUAGES, phrases

_SMOOTH = 0.2
_STEM = 4  # letters by which also a half word, or its plural, is known


def language_of(text: str, otherwise: str = "nl") -> str:
    """``nl``, ``fr`` or ``en``; ``otherwise`` when nothing in ``text`` tells, or two languages tell as much."""
    pieces = [p for p in _pieces(text) if any(_seen(language)[0][p] for language in REASON_LANGUAGES)]
    scores = {language: _score(pieces, language) for language in REASON_LANGUAGES}
    best = max(scores.values())
    if scores.get(otherwise) == best:
        return otherwise
    return next(language for language, score in scores.items() if score == best)


def _score(pieces: list[str], language: str) -> float:
    seen, total = _seen(language)
    return sum(math.log((seen[piece] + _SMOOTH) / total) for piece in pieces)


@cache
def _seen(language: str) -> tuple[Counter[str], float]:
    seen = Counter(p for phrase in phrases(language) for p in _pieces(phrase.text))
    return seen, seen.total() + _SMOOTH * len(seen)


def _pieces(text: str) -> list[str]:
    """Each word, and the beginning of each."""
    found = [word for word in words(text, "") if word[0] != "#"]
    return [f"{word}." for word in found] + [word[:_STEM] for word in found]
