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
    r"(?<![\d./-])\d{1,3}\s*(?:-|–|t/m|tot|to|à)\s*\d{1,3}(?![\d./-])|[≤<>]\s*\d+|\d+\s*[+>]|age\s*group\s*\d|period\s*\d+\s*amount"
    r"|\d+\s*(?:maand|month|mois|monat)",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"credit(?:nota|note|memo|factuur|invoice)|notedecredit|gutschrift|davoir")
_CREDITOR = re.compile(
    r"\W*(?:crediteur(?:naam|nr|nummer|code)?|leverancier(?:snaam|snummer)?|fournisseur|supplier|vendor|kreditor|lieferant)"
    r"(?: ?name)?\W*\Z",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(
    r"[x×*]\s*(?:€\s*)?1[.,' ]?000\b|duizend|thousand|milliers|\bk\s?(?:€|eur)", re.IGNORECASE
)
_CREDITORS = re.compile(
    r"\b(?:crediteuren|leveranciers|fournisseurs|suppliers|vendors|payables|creditors|kreditoren|lieferanten)",
    re.IGNORECASE,
)
_CUSTOMER = re.compile(
    r"debiteur|debtor|debitor|klant|customer|client|receivable|kunde|afnemer", re.IGNORECASE
)
_FROM_MONTHS_END = re.compile(r"eind|\beom\b|end of|fin de|fin du|monatsende", re.IGNORECASE)
_DAYS_ALONE = re.compile(r"(\d{1,3})\s*[dj]?\.?")
_NET = re.compile(r"\bnet(?:to)?\.?\s*:?\s*(\d{1,3})\b", re.IGNORECASE)
_DAYS = re.compile(r"\b(\d{1,3})\s*(?:dagen|dag|dgn|dg|days?|jours?|tagen?)\b", re.IGNORECASE)


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


def is_foreign(header: str) -> bool:
    """Whether a header is of amounts in the customer's currency, where another column has them in ours."""
    return bool(_meaning("foreign", header))


@lru_cache(maxsize=4096)
def entry_type(text: str) -> str:
    """payment or credit; "" for an invoice and for what is not known."""
    return _meaning("type", text) or ("credit" if _CREDIT.search(squash(text)) else "")


def is_credit_side(text: str) -> bool:
    """Whether a cell says credit, of debit and credit: C, Credit, or the German Haben."""
    return text[:1].upper() in ("C", "H")


def term_days(text: str) -> int | None:
    """The days of a term of payment; None when the text gives none, more than one, or counts from the end of a month.

    >>> term_days("2% 10 dagen, netto 30"), term_days("30 dagen einde maand"), term_days("Code 07")
    (30, None, None)
    """
    if not text or _FROM_MONTHS_END.search(text):
        return None
    if match := _DAYS_ALONE.fullmatch(text.strip()):
        return int(match[1])
    net = set(_NET.findall(text))
    days = net or set(_DAYS.findall(text))
    return int(days.pop()) if len(days) == 1 else None


def is_yes(text: str) -> bool:
    """Whether a cell says yes, or names direct debit."""
    return bool(_meaning("yes", text))


def is_no(text: str) -> bool:
    """Whether a cell says no."""
    return bool(_meaning("no", text))


def standing(text: str) -> str:
    """What an invoice's status says: paid, partly, void (never sent, or taken back); "" when it says none of these."""
    return _meaning("standing", text)


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


def aged_columns(headers: Sequence[str]) -> tuple[int, ...]:
    """The places of the headers of sums by age, and of what is not due yet; none when there are fewer than two ages."""
    found = (bool(_AGED.search(h) or _meaning("aged", h) or _meaning("early", h)) for h in headers)
    return tuple(place for place, aged in enumerate(found) if aged) if is_aged(headers) else ()


def is_in_thousands(header: str) -> bool:
    """Whether a header says that its amounts are rounded to thousands."""
    return bool(_THOUSANDS.search(header))


def is_of_creditors(titles: str, headers: Sequence[str]) -> bool:
    """Whether the titles of a table, or one of its headers, say that it is of those whom we owe."""
    return bool(_CREDITORS.search(titles)) or any(map(_CREDITOR.match, headers))


def is_customer(text: str) -> bool:
    """Whether headers or titles are of those who owe us."""
    return bool(_CUSTOMER.search(text))


def is_bank(headers: Sequence[str]) -> bool:
    """Whether these headers are of a bank's list of transactions."""
    return sum(bool(_meaning("bank", h)) for h in headers) >= 3
