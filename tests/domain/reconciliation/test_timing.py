"""Which of several invoices of one amount is proposed first: by what people mostly do, and by what the payer did before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.timing import Habit, Settled
from tests.domain.reconciliation.books import (
    BOOKED,
    BY_KRENT,
    KRENT,
    LIKELY,
    PAYERS,
    item,
    payment,
    taken,
)
from tests.examples import examples

AMOUNT = 24_200


def owed(invoice_id: int, late: int):
    """An invoice of 30 days that was due so many days before the payment."""
    due = BOOKED - timedelta(days=late)
    return item(
        invoice_id, KRENT, f"202600{invoice_id}", AMOUNT, due=due, issued=due - timedelta(days=30), as_of=None
    )._replace(as_of=BOOKED - timedelta(days=100))


def paid(late: int, times: int) -> list[Settled]:
    """So many invoices of 30 days, each paid so many days after its due date."""
    dues = [date(2026, 1, 10) + timedelta(days=20 * n) for n in range(times)]
    return [Settled(due - timedelta(days=30), due, due + timedelta(days=late)) for due in dues]


def proposed(lates: dict[int, int], settled: list[Settled], text: str = "") -> tuple[str, list[int]]:
    """How certain, and the invoices in the order in which they are proposed."""
    candidates = Candidates([owed(i, late) for i, late in lates.items()], PAYERS, settled={KRENT: settled})
    found = explain(payment(text, AMOUNT, **BY_KRENT), candidates)
    return found.certainty.name.lower(), [next(iter(taken(e))) for e in (found, *found.alternatives)]


@pytest.mark.parametrize(
    ("lates", "settled", "order"),
    [
        pytest.param({11: -23, 12: 7}, [], [12, 11], id="a week late before what is not due for weeks"),
        pytest.param({11: 95, 12: -2}, [], [12, 11], id="what is due about now before what is months late"),
        pytest.param({11: 9, 12: 2}, [], [11, 12], id="of two that are a little late the older"),
        pytest.param({11: 40, 12: 0}, [], [12, 11], id="what is due today before what is weeks late"),
        pytest.param({11: 40, 12: 0}, paid(41, 10), [11, 12], id="but not of who always pays six weeks late"),
        pytest.param({11: 40, 12: 0}, paid(41, 4), [12, 11], id="four times are no habit"),
        pytest.param(
            {11: 40, 12: 0},
            [*paid(41, 7), *paid(2, 3)],
            [12, 11],
            id="nor is it of who pays now so and now so",
        ),
        pytest.param({11: -10, 12: -25}, [], [11, 12], id="what is due sooner, of two that are early"),
        pytest.param({11: -10, 12: -25}, paid(-25, 12), [12, 11], id="but not of who always pays at once"),
    ],
)
def test_what_is_proposed_first(lates, settled, order):
    assert proposed(lates, settled) == (LIKELY, order)


def test_a_month_that_is_named_comes_before_any_habit():
    month = (BOOKED - timedelta(days=95 + 30)).month
    name = "januari februari maart april mei juni juli augustus september oktober november december".split()
    assert proposed({11: 95, 12: 0}, [], f"factuur {name[month - 1]}")[1][0] == 11


@pytest.mark.parametrize("times", [1, 5, 50])
def test_a_habit_books_nothing(times):
    assert proposed({11: 40, 12: 0}, paid(40, times))[0] == LIKELY


def test_of_several_that_add_up_the_likely_ones_are_taken():
    """Three of one amount and a credit note: the one that was forgotten for months stays as it is."""
    rooms = [owed(11, 120), owed(12, 3), owed(13, -20), item(14, KRENT, "2026014", -5_000)]
    found = explain(payment("", AMOUNT - 5_000, **BY_KRENT), Candidates(rooms, PAYERS))
    assert taken(found) == {12: AMOUNT, 14: -5_000}


def test_without_a_due_date_it_comes_last():
    undated = owed(11, 3)._replace(due=None)
    found = explain(payment("", AMOUNT, **BY_KRENT), Candidates([undated, owed(12, 200)], PAYERS))
    assert taken(found) == {12: AMOUNT}


DAYS = st.integers(-400, 400)


@given(history=st.lists(st.tuples(st.integers(0, 400), DAYS), max_size=30), late=DAYS)
@settings(max_examples=examples(200))
def test_odds_are_a_share_whatever_came_before(history, late):
    due = date(2026, 6, 1)
    habit = Habit(Settled(due - timedelta(days=a), due, due + timedelta(days=b)) for a, b in history)
    assert 0 <= habit.odds(due, due + timedelta(days=late)) <= 100_000
