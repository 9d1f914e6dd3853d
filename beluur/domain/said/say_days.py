"""How days are said by their distance from today: tomorrow, Friday week, within ten days. Semantics: docs/dates-in-words.md. What
can be two days, or none, becomes a code and not a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from beluur.domain.said.calendar import coming, feast, in_week
from beluur.domain.said.grammar import DayItem, Found, Rule, VagueItem, day_item, rules
from beluur.law.days import add_bank_days, add_months, next_bank_day, previous_bank_day

MOST_DAYS = 4000  # further is too far in every calendar
_FRIDAY = 4
_ONE_DAY = 5  # letters that a weekday on an s has when it is one: Tues, thurs
_BEFORE_BARE = frozenset("COMMA AND REST ALL WHOLE YEARNUM DECIMAL CURRENCY FRACTION PERCENT".split())
WEEKS_OF_DAYS = {8: 7, 15: 14}  # huit jours, quinze jours: a week and two, as French counts


def _relative(found: Found) -> DayItem:
    return day_item(found, found.today + timedelta(days=found.value("rel") or 0))


def _weekday(found: Found) -> DayItem:
    """Said on that day itself it is today or a week later, unless it is the coming one."""
    weekday = found.value("d")
    if len(found.token("d").word) > _ONE_DAY and found.token("d").word.endswith("s"):
        return day_item(found, None, "which_day")  # on Fridays: how often?
    day = coming(found.today, weekday)
    if weekday == found.today.weekday() and not (found.has("next") or found.has("then")):
        return DayItem(*found.place, code="today_or_later", choice=(found.today, day), weekday=weekday)
    return DayItem(*found.place, day=day, weekday=weekday)


def _next_weekday(found: Found) -> DayItem:
    """Clear when the coming one is in the next week already; said on a Wednesday, "next Friday" is two days."""
    weekday = found.value("d")
    day = coming(found.today, weekday)
    if day > in_week(found.today, 6, 0) or day == found.today + timedelta(days=7):
        return DayItem(*found.place, day=day, weekday=weekday)
    choice = (day, day + timedelta(days=7))
    return DayItem(*found.place, code="ambiguous_weekday", choice=choice, weekday=weekday)


def _past_weekday(found: Found) -> DayItem:
    return day_item(
        found,
        coming(found.today, found.value("d"))
        - timedelta(days=7 if found.value("d") != found.today.weekday() else 14),
    )


def _weekday_in_week(found: Found) -> DayItem:
    if found.symbol("w") == "COMING":
        return _next_weekday(found)
    weeks = 1 if found.symbol("w") == "NEXT" else 0
    weekday = found.value("d")
    return DayItem(*found.place, day=in_week(found.today, weekday, weeks), weekday=weekday)


def _weekday_of_week_number(found: Found) -> DayItem | None:
    week = found.value("n") // 100
    year = found.today.year + (week < found.today.isocalendar().week - 13)
    try:
        return day_item(found, date.fromisocalendar(year, week, found.value("d") + 1))
    except ValueError:
        return None


def _weekday_and_later(found: Found) -> DayItem:
    """Friday week; vrijdag over acht dagen; vendredi en quinze; a week on Friday."""
    base = found.token("b")
    start = (
        coming(found.today, base.value)
        if base.symbol == "WEEKDAY"
        else found.today + timedelta(days=base.value or 0)
    )
    if found.has("p"):
        token = found.token("p")
        days = token.value if token.symbol == "PLUSWEEKS" else 14 if token.symbol == "FORTNIGHT" else 7
    else:
        count = _count(found)
        days = count * 7 if found.symbol("u") == "WEEK" else WEEKS_OF_DAYS.get(count, count)
        if count > 99 or (days % 7 and base.symbol == "WEEKDAY"):
            return day_item(found, None, "no_such_day")
    return day_item(found, start + timedelta(days=days))


def _count(found: Found) -> int:
    value = found.value("n")
    return 1 if value is None else min(value // 100, MOST_DAYS)


def _later(found: Found) -> DayItem | None:
    """Over 2 weken, within 10 days, sous quinzaine: the last day of it."""
    n, unit = _count(found), found.symbol("u")
    if found.symbol("n") == "ONE" and found.match.end() - found.match.start() == 2:
        return None  # "a week" and nothing more
    if unit == "DAY" and found.language == "fr":
        n = WEEKS_OF_DAYS.get(n, n)
    far = n * {"DAY": 1, "WEEK": 7, "WORKDAY": 2, "MONTHS": 31, "YEARS": 366}[unit] > MOST_DAYS
    if found.has("ago"):
        return day_item(found, None if far else _earlier(found.today, n, unit))
    if found.has("half") or (not found.has("in") and not _may_be_bare(found)):
        return day_item(found, None, "which_day")
    if far:
        return day_item(found, None, "too_far")
    if unit == "WORKDAY":
        return day_item(found, add_bank_days(found.today, n))
    if unit in ("MONTHS", "YEARS"):
        return day_item(found, add_months(found.today, n * (12 if unit == "YEARS" else 1)))
    return day_item(found, found.today + timedelta(days=n * (7 if unit == "WEEK" else 1)))


def _earlier(today: date, n: int, unit: str) -> date:
    if unit in ("MONTHS", "YEARS"):
        return add_months(today, -n * (12 if unit == "YEARS" else 1))
    return today - timedelta(days=n * (7 if unit == "WEEK" else 1))


def _may_be_bare(found: Found) -> bool:
    """Whether "two weeks" answers the question of when: first, after "yes", an amount or a pause. "Our terms are two weeks" does
    not."""
    start = found.place[0]
    before = found.tokens[start - 1].symbol if start else ""
    return start == 0 or before in _BEFORE_BARE or (start == 1 and before == "FILL")


def _lasting(found: Found) -> DayItem:
    """The last two weeks; since Friday: a time that is gone."""
    return day_item(found, None, "which_day")


def _hours_later(found: Found) -> DayItem | None:
    """Within 48 hours: the second day; fewer than a day's is an hour."""
    token = found.token("n")
    hours = int(re.sub(r"\D", "", token.word)) if token.symbol == "CLOCK" else token.value // 100
    if ":" in token.word or hours % 24 or not 24 <= hours <= 240:
        return None
    return day_item(found, found.today + timedelta(days=hours // 24))


def _day_or_hour(found: Found) -> VagueItem | None:
    """Friday before 4: o'clock, or the 4th. "Pour le 4" is the 4th."""
    if found.token("by").word.endswith(("le", "la", "au")):
        return None
    return VagueItem(*found.place, code="unclear_number")


def _fortnight(found: Found) -> DayItem:
    return day_item(found, found.today + timedelta(days=7 if found.symbol("u") == "EIGHT" else 14))


def _part_of_week(found: Found) -> DayItem:
    if found.symbol("p") != "END" or found.symbol("w", "v") == "COMING":
        return day_item(found, None, "which_weekday")
    return day_item(found, in_week(found.today, _FRIDAY, 1 if found.symbol("w", "v") == "NEXT" else 0))


def _next_workday(found: Found) -> DayItem:
    return day_item(found, add_bank_days(found.today, 1))


def _before_weekend(found: Found) -> DayItem:
    if found.today.weekday() > _FRIDAY:
        return day_item(found, None, "which_day")
    return day_item(found, in_week(found.today, _FRIDAY, 0))


def _vague_week(found: Found) -> DayItem:
    return day_item(found, None, "which_weekday")


def _vague_period(found: Found) -> DayItem:
    week = found.symbol("u") == "WEEK"
    return day_item(found, None, "which_weekday" if week else "which_day")


def _few_days(found: Found) -> DayItem:
    return day_item(found, None, "few_days")


def _vague_day(found: Found) -> DayItem:
    return day_item(found, None, found.value("code"))


def _counted_on(found: Found) -> DayItem:
    """The Friday after that: counted from a day that was said before."""
    return day_item(found, None, "which_day")


def _feast(found: Found) -> DayItem:
    """A day that has a name is that day. A time ("at Christmas"), or after one, is asked back, with the day that he may mean."""
    on, time = found.value("f")
    day = feast(found.today, on)
    if found.has("after"):
        last = day + timedelta(days=1) if time and on != "01-01" else day
        return DayItem(*found.place, code="after_event", choice=(add_bank_days(last, 1),))
    if not time:
        return day_item(found, day)
    if found.has("by"):
        day = previous_bank_day(day - timedelta(days=1))
    return DayItem(*found.place, code="which_day", choice=(next_bank_day(day),))


def _after(found: Found) -> DayItem:
    return day_item(found, None, "after_event")


_PREFIX = "(?:IN|WITHIN|BY|THE|OF)*"
DAYS: list[Rule] = [
    *rules(_relative, "(?P<rel>REL|NOW)"),
    *rules(_weekday, "(?:THIS|(?P<next>COMING)|NOW)? (?P<d>WEEKDAY) (?:(?P<then>COMING)|THIS)?"),
    *rules(_next_weekday, "NEXT (?P<d>WEEKDAY)", "(?P<d>WEEKDAY) NEXT"),
    *rules(_past_weekday, "(?:PREV|LAST) (?P<d>WEEKDAY)", "(?P<d>WEEKDAY) (?:PREV|LAST)"),
    *rules(
        _weekday_in_week,
        "(?P<d>WEEKDAY) COMMA? LINK* (?P<w>WHICH) WEEK",
        "(?P<d>WEEKDAY) COMMA? LINK* WEEK (?P<w>WHICH)",
        "(?P<w>WHICH) WEEK (?:COMMA|LINK|BY)* (?P<d>WEEKDAY)",
        "WEEK (?P<w>WHICH) (?:COMMA|LINK|BY)* (?P<d>WEEKDAY)",
    ),
    *rules(
        _weekday_of_week_number,
        "(?P<d>WEEKDAY) LINK* WEEK (?P<n>NUM)",
        "LINK* WEEK (?P<n>NUM) LINK* (?P<d>WEEKDAY)",
    ),
    *rules(
        _weekday_and_later,
        "(?P<b>WEEKDAY|REL|NOW) (?:IN|WITHIN) (?P<n>COUNT) (?P<u>WEEK|DAY)",
        "(?P<b>WEEKDAY|REL|NOW) (?P<p>PLUSWEEKS)",
    ),
    *rules(_weekday_and_later, "(?P<b>WEEKDAY|REL) (?P<p>WEEK|FORTNIGHT)", only="en"),
    *rules(
        _weekday_and_later,
        "(?:IN|ON)* (?P<n>COUNT) (?P<u>WEEK) (?:ON|FROM|LINK)* (?P<b>WEEKDAY|REL|NOW)",
        only="en",
    ),
    *rules(
        _later,
        f"(?:THE|OF)* (?:(?P<in>IN|WITHIN|BY) (?:{_PREFIX} WHICH?)*)? (?P<n>COUNT|WHOLE) (?P<u>UNIT) (?P<ago>AGO)?",
        f"{_PREFIX} (?P<n>ONE) (?P<u>UNIT) (?P<half>HALFAFTER)",
        "(?P<ago>AGO) (?P<n>COUNT|WHOLE) (?P<u>UNIT)",
    ),
    *rules(
        _lasting,
        "(?:PREV|LAST) (?:COUNT|WHOLE) UNIT",
        "(?:COUNT|WHOLE) (?:PREV|LAST) UNIT",
        "AGO (?:THE|ON)* (?:WEEKDAY|MONTH)?",
    ),
    *rules(
        _hours_later,
        "(?:IN|WITHIN) (?:THE|OF)* (?P<n>DAYNUM|WHOLE) HOUR",
        "(?:IN|WITHIN) (?:THE|OF)* (?P<n>CLOCK) HOUR?",
    ),
    *rules(
        _day_or_hour,
        "(?:WEEKDAY|REL) (?P<by>BY) DAYNUM (?!NOTADAY)",
        "(?P<by>BY) DAYNUM ON? (?:WEEKDAY|REL)",
    ),
    *rules(_fortnight, "(?:IN|WITHIN|BY|THE|ONE)* (?P<u>FORTNIGHT|EIGHT)"),
    *rules(_counted_on, "WHICH? WEEKDAY THEREAFTER", "(?:ONE|NUM)? UNIT THEREAFTER"),
    *rules(_few_days, f"{_PREFIX} (?:ONE? SOME|DAYMONTH) UNIT"),
    *rules(_part_of_week, "(?P<p>PART) LINK* (?P<w>WHICH)? WEEK (?P<v>WHICH)?"),
    *rules(
        _next_workday, "(?:NEXT|COMING) WORKDAY", "WORKDAY (?:NEXT|COMING)", "ORDWORD (?:NEXT|COMING) WORKDAY"
    ),
    *rules(_before_weekend, "BY LINK* THIS? WEEKEND"),
    *rules(_vague_week, "WEEK NUM"),
    *rules(_vague_period, "WHICH? (?P<u>WEEKEND) WHICH?"),
    *rules(
        _vague_period,
        "(?:WHICH|PREV|LAST)? (?P<u>PERIOD) (?:WHICH|PREV)?",
        "(?P<u>BEGIN|MID) LINK* WHICH? (?:YEARS|QUARTERS) WHICH?",
        "IN (?P<u>YEARNUM)(?!CURRENCY)",
    ),
    *rules(_vague_day, "(?P<code>VAGUEDAY)"),
    *rules(
        _feast,
        "(?P<after>AFTER) (?:THE|OF|ON)* (?P<f>FEAST)",
        "(?P<by>BY) (?:THE|OF|ON)* (?P<f>FEAST)",
        "(?P<f>FEAST)",
    ),
    *rules(_after, "AFTER"),
]
