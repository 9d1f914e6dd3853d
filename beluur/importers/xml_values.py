"""Values in electronic invoices: amounts with a point, days as ISO or CCYYMMDD, embedded files."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from beluur.importers.xml_tree import Element, text

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_TERM = re.compile(r"\b(\d{1,3})\s*(?:dagen|dag|days|day|jours|jour|tage|dagar)\b", re.IGNORECASE)
_LARGEST = 10**15
_DESCRIPTION = 160
_ITEMS = 3


class BadValueError(ValueError):
    """An element holds no amount or no day; carries ``field`` and ``value``."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__(field)
        self.field = field
        self.value = value[:40]


def cents(parent: Element | None, path: str) -> int | None:
    """The amount at ``path`` in cents, None when it is absent. Raises BadValueError for what is no amount of whole cents."""
    written = text(parent, path)
    if not written:
        return None
    try:
        exact = Decimal(written) * 100
        whole = exact.to_integral_value()
    except InvalidOperation as error:
        raise BadValueError(path, written) from error
    if not exact.is_finite() or abs(exact) >= _LARGEST or exact != whole:
        raise BadValueError(path, written)
    return int(whole)


def day(parent: Element | None, path: str = "") -> date | None:
    """The day at ``path``, None when it is absent. Raises BadValueError for what is no day."""
    written = text(parent, path)
    if not written:
        return None
    match = _DAY.match(written)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else _no_day(path, written)
    except ValueError as error:
        raise BadValueError(path, written) from error


def _no_day(path: str, written: str) -> date:
    raise BadValueError(path, written)


def term_days(notes: Iterable[str]) -> int | None:
    """The payment term in days when the notes name exactly one.

    >>> term_days(["Graag betalen binnen 30 dagen netto."])
    30
    """
    named = {int(number) for note in notes for number in _TERM.findall(note)}
    return named.pop() if len(named) == 1 else None


def short_description(names: Iterable[str]) -> str:
    """What was sold: the first few names, shortened."""
    named = list(dict.fromkeys(name for name in names if name))
    said = "; ".join(named[:_ITEMS]) + (" …" if len(named) > _ITEMS else "")
    return said if len(said) <= _DESCRIPTION else said[: _DESCRIPTION - 1].rstrip() + "…"


def embedded(element: Element) -> bytes | None:
    """The file in a base64 element, None when it is none."""
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return None
