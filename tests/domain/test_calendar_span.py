"""Which days a look at the calendar takes in."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.calendar_span import FIRST, LAST, MONTH, WEEK, beside, days_of, monday, within

SOME = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("shape", "day", "first", "last"),
    [
        pytest.param(
            WEEK, date(2026, 11, 29), date(2026, 11, 23), date(2026, 11, 29), id="Sunday ends a week"
        ),
        pytest.param(
            WEEK, date(2026, 3, 29), date(2026, 3, 23), date(2026, 3, 29), id="the clock goes forward"
        ),
        pytest.param(MONTH, date(2026, 11, 10), date(2026, 10, 26), date(2026, 12, 6), id="six weeks"),
        pytest.param(MONTH, date(2027, 2, 28), date(2027, 2, 1), date(2027, 2, 28), id="four weeks exactly"),
    ],
)
def test_the_days_that_are_shown(shape, day, first, last):
    days = days_of(shape, day)
    assert (days[0], days[-1]) == (first, last)


@given(SOME, st.sampled_from([WEEK, MONTH]))
def test_whole_weeks_one_day_after_the_other_with_the_day_in_them(day, shape):
    days = days_of(shape, day)
    assert day in days
    assert len(days) % 7 == 0
    assert [monday(d) for d in days[::7]] == list(days[::7])
    assert all(b - a == timedelta(days=1) for a, b in pairwise(days))


@given(SOME, st.sampled_from([WEEK, MONTH]))
def test_later_and_then_earlier_is_where_one_was(day, shape):
    _, after = beside(shape, day)
    assert beside(shape, after)[0] in days_of(shape, day)


def test_nobody_looks_beyond_the_calendar():
    assert (within(date.min), within(date.max)) == (FIRST, LAST)
    assert days_of(MONTH, within(date.max))
    assert days_of(WEEK, within(date.min))
