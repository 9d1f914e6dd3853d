"""The structured payment reference that a payer put in free text."""

from __future__ import annotations

import re

from beluur.values.numbers import BETALINGSKENMERK, OGM, RF, Scheme, compact_reference

_MARKED = re.compile(r"(?:\+{3}|\*{3})\s?([0-9]{3}\s?/?\s?[0-9]{4}\s?/?\s?[0-9]{5})\s?(?:\+{3}|\*{3})")
_SLASHED = re.compile(r"(?<![0-9/])[0-9]{3}/[0-9]{4}/[0-9]{5}(?![0-9/])")
_RF = re.compile(r"(?<![0-9A-Z])RF[0-9][0-9](?: ?[0-9A-Z]{4}){0,5}(?: ?[0-9A-Z]{1,4})?(?![0-9A-Z])")
_LABELLED = re.compile(r"BETALINGSKENM(?:ERK|\.)?[.:]{0,2} *([0-9][0-9 ]{5,22}[0-9])(?![0-9A-Z])")
_ISSUED = re.compile(r"\bISSUER: ?\w+ +REF: ?([0-9A-Z ]+)")
_WHOLE = re.compile(r"(?:[0-9/ .+*]{12,26}|RF[0-9A-Z ]{3,30})\Z")


def find_reference(text: str) -> str:
    """The structured reference in ``text``, compact; "" when there is none. A bare number is only taken when it is the
    whole text and its check digits are right, lest an invoice number be mistaken for one.

    >>> find_reference("factuur +++010/8068/17183+++ dank"), find_reference("0202600000000003"), find_reference("1234567")
    ('010806817183', '0202600000000003', '')
    """
    upper = text.upper()
    if ("+++" in text or "***" in text) and (found := _MARKED.search(text)):
        return OGM.read(found[1])
    if "ISSUER" in upper and (found := _ISSUED.search(upper)):
        return compact_reference(found[1])
    if "BETALINGSKENM" in upper and (found := _LABELLED.search(upper)):
        return _labelled(found[1])
    whole = text.strip()
    if _WHOLE.match(whole):
        return RF.read(whole) or OGM.read(whole) or _sixteen(whole)
    if "RF" in upper and (found := _RF.search(upper)):
        return _longest(RF, found[0])
    found = _SLASHED.search(text)
    return OGM.read(found[0]) if found else ""


def _longest(scheme: Scheme, text: str) -> str:
    """The longest start of ``text``, of whole words, that is a number of ``scheme``; "" when there is none."""
    parts = text.split()
    return next(filter(None, (scheme.read("".join(parts[:end])) for end in range(len(parts), 0, -1))), "")


def _labelled(digits: str) -> str:
    """What follows its name; an own number of the payee when no check digit is right."""
    first = digits.split(maxsplit=1)[0]
    return _longest(BETALINGSKENMERK, digits) or (first if len(first) > 6 else "")


def _sixteen(text: str) -> str:
    compact = BETALINGSKENMERK.read(text)
    return compact if len(compact) == 16 else ""
