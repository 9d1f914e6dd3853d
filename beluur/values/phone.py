"""Phone numbers: parsed with the debtor's country, stored as E.164, shown as people in that country write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

_TRUNK_ZERO = re.compile(r"\(0\)")
_REMARK = re.compile(r"\([^()\d]*\)")
_EXTENSION = re.compile(r"\b(?:toestel|tst|poste|intern)\b\.?:?", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*(?:[;,|]|\s/\s|\bof\b|\bou\b|\bor\b|\ben\b|\bet\b)\s*", re.IGNORECASE)
_STROKE = re.compile(r"\s*/\s*")
_FEWEST_DIGITS = 5  # 14 020
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that can be dialled. ``e164`` is +31201234500; ``national`` how the debtor's country writes it, and the
    international form when the number is from elsewhere; ``sure`` is False when only its length is right."""

    e164: str
    national: str
    country: str
    mobile: bool
    extension: str = ""
    sure: bool = True


@lru_cache(maxsize=50_000)  # a page shows the same forty numbers time and again, and reading one takes 0.2 ms
def parse_phone(text: str, country: str = "NL") -> Phone | None:
    """``text`` as a debtor in ``country`` (ISO 3166 alpha-2) writes it, the first when it has several; None when it cannot be a
    phone number.

    >>> parse_phone("020-123 45 00", "NL").e164
    '+31201234500'
    """
    if phone := _read_one(text, country):
        return phone
    for between in (_SEVERAL, _STROKE):
        parts = between.split(text[:_LONGEST]) if may_be_phone(text) else []
        found = (
            next((phone for part in parts if (phone := _read_one(part, country))), None)
            if parts[1:]
            else None
        )
        if found:
            return found
    return None


def dialled_from(phone: Phone, home: str) -> str:
    """How the number is written for who dials it in ``home``: the international form when it is from elsewhere."""
    there = parse_phone(phone.e164, home)
    return there.national if there else phone.national


def may_be_phone(text: str) -> bool:
    """Whether there are digits enough in ``text`` to dial: "onbekend" and "n.v.t." are no numbers."""
    return sum(map(str.isdigit, text)) >= _FEWEST_DIGITS


def _read_one(text: str, country: str) -> Phone | None:
    text = _EXTENSION.sub("ext.", _REMARK.sub("", _TRUNK_ZERO.sub("", text))).strip()
    if not text or len(text) > _LONGEST:
        return None
    try:
        number = phonenumbers.parse(text, country.upper() or None)
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return _phone(number, country.upper())


def phones_in(text: str, country: str = "NL") -> tuple[Phone, ...]:
    """All numbers in a cell such as ``020 123 45 00 / 020 123 45 01``, in order, each once."""
    found = (parse_phone(part, country) for part in _SEVERAL.split(text[:200]))
    return tuple({phone.e164: phone for phone in found if phone}.values())


def _phone(number: PhoneNumber, country: str) -> Phone:
    region = phonenumbers.region_code_for_number(number) or ""
    form = PhoneNumberFormat.NATIONAL if region == country else PhoneNumberFormat.INTERNATIONAL
    bare = PhoneNumber(
        country_code=number.country_code,
        national_number=number.national_number,
        italian_leading_zero=number.italian_leading_zero,
    )
    return Phone(
        e164=phonenumbers.format_number(bare, PhoneNumberFormat.E164),
        national=phonenumbers.format_number(bare, form),
        country=region,
        mobile=phonenumbers.number_type(number) in _MOBILE,
        extension=number.extension or "",
        sure=phonenumbers.is_valid_number(number),
    )
