"""The month or day of an invoice that a payer writes in place of its number ("facturen oktober", "nota van 13 juni")."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from beluur.values.searchable import folded

_MONTHS = (  # Dutch, French, English and German; folded
    r"jan(?:uari|vier|uary|uar)?", r"feb(?:ruari|ruary|ruar)?|fev(?:rier)?", r"maart|mrt|mars|march|marz", r"apr(?:il)?|avril",
    r"mei|mai|may", r"juni?|juin|june", r"juli?|juillet|july", r"aug(?:ustus|ust)?|aout", r"sept?(?:ember|embre)?",
    r"okt(?:ober)?|oct(?:ober|obre)?", r"nov(?:ember|embre)?", r"dec(?:ember|embre)?|dez(?:ember)?",
)  # fmt: skip
_NAMED = re.compile(r"(?:\b([0-3]?[0-9])(?:er)?[ .-]*)?\b(?:" + "|".join(f"({m})" for m in _MONTHS) + r")\b")
# What the months begin with: most texts hold none, and to look for each of them takes far longer.
_MAY_NAME = re.compile(r"\b(?:jan|feb|fev|ma|mrt|me|apr|avr|ju|aug|aou|sep|okt|oct|nov|de[cz])")


@lru_cache(maxsize=64)  # of one text for each debtor who may have paid
def months_named(text: str) -> frozenset[tuple[int, int]]:
    """(month, day) of each month that is written out; day 0 when there is none.

    >>> sorted(months_named("nota van 13 juni")), sorted(months_named("oktober / november")), sorted(months_named("in mei 2026"))
    ([(6, 13)], [(10, 0), (11, 0)], [(5, 0)])
    """
    text = folded(text)
    if not _MAY_NAME.search(text):
        return frozenset()
    return frozenset((m.lastindex - 1, int(m[1] or 0)) for m in _NAMED.finditer(text) if m.lastindex)


def is_of(months: frozenset[tuple[int, int]], issued: date | None) -> bool:
    """Whether an invoice of that day is one of the months, or of the day itself."""
    if issued is None or not months:
        return False
    return not months.isdisjoint({(issued.month, 0), (issued.month, issued.day)})


def is_of_day(months: frozenset[tuple[int, int]], issued: date | None) -> bool:
    """Whether an invoice is of just a day that is written out."""
    return issued is not None and (issued.month, issued.day) in months
