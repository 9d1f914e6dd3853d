"""How a customer pays, in one honest line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.behaviour import Behaviour, Paid, Trend, behaviour
from beluur.words import render

TODAY = date(2026, 11, 23)


def paid(*days_late: int, ago: int = 30) -> list[Paid]:
    """Invoices paid from ``ago`` days ago, one a day, each so many days late."""
    days = [TODAY - timedelta(days=ago - n) for n in range(len(days_late))]
    return [Paid(on - timedelta(days=late), on, 100_00) for on, late in zip(days, days_late, strict=True)]


SAID = [
    pytest.param([], 0, 0, "Nog geen betaalde facturen bekend", id="nothing is known"),
    pytest.param(paid(9, 9), 0, 0, "Te weinig bekend: 2 betaalde facturen", id="two are too few"),
    pytest.param(paid(9), 0, 0, "Te weinig bekend: 1 betaalde factuur", id="one is too few"),
    pytest.param(
        paid(0, -3, 0), 0, 0, "Eerste keer te laat: 3 facturen op tijd betaald", id="always in time so far"
    ),
    pytest.param(
        paid(0, 0, 0, 20), 0, 0, "Betaalt meestal op tijd (3 van 4 facturen)", id="in time but for once"
    ),
    pytest.param(
        paid(5, 9, 14, 40),
        0,
        0,
        "Betaalt meestal 9 dagen te laat (5–14, 4 facturen)",
        id="late, with the spread",
    ),
    pytest.param(
        paid(-2, 1, 1),
        0,
        0,
        "Betaalt meestal 1 dag te laat (0–1, 3 facturen)",
        id="early is not below in time",
    ),
    pytest.param(
        paid(5, 9, 14),
        3,
        4,
        "Betaalt meestal 9 dagen te laat (5–14, 3 facturen), 3 van 4 afspraken nagekomen",
        id="with his promises",
    ),
    pytest.param(
        [],
        1,
        1,
        "Nog geen betaalde facturen bekend, 1 van 1 afspraak nagekomen",
        id="only a promise is known",
    ),
    pytest.param(
        paid(2, 2, 2, 2, ago=200) + paid(12, 12, 12, 12),
        0,
        0,
        "Betaalt meestal 2 dagen te laat (2–12, 8 facturen), de laatste tijd later (eerst 2, nu 12)",
        id="slower of late",
    ),
    pytest.param(
        paid(12, 12, 12, 12, ago=200) + paid(2, 2, 2, 2),
        0,
        0,
        "Betaalt meestal 2 dagen te laat (2–12, 8 facturen), de laatste tijd sneller (eerst 12, nu 2)",
        id="faster of late",
    ),
]


@pytest.mark.parametrize(("known", "kept", "made", "said"), SAID)
def test_the_line_says(known, kept, made, said):
    assert render(behaviour(known, TODAY, kept=kept, made=made).sentence) == said


TRENDS = [
    pytest.param(paid(2, 2, 2, ago=200) + paid(12, 12, 12, 12), None, id="three before are too few"),
    pytest.param(paid(2, 2, 2, 2, ago=200) + paid(12, 12, 12), None, id="three since are too few"),
    pytest.param(paid(2, 2, 2, 2, ago=200) + paid(4, 4, 4, 4), None, id="two days are chance"),
    pytest.param(paid(2, 2, 2, 2, ago=200) + paid(5, 5, 5, 5), Trend(2, 5), id="three days are a change"),
]


@pytest.mark.parametrize(("known", "trend"), TRENDS)
def test_a_trend_is_told_only_when_the_numbers_allow(known, trend):
    assert behaviour(known, TODAY).trend == trend


def test_what_is_older_than_a_year_no_longer_counts():
    assert behaviour(paid(30, 30, 30, ago=400), TODAY) == Behaviour()


@given(st.lists(st.integers(-60, 400), min_size=3, max_size=40))
def test_the_middle_lies_in_the_middle_half_and_occurred(days):
    known = behaviour([Paid(TODAY - timedelta(days=d), TODAY, 1) for d in days], TODAY)
    assert known.low <= known.middle <= known.high
    assert {known.low, known.middle, known.high} <= set(days)
    assert known.in_time == sum(d <= 0 for d in days)
    assert not any(gap in render(known.sentence) for gap in "[]")
