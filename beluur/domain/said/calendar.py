"""Days counted from today as people count them. Each gives a day, or the code of why there is none."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from beluur.law.days import easter, next_bank_day, previous_bank_day

GONE_DAYS = 92  # a day without a year that was there in the last three months is the one that is gone


def coming(today: date, weekday: int) -> date:
    """The first such weekday after today, one to seven days away."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def in_week(today: date, weekday: int, weeks: int) -> date:
    """That weekday of this week (0), of next week (1): weeks begin on Monday."""
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def month_from(today: date, months: int) -> tuple[int, int]:
    """(year, month) that many months on."""
    number = today.year * 12 + today.month - 1 + months
    return number // 12, number % 12 + 1


def last_bank_day(year: int, month: int) -> date:
    """The last day of a month on which banks settle."""
    return previous_bank_day(date(year, month, monthrange(year, month)[1]))


def part_of_month(part: str, year: int, month: int) -> date:
    """``BEGIN``: its first bank day; ``MID``: the 15th; ``END``: its last bank day."""
    if part == "END":
        return last_bank_day(year, month)
    return next_bank_day(date(year, month, 1)) if part == "BEGIN" else date(year, month, 15)


def of_month(today: date, month: int, year: int | None) -> tuple[int, int]:
    """(year, month) of a month by its name: this one or the coming one; the one that is gone when that is less than three
    months ago, so that it is found to be in the past and not taken for next year's."""
    if year is not None:
        return year, month
    ago = (today.month - month) % 12
    if 0 < ago <= 3:
        return month_from(today, -ago)
    return today.year + (month < today.month), month


def day_and_month(today: date, day: int, month: int, year: int | None) -> date | None:
    """The coming such day (today included), or the one that was there in the last three months; None for 31 February."""
    if year is not None:
        return _day(year, month, day)
    before, this = _day(today.year - 1, month, day), _day(today.year, month, day)
    gone = next((d for d in (before, this) if d and 0 < (today - d).days <= GONE_DAYS), None)
    if gone or (this and this >= today):
        return gone or this
    if this is None and today.month - month <= 3:
        return None  # 29 February, said in this January or May: he is mistaken, and does not mean next year's
    return _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nth_of_coming_month(today: date, day: int) -> date | None:
    """The 15th: of this month when it is still to come, else of the next; None when that month has no such day."""
    year, month = (today.year, today.month) if day >= today.day else month_from(today, 1)
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def feast(today: date, on: str) -> date:
    """The coming day of a feast, today included; ``on``: MM-DD, or ``easter`` with so many days after it, signed."""
    days = (_feast_in(year, on) for year in (today.year, today.year + 1))
    return next(day for day in days if day >= today)


def _feast_in(year: int, on: str) -> date:
    if on.startswith("easter"):
        return easter(year) + timedelta(days=int(on.removeprefix("easter")))
    return date(year, int(on[:2]), int(on[3:]))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The ``nth`` such weekday of a month; 0 for the last; None when there is none."""
    length = monthrange(year, month)[1]
    days = [d for n in range(1, length + 1) if (d := date(year, month, n)).weekday() == weekday]
    return days[nth - 1] if nth <= len(days) else None
