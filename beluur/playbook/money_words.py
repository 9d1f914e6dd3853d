"""The words by which a line tells that the call is about money: what may not be heard by somebody else (D2, J11)."""

from __future__ import annotations

import re

_ALWAYS = r"€|\beur\b|\beuros?\b"
_WORDS = {
    "nl": r"\b\w*factu(?:ur|ren)\w*|\w*betal(?:en|ing)\w*|\w*betaal\w*|\b\w*rekening(?:en)?\b|\bopensta\w*|\w*schuld\w*"
    r"|\bherinnering\w*|\w*aanman\w*|\bbedrag\w*|\bincasso\w*|\bgeld\b|\bvordering\w*|\bachterstand\w*",
    "fr": r"\bfactures?\b|\bpa(?:ie|y)\w+|\bimpay\w+|\bdettes?\b|\béchéances?\b|\bmontants?\b|\bargent\b|\bsoldes?\b"
    r"|\bvirements?\b|\bcréances?\b|\brecouvrement\b|\bsommes? due?s?\b",
    "en": r"\binvoic\w+|\bpa(?:y|ys|ying|yments?|yable|id)\b|\bowed?\b|\bowing\b|\bdebts?\b|\bdue\b|\boverdue\b|\bamounts?\b"
    r"|\bmoney\b|\boutstanding\b|\bcollections?\b|\bbills?\b",
}
_PAYS = {"fr": frozenset({"pays"})}  # a country
_PATTERNS = {language: re.compile(f"{_ALWAYS}|{words}", re.IGNORECASE) for language, words in _WORDS.items()}


def money_word(text: str, language: str) -> str:
    """The first word of ``text`` that tells of money in ``language`` (nl-BE is as nl); empty when there is none.

    >>> money_word("Het gaat over uw factuur.", "nl")
    'factuur'
    """
    code = language[:2]
    allowed = _PAYS.get(code, frozenset())
    found = (m.group() for m in _PATTERNS[code].finditer(text))
    return next((word for word in found if word.lower() not in allowed), "")
