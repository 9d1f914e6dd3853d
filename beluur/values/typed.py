"""What a person types in a form: amounts in Dutch notation and dates day first. Never guessed: None when it is not clear."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time, timedelta

_AMOUNT = re.compile(
    r"(?:€|EUR)?\s*(-?)(\d{1,3}(?:[.\s\u00a0]\d{3})+|\d+)(?:,(\d{1,2}|-))?\s*(?:€|EUR)?\Z", re.IGNORECASE
)
_POINT = re.compile(r"(?:€|EUR)?\s*(-?)(\d+)\.(\d{1,2})\s*(?:€|EUR)?\Z", re.IGNORECASE)
_ENGLISH = re.compile(r"(?:€|EUR)?\s*(-?)(\d{1,3}(?:,\d{3})+)\.(\d{2})\Z", re.IGNORECASE)
_DAY = re.compile(r"(?:[a-z]{2,9}\.?\s+)?(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}|\d{2}))?\Z")
_WORDS = re.compile(r"(?:[a-z]{2,9}\.?\s+)?(\d{1,2})(?:(?<=\b1)er)?\s+([a-zéû]{3,9})\.?(?:\s+(\d{4}))?\Z")
_TIME = re.compile(r"(\d{1,2})(?:[:.u h]?(\d{2})|[:.u h])?\s*(?:uur|u|h)?\Z", re.IGNORECASE)
_MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "jan feb mar apr may jun jul aug sept oct nov dec",
        "janv févr mars avr mai juin juil août sept oct nov déc",
    )
    for number, name in enumerate(names.split(), 1)
}
_SOON = {"vandaag": 0, "today": 0, "aujourd'hui": 0, "morgen": 1, "tomorrow": 1, "demain": 1, "overmorgen": 2}
_MONTH_END = re.compile(
    r"(?:eind|einde) (?:(?:v/?d|vd\.|van de|van deze|deze) )?maand|fin (?:du|de|de ce) mois|"
    r"(?:the )?end of (?:the |this )?month"
)
_WEEKDAYS = {
    name: number
    for names in (
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "monday tuesday wednesday thursday friday saturday sunday",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "ma di wo do vr za zo",
    )
    for number, name in enumerate(names.split())
}


def typed_cents(text: str) -> int | None:
    """Cents of ``1.234,50``, ``1 234,50``, ``1,234.50``, ``1234,5``, ``1234.50``, ``€ 500`` or ``500,-``; None for anything else.

    ``1.234`` is a thousand and more, as it is written here; a point before one or two digits is a decimal point.
    ``1,234`` is neither a thousand nor a little more than one: None.

    >>> typed_cents("€ 1.234,50"), typed_cents("12.5"), typed_cents("1.234,5x")
    (123450, 1250, None)
    """
    text = text.strip()
    found = _AMOUNT.match(text) or _POINT.match(text) or _ENGLISH.match(text)
    if found is None:
        return None
    sign, whole, fraction = found.groups()
    fraction = "" if fraction in (None, "-") else fraction
    cents = int(re.sub(r"\D", "", whole)) * 100 + int(fraction.ljust(2, "0") or 0)
    return -cents if sign else cents


def typed_date(text: str, today: date) -> date | None:
    """``27-11-2026``, ``27/11``, ``2026-11-27``, ``27 nov``, ``vr 27 november 2026``. Without a year: the first such day from a
    month before ``today`` on. ``morgen``; ``vr`` alone is the first Friday after today; ``eind vd maand`` is the last day of
    this month. None when it is no day, or not clear.

    >>> typed_date("3 jan", date(2026, 11, 22)), typed_date("31-02-2026", date(2026, 11, 22))
    (datetime.date(2027, 1, 3), None)
    >>> typed_date("eind vd maand", date(2026, 11, 22)), typed_date("zsm", date(2026, 11, 22))
    (datetime.date(2026, 11, 30), None)
    """
    text = text.strip().lower()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    if text in _SOON:
        return today + timedelta(days=_SOON[text])
    if text in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS[text] - today.weekday() - 1) % 7 + 1)
    if _MONTH_END.fullmatch(" ".join(text.split())):
        return today.replace(day=monthrange(today.year, today.month)[1])
    if found := _DAY.match(text):
        day, month, year = found.groups()
        return _day(int(day), int(month), year, today)
    if (found := _WORDS.match(text)) and (number := _MONTHS.get(found.group(2))):
        return _day(int(found.group(1)), number, found.group(3), today)
    return None


def typed_number(text: str, most_digits: int = 18) -> int | None:
    """The whole number that a field or an address holds, an id or a place; None for anything else, also for digits that are none
    to a database (``²``) and for more of them than ``most_digits``.

    >>> typed_number("17"), typed_number("²"), typed_number("-1"), typed_number("")
    (17, None, None, None)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= most_digits else None


def typed_time(text: str) -> time | None:
    """``16:00``, ``16.30``, ``16u``, ``9``, ``1630``.

    >>> typed_time("16u30"), typed_time("930"), typed_time("25:00")
    (datetime.time(16, 30), datetime.time(9, 30), None)
    """
    found = _TIME.match(text.strip().lower())
    if found is None:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this = date(today.year, month, day)
    except ValueError:
        return None
    if (today - this).days <= 31:
        return this if (this - today).days < 335 else _last_year(this)
    try:
        return date(today.year + 1, month, day)
    except ValueError:
        return None


def _last_year(day: date) -> date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 2, 28)
