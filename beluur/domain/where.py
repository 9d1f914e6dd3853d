"""What a debtor's name and address tell when nothing else does: his language and his clock. Assumed, shown, and changeable."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The legal forms of Belgian law (WVV/CSA, and what they were called before 2019), by the language in which one names them.
_BELGIAN_FORMS = {
    **dict.fromkeys("srl sprl sprlu sa snc scs sca sc scrl scris asbl aisbl scomm".split(), "fr"),
    **dict.fromkeys("bv bvba ebvba nv vof vzw ivzw commv gcv commva cv cvba".split(), "nl-BE"),
}
_ALSO_A_WORD = frozenset(("cv", "sc"))  # in front of a name they are no legal form: *CV Service*
_WORD = re.compile(r"[a-z0-9]+")
_DIGIT = re.compile(r"[0-9]")
_BRUSSELS = range(1000, 1300)
_WALLOON = (
    range(1300, 1500),
    range(4000, 8000),
)  # with 47xx, where one speaks German: French is the next language there
_LANGUAGES = {"NL": "nl", "BE": "nl-BE", "FR": "fr", "LU": "fr", "MC": "fr"}
_ZONES = {
    "NL": "Europe/Amsterdam",
    "BE": "Europe/Brussels",
    "DE": "Europe/Berlin",
    "FR": "Europe/Paris",
    "LU": "Europe/Luxembourg",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "PT": "Europe/Lisbon",
    "ES": "Europe/Madrid",
    "IT": "Europe/Rome",
    "CW": "America/Curacao",
    "AW": "America/Aruba",
    "SX": "America/Lower_Princes",
    "SR": "America/Paramaribo",
    "FI": "Europe/Helsinki",
    "GR": "Europe/Athens",
}


def assumed_language(country: str, postcode: str = "", name: str = "", house: str = "nl") -> str:
    """nl, nl-BE, fr or en. In Belgium the legal form in his ``name`` tells it, then the postcode; in Brussels, where two
    languages are at home, what the ``house`` itself speaks. Elsewhere the country does."""
    if country != "BE":
        return _LANGUAGES.get(country, "en" if country else "nl")
    return _language_of_form(name) or _language_at(postcode, house)


def _language_of_form(name: str) -> str:
    """Empty when the name has no Belgian legal form, or one in each language (*NV/SA*)."""
    found = {_BELGIAN_FORMS[form] for form in _forms(name) if form in _BELGIAN_FORMS}
    return found.pop() if len(found) == 1 else ""


def _forms(name: str) -> Iterator[str]:
    """The words where a legal form stands: in front, or at the end, where there may be two (*NV/SA*, *Comm. V*)."""
    words = _WORD.findall(name.casefold().replace(".", ""))
    if len(words) > 1:
        if words[0] not in _ALSO_A_WORD:
            yield words[0]
        yield words[-1]
    if len(words) > 2:
        yield "".join(words[-2:])
        if words[-1] in _BELGIAN_FORMS:
            yield words[-2]


def _language_at(postcode: str, house: str) -> str:
    digits = "".join(_DIGIT.findall(postcode))[:4]
    number = int(digits) if len(digits) == 4 else 0
    if any(number in walloon for walloon in _WALLOON):
        return "fr"
    if number in _BRUSSELS and house[:2] != "nl":
        return house[:2]
    return _LANGUAGES["BE"]


def assumed_time_zone(country: str, otherwise: str) -> str:
    """The IANA zone of the country's capital (Lisbon for Portugal, Curaçao's own), else ``otherwise``."""
    return _ZONES.get(country, otherwise)


def country_from(vat_number: str, iban: str, phone: str, otherwise: str) -> str:
    """ISO alpha-2, from what a number begins with: VAT, then IBAN, then an international phone number."""
    for number in (vat_number, iban):
        if len(number) > 4 and number[:2].isalpha():
            return {"EL": "GR"}.get(number[:2].upper(), number[:2].upper())
    digits = (
        phone.replace(" ", "").replace("00", "+", 1) if phone.startswith("00") else phone.replace(" ", "")
    )
    for prefix, country in (
        ("+31", "NL"),
        ("+32", "BE"),
        ("+33", "FR"),
        ("+49", "DE"),
        ("+352", "LU"),
        ("+44", "GB"),
    ):
        if digits.startswith(prefix):
            return country
    return otherwise
