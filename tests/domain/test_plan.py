"""The calculator: to the cent, on bank days, and the arithmetic that is said aloud (D11, D13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.commitment import Proposal, ProposedPart, check_promise
from beluur.domain.plan import (
    MOST_PARTS,
    Plan,
    PlannedPart,
    Rhythm,
    Wanted,
    build,
    how_long,
    plan_of,
    rhythm_of,
)
from beluur.law.days import add_months, is_bank_day, previous_bank_day
from beluur.words.render import render
from tests.domain.builders import POLICY, TODAY, days

FRIDAY = date(2026, 11, 27)
_M = Rhythm


def shown(plan):
    assert isinstance(plan, Plan), plan
    return [(p.due.isoformat()[5:], p.cents) for p in plan.parts]


@pytest.mark.parametrize(
    ("wanted", "parts"),
    [
        pytest.param(
            Wanted(100_00, FRIDAY, parts=3),
            [("11-27", 3333), ("12-28", 3333), ("01-27", 3334)],
            id="in three: the last carries the cent, and no day is a Sunday",
        ),
        pytest.param(Wanted(100_00, FRIDAY, parts=1), [("11-27", 10_000)], id="in one: a payment at once"),
        pytest.param(
            Wanted(100_00, FRIDAY, each_cents=40_00, rhythm=_M.WEEKLY),
            [("11-27", 4000), ("12-04", 4000), ("12-11", 2000)],
            id="forty a week: the last is what is left",
        ),
        pytest.param(
            Wanted(100_00, FRIDAY, parts=3, first_cents=50_00, rhythm=_M.TWO_WEEKLY),
            [("11-27", 5000), ("12-11", 2500), ("12-28", 2500)],
            id="half first, and Christmas Day is moved",
        ),
        pytest.param(
            Wanted(100_00, FRIDAY, rhythm=_M.DATES, dates=(date(2026, 12, 18), FRIDAY)),
            [("11-27", 5000), ("12-18", 5000)],
            id="on days that he names, in their order",
        ),
        pytest.param(
            Wanted(90_00, date(2027, 1, 31), parts=3),
            [("02-01", 3000), ("03-01", 3000), ("03-31", 3000)],
            id="the thirty-first stays the end of the month after February",
        ),
    ],
)
def test_the_calculator(wanted, parts):
    assert shown(build(wanted, TODAY)) == parts


@pytest.mark.parametrize(
    ("wanted", "field", "code"),
    [
        pytest.param({"total_cents": 0}, "total", "commitment.amount_not_positive", id="nothing to pay"),
        pytest.param({"first_cents": 0}, "first", "commitment.amount_not_positive", id="nothing first"),
        pytest.param({"first_cents": 100_00}, "first", "plan.first_is_all", id="all of it first"),
        pytest.param({"each_cents": 50_00}, "parts", "plan.parts_or_each", id="number and amount both"),
        pytest.param({"parts": None}, "parts", "plan.parts_or_each", id="neither number nor amount"),
        pytest.param({"parts": 0}, "parts", "plan.too_few", id="in no parts"),
        pytest.param({"parts": 1, "first_cents": 5}, "parts", "plan.too_few", id="a first part and no other"),
        pytest.param({"parts": 61}, "parts", "plan.too_many", id="more than five years of months"),
        pytest.param(
            {"parts": None, "each_cents": 1}, "parts", "plan.too_many", id="a cent a month on a hundred euros"
        ),
        pytest.param(
            {"parts": None, "each_cents": 0}, "each", "commitment.amount_not_positive", id="0 a month"
        ),
        pytest.param({"total_cents": 2}, "parts", "plan.too_small", id="more parts than cents"),
        pytest.param({"rhythm": _M.DATES}, "parts", "plan.no_dates", id="days of which none is named"),
        pytest.param({"first_on": TODAY - days(1)}, "date:0", "commitment.date_past", id="from yesterday on"),
        pytest.param({"first_on": date.max}, "date:0", "commitment.date_too_far", id="at the end of time"),
        pytest.param(
            {"parts": None, "dates": (FRIDAY + days(1), FRIDAY + days(2))},
            "date:0",
            "commitment.same_day_twice",
            id="Saturday and Sunday are one bank day",
        ),
    ],
)
def test_what_is_no_plan(wanted, field, code):
    found = build(replace(Wanted(100_00, FRIDAY, parts=3), **wanted), TODAY)
    assert not isinstance(found, Plan)
    assert [(o.field, o.sentence.code) for o in found] == [(field, code)]


wanteds = st.builds(
    Wanted,
    st.integers(-1, 10_000_000),
    st.integers(-3, 400).map(lambda n: TODAY + days(n)),
    parts=st.none() | st.integers(-1, 70),
    each_cents=st.none() | st.integers(-1, 1_000_000),
    rhythm=st.sampled_from(Rhythm),
    first_cents=st.none() | st.integers(-1, 1_000_000),
    dates=st.lists(st.integers(-3, 400).map(lambda n: TODAY + days(n)), max_size=4).map(tuple),
)
good = st.builds(
    Wanted,
    st.integers(100, 10_000_000),
    st.integers(0, 366).map(lambda n: TODAY + days(n)),
    parts=st.integers(2, MOST_PARTS),
    rhythm=st.sampled_from([Rhythm.WEEKLY, Rhythm.TWO_WEEKLY, Rhythm.MONTHLY]),
    first_cents=st.none() | st.integers(1, 40),
)


@given(wanteds | good)
def test_a_plan_adds_up_to_the_cent_on_bank_days_in_order(wanted):
    plan = build(wanted, TODAY)
    if not isinstance(plan, Plan):
        assert plan
        return
    assert plan.cents == wanted.total_cents
    assert all(p.cents > 0 and is_bank_day(p.due) and p.due >= TODAY for p in plan.parts)
    assert [p.due for p in plan.parts] == sorted({p.due for p in plan.parts})
    assert plan_of(plan.as_proposal()) == plan


@given(good)
def test_what_is_well_asked_is_always_a_plan_of_so_many_parts(wanted):
    plan = build(wanted, TODAY)
    assert isinstance(plan, Plan)
    assert len(plan.parts) == wanted.parts
    if wanted.first_cents is None:
        assert max(p.cents for p in plan.parts) - min(p.cents for p in plan.parts) < len(plan.parts)


def test_a_plan_is_a_promise_that_is_concrete():
    plan = build(Wanted(500_00, FRIDAY, parts=3), TODAY)
    assert isinstance(plan, Plan)
    said = plan.as_proposal(way="transfer", said_yes=True)
    assert check_promise(said, POLICY, TODAY, open_cents=500_00) == ()


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((), id="nothing at all"),
        pytest.param((ProposedPart(None, 500),), id="no day"),
        pytest.param((ProposedPart(FRIDAY, None),), id="no amount"),
        pytest.param((ProposedPart(FRIDAY, 0),), id="an amount of nothing"),
        pytest.param((ProposedPart(FRIDAY, 500), ProposedPart(None, None)), id="an empty second line"),
    ],
)
def test_what_is_not_concrete_is_no_plan(parts):
    assert plan_of(Proposal(parts)) is None


@pytest.mark.parametrize(
    ("cents", "each", "rhythm", "said"),
    [
        pytest.param(
            600_00, 10_00, _M.MONTHLY, "per maand op € 600,00: dat duurt 5 jaar", id="ten on six hundred"
        ),
        pytest.param(600_00, 50_00, _M.MONTHLY, "dat duurt 1 jaar", id="fifty on six hundred"),
        pytest.param(600_00, 40_00, _M.MONTHLY, "dat duurt 1 jaar en 3 maanden", id="forty on six hundred"),
        pytest.param(600_00, 250_00, _M.MONTHLY, "dat duurt 3 maanden", id="the last month counts"),
        pytest.param(600_00, 100_00, _M.WEEKLY, "per week op € 600,00: dat duurt 6 weken", id="in weeks"),
        pytest.param(600_00, 100_00, _M.TWO_WEEKLY, "dat duurt 12 weken", id="each two weeks"),
        pytest.param(600_00, 10_00, _M.WEEKLY, "dat duurt 1 jaar en 2 maanden", id="sixty weeks"),
        pytest.param(520_00, 10_00, _M.WEEKLY, "dat duurt 1 jaar", id="fifty-two weeks are a year"),
        pytest.param(510_00, 10_00, _M.WEEKLY, "dat duurt 51 weken", id="fifty-one are not"),
    ],
)
def test_the_arithmetic_is_said(cents, each, rhythm, said):
    text = render(how_long(cents, each, rhythm)).replace("\u00a0", " ")
    assert text.endswith(said)


@pytest.mark.parametrize(
    ("apart", "rhythm"),
    [(7, _M.WEEKLY), (14, _M.TWO_WEEKLY), (31, _M.MONTHLY)],
    ids=["a week apart", "two weeks apart", "a month apart"],
)
def test_a_rhythm_is_known_by_its_days(apart, rhythm):
    assert rhythm_of(Plan(tuple(PlannedPart(FRIDAY + days(apart * n), 100) for n in range(3)))) is rhythm


@given(st.integers(0, 4000).map(lambda n: TODAY + days(n)))
def test_the_bank_day_before_is_at_most_five_days_back(day):
    assert is_bank_day(previous_bank_day(day))
    assert 0 <= (day - previous_bank_day(day)).days <= 5


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 11, 30), 14) == date(2028, 1, 30)
