"""An ultimatum decides the next step: nobody is called about it before its day, and a person decides after it (D12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.call_effect import effect
from beluur.domain.call_report import CallReport, PromiseSaid, UltimatumSaid
from beluur.domain.case import HoldFact, Outcome, Result, Stop, Verdict
from beluur.domain.gate import Barrier, gate
from beluur.domain.next_step import next_step
from beluur.domain.standing_ultimatum import still_open
from beluur.domain.steps import CALLS, Step
from beluur.words import render
from tests.domain.builders import (
    NOW,
    POLICY,
    TODAY,
    at,
    attempt,
    callback,
    case,
    claim,
    days,
    dispute,
    invoice,
    promise,
    reminder,
    spoken,
    ultimatum,
)
from tests.domain.strategies import cases, ultimatums

S = Step
REFUSED = (spoken(10, Result.REFUSED),)
PAID = invoice()._replace(open_cents=0)
HALF = invoice()._replace(open_cents=250_00)


@pytest.mark.parametrize(
    ("debtor", "step", "on"),
    [
        pytest.param(case(ultimatum=ultimatum(4)), S.DECIDE, 7, id="his day is to come: decided on the working day after"),
        pytest.param(case(ultimatum=ultimatum(0)), S.DECIDE, 1, id="on its last day the money may still come in"),
        pytest.param(case(ultimatum=ultimatum(-1)), S.CHECK_PAYMENT, 0, id="its day has passed on old books: look first"),
        pytest.param(case(ultimatum=ultimatum(-6)), S.CHECK_PAYMENT, -5, id="nobody looked: it is still to be looked at"),
        pytest.param(case(ultimatum=ultimatum(-3, missed=True)), S.DECIDE, 0, id="missed on a Friday: decided on Monday"),
        pytest.param(case(PAID, ultimatum=ultimatum(-3, missed=True)), S.NONE, None, id="all is paid: nothing is decided"),
        pytest.param(case(HALF, ultimatum=ultimatum(-3, missed=True)), S.DECIDE, 0, id="half of it came in: it is decided"),
        pytest.param(
            case(ultimatum=ultimatum(4), callbacks=(callback(at(14, day=TODAY + days(1))),)),
            S.CALL_BACK,
            1,
            id="an agreed call-back before its day is made",
        ),
        pytest.param(
            case(ultimatum=ultimatum(-3, missed=True), callbacks=(callback(at(14)),)),
            S.CALL_BACK,
            0,
            id="missed, and a call-back was agreed for today: that first",
        ),
        pytest.param(
            case(ultimatum=ultimatum(4), callbacks=(callback(at(14, day=TODAY + days(9))),)),
            S.DECIDE,
            7,
            id="a call-back after its day does not put it off",
        ),
        pytest.param(
            case(ultimatum=ultimatum(4), promises=(promise(-1, Verdict.BROKEN),)),
            S.DECIDE,
            7,
            id="a promise was broken before: nobody calls about that either",
        ),
        pytest.param(
            case(invoice(1), invoice(2), ultimatum=ultimatum(4), promises=(promise(1, invoice_id=2),)),
            S.WAIT_PROMISE,
            1,
            id="a promise for the rest is waited for until then",
        ),
        pytest.param(
            case(ultimatum=ultimatum(-3, missed=True), disputes=(dispute(500, raised_on=TODAY),)),
            S.ANSWER_DISPUTE,
            0,
            id="he disputes all of it: that is answered first",
        ),
        pytest.param(
            case(ultimatum=ultimatum(-3, missed=True), claims=(claim(1),)),
            S.CHECK_PAYMENT,
            1,
            id="he says that he paid it: the account is looked at first",
        ),
        pytest.param(
            case(ultimatum=ultimatum(-3, missed=True), perhaps_paid_cents=500_00),
            S.CHECK_PAYMENT,
            -19,
            id="a payment waits that may be his: it is looked at first",
        ),
        pytest.param(
            case(ultimatum=ultimatum(4), attempts=REFUSED * 2), S.DECIDE, 7, id="refused twice: his day is kept all the same"
        ),
        pytest.param(case(ultimatum=ultimatum(4), has_phone=False), S.DECIDE, 7, id="no number: nothing is looked up for it"),
        pytest.param(
            case(invoice(late=20, euros=10), ultimatum=ultimatum(4)), S.REMIND_FIRST, -18, id="next to nothing is left: as ever"
        ),
        pytest.param(
            case(ultimatum=ultimatum(4), reminders=(reminder(18),)), S.DECIDE, 7, id="no friendly reminder takes it back"
        ),
        pytest.param(
            case(ultimatum=ultimatum(-3, missed=True), hold=HoldFact(None, "overleg")), S.HOLD, None, id="a pause holds"
        ),
        pytest.param(
            case(ultimatum=ultimatum(4), stop=Stop.INSOLVENT), S.STOPPED, None, id="who is insolvent is not decided about"
        ),
    ],
)  # fmt: skip
def test_next_step(debtor, step, on):
    answer = next_step(debtor, POLICY, TODAY)
    assert (answer.step, answer.on) == (step, None if on is None else TODAY + days(on))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(
            ultimatum(4),
            [
                "€ 500,00 moet uiterlijk do 26 nov 2026 op de rekening staan; anders volgt een formele aanmaning"
            ],
            id="before its day",
        ),
        pytest.param(
            ultimatum(-3, missed=True, consequence="specialist"),
            [
                "€ 500,00 stond op do 19 nov 2026 niet op de rekening; aangekondigd is overdracht aan een specialist"
            ],
            id="missed",
        ),
        pytest.param(
            ultimatum(-3, missed=True, euros=800, covers=((1, 800_00, 800_00),)),
            [
                "€ 800,00 stond op do 19 nov 2026 niet op de rekening; aangekondigd is een formele aanmaning",
                "Daarvan is nog € 500,00 open",
            ],
            id="missed in part: what is left is said",
        ),
        pytest.param(
            ultimatum(-1),
            [
                (
                    "€ 500,00 moest uiterlijk za 21 nov 2026 op de rekening staan, anders volgt een formele aanmaning; "
                    "of het er is, is niet bekend"
                ),
                (
                    "Bijgewerkt tot en met za 21 nov 2026; of het binnen is, ziet u pas in een export van "
                    "ma 23 nov 2026"
                ),
            ],
            id="on old books: to which day one must look",
        ),
    ],
)
def test_the_reason_names_day_amount_and_consequence(given, said):
    told = [render(s).replace("\xa0", " ") for s in next_step(case(ultimatum=given), POLICY, TODAY).because]
    assert told[: len(said)] == said


@pytest.mark.parametrize(
    ("given", "facts", "blocks"),
    [
        pytest.param(ultimatum(4), {}, True, id="his day is to come: not called"),
        pytest.param(ultimatum(0), {}, True, id="its last day: not called"),
        pytest.param(ultimatum(-1), {}, True, id="passed on old books: not called on a guess"),
        pytest.param(ultimatum(-1, missed=True), {}, False, id="missed: a person may call"),
        pytest.param(ultimatum(4), {"callbacks": (callback(at(9, 30)),)}, False, id="an agreed call-back is made"),
        pytest.param(ultimatum(4), {"callbacks": (callback(at(11)),)}, True, id="but not before its hour"),
        pytest.param(ultimatum(4), {"incoming": True}, False, id="he rings himself: he is spoken to"),
        pytest.param(
            ultimatum(4), {"promises": (promise(-1, Verdict.BROKEN),)}, True, id="a broken promise does not pass it"
        ),
    ],
)  # fmt: skip
def test_the_gate(given, facts, blocks):
    incoming = facts.pop("incoming", False)
    result = gate(case(ultimatum=given, **facts), POLICY, NOW, incoming=incoming)
    assert (Barrier.ULTIMATUM in {b.barrier for b in result.blocks}) is blocks
    assert not any(b.hard for b in result.blocks)


def test_the_gate_says_until_when():
    block = gate(case(ultimatum=ultimatum(4)), POLICY, NOW).blocks[0]
    assert (block.until, render(block.sentence).replace("\xa0", " ")) == (
        TODAY + days(5),
        "Hij heeft tot en met do 26 nov 2026 om te betalen",
    )


@given(cases(), ultimatums(), st.integers(7, 17))
def test_an_ultimatum_never_makes_him_unreachable_for_an_agreed_call_back(debtor, given, hour):
    moment = at(hour, zone=debtor.time_zone)
    agreed = replace(debtor, callbacks=(callback(moment),))
    without = gate(replace(agreed, ultimatum=None), POLICY, moment)
    assert gate(replace(agreed, ultimatum=given), POLICY, moment).blocks == without.blocks
    if next_step(replace(agreed, ultimatum=None), POLICY, TODAY).step is Step.CALL_BACK:
        step = next_step(replace(agreed, ultimatum=given), POLICY, TODAY)
        assert step.step is Step.CALL_BACK or step.on < TODAY, "only what was due before goes first"


@given(cases(), st.integers(0, 30), st.integers(7, 18))
def test_nobody_is_called_about_it_again_before_its_day(debtor, check_in, hour):
    debtor = replace(debtor, ultimatum=ultimatum(check_in), callbacks=())
    for n in range(check_in + 1):
        day = TODAY + timedelta(n)
        assert next_step(debtor, POLICY, day).step not in CALLS
        assert not gate(debtor, POLICY, at(hour, day=day, zone=debtor.time_zone)).may_call


@given(cases())
def test_no_call_is_planned_that_the_gate_holds_back_for_it(debtor):
    step = next_step(debtor, POLICY, TODAY)
    assert debtor.ultimatum is None or step.step not in CALLS - {Step.CALL_BACK} or not step.is_due(TODAY)


@given(ultimatums(), cases())
def test_what_is_still_open_of_it_is_never_more_than_it_was(given, debtor):
    assert still_open(given, debtor) <= given.cents


# -- the call in which it is said -------------------------------------------------------------------------------------

LAST_DAY = date(2026, 11, 27)
GIVEN = UltimatumSaid(LAST_DAY, 500_00, "notice", "sturen wij u een formele aanmaning")


def ended(debtor, **said):
    report = CallReport(Outcome.REACHED, **said)
    return effect(report, debtor, POLICY, NOW, opened_at=NOW, incoming=False)


def test_the_call_in_which_it_is_said_sets_the_next_step():
    result = ended(case(), refused=True, ultimatum=GIVEN)
    assert result.ultimatum is not None
    assert (result.ultimatum.check_on, result.ultimatum.covers) == (
        date(2026, 11, 30),
        ((1, 500_00, 500_00),),
    )
    assert (result.after.step.step, result.after.step.on) == (Step.DECIDE, date(2026, 12, 1))


def test_it_is_for_what_may_be_asked_the_oldest_first():
    debtor = case(invoice(1, late=40), invoice(2, late=20), disputes=(dispute(300),))
    result = ended(debtor, refused=True, ultimatum=GIVEN)
    assert result.ultimatum is not None
    assert result.ultimatum.covers == ((1, 200_00, 500_00), (2, 300_00, 500_00))


@pytest.mark.parametrize(
    ("reserved", "step"),
    [
        pytest.param(False, Step.WAIT_PROMISE, id="a promise takes its place"),
        pytest.param(True, Step.WAIT_PROMISE, id="under reservation: what he offered is waited for"),
    ],
)
def test_a_promise_after_it(reserved, step):
    said = PromiseSaid(((LAST_DAY, 500_00),), yes=True, reserved=reserved)
    assert ended(case(ultimatum=ultimatum(2)), promise=said).after.step.step is step


def test_a_promise_for_a_part_ends_it_for_the_rest_too():
    said = PromiseSaid(((LAST_DAY, 200_00),), yes=True)
    after = ended(case(ultimatum=ultimatum(2), attempts=(attempt(12),)), promise=said).after.step
    assert Step.DECIDE is not after.step


def test_a_call_in_which_nothing_was_agreed_leaves_it_standing():
    after = ended(case(ultimatum=ultimatum(2))).after.step
    assert (after.step, after.about) == (Step.DECIDE, ("ultimatum", 8))
