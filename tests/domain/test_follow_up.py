"""What follows a call."""

from dataclasses import replace
from datetime import date

import pytest

from beluur.domain.case import Outcome, Result
from beluur.domain.follow_up import follow_up
from beluur.domain.steps import Step
from tests.domain.builders import (
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
)

REMINDED = {"reminders": (reminder(15), reminder(5, 2))}
TOMORROW = TODAY + days(1)


@pytest.mark.parametrize(
    ("attempted", "when", "advice"),
    [
        pytest.param(
            attempt(0, Outcome.VOICEMAIL, 9, 35),
            at(10, 30, TOMORROW),
            "follow_up.voicemail",
            id="voicemail: another slot tomorrow",
        ),
        pytest.param(
            attempt(0, Outcome.VOICEMAIL, 14),
            at(9, 30, TOMORROW),
            "follow_up.voicemail",
            id="voicemail in the afternoon: the morning",
        ),
        pytest.param(
            attempt(0, Outcome.NO_ANSWER, 9, 35),
            at(13, 30, TOMORROW),
            "follow_up.no_answer",
            id="no answer in the morning: an afternoon",
        ),
        pytest.param(
            attempt(0, Outcome.NO_ANSWER, 14),
            at(9, 30, TOMORROW),
            "follow_up.no_answer",
            id="no answer in the afternoon: a morning",
        ),
        pytest.param(
            attempt(0, Outcome.BUSY, 9, 35), at(9, 55), "follow_up.busy", id="engaged: in twenty minutes"
        ),
        pytest.param(
            attempt(0, Outcome.BUSY, 17, 50),
            at(9, 30, TOMORROW),
            "follow_up.busy",
            id="engaged at the end of the day: tomorrow",
        ),
        pytest.param(
            attempt(0, Outcome.WRONG_PERSON),
            at(9, 30, TOMORROW),
            "follow_up.wrong_person",
            id="wrong person: the next working day",
        ),
        pytest.param(
            attempt(0, Outcome.GATEKEEPER),
            at(9, 30, TOMORROW),
            "follow_up.gatekeeper",
            id="gatekeeper without an hour: the next working day",
        ),
        pytest.param(
            attempt(-4, Outcome.NO_ANSWER, 9, 35),
            at(13, 30, TODAY + days(7)),
            "follow_up.no_answer",
            id="no answer on Friday: Monday afternoon",
        ),
    ],
)
def test_a_call_that_did_not_reach_him(attempted, when, advice):
    after = follow_up(case(**REMINDED), POLICY, attempted)
    assert (after.step.step, after.step.at, after.advice.code) == (Step.CALL_AGAIN, when, advice)


def test_a_number_that_is_wrong_asks_for_another():
    after = follow_up(case(has_phone=False, **REMINDED), POLICY, attempt(0, Outcome.NUMBER_INVALID))
    assert after.step.step is Step.FIX_CONTACT
    assert after.step.because[0].code == "gate.number_wrong"


def test_the_gatekeeper_gave_an_hour():
    debtor = case(callbacks=(callback(at(16)),))
    after = follow_up(debtor, POLICY, attempt(0, Outcome.GATEKEEPER))
    assert (after.step.step, after.step.at) == (Step.CALL_BACK, at(16))


@pytest.mark.parametrize(
    ("facts", "result", "step", "in_days"),
    [
        pytest.param({"promises": (promise(3),)}, Result.PROMISE, Step.WAIT_PROMISE, 3, id="promised"),
        pytest.param({"callbacks": (callback(at(16)),)}, Result.CALLBACK, Step.CALL_BACK, 0, id="call-back"),
        pytest.param(
            {"claims": (claim(1),)}, Result.CLAIMS_PAID, Step.CHECK_PAYMENT, 1, id="says it is paid"
        ),
        pytest.param(
            {"disputes": (dispute(500, answer_by=TODAY + days(2)),)},
            Result.DISPUTE,
            Step.ANSWER_DISPUTE,
            2,
            id="disputed",
        ),
        pytest.param({}, Result.PASSED_ON, Step.CALL_AGAIN, 2, id="sends it to someone"),
        pytest.param({}, Result.REFUSED, Step.CALL_AGAIN, 3, id="refuses"),
        pytest.param({}, Result.NOTHING, Step.CALL_AGAIN, 7, id="nothing agreed"),
    ],
)
def test_a_conversation_ends_concretely(facts, result, step, in_days):
    after = follow_up(case(**REMINDED, **facts), POLICY, spoken(0, result))
    assert (after.step.step, after.step.on) == (step, TODAY + days(in_days))
    assert after.advice.code == f"follow_up.{result.value}"


@pytest.mark.parametrize(
    ("agreed", "doubt"),
    [
        pytest.param(at(14, 0, TOMORROW), None, id="in the golden hours: nothing to say"),
        pytest.param(at(16, 0, TOMORROW), None, id="at four: nothing either"),
        pytest.param(at(19, 30, TOMORROW), "window.late", id="in the evening"),
        pytest.param(at(12, 30, TOMORROW), "window.lunch", id="in the lunch break"),
        pytest.param(at(10, 0, TODAY + days(6)), "window.weekend", id="on a Sunday"),
        pytest.param(at(14, 0, date(2026, 12, 25)), "window.holiday", id="on Christmas Day"),
    ],
)
def test_an_unusual_moment_for_a_call_back_is_told(agreed, doubt):
    debtor = case(invoice(late=9), callbacks=(callback(agreed),), **REMINDED)
    answer = follow_up(debtor, POLICY, attempt(0, Outcome.GATEKEEPER, 9, 35))
    assert answer.step.step is Step.CALL_BACK
    assert (answer.doubt and answer.doubt.code) == doubt


@pytest.mark.parametrize(
    ("debtor", "outcome", "step", "advice"),
    [
        pytest.param(
            case(invoice(late=40), reminders=(reminder(20),)),
            Outcome.NO_ANSWER,
            Step.REMIND_SECOND,
            "follow_up.mail_first",
            id="no answer and a reminder is due: that first, then ringing again",
        ),
        pytest.param(
            case(invoice(late=40), reminders=(reminder(20),)),
            Outcome.VOICEMAIL,
            Step.REMIND_SECOND,
            "follow_up.mail_first",
            id="voicemail: the same",
        ),
        pytest.param(
            case(invoice(late=40), reminders=(reminder(20),)),
            Outcome.BUSY,
            Step.CALL_AGAIN,
            "follow_up.busy",
            id="engaged: he is there, so ringing comes first",
        ),
        pytest.param(
            case(has_phone=False, **REMINDED),
            Outcome.NO_ANSWER,
            Step.FIX_CONTACT,
            "follow_up.step_first",
            id="no number any more: ringing again is no advice",
        ),
    ],
)
def test_the_advice_is_what_happens_next(debtor, outcome, step, advice):
    tried = tuple(attempt(n, Outcome.NO_ANSWER, 9, 35) for n in (2, 1))
    after = follow_up(replace(debtor, attempts=tried), POLICY, attempt(0, outcome, 9, 35))
    assert (after.step.step, after.advice.code) == (step, advice)
