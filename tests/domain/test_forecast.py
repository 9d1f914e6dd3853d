"""What may come in, week by week: it adds up, it stays within its band, and it follows what people did before."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beluur.domain.forecast import WEEKS, WHOLE, Claim, Habit, Known, forecasts, points, shares
from tests.domain.builders import TODAY, days
from tests.examples import examples

PROMISE = Claim(1, "business", 1_000_00, TODAY + days(2), promised=True)
INVOICE = Claim(1, "business", 1_000_00, TODAY + days(2))
NOBODY = Known()


def one(*claims, known=NOBODY, today=TODAY, seed=""):
    (found,) = forecasts(claims, known, today, seed=seed)
    return found


def of(habit, kind=None):
    return Known({1: habit}, {"business": kind if kind is not None else habit})


# by hand, in basis points: everyone, then the kind (10 of what is above), then himself (5 of what is above)
KEPT = [
    pytest.param(NOBODY, 700_00, id="nobody is known: seven of ten"),
    pytest.param(of(Habit(), Habit(90, 90)), 997_00, id="such debtors kept all of ninety: 9700, 9970, 9970"),
    pytest.param(
        of(Habit(0, 5), Habit(90, 100)), 449_10, id="he kept none of five: 8818, 8983, half of that"
    ),
    pytest.param(of(Habit(20, 20), Habit(20, 20)), 993_30, id="he kept all of twenty: 9000, 9666, 9933"),
]


@pytest.mark.parametrize(("known", "expected"), KEPT)
def test_a_promise_counts_for_the_share_that_was_kept(known, expected):
    found = one(PROMISE, known=known)
    assert found.weeks[0].expected_cents == expected
    assert found.weeks[0].promised_cents == expected
    assert found.later_cents == 1_000_00 - expected


PAID = [
    pytest.param(Habit(days=(0,) * 20), 0, id="always on the day: this week"),
    pytest.param(Habit(days=(14,) * 20), 2, id="always two weeks late: in two weeks"),
    pytest.param(Habit(days=(-2,) * 20), 0, id="always two days early: today"),
]


@pytest.mark.parametrize(("habit", "week"), PAID)
def test_an_invoice_is_expected_when_he_pays(habit, week):
    found = one(INVOICE, known=of(habit))
    assert found.weeks[week].expected_cents == 990_00  # 100 points of 101: one is kept for later than anybody
    assert found.later_cents == 10_00


def test_his_own_habit_weighs_more_the_more_is_known():
    others = Habit(days=(28,) * 50)
    first_week = [
        one(INVOICE, known=of(Habit(days=(0,) * n), others)).weeks[0].expected_cents for n in (0, 1, 5, 20)
    ]
    assert first_week == [0, 160_00, 487_80, 792_00]  # 20/125, 500/1025, 8000/10100


def test_what_he_never_waited_for_so_long_is_later():
    found = one(INVOICE._replace(on=TODAY - days(90)), known=of(Habit(days=(3,) * 20)))
    assert found.later_cents == 1_000_00


def test_whom_hardly_anybody_waited_for_so_long_is_not_certain():
    found = one(INVOICE._replace(on=TODAY - days(16)), known=of(Habit(), Habit(days=(1,) * 19 + (20,))))
    assert found.weeks[0].expected_cents == 500_00
    assert found.later_cents == 500_00


def test_a_promise_whose_day_has_passed_is_expected_no_more():
    assert one(PROMISE._replace(on=TODAY - days(1))).later_cents == 1_000_00


def test_no_other_currency_is_added():
    found = forecasts([PROMISE, PROMISE._replace(currency="GBP", cents=5_00)], NOBODY, TODAY)
    assert [(f.currency, f.total_cents) for f in found] == [("EUR", 1_000_00), ("GBP", 5_00)]


def test_credit_is_not_expected():
    assert forecasts([INVOICE._replace(cents=-5_00), INVOICE._replace(cents=0)], NOBODY, TODAY) == ()


def test_the_same_books_give_the_same_band():
    claims = [PROMISE._replace(debtor_id=n, cents=n * 1_00) for n in range(1, 300)]
    first, again = (forecasts(claims, NOBODY, TODAY, seed="7") for _ in range(2))
    assert first == again
    assert forecasts(reversed(claims), NOBODY, TODAY, seed="7") == first


def test_many_promises_are_surer_than_one():
    alone = one(PROMISE).weeks[0]
    many = one(*(PROMISE._replace(debtor_id=n, cents=10_00) for n in range(100))).weeks[0]
    assert alone.expected_cents == many.expected_cents
    assert many.high_cents - many.low_cents < (alone.high_cents - alone.low_cents) // 3
    assert (alone.low_cents, alone.high_cents) == (0, 1_000_00)


def test_drawn_together_is_as_drawn_one_by_one():
    """Where the largest end, nothing jumps: 120 and 1,200 equal promises have a band of the same relative width."""
    wide = {}
    for n in (120, 1_200):
        week = one(*(PROMISE._replace(debtor_id=i, cents=100_00) for i in range(n))).weeks[0]
        wide[n] = (week.high_cents - week.low_cents) * 100 // week.expected_cents
    assert 2 <= wide[1_200] * 10 // wide[120] <= 5  # one over the root of ten


def test_the_largest_parts_say_what_they_rest_on():
    habit = Habit(3, 4)
    found = one(PROMISE, INVOICE._replace(debtor_id=2, cents=10_00), known=of(habit, Habit()))
    first, _ = found.weeks[0].parts
    assert (first.claim, first.habit) == (PROMISE, habit)
    assert first.expected_cents == found.weeks[0].promised_cents


habits = st.builds(
    lambda made, lost, late: Habit(max(0, made - lost), made, tuple(late)),
    st.integers(0, 30),
    st.integers(0, 30),
    st.lists(st.integers(-60, 400), max_size=30),
)
claims = st.builds(
    Claim,
    st.integers(1, 6),
    st.sampled_from(["business", "consumer"]),
    st.integers(-1_000, 10_000_000),
    st.dates(TODAY - timedelta(days=500), TODAY + timedelta(days=500)),
    st.booleans(),
    st.sampled_from(["EUR", "GBP"]),
)
knowns = st.builds(
    Known,
    st.dictionaries(st.integers(1, 6), habits, max_size=6),
    st.dictionaries(st.sampled_from(["business", "consumer"]), habits),
)


@settings(max_examples=examples(60))
@given(st.lists(claims, max_size=25), knowns, st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_it_adds_up_and_stays_within_its_band(owed, known, today):
    found = forecasts(owed, known, today, seed="a")
    for forecast in found:
        mine = [c.cents for c in owed if c.currency == forecast.currency and c.cents > 0]
        assert forecast.total_cents == sum(mine)
        assert sum(w.expected_cents for w in forecast.weeks) + forecast.later_cents == sum(mine)
        assert len(forecast.weeks) == WEEKS
        for week in forecast.weeks:
            assert 0 <= week.low_cents <= week.expected_cents <= week.high_cents <= sum(mine)
            assert 0 <= week.promised_cents <= week.expected_cents
            assert week.monday.weekday() == 0
    assert {f.currency for f in found} == {c.currency for c in owed if c.cents > 0}


@given(st.integers(0, 10**9), st.lists(st.integers(0, WHOLE), min_size=1, max_size=12).filter(any))
def test_no_cent_is_lost_in_shares(cents, weights):
    found = shares(cents, weights)
    assert sum(found) == cents
    assert all(share >= 0 for share in found)
    assert all(not share for share, weight in zip(found, weights, strict=True) if not weight)


@given(st.lists(st.integers(-60, 400), min_size=1, max_size=200))
def test_points_lie_between_the_lowest_and_the_highest(late):
    found = points(late)
    assert set(found) <= set(late)
    assert list(found) == sorted(found)
    assert len(found) == min(len(late), 20)


def test_twenty_thousand_claims_are_no_wait():
    known = Known(
        {n: Habit(2, 3, (n % 40, n % 7)) for n in range(5_000)}, {"business": Habit(700, 900, (1, 5, 9))}
    )
    owed = [
        Claim(n % 5_000, "business", n * 7 % 90_000 + 1, TODAY + days(n % 80 - 40), promised=n % 5 == 0)
        for n in range(20_000)
    ]
    began = process_time()
    forecasts(owed, known, TODAY)
    assert process_time() - began < 6
