"""docs/payment-states.md is what the table says, and the table leaves no booking where nobody can do anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from beluur.domain.payment_state import FIRST, TRANSITIONS, WAITING, Cause, PaymentState, may, page

DOC = Path(__file__).parents[2] / "docs" / "payment-states.md"
_C, _S = Cause, PaymentState


def test_the_picture_in_docs_is_the_table():
    assert DOC.read_text("utf-8") == page(), (
        "run: python -m beluur.domain.payment_state > docs/payment-states.md"
    )


def test_every_state_and_every_cause_is_on_the_map():
    assert {*FIRST, *(s for s, _, _ in TRANSITIONS), *(t for _, _, t in TRANSITIONS)} == set(PaymentState)
    assert {c for _, c, _ in TRANSITIONS} == set(Cause)


def test_one_cause_leads_from_a_state_to_one_other():
    assert len({(s, c) for s, c, _ in TRANSITIONS}) == len(TRANSITIONS)
    assert all(s is not t for s, c, t in TRANSITIONS if c not in (_C.IN_PART, _C.PART_RETURNED))


@pytest.mark.parametrize("state", WAITING)
def test_a_person_may_decide_on_all_that_waits(state: PaymentState):
    assert may(state, _C.ASSIGNED)
    assert may(state, _C.SET_ASIDE)


@pytest.mark.parametrize("state", [s for s in _S if s not in WAITING])
def test_nobody_is_asked_to_set_aside_what_does_not_wait(state: PaymentState):
    assert not may(state, _C.SET_ASIDE)


@pytest.mark.parametrize("state", [_S.EXPLAINED, _S.REST, _S.NOT_OURS])
def test_what_was_decided_may_be_taken_back(state: PaymentState):
    assert may(state, _C.TAKEN_BACK)


@pytest.mark.parametrize(
    ("state", "causes"),
    [
        pytest.param(_S.PENDING, {_C.BOOKED, _C.UNDONE}, id="what is only announced is nobody's to decide"),
        pytest.param(_S.UNDONE, set(), id="what was undone stays so"),
    ],
)
def test_what_can_still_become_of_it(state: PaymentState, causes: set[Cause]):
    assert {c for s, c, _ in TRANSITIONS if s is state} == causes


def test_the_engine_never_touches_what_a_person_decided():
    engine = {_C.CERTAIN, _C.LIKELY, _C.UNKNOWN, _C.NO_CUSTOMER, _C.BEFORE}
    assert {s for s, c, _ in TRANSITIONS if c in engine} == {_S.PROPOSED, _S.UNEXPLAINED}


def test_may_knows_no_state_that_is_none():
    assert not any(may("lost", cause) for cause in Cause)
