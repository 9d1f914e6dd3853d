"""Holidays, working days and bank days."""

import csv
from datetime import date
from pathlib import Path

import pytest

from beluur.law.days import (
    add_bank_days,
    add_working_days,
    easter,
    holiday_name,
    is_bank_day,
    is_working_day,
    next_bank_day,
    public_holidays,
)

SHARED = Path(__file__).parents[3] / "shared" / "law"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared tables of law are not here")


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        pytest.param("NL", date(2026, 4, 27), "Koningsdag", id="King's day is 27 April"),
        pytest.param(
            "NL", date(2025, 4, 26), "Koningsdag", id="King's day moves to Saturday when it is a Sunday"
        ),
        pytest.param("NL", date(2025, 4, 27), "", id="and is then not on the Sunday itself"),
        pytest.param("NL", date(2026, 5, 5), "Bevrijdingsdag", id="5 May is a holiday by law every year"),
        pytest.param("NL", date(2026, 4, 3), "", id="Good Friday is no day off in NL"),
        pytest.param("BE", date(2026, 4, 3), "", id="nor in BE, where only the banks close"),
        pytest.param("BE", date(2026, 7, 21), "Nationale feestdag", id="21 July in BE"),
        pytest.param("NL", date(2026, 7, 21), "", id="21 July is an ordinary day in NL"),
        pytest.param(
            "BE", date(2026, 12, 26), "", id="26 December is a working day in BE, were it not a Saturday"
        ),
        pytest.param("XX", date(2026, 1, 1), "", id="a country that nobody knows has no holidays"),
    ],
)
def test_holiday(country, day, name):
    assert holiday_name(day, country) == name


def test_other_countries_come_from_the_package():
    assert holiday_name(date(2026, 10, 3), "DE")


@pytest.mark.parametrize(("year", "day"), [(2024, (3, 31)), (2026, (4, 5)), (2038, (4, 25)), (2285, (3, 22))])
def test_easter(year, day):
    assert easter(year) == date(year, *day)


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        pytest.param(date(2026, 11, 23), 1, date(2026, 11, 24), id="Monday and one"),
        pytest.param(date(2026, 11, 27), 1, date(2026, 11, 30), id="Friday and one is Monday"),
        pytest.param(date(2026, 11, 28), 0, date(2026, 11, 30), id="Saturday and none is Monday"),
        pytest.param(date(2026, 5, 13), 1, date(2026, 5, 15), id="Ascension Day is skipped"),
        pytest.param(date(2026, 11, 23), 5, date(2026, 11, 30), id="five working days are a week"),
    ],
)
def test_working_days_in_nl(start, n, expected):
    assert add_working_days(start, n, "NL") == expected


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        pytest.param(
            date(2026, 4, 2), 1, date(2026, 4, 7), id="Good Friday and Easter Monday are no bank days"
        ),
        pytest.param(date(2026, 5, 13), 1, date(2026, 5, 14), id="Ascension Day is one"),
        pytest.param(date(2026, 12, 24), 1, date(2026, 12, 28), id="over Christmas"),
    ],
)
def test_bank_days(start, n, expected):
    assert add_bank_days(start, n) == expected


def test_the_bank_day_of_a_weekend_is_the_monday():
    assert next_bank_day(date(2026, 11, 28)) == date(2026, 11, 30)


@needs_shared
def test_holidays_are_those_of_the_shared_table():
    for row in csv.DictReader((SHARED / "holidays_nl_be_2024_2029.csv").open(encoding="utf-8")):
        day = date.fromisoformat(row["date"])
        expected = row["legal_holiday"].startswith(("yes", "Sunday"))
        assert bool(holiday_name(day, row["country"])) is expected, row


@needs_shared
def test_no_other_weekday_is_a_holiday():
    rows = list(csv.DictReader((SHARED / "holidays_nl_be_2024_2029.csv").open(encoding="utf-8")))
    for country in ("NL", "BE"):
        listed = {date.fromisoformat(r["date"]) for r in rows if r["country"] == country}
        ours = {day for year in range(2024, 2030) for day in public_holidays(country, year)}
        assert ours <= listed


@needs_shared
def test_bank_closing_days_are_those_of_the_shared_table():
    rows = csv.DictReader((SHARED / "target2_closing_days_2024_2029.csv").open(encoding="utf-8"))
    listed = {date.fromisoformat(r["date"]) for r in rows}
    weekdays = {d for y in range(2024, 2030) for d in public_holidays("T2", y) if d.weekday() < 5}
    assert weekdays == {d for d in listed if d.weekday() < 5}
    assert not any(is_bank_day(d) for d in listed)


def test_a_working_day_is_neither_weekend_nor_holiday():
    assert is_working_day(date(2026, 11, 23), "NL")
    assert not is_working_day(date(2026, 11, 22), "NL")
    assert not is_working_day(date(2026, 11, 11), "BE")
