"""What is typed as a day or an amount."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.values.typed import typed_cents, typed_date, typed_number
from beluur.words.writing import amount_text, date_text


@pytest.mark.parametrize(
    "typed",
    ["eind vd maand", "Eind van de maand", "eind maand", "einde v/d maand", "fin du mois", "end of the month",
     "end of month"],
)  # fmt: skip
def test_the_end_of_the_month_is_its_last_day(typed):
    assert typed_date(typed, date(2026, 11, 22)) == date(2026, 11, 30)
    assert typed_date(typed, date(2028, 2, 29)) == date(2028, 2, 29)


@pytest.mark.parametrize("typed", ["zsm", "snel", "eind", "maand", "begin van de maand"])
def test_what_is_vague_is_no_day(typed):
    assert typed_date(typed, date(2026, 11, 22)) is None


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        pytest.param("1.234,50", 123_450, id="as the Dutch write it"),
        pytest.param("1\u202f234,50", 123_450, id="as the French write it, with a narrow space"),
        pytest.param("1 234,50 €", 123_450, id="as the French type it"),
        pytest.param("€1,234.50", 123_450, id="as the English write it"),
        pytest.param("1,234,567.89", 123_456_789, id="more than a million in English"),
        pytest.param("1,234", None, id="a comma before three digits is not clear"),
        pytest.param("1.234", 123_400, id="a point before three digits is of thousands"),
    ],
)
def test_an_amount_is_read_in_the_notation_of_each_screen(typed, cents):
    assert typed_cents(typed) == cents


@given(st.integers(0, 10**9), st.sampled_from(["nl", "fr", "en"]))
def test_an_amount_that_we_write_is_read_back(cents, language):
    assert typed_cents(amount_text(cents, language)) == cents


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        pytest.param("1er décembre", date(2026, 12, 1), id="the first as the French write it"),
        pytest.param("mar. 1er déc. 2026", date(2026, 12, 1), id="with its weekday and year"),
        pytest.param("11er déc", None, id="no other day is written so"),
        pytest.param("2er déc", None, id="not the second either"),
    ],
)
def test_the_first_of_a_month_in_french(typed, day):
    assert typed_date(typed, date(2026, 11, 22)) == day


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.sampled_from(["nl", "fr", "en"]))
def test_a_day_that_we_write_is_read_back(day, language):
    assert typed_date(date_text(day, language), date(2026, 11, 22)) == day


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        pytest.param("17", 17, id="digits"),
        pytest.param("0", 0, id="nothing is a number too"),
        pytest.param("²", None, id="a sign that Python calls a digit and cannot read"),
        pytest.param("١٢", None, id="digits of another script"),
        pytest.param("-1", None, id="less than nothing"),
        pytest.param("1 OR 1", None, id="words"),
        pytest.param("9" * 19, None, id="more than a database holds"),
        pytest.param("", None, id="nothing typed"),
    ],
)
def test_a_number_is_plain_digits(typed, number):
    assert typed_number(typed) == number
