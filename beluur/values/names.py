"""Names of companies and people, made comparable."""

from __future__ import annotations

import re
from functools import lru_cache

from beluur.values.searchable import folded

_LEGAL_FORMS = frozenset(
    "bv nv vof cv bvba sprl srl sa sc scrl gmbh ag ltd inc cvba ebvba vzw asbl snc sas sarl eenmanszaak stichting".split()
)
_DOTS = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)")
_KEPT = "abcdefghijklmnopqrstuvwxyz0123456789&"
_APART = str.maketrans({chr(n): " " for n in range(128) if chr(n) not in _KEPT})
_OTHER = re.compile(r"[^a-z0-9&]+")


@lru_cache(maxsize=8192)
def comparable_name(name: str) -> str:
    """Lower case, without accents, punctuation and legal form: two ways of writing one name become equal.

    >>> comparable_name("Café De Brug B.V.")
    'cafe de brug'
    """
    plain = folded(name)
    if "." in plain:
        plain = _DOTS.sub("", plain)
    # what is ASCII, as most names are, is translated in a third of the time
    words = (plain.translate(_APART) if plain.isascii() else _OTHER.sub(" ", plain)).split()
    if _LEGAL_FORMS.isdisjoint(words):
        return " ".join(words)
    return " ".join([w for w in words if w not in _LEGAL_FORMS] or words)


def has_legal_form(name: str) -> bool:
    """Whether a word of the name is a legal form.

    >>> has_legal_form("Café De Brug B.V."), has_legal_form("Claes, Els")
    (True, False)
    """
    words = _OTHER.sub(" ", _DOTS.sub("", folded(name))).split()
    return not _LEGAL_FORMS.isdisjoint(words)


def one_full_stop(name: str, after: str) -> str:
    """``name`` as it stands before ``after``: its own full stop is not written where the sentence ends with one.

    >>> one_full_stop("Zonnedak B.V.", ". Spreek ik met") + ". Spreek ik met"
    'Zonnedak B.V. Spreek ik met'
    """
    return name.removesuffix(".") if after.startswith(".") and not after.startswith("..") else name


def comparable_number(number: str) -> str:
    """An invoice number without spaces, case and separators.

    >>> comparable_number("F-2026/0118 ")
    'F20260118'
    """
    return re.sub(r"[^A-Z0-9]", "", number.upper())
