"""Text without capitals and accents, character for character, so that a place in it is a place in what was said."""

from __future__ import annotations

import unicodedata

_SIGNS = {"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "ß": "s"}


class _Fold(dict[int, str]):
    """Fills itself, a character at a time."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        folded = _SIGNS.get(sign) or unicodedata.normalize("NFD", sign)[0].lower()
        self[code] = folded = folded if len(folded) == 1 else sign
        return folded


_FOLD = _Fold()


def folded(text: str) -> str:
    """As long as ``text``, whatever stands in it.

    >>> folded("Mi-décembre, vrijdag één")
    'mi-decembre, vrijdag een'
    """
    return text.translate(_FOLD)
