"""What happens next, as a table of cases."""

from dataclasses import replace
from time import process_time

import pytest

from beluur.domain.case import Exemption, HoldFact, InstalmentFact, Outcome, Result, Stop, Verdict
from beluur.domain.next_step import next_step
from beluur.domain.steps import Step, Tier
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

S = Step
FRIDAY = TODAY - days(3)


def decide(debtor, today=TODAY):
    return next_step(debtor, POLICY, today)


def codes(answer):
    return [s.code for s in answer.because]


@pytest.mark.parametrize(
    ("debtor", "step", "on"),
    [
        pytest.param(case(invoice()._replace(open_cents=0)), S.NONE, None, id="nothing open: nothing to do"),
        pytest.param(case(invoice(late=-5)), S.WAIT, 6, id="not due: wait until the day after the due date"),
        pytest.param(case(invoice(late=0)), S.WAIT, 1, id="due today: it may still come today"),
        pytest.param(case(invoice(late=1)), S.REMIND_FIRST, 1, id="late: a reminder on day two"),
        pytest.param(
            case(invoice(late=3)), S.REMIND_FIRST, -1, id="day three: the reminder of day two is still due"
        ),
        pytest.param(
            case(invoice(late=3), has_email=False),
            S.CALL_FIRST,
            1,
            id="no e-mail: the call stands on day four all the same",
        ),
        pytest.param(case(invoice(late=4)), S.CALL_FIRST, 0, id="day four: call, reminded or not"),
        pytest.param(case(invoice(late=90)), S.CALL_FIRST, -84, id="long ago: the call is still due"),
        pytest.param(
            case(invoice(late=3), reminders=(reminder(1),)),
            S.CALL_FIRST,
            1,
            id="reminded: the call follows on day four",
        ),
        pytest.param(
            case(invoice(late=20, euros=10)), S.REMIND_FIRST, -18, id="too small for a call: a reminder"
        ),
        pytest.param(
            case(invoice(late=20, euros=10), reminders=(reminder(15),)),
            S.REMIND_SECOND,
            -6,
            id="and then a second one",
        ),
        pytest.param(
            case(invoice(euros=10), has_email=False), S.NONE, None, id="too small and no e-mail: nothing"
        ),
        pytest.param(case(invoice(late=None)), S.NONE, None, id="without a due date nothing is guessed"),
        pytest.param(
            case(invoice()._replace(exemption=Exemption.DIRECT_DEBIT)),
            S.NONE,
            None,
            id="direct debit: nothing",
        ),
        pytest.param(
            case(has_phone=False, has_email=False), S.FIX_CONTACT, -14, id="no number and no e-mail: find one"
        ),
        pytest.param(
            case(has_phone=False, reminders=(reminder(15),)),
            S.FIX_CONTACT,
            -14,
            id="no number, reminded: find one",
        ),
        pytest.param(
            case(attempts=(attempt(0),)),
            S.REMIND_FIRST,
            -18,
            id="tried today and never reminded: remind meanwhile",
        ),
        pytest.param(
            case(attempts=(attempt(0),), reminders=(reminder(5),)),
            S.CALL_AGAIN,
            1,
            id="tried today: again tomorrow",
        ),
        pytest.param(
            case(attempts=(spoken(3),)), S.CALL_AGAIN, 4, id="spoken on Friday: again after five working days"
        ),
        pytest.param(
            case(attempts=(spoken(3, Result.REFUSED),)),
            S.CALL_AGAIN,
            2,
            id="refused on Friday: again after three",
        ),
        pytest.param(case(callbacks=(callback(at(16)),)), S.CALL_BACK, 0, id="a call-back of today"),
        pytest.param(
            case(callbacks=(callback(at(16, day=FRIDAY)),)),
            S.CALL_BACK,
            -3,
            id="a call-back that was missed is still due",
        ),
        pytest.param(
            case(callbacks=(callback(at(16), done=True),)),
            S.CALL_FIRST,
            -14,
            id="a call-back that was made is over",
        ),
        pytest.param(
            case(callbacks=(callback(at(16, day=TODAY + days(2))),)),
            S.CALL_BACK,
            2,
            id="a later call-back: no call before",
        ),
        pytest.param(
            case(promises=(promise(2),)), S.WAIT_PROMISE, 2, id="a promise: wait for its control date"
        ),
        pytest.param(
            case(promises=(promise(0),)), S.WAIT_PROMISE, 0, id="on the control date it may still come in"
        ),
        pytest.param(
            case(promises=(promise(-1),)),
            S.CHECK_PAYMENT,
            0,
            id="past its control date and not judged: check, call nobody",
        ),
        pytest.param(case(promises=(promise(-1, Verdict.UNKNOWN),)), S.CHECK_PAYMENT, 0, id="unknown: check"),
        pytest.param(
            case(promises=(promise(-1, Verdict.BROKEN),)), S.CALL_BROKEN, 0, id="broken: called the next day"
        ),
        pytest.param(
            case(promises=(promise(-3, Verdict.BROKEN),)),
            S.CALL_BROKEN,
            0,
            id="broken on Friday: called on Monday",
        ),
        pytest.param(
            case(promises=(promise(-3, Verdict.PARTLY),)),
            S.CALL_BROKEN,
            0,
            id="kept in part: called about the rest",
        ),
        pytest.param(
            case(promises=(promise(-4, Verdict.BROKEN),), attempts=(spoken(1),)),
            S.CALL_AGAIN,
            4,
            id="broken, spoken about on Sunday: an ordinary next call",
        ),
        pytest.param(
            case(promises=(promise(-4, Verdict.LATE),)),
            S.CALL_FIRST,
            -14,
            id="late is paid: about what is left",
        ),
        pytest.param(case(claims=(claim(1),)), S.CHECK_PAYMENT, 1, id="said to be paid: check tomorrow"),
        pytest.param(
            case(claims=(claim(-1),)), S.CALL_FIRST, -14, id="said to be paid, and the books say no: call"
        ),
        pytest.param(
            case(invoice(known_to=TODAY - days(9)), claims=(claim(-1),)),
            S.CHECK_PAYMENT,
            -1,
            id="said to be paid, and the books are old: check",
        ),
        pytest.param(
            case(perhaps_paid_cents=50_000), S.CHECK_PAYMENT, -19, id="perhaps paid: match the payment first"
        ),
        pytest.param(
            case(disputes=(dispute(500, answer_by=TODAY + days(2)),)),
            S.ANSWER_DISPUTE,
            2,
            id="all disputed: someone answers",
        ),
        pytest.param(
            case(disputes=(dispute(100, answer_by=TODAY + days(2)),)),
            S.CALL_FIRST,
            -14,
            id="disputed in part: called about the rest",
        ),
        pytest.param(
            case(hold=HoldFact(TODAY + days(4), "x")),
            S.HOLD,
            5,
            id="on hold until Friday: resumes on Saturday by itself",
        ),
        pytest.param(case(hold=HoldFact(None, "x")), S.HOLD, None, id="on hold until it is lifted"),
        pytest.param(case(hold=HoldFact(TODAY - days(1), "x")), S.CALL_FIRST, -14, id="the hold is over"),
        pytest.param(
            case(stop=Stop.INSOLVENT, promises=(promise(-1, Verdict.BROKEN),)),
            S.STOPPED,
            None,
            id="insolvent: nothing passes",
        ),
    ],
)
def test_next_step(debtor, step, on):
    answer = decide(debtor)
    expected = None if on is None else TODAY + days(on)
    assert (answer.step, answer.on) == (step, expected)


