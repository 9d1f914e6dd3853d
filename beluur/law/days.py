"""Feestdagen, werkdagen en bankdagen: public holidays, working days, and days on which banks settle euro payments.

NL: Algemene termijnenwet art. 3; BE: law of 4 January 1974; banks: the T2 closing days of the ECB. The table is holidays.toml;
other countries come from the `holidays` package.

>>> add_bank_days(date(2026, 12, 24), 2)  # a Thursday; Christmas Day is a Friday, 26 December a Saturday
datetime.date(2026, 12, 29)
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

import holidays as world

_DAY = timedelta(days=1)
_SATURDAY = 5


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


@lru_cache(maxsize=1)
def _calendars() -> Mapping[str, list[dict[str, Any]]]:
    text = files("beluur.law").joinpath("holidays.toml").read_text("utf-8")
    return {c["name"]: c["days"] for c in tomllib.loads(text)["calendar"]}


def _day_of(rule: Mapping[str, Any], year: int) -> date:
    on: str = rule["on"]
    if on.startswith("easter"):
        return easter(year) + timedelta(days=int(on.removeprefix("easter")))
    day = date(year, int(on[:2]), int(on[3:]))
    if day.isoweekday() == 7:
        day += timedelta(days=rule.get("on_sunday", 0))
    return day


@lru_cache(maxsize=1024)
def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """Day and local name of the public holidays of ``country`` (ISO 3166, or "T2"); empty for a country nobody knows."""
    rules = _calendars().get(country)
    if rules is not None:
        return {_day_of(r, year): r["name"] for r in rules if year >= r.get("from_year", 0)}
    try:
        return dict(world.country_holidays(country, years=year))
    except NotImplementedError:
        return {}


def holiday_name(day: date, country: str) -> str:
    """The local name of the public holiday, or "" on any other day."""
    return public_holidays(country, day.year).get(day, "")


def is_working_day(day: date, country: str) -> bool:
    """Monday to Friday and no public holiday there."""
    return day.weekday() < _SATURDAY and day not in public_holidays(country, day.year)


def is_bank_day(day: date) -> bool:
    """A day on which T2 settles euro payments between banks."""
    return is_working_day(day, "T2")


def next_working_day(day: date, country: str) -> date:
    """``day`` itself when it is a working day, otherwise the first one after it."""
    while not is_working_day(day, country):
        day += _DAY
    return day


def add_working_days(day: date, n: int, country: str) -> date:
    """The ``n``th working day after ``day``; 0 is `next_working_day`."""
    day = next_working_day(day, country) if n == 0 else day
    for _ in range(n):
        day = next_working_day(day + _DAY, country)
    return day


def next_bank_day(day: date) -> date:
    """``day`` itself when banks settle on it, otherwise the first bank day after it."""
    return next_working_day(day, "T2")


def add_bank_days(day: date, n: int) -> date:
    """The ``n``th bank day after ``day``; 0 is `next_bank_day`."""
    return add_working_days(day, n, "T2")


def previous_bank_day(day: date) -> date:
    """``day`` itself when banks settle on it, otherwise the last bank day before it."""
    while not is_bank_day(day):
        day -= _DAY
    return day


def add_months(day: date, n: int) -> date:
    """The same day ``n`` months later, or the last of that month when it has no such day.

    >>> add_months(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
