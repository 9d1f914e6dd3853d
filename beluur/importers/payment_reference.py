"""The structured payment reference that a payer put in free text; the same in every format of a bank."""

from __future__ import annotations

import re

from beluur.values.numbers import BETALINGSKENMERK, OGM, RF, Scheme, compact_reference

_MAY_HOLD_ONE = re.compile(r"[0-9][0-9 /.]{5}|RF[0-9]{2}")  # without one of these there is none in a text
_MARKED = re.compile(r"(?:\+{3}|\*{3})([0-9\s/.-]{12,24})(?:\+{3}|\*{3})")
_SLASHED = re.compile(r"(?<![0-9/])[0-9]{3}\s?/\s?[0-9]{4}\s?/\s?[0-9]{5}(?![0-9/])")
_RF = re.compile(r"(?<![0-9A-Z])RF[0-9][0-9](?: ?[0-9A-Z]{4}){0,5}(?: ?[0-9A-Z]{1,4})?(?![0-9A-Z])")
_LABELLED = re.compile(
    r"(?:BETALINGSKENM(?:ERK|\.)?|BETAALKENMERK|PAYMENT REFERENCE)\s?[.:]{0,2} *([0-9][0-9. ]{5,22}[0-9])(?![0-9A-Z])"
)
_KENMERK = re.compile(r"\bKENM(?:ERK)?\b\.?\s*:?\s*([0-9][0-9 ]{7,20})(?![0-9/-])")
_ISSUED = re.compile(r"\bISSUER: ?\w+ +REF: ?([0-9A-Z ]+)")
_WHOLE = re.compile(r"(?:[0-9/ .+*]{12,26}|RF[0-9A-Z ]{3,30})\Z")


def find_reference(text: str) -> str:
    """The structured reference in ``text``, compact; "" when there is none. A bare number is only taken when it is the
    whole text and its check digits are right, lest an invoice number be mistaken for one.

    >>> find_reference("factuur +++010/8068/17183+++ dank"), find_reference("0202600000000003"), find_reference("1234567")
    ('010806817183', '0202600000000003', '')
    """
    upper = text.upper()
    if not _MAY_HOLD_ONE.search(upper):
        return ""
    if ("+++" in text or "***" in text) and (found := _first(OGM, _MARKED.findall(text))):
        return found
    if "KENM" in upper or "ISSUER" in upper or "PAYMENT REF" in upper:
        if issued := _ISSUED.search(upper):
            return compact_reference(issued[1])
        if labelled := _LABELLED.search(upper):
            return _labelled(labelled[1])
        if found := _first(BETALINGSKENMERK, _KENMERK.findall(upper)):
            return found
    whole = upper.strip()
    if _WHOLE.match(whole) and (found := RF.read(whole) or OGM.read(whole) or _sixteen(whole)):
        return found
    if "RF" in upper and (found := next(filter(None, (_longest(RF, t) for t in _RF.findall(upper))), "")):
        return found
    return _first(OGM, _SLASHED.findall(text)) if "/" in text else ""


def _first(scheme: Scheme, written: list[str]) -> str:
    """The first that is a number of ``scheme``, compact; "" when none is."""
    return next(filter(None, map(scheme.read, written)), "")


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
