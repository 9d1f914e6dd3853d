"""Dates: day first, unless the whole table says otherwise."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.importers.dates import read_dates, read_day

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    "text",
    [
        "03-11-2026", "3/11/2026", "3.11.26",
        "3 11 2026", "2026-11-03", "20261103", "3 november 2026", "3 nov. 2026", "3-nov-26",
        "3 novembre 2026", "November 3, 2026", "di 03-11-2026", "dinsdag 3 november 2026", "2026-11-03T00:00:00",
        "03-11-2026 00:00",
        "46329",
    ],
)  # fmt: skip
def test_ways_to_write_a_day(text: str) -> None:
    assert read_day(text) == DAY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("31-02-2026", "date.impossible", id="31 February"),
        pytest.param("2026-13-01", "date.impossible", id="a thirteenth month"),
        pytest.param("1-1-1899", "date.impossible", id="another century"),
        pytest.param("11-23-2026", "date.month-first", id="month first on its own"),
        pytest.param("volgende week", "date.unreadable", id="words"),
        pytest.param("12", "date.unreadable", id="a number"),
    ],
)
def test_no_day(text: str, code: str) -> None:
    assert read_day(text) == code


@pytest.mark.parametrize("text", ["", " ", "00-00-0000", "0000-00-00", "-"])
def test_empty_day(text: str) -> None:
    assert read_day(text) is None


def test_month_first_for_the_whole_table() -> None:
    due, issued = read_dates([["11/23/2026", "01/02/2026"], ["10/01/2026"]])
    assert due.days == [date(2026, 11, 23), date(2026, 1, 2)]
    assert issued.days == [date(2026, 10, 1)]
    assert due.month_first


def test_one_day_first_settles_it() -> None:
    due, issued = read_dates([["11/23/2026"], ["13/02/2026"]])
    assert due.bad == {0: "date.month-first"}
    assert issued.days == [date(2026, 2, 13)]


def test_cells_of_a_worksheet() -> None:
    (column,) = read_dates([[DAY, datetime(2026, 11, 3, 12), 46329.0, 20261103, "", True]])
    assert column.days == [DAY, DAY, DAY, DAY, None, None]
    assert column.bad == {5: "date.unreadable"}


@given(st.text(max_size=20))
def test_any_text_is_answered(text: str) -> None:
    read_day(text)
    read_day(text, month_first=True)
