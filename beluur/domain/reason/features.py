"""A phrase as what a recogniser can count: its words, its pairs of words, and pieces of three to five letters.

Pieces see what is common to "betaald", "betaalt" and "betld", and to half a word; pairs see "niet ontvangen".
"""

from __future__ import annotations

import re
from itertools import pairwise

from beluur.playbook.reason_phrases import abbreviations
from beluur.values.searchable import folded

LONGEST = 400  # characters that are looked at: a note is shorter, and what is pasted may be a book
_TOKEN = re.compile(r"\d+(?:[./:-]\d+)*|[a-z]+")
_PIECES = (3, 4, 5)


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


def features(text: str, language: str, *, typing: bool = False) -> frozenset[str]:
    """All features of ``text``; ``typing``: its last word may be half of one."""
    found: set[str] = set()
    spoken = words(text, language)
    half = typing and text[-1:].isalpha()
    for at, word in enumerate(spoken):
        unfinished = half and at == len(spoken) - 1
        padded = f" {word}" if unfinished else f" {word} "
        if not unfinished:
            found.add(f"{word}.")
        for size in _PIECES:
            found.update(padded[i : i + size] for i in range(len(padded) - size + 1))
    found.update(f"{first}+{second}" for first, second in pairwise(spoken))
    return frozenset(found)