MISSED_FIVE = tuple(attempt(n, hour=9 + n % 5) for n in (15, 13, 11, 6, 3))


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        pytest.param({"attempts": MISSED_FIVE[:4]}, S.CALL_AGAIN, id="four misses: call again"),
        pytest.param({"attempts": MISSED_FIVE}, S.OTHER_CHANNEL, id="five misses: another channel"),
        pytest.param(
            {"attempts": MISSED_FIVE, "reminders": (reminder(2), reminder(2, level=0))},
            S.CALL_AGAIN,
            id="after our letter he is called again",
        ),
        pytest.param(
            {"attempts": MISSED_FIVE, "reminders": (reminder(5), reminder(20, level=0))},
            S.DECIDE,
            id="five misses after our letter: decide",
        ),
        pytest.param(
            {"attempts": (spoken(9, Result.REFUSED), spoken(5, Result.REFUSED))},
            S.DECIDE,
            id="refused twice: decide",
        ),
    ],
)
def test_who_cannot_be_reached(facts, step):
    debtor = case(invoice(late=30), **{"reminders": (reminder(25), reminder(8, 2)), **facts})
    assert decide(debtor).step is step


@pytest.mark.parametrize(
    ("late", "tier", "code"),
    [
        pytest.param(4, Tier.WEEK, "step.week_ends", id="day four is in the week"),
        pytest.param(6, Tier.WEEK, "step.week_ends", id="on day six it runs until tomorrow"),
        pytest.param(7, Tier.WEEK, "step.week_last_day", id="day seven is the last, and says so"),
        pytest.param(8, Tier.AMOUNT, "step.week_over", id="day eight is over the week"),
    ],
)
def test_the_week_rule(late, tier, code):
    answer = decide(case(invoice(late=late)))
    assert answer.tier is tier
    assert code in codes(answer)
    assert answer.week_ends == TODAY + days(7 - late)


def test_an_invoice_that_was_spoken_about_is_out_of_the_week_rule():
    assert decide(case(invoice(late=6), attempts=(spoken(4, Result.PASSED_ON),))).tier is Tier.AMOUNT


def test_a_broken_promise_tells_what_was_said():
    answer = decide(case(promises=(promise(-1, Verdict.BROKEN, words="vrijdag staat het erop"),)))
    assert codes(answer)[:2] == ["step.promise_broken", "step.said"]
    assert answer.tier is Tier.BROKEN
    assert answer.about == ("promise", 7)


def test_after_a_miss_this_morning_a_broken_promise_is_tried_this_afternoon():
    answer = decide(case(promises=(promise(-1, Verdict.BROKEN),), attempts=(attempt(0),)))
    assert (answer.step, answer.on, answer.at) == (S.CALL_BROKEN, TODAY, at(13, 30))


