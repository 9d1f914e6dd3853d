"""Text as it is looked for: what is kept and what is asked are made alike."""

from __future__ import annotations

import re
import unicodedata

from beluur.values.phone import parse_phone

_ACCENTS = re.compile("[\u0300-\u036f]+")  # nearly all that there are, a letter's each


def folded(text: str) -> str:
    """Lower case, without accents.

    >>> folded("Café Één")
    'cafe een'
    """
    plain = text.casefold()
    if plain.isascii():
        return plain
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))


def phone_digits(phone: str, country: str) -> str:
    """A number as digits twice, with its country and as written in that country, so that either is found.

    >>> phone_digits("020-123 45 00", "NL")
    '31201234500 0201234500'
    """
    found = parse_phone(phone, country)
    if found is None:
        return re.sub(r"\D", "", phone)
    own = parse_phone(found.e164, found.country) or found
    at_home = re.sub(r"\D", "", own.national)
    return f"{found.e164[1:]} {at_home}"
