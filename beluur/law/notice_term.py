"""Termijn van de aanmaning: when the fourteen days of a letter to a consumer begin and end, by country and channel.

    notice_term(country, by_post=, sent=) -> NoticeTerm(received, first, last, safe_last)
        safe_last    a term that ends on a Saturday, Sunday or holiday ends on the next working day; use this one: the law is
                     argued about, and the later day harms nobody. Costs are owed from the day after it.

NL (BW 6:96 lid 6, HR 25-11-2016): fourteen days from the day after receipt. Post is presumed received on the second day after
sending, Sundays, Mondays and holidays not counted; e-mail on the day itself. BE (WER XIX.2): from the third working day after
posting, or the day after electronic sending. For a term of another length the same days are counted with ``days``.

>>> notice_term("NL", by_post=True, sent=date(2026, 11, 5)).safe_last  # received on the 7th; the 21st is a Saturday
datetime.date(2026, 11, 23)
>>> notice_term("BE", by_post=True, sent=date(2026, 11, 9)).first  # the 11th is a holiday
datetime.date(2026, 11, 13)
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

from beluur.law.days import add_working_days, easter, holiday_name, is_working_day

TERM_DAYS = 14

_DAY = timedelta(days=1)
_MONDAY, _SUNDAY = 0, 6
_POST_DAYS = 2
_BE_POST_DAYS = 3
_GOOD_FRIDAY = timedelta(days=-2)


@dataclass(frozen=True, slots=True)
class NoticeTerm:
    """The term, both days included. ``received`` is presumed, None where the law does not ask for it (BE)."""

    received: date | None
    first: date
    last: date
    safe_last: date


@lru_cache(maxsize=1)
def _equated() -> frozenset[date]:
    text = files("beluur.law").joinpath("equated_days.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["nl"])


def notice_term(country: str, *, by_post: bool, sent: date, days: int = TERM_DAYS) -> NoticeTerm:
    """The term of ``days`` of a letter sent on ``sent``. A country without a rule of its own counts as NL."""
    if country == "BE":
        received, first = None, add_working_days(sent, _BE_POST_DAYS, "BE") if by_post else sent + _DAY
    else:
        received = _delivered(sent) if by_post else sent
        first = received + _DAY
    last = first + timedelta(days=days - 1)
    return NoticeTerm(received, first, last, _extended(last, country))


def _delivered(sent: date) -> date:
    day, counted = sent, 0
    while counted < _POST_DAYS:
        day += _DAY
        counted += day.weekday() not in (_SUNDAY, _MONDAY) and not holiday_name(day, "NL")
    return day


def _extended(last: date, country: str) -> date:
    while not is_working_day(last, country) or (country != "BE" and _equated_in_nl(last)):
        last += _DAY
    return last


def _equated_in_nl(day: date) -> bool:
    return day in _equated() or day == easter(day.year) + _GOOD_FRIDAY
