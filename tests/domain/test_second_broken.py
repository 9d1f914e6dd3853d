"""What happens next with who broke two promises, as the house wants it (F4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from beluur.domain.case import Verdict
from beluur.domain.next_step import next_step
from beluur.domain.policy import SecondBroken
from beluur.domain.steps import Step
from tests.domain.builders import POLICY, TODAY, attempt, case, invoice, promise, spoken

BROKEN = promise(-3, Verdict.BROKEN)
AGAIN = replace(promise(-1, Verdict.PARTLY, invoice_id=2), id=8)
LATE = replace(promise(-1, Verdict.LATE, invoice_id=2), id=8)


def step(answer, *promises, **facts):
    debtor = case(invoice(1), invoice(2), promises=promises, **facts)
    return next_step(debtor, replace(POLICY, second_broken=answer), TODAY)


@pytest.mark.parametrize(
    ("answer", "promises", "expected", "said"),
    [
        pytest.param(SecondBroken.SHORTER, (BROKEN,), Step.CALL_BROKEN, None, id="one: called, as always"),
        pytest.param(SecondBroken.DECIDE, (BROKEN,), Step.CALL_BROKEN, None, id="one: nobody decides yet"),
        pytest.param(
            SecondBroken.DECIDE, (BROKEN, LATE), Step.CALL_BROKEN, None, id="a late one is not a second"
        ),
        pytest.param(
            SecondBroken.SHORTER, (BROKEN, AGAIN), Step.CALL_BROKEN, "step.second_broken_shorter",
            id="shorter: called, with what he may still get",
        ),
        pytest.param(
            SecondBroken.ASK, (BROKEN, AGAIN), Step.CALL_BROKEN, "step.second_broken_ask",
            id="ask: called, and a colleague decides on delay",
        ),
        pytest.param(
            SecondBroken.DECIDE, (BROKEN, AGAIN), Step.DECIDE, "step.second_broken_decide",
            id="decide: no call, a person decides",
        ),
    ],
)  # fmt: skip
def test_a_second_broken_promise(answer, promises, expected, said):
    found = step(answer, *promises)
    codes = [s.code for s in found.because]
    assert found.step is expected
    assert found.is_due(TODAY)
    assert [c for c in codes if c.startswith("step.second_broken")] == ([said] if said else [])


def test_the_person_who_decides_sees_what_was_promised():
    codes = [s.code for s in step(SecondBroken.DECIDE, BROKEN, AGAIN).because]
    assert codes[:2] == ["step.second_broken_decide", "step.promise_broken"]
    assert "step.refused" not in codes


def test_who_was_spoken_since_is_called_as_anyone():
    assert step(SecondBroken.DECIDE, BROKEN, AGAIN, attempts=(spoken(0),)).step is Step.CALL_AGAIN


def test_a_missed_try_does_not_bring_the_call_back():
    assert step(SecondBroken.DECIDE, BROKEN, AGAIN, attempts=(attempt(0),)).step is Step.DECIDE
