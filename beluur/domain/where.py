"""What a debtor's address tells when nothing else does: his language and his clock. Assumed, shown, and changeable."""

from __future__ import annotations

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


def assumed_language(country: str, postcode: str = "") -> str:
    """nl, nl-BE, fr or en. In Belgium the postcode decides: 1300-1499 and 4000-7999 are Walloon; Brussels (1000-1299) is
    written to in Dutch until somebody says otherwise."""
    digits = "".join(c for c in postcode if c.isdigit())[:4]
    if country == "BE" and len(digits) == 4 and (1300 <= int(digits) <= 1499 or 4000 <= int(digits) <= 7999):
        return "fr"
    return _LANGUAGES.get(country, "en" if country else "nl")


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