def test_unknown_says_which_day_is_missing():
    answer = decide(case(invoice(known_to=TODAY - days(5)), promises=(promise(-1),)))
    assert codes(answer) == ["step.promise_unknown", "step.books_reach"]
    assert answer.because[1].params == {"reach": TODAY - days(6), "needed": TODAY}


@pytest.mark.parametrize(
    ("bank", "code", "params"),
    [
        pytest.param(
            TODAY - days(4), "step.statement_needed", {"needed": TODAY - days(1)}, id="a statement is missing"
        ),
        pytest.param(
            TODAY - days(1), "step.books_complete", {"reach": TODAY - days(1)}, id="the statement is there"
        ),
    ],
)
def test_who_reads_statements_is_asked_for_no_export(bank, code, params):
    debtor = case(invoice(known_to=TODAY - days(5)), promises=(promise(-1),))
    answer = decide(replace(debtor, bank_to=bank))
    assert (answer.because[1].code, answer.because[1].params) == (code, params)


def test_unknown_says_that_a_payment_waits_that_may_be_his():
    debtor = case(invoice(known_to=TODAY - days(5)), promises=(promise(-1),))
    answer = decide(replace(debtor, bank_to=TODAY, perhaps_paid_cents=20_000))
    assert answer.because[1].code == "step.promise_perhaps"


def test_a_plan_waits_for_its_next_instalment():
    parts = (
        InstalmentFact(TODAY - days(9), 25_000, TODAY - days(7), Verdict.KEPT),
        InstalmentFact(TODAY + days(9), 25_000, TODAY + days(11)),
    )
    plan = replace(promise(2), instalments=parts)
    answer = decide(case(invoice()._replace(open_cents=25_000), promises=(plan,)))
    assert (answer.step, answer.on) == (S.WAIT_PROMISE, TODAY + days(11))


def test_what_is_left_is_asked_for_and_what_is_not_is_told():
    answer = decide(case(invoice(1), invoice(2, euros=300), promises=(promise(2),)))
    assert (answer.step, answer.base_cents, answer.open_cents) == (S.CALL_FIRST, 30_000, 80_000)
    assert "step.left_out_promised" in codes(answer)


def test_three_tries_this_week_wait_for_monday():
    wednesday = TODAY + days(2)
    tries = (attempt(0), attempt(-1), attempt(-2))
    debtor = case(attempts=tries, reminders=(reminder(15), reminder(5, 2)))
    answer = decide(debtor, wednesday)
    assert (answer.step, answer.on) == (S.CALL_AGAIN, TODAY + days(7))
    assert "gate.tries_this_week" in codes(answer)


def test_on_the_day_of_the_third_try_no_hour_of_tomorrow_is_named():
    tries = (attempt(0), attempt(1), attempt(2))
    debtor = case(attempts=tries, reminders=(reminder(15), reminder(5, 2)))
    wednesday = TODAY + days(2)
    tries = tuple(replace(a, at=a.at + days(2)) for a in tries)
    answer = decide(replace(debtor, attempts=tries), wednesday)
    assert (answer.step, answer.on, answer.at) == (S.CALL_AGAIN, TODAY + days(7), None)


def test_a_reminder_names_no_day_of_a_call_that_is_past():
    sent = (reminder(20), reminder(0, level=0))
    answer = decide(case(invoice(late=24), attempts=(attempt(2),), reminders=sent))
    assert answer.step is S.REMIND_SECOND
    assert answer.on > TODAY
    assert "step.call_follows" not in codes(answer)


def test_the_call_is_on_a_working_day():
    saturday_four_days_late = case(invoice(late=-1), has_email=False)
    assert decide(saturday_four_days_late, TODAY + days(2)).on == TODAY + days(7)


def test_the_debtors_own_day_counts_for_a_try():
    """Ten in the evening in Curacao is the next day in UTC."""
    debtor = case(
        country="CW", time_zone="America/Curacao", attempts=(attempt(0, hour=22),), reminders=(reminder(5),)
    )
    answer = decide(
        replace(debtor, attempts=(replace(debtor.attempts[0], at=at(22, zone="America/Curacao")),))
    )
    assert answer.on == TODAY + days(1)


def test_slots_travel_with_the_call():
    tries = (attempt(9, Outcome.REACHED, 14), attempt(7, hour=9, minute=35), attempt(6, hour=9, minute=35))
    answer = decide(case(attempts=tries, reminders=(reminder(5),)))
    assert (answer.reached_slots, answer.avoid_slots) == ((2,), (0,))


def test_twenty_thousand_debtors_are_no_wait():
    """Goal: 20,000 within 1.5 s of one core; measured here on 1,000 with room for a busy machine."""
    debtors = [
        case(*(invoice(n + 1, late=3 * n + k % 9) for n in range(3)), attempts=(attempt(4), attempt(2)))
        for k in range(1000)
    ]
    start = process_time()
    for debtor in debtors:
        decide(debtor)
    assert process_time() - start < 0.3
