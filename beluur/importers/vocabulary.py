"""What the words in cells mean: countries, languages, kinds of customer, yes, types of entry, totals."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

from beluur.importers.cells import squash

_TABLE: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    resources.files(__package__).joinpath("vocabulary.toml").read_text("utf-8")
)
_MEANINGS = {
    group: {squash(word): meaning for meaning, words in table.items() for word in words}
    for group, table in _TABLE.items()
}
_AGED = re.compile(
    r"\d+\s*(?:-|–|t/m|tot|to|à)\s*\d+|[≤<>]\s*\d+|\d+\s*[+>]|age\s*group\s*\d|period\s*\d+\s*amount",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def _meaning(group: str, text: str) -> str:
    return _MEANINGS[group].get(squash(text), "") if text else ""


def country(text: str) -> str:
    """The ISO 3166 alpha-2 code, "" when it is not known."""
    return _meaning("country", text) or (
        text.upper() if len(text) == 2 and text.isascii() and text.isalpha() else ""
    )


def language(text: str) -> str:
    """The ISO 639-1 code, "" when it is not known."""
    return _meaning("language", text) or (
        text.lower() if len(text) == 2 and text.isascii() and text.isalpha() else ""
    )


def customer_kind(text: str) -> str:
    """business, sole_trader, consumer or government; "" when the text does not say."""
    return _meaning("kind", text)


def entry_type(text: str) -> str:
    """payment or credit; "" for an invoice and for what is not known."""
    return _meaning("type", text)


def is_yes(text: str) -> bool:
    """Whether a cell says yes, or names direct debit."""
    return bool(_meaning("yes", text))


def is_total(text: str, group: str = "") -> bool:
    """Whether a row that begins with ``text`` adds up others: a word for it alone, or with the name of the ``group`` above it.
    "Total Energies" is a name."""
    squashed, name = squash(text), squash(group)
    for word in _MEANINGS["total"]:
        if squashed.startswith(word):
            rest = squashed[len(word) :]
            if not rest or rest.isdigit() or (name and (rest in name or name in rest)):
                return True
    return False


def is_aged(headers: Sequence[str]) -> bool:
    """Whether these headers are of a list of sums by age."""
    return sum(bool(_AGED.search(h) or _meaning("aged", h)) for h in headers) >= 2


def is_bank(headers: Sequence[str]) -> bool:
    """Whether these headers are of a bank's list of transactions."""
    return sum(bool(_meaning("bank", h)) for h in headers) >= 3
