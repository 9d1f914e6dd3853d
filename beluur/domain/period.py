"""The period that figures are of: one of six, by its name in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
_YEAR = 12


class PeriodName(StrEnum):
    """As in the address."""

    MONTH = "maand"
    LAST_MONTH = "vorige-maand"
    QUARTER = "kwartaal"
    LAST_QUARTER = "vorig-kwartaal"
    YEAR = "jaar"
    TWELVE_MONTHS = "twaalf-maanden"


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both included; days of the administration."""

    name: PeriodName
    first: date
    last: date


def period(name: str, today: date) -> Period:
    """The one of that name on ``today``, which is its last day if it still runs; this quarter when there is no such."""
    known = PeriodName(name) if name in set(PeriodName) else PeriodName.QUARTER
    month = today.replace(day=1)
    quarter = month.replace(month=(today.month - 1) // 3 * 3 + 1)
    match known:
        case PeriodName.MONTH:
            return Period(known, month, today)
        case PeriodName.LAST_MONTH:
            return Period(known, (month - DAY).replace(day=1), month - DAY)
        case PeriodName.QUARTER:
            return Period(known, quarter, today)
        case PeriodName.LAST_QUARTER:
            end = quarter - DAY
            return Period(known, end.replace(day=1, month=end.month - 2), end)
        case PeriodName.YEAR:
            return Period(known, today.replace(month=1, day=1), today)
    return Period(known, _months_before(month, _YEAR - 1), today)


def _months_before(first_of_month: date, months: int) -> date:
    counted = first_of_month.year * _YEAR + first_of_month.month - 1 - months
    return date(counted // _YEAR, counted % _YEAR + 1, 1)
