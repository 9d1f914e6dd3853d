"""Numbers as they are typed (1.234,50; 1,5k) and as they are said (twaalfhonderdvijftig, mille deux cents, a hundred and ten)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

MOST_CENTS = 10**11  # a milliard of euros: more is a telephone number
_PLAIN = re.compile(r"\d+\Z")
_GROUPED = {
    "nl": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,(\d{2}))?\Z"),
    "fr": re.compile(r"\d{1,3}(?:[. ]\d{3})+(?:,(\d{2}))?\Z"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.(\d{2}))?\Z"),
}
_ANY_GROUPED = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*([.,])(\d{2})\Z")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+\Z")
_DECIMALS = re.compile(r"(\d+)[.,](\d{1,2})\Z")
_DASHED = re.compile(r"(.+?)(?:[,.](?:-{1,2}|=))\Z")


def typed_number(text: str, language: str) -> int | None:
    """Cents of a number in figures; None when it can be read in two ways ("1,250" in Dutch) or is too large.

    >>> typed_number("1.234,50", "nl"), typed_number("1,250", "en"), typed_number("1,250", "nl")
    (123450, 125000, None)
    """
    if dashed := _DASHED.match(text):
        text = dashed[1]
    cents = _cents(text, language)
    return cents if cents is not None and cents < MOST_CENTS else None


def _cents(text: str, language: str) -> int | None:
    if _PLAIN.match(text):
        return int(text) * 100 if len(text) < 13 else None
    if (found := _ANY_GROUPED.match(text)) and found[1] != found[2]:
        return int(re.sub(r"\D", "", text))
    if found := _GROUPED[language].match(text):
        return int(re.sub(r"\D", "", text)) * (1 if found[1] else 100)
    if _SPACED.match(text):
        return int(text.replace(" ", "")) * 100
    if found := _DECIMALS.match(text):
        return int(found[1]) * 100 + int(found[2].ljust(2, "0")) if len(found[1]) < 13 else None
    return None


def thousands(text: str) -> int | None:
    """Cents of ``1,5k`` without its k: a comma and a point are both decimal.

    >>> thousands("1,5"), thousands("2")
    (150000, 200000)
    """
    whole, _, rest = text.replace(",", ".").partition(".")
    if len(whole) > 6 or len(rest) > 3:
        return None
    return int(whole) * 100_000 + int(rest.ljust(3, "0")) * 100


@lru_cache(maxsize=4096)
def compound(word: str) -> int | None:
    """A Dutch number written as one word, up to 999,999.

    >>> compound("tweeduizendvijfhonderd"), compound("vijfentwintig"), compound("honderden")
    (2500, 25, None)
    """
    left, found, right = word.partition("duizend")
    if found:
        return _around(left, right, 1000, 1000)
    left, found, right = word.partition("honderd")
    if found:
        return _around(left, right, 100, 100)
    return _below_hundred(word)


def _around(left: str, right: str, times: int, below: int) -> int | None:
    first = compound(left) if left else 1
    second = compound(right.removeprefix("en")) if right else 0
    if first is None or second is None or second >= below or first >= 1000:
        return None
    return first * times + second


_UNITS = {"een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9}
_TEENS = {
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17,
    "achttien": 18, "negentien": 19,
}  # fmt: skip
_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
}  # fmt: skip
_BELOW_HUNDRED = {
    **_UNITS,
    **_TEENS,
    **_TENS,
    **{f"{u}en{t}": n + m for u, n in _UNITS.items() for t, m in _TENS.items()},
}


def _below_hundred(word: str) -> int | None:
    return _BELOW_HUNDRED.get(word)


def joined(atoms: Iterable[int], *, french: bool = False) -> tuple[int, int]:
    """(how many of ``atoms`` make one number, that number): 2, 1000, 5, 100 is 2500; 5, 3 is 5 and then something else.

    >>> joined([2, 1000, 5, 100]), joined([5, 3]), joined([60, 12], french=True)
    ((4, 2500), (1, 5), (2, 72))
    """
    total = current = used = 0
    for atom in atoms:
        if atom == 1000 and total == 0:
            total, current = max(current, 1) * 1000, 0
        elif atom == 100 and current < 100 and (current or not used or total):
            current = max(current, 1) * 100
        elif used and not _adds(total, current, atom, french=french):
            break
        else:
            current += atom
        used += 1
    return used, total + current


def _adds(total: int, current: int, atom: int, *, french: bool) -> bool:
    if current >= 1000 and current % 1000 == 0 and atom < 1000:
        return True
    if atom >= 1000 or (atom >= 100 and not (total and current == 0)):
        return False
    if current == 0 or (current % 100 == 0 and atom < 100):
        return True
    tens = current % 100
    return (tens >= 20 and tens % 10 == 0 and atom < 10) or (french and tens in (60, 80) and atom < 20)


def words_known(words: Mapping[str, int], word: str, language: str) -> int | None:
    """The number that one word is, None for another word."""
    known = words.get(word)
    if known is None and language == "nl" and len(word) > 4:
        known = compound(word)
    return known
