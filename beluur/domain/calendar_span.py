"""Which days a look at the calendar takes in: a week from Monday to Sunday, or the weeks in which a month lies."""

from __future__ import annotations

from datetime import date, timedelta

from beluur.law.days import add_months

WEEK, MONTH = "week", "month"
FIRST, LAST = date(2000, 1, 3), date(2100, 1, 3)  # Mondays; further nobody looks


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def days_of(shape: str, day: date) -> tuple[date, ...]:
    """The days that are shown with ``day``: seven, or for a month whole weeks, 28 to 42."""
    if shape != MONTH:
        return tuple(monday(day) + timedelta(days=n) for n in range(7))
    first = day.replace(day=1)
    start, end = monday(first), add_months(first, 1)
    weeks = -(-(end - start).days // 7)
    return tuple(start + timedelta(days=n) for n in range(weeks * 7))


def beside(shape: str, day: date) -> tuple[date, date]:
    """The same day a week, or the first a month, earlier and later."""
    if shape == MONTH:
        return add_months(day.replace(day=1), -1), add_months(day.replace(day=1), 1)
    return day - timedelta(days=7), day + timedelta(days=7)


def within(day: date) -> date:
    """``day``, or the nearest that may be looked at."""
    return min(max(day, FIRST), LAST)
