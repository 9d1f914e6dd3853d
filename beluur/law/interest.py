"""Wettelijke rente: interest by law over one debt, exact to the cent, with its calculation; and the first day of it.

    interest(rate, cents, first, last, paid=()) -> Interest
        rate    one of `rates.RATES`; the rate for a debtor is `rate_for(country, consumer=)`
        first, last    both are counted; a day on which money came in still counts (BW 6:114 lid 2, 6:119a lid 1)
        paid    (day on the account, cents) of what came in; the debt is lower from the day after
    first_interest_day(country, consumer=, due=, received=, agreed=, notice_end=) -> FirstDay(day or None, because)

Conventions: actual days / 365, leap years too; split where a rate or the debt changes. NL: the interest of each full year,
counted from the first day, is added to the amount that bears interest (6:119 lid 2, 6:119a lid 3); rounded half-up there and at
the end, nowhere else. BE: simple, rounded once. What came in lowers the principal, although the law takes costs and interest
first (BW 6:44, oud BW 1254): the books say on which invoice it was booked, and so it is never more than is owed. No principal
left, no interest. Beyond the days that a table knows nothing is computed: ``stopped`` then says from which day on.

>>> interest(NL_BUSINESS, 200000, date(2026, 6, 20), date(2026, 7, 10)).cents
1182
>>> [(line.days, line.points) for line in interest(NL_BUSINESS, 200000, date(2026, 6, 20), date(2026, 7, 10)).lines]
[(11, 1015), (10, 1040)]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from beluur.law.rates import (
    BE_BUSINESS,
    BE_LEGAL,
    NL_BUSINESS,
    NL_CONSUMER,
    Rate,
    RateSpan,
    rate_table,
    spans,
)
from beluur.values.money import half_up
from beluur.values.sentence import Sentence, say

_DAY = timedelta(days=1)
_YEAR = 365
_WHOLE = 10_000  # hundredths of a percent
_BY_LAW_DAYS = 31  # thirty days after the start of the day after receipt
_COMPOUND = (NL_CONSUMER, NL_BUSINESS)


@dataclass(frozen=True, slots=True)
class InterestLine:
    """``cents`` bore ``rate`` from ``first`` to ``last``, both included; ``exact`` is the interest in cents, unrounded."""

    first: date
    last: date
    cents: int
    rate: Rate
    exact: Fraction

    @property
    def days(self) -> int:
        """Calendar days, the first and the last included."""
        return (self.last - self.first).days + 1

    @property
    def points(self) -> int:
        """Hundredths of a percent a year."""
        return self.rate.points


@dataclass(frozen=True, slots=True)
class Interest:
    """The lines, and ``cents``, which is their sum by the rounding rule. ``added`` is (day, cents) of interest that began to bear
    interest itself. ``stopped`` says which asked days are not in it, None when all are."""

    lines: tuple[InterestLine, ...]
    cents: int
    added: tuple[tuple[date, int], ...] = ()
    stopped: Sentence | None = None


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The first day of interest, or None with the reason that there is none yet."""

    day: date | None
    because: Sentence


def rate_for(country: str, *, consumer: bool) -> str | None:
    """Which of `rates.RATES` holds for a debtor without a clause of his own; None for a country without a table.

    >>> rate_for("BE", consumer=True)
    'be_legal'
    """
    table = {
        ("NL", True): NL_CONSUMER,
        ("NL", False): NL_BUSINESS,
        ("BE", True): BE_LEGAL,
        ("BE", False): BE_BUSINESS,
    }
    return table.get((country, consumer))


def interest(
    rate: str, cents: int, first: date, last: date, paid: Iterable[tuple[date, int]] = ()
) -> Interest:
    """Interest on ``cents`` from ``first`` to ``last``, both included; see the module for the rules.

    Nothing when ``last`` lies before ``first``. ValueError for a negative amount."""
    if cents < 0:
        raise ValueError("no interest on a negative amount")
    came = sorted(paid)
    lines: list[InterestLine] = []
    added: list[tuple[date, int]] = []
    capital = total = 0
    for start, end in _years(rate, first, last):
        year = _lines(spans(rate, start, end), cents, came, capital)
        due = half_up(sum((line.exact for line in year), Fraction(0)))
        lines, total = [*lines, *year], total + due
        if rate in _COMPOUND and end < last and due:
            capital += due
            added.append((end + _DAY, due))
    return Interest(tuple(lines), total, tuple(added), _stopped(rate, first, last))


def _years(rate: str, first: date, last: date) -> Iterable[tuple[date, date]]:
    """The interest years of ``first`` to ``last``; where nothing is added, the whole is one."""
    if first > last:
        return
    if rate not in _COMPOUND:
        yield first, last
        return
    starts = [first]
    while (following := _anniversary(first, len(starts))) <= last:
        starts.append(following)
    yield from ((start, end - _DAY) for start, end in pairwise([*starts, last + _DAY]))


def _anniversary(first: date, years: int) -> date:
    """``first`` so many years later; 1 March when that year has no 29 February."""
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return date(first.year + years, 3, 1)


def _lines(
    within: Sequence[RateSpan], cents: int, came: Sequence[tuple[date, int]], capital: int
) -> list[InterestLine]:
    lines = []
    for span in within:
        changes = sorted({day + _DAY for day, _ in came if span.first <= day < span.last})
        for start, end in pairwise([span.first, *changes, span.last + _DAY]):
            owed = cents - sum(part for day, part in came if day < start)
            if owed > 0:
                days = (end - start).days
                exact = Fraction((owed + capital) * span.points * days, _WHOLE * _YEAR)
                lines.append(InterestLine(start, end - _DAY, owed + capital, span.rate, exact))
    return lines


def _stopped(rate: str, first: date, last: date) -> Sentence | None:
    table = rate_table(rate)
    if first > last:
        return None
    if first < table.known_from:
        return say("law.interest_from", day=table.known_from)
    return say("law.interest_until", day=table.known_to) if last > table.known_to else None


def first_interest_day(
    country: str,
    *,
    consumer: bool,
    due: date | None,
    received: date | None,
    agreed: bool,
    notice_end: date | None = None,
) -> FirstDay:
    """From which day interest by law runs. ``agreed``: the last day ``due`` was agreed, not only printed on the invoice;
    ``received``: the day the invoice came in; ``notice_end``: the last day of the term of a written notice.

    A consumer in BE owes none before the term of a free first reminder has passed (WER XIX.2), whatever was agreed. The reading
    of the due date is literal: one on a Sunday is not moved.

    >>> first_interest_day("NL", consumer=False, due=None, received=date(2024, 1, 30), agreed=False).day
    datetime.date(2024, 3, 1)
    """
    if country == "BE" and consumer:
        return _after_notice(notice_end, "law.interest_be_reminder")
    if agreed and due is not None:
        return FirstDay(due + _DAY, say("law.interest_agreed", due=due))
    if consumer:
        return _after_notice(notice_end, "law.interest_nl_default")
    if received is None:
        return FirstDay(None, say("law.interest_no_day"))
    by_law = received + timedelta(days=_BY_LAW_DAYS)
    if due is not None and due >= by_law:
        return FirstDay(due + _DAY, say("law.interest_later_due", due=due))
    return FirstDay(by_law, say("law.interest_thirty_days", received=received))


def _after_notice(end: date | None, without: str) -> FirstDay:
    if end is None:
        return FirstDay(None, Sentence(without))
    return FirstDay(end + _DAY, say("law.interest_after_notice", end=end))
