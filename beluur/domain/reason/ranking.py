"""Which reasons a phrase or a note gives, best first; what this administration picked before counts most.

>>> ranking("factuur nooit ontvangen", "nl")[0].code
'not_received'
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from beluur.domain.reason.features import features, themes_of, words
from beluur.domain.reason.key_words import beginning_with
from beluur.domain.reason.language import language_of
from beluur.domain.reason.model import Model, model
from beluur.playbook.reason_phrases import OTHER, REASON_LANGUAGES, REASONS

Own = tuple[str, str]  # a phrase and the code that a person gave it
MOST = 3
SURE = 0.3  # so likely is what is offered first
_WORTH = 0.02  # and what comes after it
_ALIKE = 0.35  # own phrases less alike than this say nothing
_TRUST = 0.95  # how much an own phrase counts that is the same
_BEGUN = 0.15  # how much the key words count that begin with the last word, when it is a word already
_OWN_READ = 500  # the latest own phrases are looked at: a caller waits


@dataclass(frozen=True, slots=True)
class Ranked:
    """A reason and how likely it is, from 0 to 1; all of a ranking are 1 together."""

    code: str
    score: float


def ranking(
    text: str, language: str = "", own: Sequence[Own] = (), *, typing: bool = False
) -> tuple[Ranked, ...]:
    """All reasons, most likely first. ``language`` is nl, fr or en (nl-BE and fr-BE too), otherwise found out; ``own``: what was
    picked before, oldest first, in any language; ``typing``: the last word may be half. Never fails; a text that says nothing is
    ``other``."""
    known = language[:2] if language[:2] in REASON_LANGUAGES else language_of(text)
    spread, scores = scored(model(known), text, known, typing=typing)
    votes, trust = _picked_before(spread, tuple(own[-_OWN_READ:]), known)
    scores = _mixed(scores, votes, trust)
    ranked = (Ranked(code, round(score, 4)) for code, score in zip(REASONS, scores, strict=True))
    return tuple(sorted(ranked, key=lambda r: -r.score))


def scored(
    recogniser: Model, text: str, language: str, *, typing: bool = False
) -> tuple[dict[str, float], list[float]]:
    """Every feature of ``text`` with its weight, and a score for each of REASONS. ``typing``: its last word may be half, and is
    taken so only when nobody knows it; otherwise whoever has just typed the last letter is read worse than whoever goes on."""
    half = typing and _is_half(recogniser, text, language)
    spread = recogniser.spread(features(text, language, typing=half))
    vector = {f: weight for f, weight in spread.items() if f in recogniser.rarity}
    scores = recogniser.scores(vector) if vector else [float(code == OTHER) for code in REASONS]
    if typing:
        begun = half or len(text.split()) == 1
        scores = _mixed(scores, beginning_with(text, language), _TRUST / 2 if begun else _BEGUN)
    return spread, scores


def _is_half(recogniser: Model, text: str, language: str) -> bool:
    """Whether the last word is neither a word that was learnt nor one that is about something."""
    spoken = words(text, language)
    return bool(spoken) and f"{spoken[-1]}." not in recogniser.rarity and not themes_of(spoken[-1], language)


def offered(ranked: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """At most three to choose from; none when none of the reasons is likely."""
    first = tuple(ranked)[:MOST]
    if not first or first[0].code == OTHER or first[0].score < SURE:
        return ()
    return tuple(r for r in first if r.score >= _WORTH and r.code != OTHER)


def _mixed(scores: Sequence[float], votes: Sequence[float], trust: float) -> list[float]:
    """``scores`` with ``votes`` among them, which together are ``trust``."""
    total = sum(votes)
    if not total:
        return list(scores)
    return [(1 - trust) * score + trust * vote / total for score, vote in zip(scores, votes, strict=True)]


def _picked_before(
    spread: Mapping[str, float], own: tuple[Own, ...], language: str
) -> tuple[list[float], float]:
    """Votes for each reason of own phrases that are alike, and how much these are to be trusted."""
    votes, trust = [0.0] * len(REASONS), 0.0
    where = _own_features(own, language)
    alike = [0.0] * len(own)
    for feature, weight in spread.items():
        for at, its_weight in where.get(feature, ()):
            alike[at] += weight * its_weight
    for (_, code), likeness in zip(own, alike, strict=True):
        if likeness >= _ALIKE and code in REASONS:
            votes[REASONS.index(code)] += likeness**4
            trust = max(trust, min(likeness, 1.0) * _TRUST)
    return votes, trust


@lru_cache(maxsize=32)
def _own_features(own: tuple[Own, ...], language: str) -> Mapping[str, Sequence[tuple[int, float]]]:
    """In which own phrases, by place, a feature occurs and with what weight."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, (phrase, _) in enumerate(own):
        for feature, weight in model(language).spread(features(phrase, language)).items():
            found[feature].append((at, weight))
    return found
