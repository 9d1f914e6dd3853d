"""In which currency a column of amounts is: what its header says, or ours when a column beside it has the customer's."""

from __future__ import annotations

import re

from beluur.importers.layout import Layout
from beluur.importers.vocabulary import is_foreign

HOME = "EUR"
_NAMED = re.compile(
    r"(?:\b|[^A-Za-z])(EURO?|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|CAD|AUD|JPY|€)[)\]]?\s*\Z", re.IGNORECASE
)
_OURS = re.compile(
    r"dc\Z|base|\blcy\b|\blv\b|eigen valuta|local currency|hausw(?:ä|ae)hrung|devise locale|monnaie locale",
    re.IGNORECASE,
)


def stated_currency(layout: Layout, role: str) -> str:
    """The currency of the amounts in the column of ``role`` whatever a column of currencies says; "" when that column decides."""
    header = layout.header(role)
    if match := _NAMED.search(header):
        return {"€": HOME, "EURO": HOME}.get(match[1].upper(), match[1].upper())
    if not layout.has("currency") or _OURS.search(layout.header("currency")):
        return ""
    theirs = any(is_foreign(column.header) for column in layout.columns if not column.role)
    return HOME if _OURS.search(header) or (theirs and not is_foreign(header)) else ""
