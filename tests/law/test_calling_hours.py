"""Who may be called at which hours."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from beluur.law.calling_hours import hours, next_allowed, rules

MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 22)
KINGS_DAY, BE_HOLIDAY = date(2026, 4, 27), date(2026, 11, 11)

COLLECTOR = {"person": True, "agency": True}
OWN_CLAIM = {"person": True, "agency": False}
BUSINESS = {"person": False, "agency": False}


@pytest.mark.parametrize(
    ("country", "who", "day", "at", "allowed", "binding"),
    [
        pytest.param(
            "NL", COLLECTOR, MONDAY, time(6, 59), False, True, id="a Dutch collector not before seven"
        ),
        pytest.param("NL", COLLECTOR, MONDAY, time(7), True, True, id="a Dutch collector from seven"),
        pytest.param(
            "NL", COLLECTOR, MONDAY, time(20), False, True, id="a Dutch collector not at eight in the evening"
        ),
        pytest.param("NL", COLLECTOR, SATURDAY, time(12), True, True, id="a Dutch collector on a Saturday"),
        pytest.param("NL", COLLECTOR, SUNDAY, time(12), False, True, id="a Dutch collector not on a Sunday"),
        pytest.param(
            "NL", COLLECTOR, KINGS_DAY, time(12), False, True, id="a Dutch collector not on a public holiday"
        ),
        pytest.param(
            "NL",
            COLLECTOR,
            date(2024, 3, 1),
            time(21),
            False,
            False,
            id="before the law of April 2024 decency",
        ),
        pytest.param(
            "NL",
            OWN_CLAIM,
            MONDAY,
            time(21),
            False,
            False,
            id="no law forbids an own claim at nine, decency does",
        ),
        pytest.param(
            "NL", BUSINESS, SUNDAY, time(12), False, False, id="a business on a Sunday: decency, no law"
        ),
        pytest.param(
            "BE", OWN_CLAIM, MONDAY, time(7, 59), False, True, id="a Belgian person not before eight"
        ),
        pytest.param("BE", OWN_CLAIM, MONDAY, time(21), True, True, id="a Belgian person until ten"),
        pytest.param("BE", OWN_CLAIM, MONDAY, time(22), False, True, id="a Belgian person not at ten"),
        pytest.param(
            "BE",
            OWN_CLAIM,
            BE_HOLIDAY,
            time(12),
            True,
            True,
            id="no Belgian law closes a holiday for a person",
        ),
        pytest.param(
            "BE", BUSINESS, MONDAY, time(20), False, False, id="a Belgian business until eight, decency"
        ),
        pytest.param("PT", BUSINESS, MONDAY, time(12), True, False, id="elsewhere decent hours hold"),
    ],
)
def test_hours(country, who, day, at, allowed, binding):
    of_day = hours(country, day=day, **who)
    assert of_day.allow(at) is allowed
    assert of_day.binding is binding


def test_a_closed_day_says_why():
    sunday = hours("NL", day=SUNDAY, **COLLECTOR)
    assert sunday.because.code == "law.day_binding"
    assert sunday.because.params["day"].code == "law.sunday"


@pytest.mark.parametrize(
    ("now", "then"),
    [
        pytest.param((2026, 11, 23, 12, 0), (2026, 11, 23, 12, 0), id="now, when it is allowed now"),
        pytest.param((2026, 11, 23, 6, 0), (2026, 11, 23, 7, 0), id="this morning at seven"),
        pytest.param((2026, 11, 21, 21, 0), (2026, 11, 23, 7, 0), id="Saturday evening waits for Monday"),
        pytest.param(
            (2026, 4, 26, 12, 0), (2026, 4, 28, 7, 0), id="Sunday before King's day waits for Tuesday"
        ),
    ],
)
def test_next_allowed(now, then):
    zone = ZoneInfo("Europe/Amsterdam")
    found = next_allowed(datetime(*now, tzinfo=zone), "NL", **COLLECTOR)
    assert found == datetime(*then, tzinfo=zone)


def test_every_row_names_its_source():
    assert all(rule.source for rule in rules())
    assert len({rule.code for rule in rules()}) == len(rules())
