"""What settles a dispute, and what is asked for after it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.case import DisputeFact
from beluur.domain.dispute_answer import Answer, How, asked_after, check_answer, taken_off
from beluur.values.money import Money
from tests.domain.builders import TODAY, case, invoice, promise

WHOLE, STILL = Money(500_00), Money(300_00)

WRONG = [
    pytest.param(Answer(How.REJECTED, "  "), ["words"], id="a rejection without a reason"),
    pytest.param(Answer(How.EXPLAINED), ["words"], id="an explanation without words"),
    pytest.param(Answer(How.CREDIT, "", "", 100), ["number"], id="a credit note without a number"),
    pytest.param(Answer(How.CREDIT, "", "C1"), ["credit"], id="a credit note without an amount"),
    pytest.param(Answer(How.CREDIT, "", "C1", 0), ["credit"], id="a credit note of nothing"),
    pytest.param(
        Answer(How.CREDIT, "", "C1", 500_01), ["credit"], id="a credit note of more than the invoice"
    ),
    pytest.param(Answer(How.CREDIT, "", "C1", 500_00), [], id="a credit note of all of it is fine"),
    pytest.param(
        Answer(How.CREDIT, "", "C1", 400_00), [], id="one of more than is open too: it was paid in part"
    ),
    pytest.param(Answer(How.CORRECTED, "", "", None), ["corrected"], id="a correction without an amount"),
    pytest.param(Answer(How.CORRECTED, "", "", 500_00), ["corrected"], id="a correction to what it is"),
    pytest.param(Answer(How.CORRECTED, "", "", 0), ["corrected"], id="a correction to nothing"),
    pytest.param(
        Answer(How.CORRECTED, "", "", 199_99), ["corrected"], id="a correction to less than was paid"
    ),
    pytest.param(Answer(How.CORRECTED, "", "", 200_00), [], id="a correction to just what was paid is fine"),
    pytest.param(Answer(How.REJECTED, "De bon is getekend"), [], id="a rejection with its reason is fine"),
]


@pytest.mark.parametrize(("answer", "fields"), WRONG)
def test_what_is_no_answer_yet(answer, fields):
    assert [o.field for o in check_answer(answer, WHOLE, STILL)] == fields


def contested(cents: int = 200_00, **changes):
    disputes = (DisputeFact(7, 1, cents, "price"), *changes.pop("others", ()))
    return case(invoice(), disputes=disputes, **changes)


ASKED = [
    pytest.param(Answer(How.REJECTED, "x"), {}, 500_00, id="rejected: all of it is asked for again"),
    pytest.param(Answer(How.EXPLAINED, "x"), {}, 500_00, id="explained: all of it too"),
    pytest.param(Answer(How.CREDIT, "", "C", 150_00), {}, 350_00, id="credited: what is left of it"),
    pytest.param(Answer(How.CREDIT, "", "C", 500_00), {}, 0, id="credited wholly: nothing"),
    pytest.param(Answer(How.CORRECTED, "", "", 320_00), {}, 320_00, id="corrected: the new amount"),
    pytest.param(
        Answer(How.REJECTED, "x"),
        {"others": (DisputeFact(8, 1, 100_00, "quality"),)},
        400_00,
        id="what another dispute holds is not asked for",
    ),
]


@pytest.mark.parametrize(("answer", "changes", "cents"), ASKED)
def test_what_is_asked_for_after_it(answer, changes, cents):
    assert asked_after(answer, contested(**changes), 7, TODAY) == cents


def test_what_is_promised_is_not_asked_for_again():
    there = contested(promises=(promise(control_in=4),))
    assert asked_after(Answer(How.REJECTED, "x"), there, 7, TODAY) == 0


def test_a_dispute_that_is_gone_asks_for_nothing():
    assert asked_after(Answer(How.REJECTED, "x"), contested(), 99, TODAY) == 0


@given(
    how=st.sampled_from(How),
    amount=st.integers(1, 10**9),
    paid=st.integers(0, 10**9),
    cents=st.none() | st.integers(-10, 10**9),
)
def test_an_answer_that_is_right_takes_off_no_more_than_there_is(how, amount, paid, cents):
    still = max(0, amount - paid)
    answer = Answer(how, "x", "C", cents)
    if not list(check_answer(answer, Money(amount), Money(still))):
        less = taken_off(answer, amount)
        assert 0 <= less <= amount
        assert how is not How.CORRECTED or less <= still
