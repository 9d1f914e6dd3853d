"""How days are said by their month: 4 December, the 15th, the end of next month, the last Friday of January. Semantics:
docs/dates-in-words.md."""

from __future__ import annotations

from datetime import date, timedelta

from beluur.domain.said.calendar import (
    day_and_month,
    last_bank_day,
    month_from,
    nth_of_coming_month,
    nth_weekday,
    of_month,
    part_of_month,
)
from beluur.domain.said.grammar import DayItem, Found, Rule, day_item, rules
from beluur.law.days import add_bank_days, add_months

_COUNTED = frozenset(("FILL", "PAY", "UNKNOWN", "WHOLE", "DAYNUM", "DECIMAL", "YEARNUM", "WAY"))
_HOURS = 12
_FRACTIONS = frozenset(((1, 2), (1, 3), (1, 4)))
_ON = "(?:THE|ON|BY|FROM)*"
_OF_MONTH = "(?:(?P<m>MONTH)(?P<y>YEARNUM)?|(?P<w>WHICH)? MONTHS (?P<v>WHICH)?)"


def _exact(found: Found, day: date | None) -> DayItem:
    return DayItem(*found.place, day=day, code="" if day else "no_such_day", exact=True)


def _nth(found: Found) -> int:
    token = found.token("n")
    return int(token.value // 100 if token.symbol == "DAYNUM" else token.value)


def _year(found: Found) -> int | None:
    return found.value("y") // 100 if found.has("y") else None


def _day_of_month_named(found: Found) -> DayItem:
    return _exact(found, day_and_month(found.today, _nth(found), found.value("m"), _year(found)))


def _day_month(found: Found) -> DayItem | None:
    """4/12; and 1/2 is a half as well, unless a word before it says that it is a day."""
    day, month = found.value("n")
    start, end = found.place
    alone = end - start == 1 and (start == 0 or found.tokens[start - 1].symbol != "WEEKDAY")
    if alone and (day, month) in _FRACTIONS and "/" in found.token("n").word:
        return None
    return _exact(found, day_and_month(found.today, day, month, None))


def _full_date(found: Found) -> DayItem:
    return _exact(found, found.value("n"))


def _point_date(found: Found) -> DayItem | None:
    """On 15.12: a point makes an amount of it, the word before it a day."""
    day, _, month = found.token("n").word.partition(".")
    if not (day.isdigit() and month.isdigit()) or int(day) > 31 or not 1 <= int(month) <= 12:
        return None
    return _exact(found, day_and_month(found.today, int(day), int(month), None))


def _nth_of_month(found: Found) -> DayItem | None:
    """The 15th: the coming one. Said on the 15th it is two days."""
    token, nth = found.token("n"), _nth(found)
    after = found.tokens[found.place[1]].symbol if found.place[1] < len(found.tokens) else ""
    if token.symbol == "ORDWORD" and nth <= 3 and after in _COUNTED:
        return None  # the first payment, the first 500
    if token.symbol == "DAYNUM" and found.language != "fr" and after == "UNKNOWN":
        return None  # de 3 paletten
    if token.symbol == "DAYNUM" and _may_be_an_hour(found, nth):
        return day_item(found, None, "unclear_number")
    if nth == found.today.day:
        choice = (found.today, add_months(found.today, 1))
        return DayItem(*found.place, code="today_or_later", choice=choice, exact=True)
    return _exact(found, nth_of_coming_month(found.today, nth))


def _may_be_an_hour(found: Found, nth: int) -> bool:
    """By seven; tegen 7. "Pour le 7" and "op 7" are days."""
    start, end = found.place
    said = {t.symbol for t in found.tokens[start : end - 1]}
    return said == {"BY"} and nth <= _HOURS and found.language != "fr"


def _nth_of_which_month(found: Found) -> DayItem:
    year, month = month_from(found.today, 1 if found.symbol("w", "v") == "NEXT" else 0)
    try:
        return _exact(found, date(year, month, _nth(found)))
    except ValueError:
        return _exact(found, None)


def _weekday_nth(found: Found) -> DayItem | None:
    """Friday the 27th: when that is a Friday."""
    day = nth_of_coming_month(found.today, _nth(found))
    if day is not None and day.weekday() == found.value("d"):
        return _exact(found, day)
    if found.symbol("n") == "DAYNUM":
        return None
    if day is None:
        return _exact(found, None)
    return mismatch(found.place, day, found.value("d"))


def mismatch(place: tuple[int, int], day: date, weekday: int) -> DayItem:
    """A date that is another weekday than was said: the nearest such weekday, or the date."""
    off = (weekday - day.weekday() + 3) % 7 - 3
    return DayItem(*place, code="day_mismatch", choice=(day + timedelta(days=off), day))


def _month_of(found: Found) -> tuple[int, int]:
    if found.has("m"):
        return of_month(found.today, found.value("m"), _year(found))
    return month_from(found.today, 1 if found.symbol("w", "v") == "NEXT" else 0)


def _part_of_month(found: Found) -> DayItem:
    part = found.symbol("p") or "END"
    return day_item(
        found,
        part_of_month("MID" if part == "HALF" else "END" if part == "MONTHEND" else part, *_month_of(found)),
    )


def _end_of_period(found: Found) -> DayItem:
    later = 1 if found.symbol("w", "v") == "NEXT" else 0
    if found.symbol("u") == "YEARS":
        return day_item(found, last_bank_day(found.today.year + later, 12))
    quarter = (found.today.month - 1) // 3 + later
    return day_item(found, last_bank_day(found.today.year + quarter // 4, quarter % 4 * 3 + 3))


def _end_of_year(found: Found) -> DayItem:
    return day_item(found, last_bank_day(found.value("y") // 100, 12))


def _last_of_month(found: Found) -> DayItem:
    return day_item(found, last_bank_day(*_month_of(found)))


def _nth_workday(found: Found) -> DayItem:
    year, month = _month_of(found)
    return day_item(found, add_bank_days(date(year, month, 1) - timedelta(days=1), min(_nth(found), 23)))


def _nth_weekday_of_month(found: Found) -> DayItem:
    nth = 0 if found.symbol("n") == "LAST" else found.value("n")
    return day_item(found, nth_weekday(*_month_of(found), found.value("d"), nth))


def _vague_month(found: Found) -> DayItem:
    return day_item(found, None, "effort" if found.token("m").word == "may" else "which_day")


MONTHS: list[Rule] = [
    *rules(_day_of_month_named, f"{_ON} (?P<n>NTH) LINK* (?P<m>MONTH) (?:(?P<y>YEARNUM)(?!CURRENCY))?"),
    *rules(_day_of_month_named, "(?P<m>MONTH) THE? (?P<n>RANK) (?:COMMA? (?P<y>YEARNUM)(?!CURRENCY))?"),
    *rules(
        _day_of_month_named,
        "(?P<m>MONTH) THE? (?P<n>DAYNUM)(?!NOTADAY) (?:COMMA? (?P<y>YEARNUM)(?!CURRENCY))?",
        only="en",
    ),
    *rules(_full_date, "(?P<n>DATE)"),
    *rules(_day_month, "(?:ON|THE|BY|FROM)* (?P<n>DAYMONTH)"),
    *rules(_point_date, "(?:ON|THE|BY|FROM)+ (?P<n>DECIMAL)(?!CURRENCY|HOUR)"),
    *rules(
        _nth_of_month,
        "(?:THE|ON|BY|FROM)* (?P<n>RANK) (?!NOTADAY|LINK+MONTH|LINK*WHICH?MONTHS)",
        "(?:THE|ON|BY|FROM)+ (?P<n>DAYNUM) (?!NOTADAY|HALF)",
    ),
    *rules(
        _nth_of_which_month,
        f"{_ON} (?P<n>RANK) LINK* (?P<w>WHICH)? MONTHS (?P<v>WHICH)?",
        f"{_ON} (?P<n>DAYNUM) LINK+ (?P<w>WHICH)? MONTHS (?P<v>WHICH)?",
        "(?P<w>WHICH) MONTHS COMMA? LINK* (?P<n>RANK) (?!NOTADAY)",
        "(?P<w>WHICH) MONTHS COMMA? LINK+ (?P<n>DAYNUM) (?!NOTADAY)",
        "THE? MONTHS (?P<v>WHICH) COMMA? LINK* (?P<n>RANK) (?!NOTADAY)",
        "THE? MONTHS (?P<v>WHICH) COMMA? LINK+ (?P<n>DAYNUM) (?!NOTADAY)",
    ),
    *rules(_weekday_nth, "(?P<d>WEEKDAY) (?:THE|ON)* (?P<n>NTH) (?!NOTADAY|LINK*MONTH|LINK+WHICH?MONTHS)"),
    *rules(
        _part_of_month,
        f"(?P<p>PART) LINK* {_OF_MONTH}(?!CURRENCY)",
        "(?P<p>PART) LINK* MONTHS LINK* (?P<m>MONTH)",
        "(?P<p>MONTHEND) LINK* (?P<m>MONTH)?",
    ),
    *rules(_end_of_period, "END LINK* (?P<w>WHICH)? (?P<u>YEARS|QUARTERS) (?P<v>WHICH)?"),
    *rules(_end_of_period, "(?:THE|BY|IN)* (?P<u>YEARS|QUARTERS) END", only="en"),
    *rules(
        _end_of_period, f"{_ON} LAST (?:DAY|WORKDAY) LINK* (?P<w>WHICH)? (?P<u>YEARS|QUARTERS) (?P<v>WHICH)?"
    ),
    *rules(_end_of_year, "END LINK* (?P<y>YEARNUM)(?!CURRENCY)"),
    *rules(_last_of_month, f"{_ON} LAST (?:DAY|WORKDAY) LINK* {_OF_MONTH}"),
    *rules(_nth_workday, f"{_ON} (?P<n>RANK) WORKDAY LINK* {_OF_MONTH}"),
    *rules(_nth_weekday_of_month, f"{_ON} (?P<n>LAST|RANK) (?P<d>WEEKDAY) LINK* {_OF_MONTH}"),
    *rules(_vague_month, "(?P<m>MONTH) YEARNUM?"),
]
