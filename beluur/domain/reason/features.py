"""A phrase as what a recogniser can count: its words, its pairs of words, pieces of words, and what its words are about.

Pieces of four letters see what is common to "betaald", "betaalt" and "betld", and to half a word; pairs see "niet ontvangen".
Themes see that a roof and a boiler are both a thing that was delivered, and with a "not" near by, what it is that was not so; two
of them in turn see that "the boss is away" and "my daughter is ill" say who and what, and with what a phrase begins and ends. On
phrases of a writer who was not learnt from themes gave three to four points at first place, pieces of four letters that count
half, instead of three to five that count whole, two to five more, and themes in turn one more in each language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from beluur.playbook.reason_phrases import abbreviations, themes
from beluur.values.searchable import folded

LONGEST = 400  # characters that are looked at: a note is shorter, and what is pasted may be a book
_TOKEN = re.compile(r"\d+(?:[./:-]\d+)*|[a-z]+")
_PIECE = 4  # letters, a space at the edge of a word among them
_STEM = 3  # letters that a beginning has at least
_NOT = "not"  # the theme that turns the others round
_NEAR = 3  # words from a "not" within which it is about them

_WORD, _PAIR, _PART, _THEME, _THEMES, _DENIED, _TURN = (
    1.0,
    1.0,
    0.5,
    2.0,
    0.4,
    1.0,
    0.7,
)  # what each kind of feature counts


def words(text: str, language: str) -> list[str]:
    """Words in lower case, without accents, written out in full; a number is ``#``, a date ``#/``.

    >>> words("Wacht op geld v. klant 3/6", "nl")[-4:]
    ['geld', 'van', 'klant', '#/']
    """
    short = abbreviations(language)
    found: list[str] = []
    for word in _TOKEN.findall(folded(text[:LONGEST]).replace("œ", "oe")):
        if word[0].isdigit():
            found.append("#" if word.isdigit() else "#/")
        else:
            found.extend(short[word].split() if word in short else (word,))
    return found


def features(text: str, language: str, *, typing: bool = False) -> dict[str, float]:
    """All features of ``text`` with what each counts as one of its kind; ``typing``: its last word may be half of one."""
    spoken = words(text, language)
    half = spoken.pop() if typing and spoken and text[-1:].isalpha() else ""
    found: dict[str, float] = {}
    for word in spoken:
        found.update(_of_word(word))
    for apart in (1, 2):
        found.update((f"{a}{'+' * apart}{b}", _PAIR) for a, b in zip(spoken, spoken[apart:], strict=False))
    meant = [themes_of(word, language) for word in spoken]
    found.update(_about(meant))
    found.update(
        _in_turn([of_word or (word,) for of_word, word in zip(meant, spoken, strict=True)], whole=not half)
    )
    if half:
        found.update((piece, _PART) for piece in _pieces(f" {half}"))
        found.update((f"{a}+{b}", _PAIR) for a, b in pairwise([*spoken[-1:], half]))
    return found


@lru_cache(maxsize=20_000)
def themes_of(word: str, language: str) -> tuple[str, ...]:
    """What ``word`` is about: as it stands among the themes, otherwise by the longest beginning that does."""
    known = themes(language)
    if word in known.whole:
        return known.whole[word]
    begins = (word[:length] for length in range(len(word), _STEM - 1, -1))
    return next((known.stems[begin] for begin in begins if begin in known.stems), ())


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> dict[str, float]:
    return {f"{word}.": _WORD, **dict.fromkeys(_pieces(f" {word} "), _PART)}


def _pieces(padded: str) -> list[str]:
    return [padded[at : at + _PIECE] for at in range(len(padded) - _PIECE + 1)]


def _about(meant: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """Each theme, each two of them in one phrase, and each with a "not" near by, of the themes of each word in turn."""
    every = sorted({theme for of_word in meant for theme in of_word})
    found = {f"@{theme}": _THEME for theme in every}
    found.update((f"@{a}&{b}", _THEMES) for a, b in combinations(every, 2))
    for at, of_word in enumerate(meant):
        if _NOT in of_word:
            around = meant[max(0, at - _NEAR) : at + _NEAR + 1]
            found.update((f"!{theme}", _DENIED) for near in around for theme in near if theme != _NOT)
    return found


def _in_turn(said: Sequence[tuple[str, ...]], *, whole: bool) -> dict[str, float]:
    """Each two that follow one another, of words as their themes or, without one, as themselves; and the first and, of a phrase
    that is ``whole``, the last."""
    edge: tuple[str, ...] = ("",)
    turns = pairwise([edge, *said, edge] if whole else [edge, *said])
    return {f"{a}>{b}": _TURN for before, after in turns for a in before for b in after}
