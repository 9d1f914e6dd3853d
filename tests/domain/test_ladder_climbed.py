"""A ladder is climbed: it ends, without a burst, and no step of it is taken twice (H4, J4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beluur.domain.case import DebtorKind, HoldFact, ReminderFact, Result, Stop, Verdict
from beluur.domain.gate import Barrier, gate
from beluur.domain.ladder import RungKind
from beluur.domain.ladder_shipped import ladder_for, on_ladder
from beluur.domain.ladder_stand import Standing, stand
from beluur.domain.next_step import next_step
from beluur.domain.simulation import simulate
from beluur.domain.steps import CALLS, Step
from beluur.words import render
from tests.domain.builders import (
    POLICY,
    TODAY,
    at,
    attempt,
    callback,
    case,
    days,
    dispute,
    invoice,
    promise,
    reminder,
    spoken,
)  # fmt: skip
from tests.domain.ladders import BUSINESS, edited, good_ladders, without
from tests.domain.strategies import cases
from tests.examples import examples

K, S = RungKind, Step
WRITTEN = (S.REMIND_FIRST, S.REMIND_SECOND, S.OTHER_CHANNEL)
LONG = 160  # weeks
COLLECTED = {"kind": DebtorKind.CONSUMER, "country": "BE", "agency": True, "time_zone": "Europe/Brussels"}


def planned(debtor, ladder=None, weeks=26, today=TODAY):
    return simulate(debtor, ladder or ladder_for(debtor, POLICY), POLICY, today, weeks)


def told(debtor, **over):
    return [(p.step, p.rung, (p.on - TODAY).days) for p in planned(debtor, **over)]


@pytest.mark.parametrize(
    ("debtor", "expected"),
    [
        pytest.param(
            case(invoice(late=0)),
            [(S.REMIND_FIRST, None, 2), (S.CALL_FIRST, None, 4), (S.CALL_AGAIN, None, 11), (S.CALL_AGAIN, None, 18),
             (S.REMIND_LAST, None, 21), (S.CALL_AGAIN, None, 25), (S.DECIDE, K.NOTICE, 35), (S.DECIDE, K.HANDOVER, 50)],
            id="due today: the whole road",
        ),
        pytest.param(
            case(invoice(late=60)),
            [(S.CALL_FIRST, None, 0), (S.CALL_AGAIN, None, 7), (S.DECIDE, K.NOTICE, 14), (S.DECIDE, K.HANDOVER, 29)],
            id="long ago: no burst, one step after the other",
        ),
        pytest.param(
            case(promises=(promise(1),)),
            [(S.WAIT_PROMISE, None, 1), (S.CALL_BROKEN, None, 2), (S.CALL_AGAIN, None, 9), (S.DECIDE, K.NOTICE, 16),
             (S.DECIDE, K.HANDOVER, 31)],
            id="a promise that is not kept",
        ),
        pytest.param(
            case(hold=HoldFact(TODAY + days(6), "x"), reminders=(reminder(10),)),
            [(S.HOLD, None, 7), (S.CALL_FIRST, None, 8)], id="a hold: it resumes by itself",
        ),
        pytest.param(case(invoice(late=30), **COLLECTED),
                     [(S.REMIND_FIRST, None, 0), (S.CALL_FIRST, None, 15)], id="a collector writes first in Belgium"),
        pytest.param(case(stop=Stop.INSOLVENT), [], id="stopped: nothing"),
        pytest.param(case(has_phone=False, reminders=(reminder(5),)), [(S.FIX_CONTACT, None, 0)],
                     id="without a number somebody has to find one first"),
        pytest.param(case(perhaps_paid_cents=50_000), [(S.CHECK_PAYMENT, None, 0)],
                     id="perhaps paid: somebody has to look first"),
        pytest.param(case(callbacks=(callback(at(16, day=TODAY + days(1))),)),
                     [(S.CALL_BACK, None, 1), (S.CALL_AGAIN, None, 8)], id="a call-back is made"),
        pytest.param(case(disputes=(dispute(500, answer_by=TODAY + days(2)),)),
                     [(S.ANSWER_DISPUTE, None, 2), (S.CALL_FIRST, None, 3)], id="a dispute is answered"),
        pytest.param(case(attempts=(spoken(10, Result.REFUSED), spoken(4, Result.REFUSED))),
                     [(S.DECIDE, None, 1)], id="refused twice: a person decides, and nobody knows what"),
    ],
)  # fmt: skip
def test_if_nothing_happens(debtor, expected):
    assert told(debtor)[: len(expected)] == expected
    assert len(expected) > 3 or len(told(debtor)) >= len(expected)


def test_what_lies_beyond_the_weeks_is_not_told():
    assert told(case(invoice(late=0)), weeks=1) == [(S.REMIND_FIRST, None, 2), (S.CALL_FIRST, None, 4)]


@given(good_ladders(), st.integers(-3, 90), st.booleans())
@settings(max_examples=examples(200))
def test_every_ladder_that_may_be_saved_ends_at_a_person(ladder, late, mail):
    """Reached each time or never: in the end a person decides."""
    debtor = case(invoice(late=late), has_email=mail)
    road = planned(debtor, ladder, LONG)
    assert road[-1].ends
    assert (road[-1].step, road[-1].rung) == (S.DECIDE, K.HANDOVER)


@given(cases(), good_ladders())
@settings(max_examples=examples(200))
def test_no_debtor_gets_two_messages_on_a_day(debtor, ladder):
    wrote = [p.on for p in planned(debtor, ladder, LONG) if p.step in WRITTEN]
    assert len(wrote) == len(set(wrote))
    earlier = {r.on for r in debtor.reminders}
    assert earlier.isdisjoint(wrote)


@given(cases(), good_ladders())
@settings(max_examples=examples(200))
def test_no_step_is_taken_twice_whatever_is_made_of_the_ladder(debtor, ladder):
    """Facts tell what was done. A first and a second reminder of an invoice go once."""
    road = planned(debtor, ladder, LONG)
    done = sum(p.rung is K.NOTICE for p in road)
    assert done <= 1
    plain = case(invoice(), reminders=(reminder(3),))
    again = [p.step for p in planned(plain, ladder, LONG)]
    assert S.REMIND_FIRST not in again
    assert again.count(S.REMIND_SECOND) <= 1
    twice = case(invoice(), reminders=(reminder(9), reminder(3, 2)))
    assert not {S.REMIND_FIRST, S.REMIND_SECOND} & {p.step for p in planned(twice, ladder, LONG)}


@given(good_ladders(), st.integers(0, 60), st.integers(1, 30))
@settings(max_examples=examples(200))
def test_a_missed_day_is_caught_up(ladder, late, missed):
    """What was due while nobody looked is still due, and nothing is due that was not."""
    debtor = case(invoice(late=late))
    policy = on_ladder(POLICY, ladder)
    before, after = next_step(debtor, policy, TODAY), next_step(debtor, policy, TODAY + days(missed))
    if before.is_due(TODAY):
        assert after.is_due(TODAY + days(missed))
    road = planned(debtor, ladder, LONG, TODAY + days(missed))
    assert [p.on for p in road] == sorted({p.on for p in road}), "one step a day, whatever was missed"


@given(cases(), good_ladders())
@settings(max_examples=examples(200))
def test_the_picture_says_what_the_next_step_says(debtor, ladder):
    policy = on_ladder(POLICY, ladder)
    answer = next_step(debtor, policy, TODAY)
    here = stand(debtor, ladder_for(debtor, policy), POLICY, TODAY)
    assert sum(r.standing is Standing.NEXT for r in here.rungs) <= 1
    kinds = {S.REMIND_FIRST: {K.REMINDER}, S.REMIND_SECOND: {K.SECOND_REMINDER}, S.OTHER_CHANNEL: {K.OTHER_CHANNEL},
             S.CALL_FIRST: {K.CALL}, S.CALL_AGAIN: {K.CALL, K.CALL_AGAIN}}  # fmt: skip
    expected = kinds.get(answer.step, {answer.rung} if answer.rung else None)
    if expected:
        assert here.next is not None
        assert here.next.rung.kind in expected
        assert here.next.on == answer.on
    for rung in here.rungs:
        assert "[" not in render(rung.because)


def standings(debtor, ladder=BUSINESS):
    return {r.rung.kind: r.standing for r in stand(debtor, ladder, POLICY, TODAY).rungs}


@pytest.mark.parametrize(
    ("debtor", "kind", "standing"),
    [
        pytest.param(case(invoice(late=3)), K.REMINDER, Standing.NEXT, id="late, not reminded"),
        pytest.param(case(invoice(late=3), reminders=(reminder(1),)), K.REMINDER, Standing.DONE, id="reminded"),
        pytest.param(case(invoice(late=3), reminders=(reminder(1),)), K.CALL, Standing.NEXT, id="then a call"),
        pytest.param(case(reminders=(reminder(30),)), K.REMINDER, Standing.LATER,
                     id="the reminder was of an earlier invoice"),
        pytest.param(case(attempts=(attempt(2),)), K.CALL, Standing.NEXT, id="rung in vain: still the first call"),
        pytest.param(case(attempts=(spoken(2),)), K.CALL, Standing.DONE, id="spoken"),
        pytest.param(case(attempts=(spoken(2),)), K.REMINDER, Standing.PASSED, id="spoken: no reminder any more"),
        pytest.param(case(attempts=(spoken(2),)), K.CALL_AGAIN, Standing.NEXT, id="spoken: again, later"),
        pytest.param(case(invoice(late=50), attempts=(spoken(20), spoken(10))), K.NOTICE, Standing.NEXT,
                     id="spoken twice, long ago"),
        pytest.param(case(reminders=(reminder(15), reminder(2, 3)), attempts=(spoken(9), spoken(5))), K.HANDOVER,
                     Standing.NEXT, id="the notice has gone"),
        pytest.param(case(invoice(late=-3)), K.REMINDER, Standing.LATER, id="not late"),
        pytest.param(case(attempts=(spoken(9),), stop=Stop.INSOLVENT), K.CALL_AGAIN, Standing.LATER,
                     id="insolvent: no call is next"),
        pytest.param(case(attempts=(spoken(9),), stop=Stop.INSOLVENT), K.CALL, Standing.DONE,
                     id="insolvent: what was done stays"),
    ],
)  # fmt: skip
def test_where_a_dossier_stands(debtor, kind, standing):
    assert standings(debtor)[kind] is standing


def test_after_the_notice_nothing_friendly_follows():
    debtor = case(invoice(late=50), reminders=(reminder(2, 3),), attempts=(spoken(20), spoken(10)))
    answer = next_step(debtor, POLICY, TODAY)
    assert (answer.step, answer.rung, answer.on) == (S.DECIDE, K.HANDOVER, TODAY + days(14))


def test_calls_do_not_put_off_the_notice_for_ever():
    calls = tuple(spoken(n) for n in (28, 21, 14, 7))
    answer = next_step(case(invoice(late=40), attempts=calls), POLICY, TODAY)
    assert (answer.step, answer.rung) == (S.DECIDE, K.NOTICE)


def test_a_collector_does_not_write_to_a_dutch_person_on_sunday():
    sunday = TODAY - days(1)
    person = case(invoice(late=3), kind=DebtorKind.SOLE_TRADER, agency=True)
    assert next_step(person, POLICY, TODAY).on == TODAY
    assert next_step(replace(person, agency=False), POLICY, TODAY).on == sunday


@pytest.mark.parametrize(
    ("debtor", "step", "blocked"),
    [
        pytest.param(case(invoice(late=30), **COLLECTED), S.REMIND_FIRST, True, id="nothing written yet"),
        pytest.param(case(invoice(late=30), reminders=(reminder(14),), **COLLECTED), S.CALL_FIRST, True,
                     id="written fourteen days ago: not yet"),
        pytest.param(case(invoice(late=30), reminders=(reminder(15),), **COLLECTED), S.CALL_FIRST, False,
                     id="written fifteen days ago"),
        pytest.param(case(invoice(late=30), reminders=(replace(reminder(15), channel="letter"),), **COLLECTED),
                     S.CALL_FIRST, True, id="posted fifteen days ago: his days began on the third working day"),
        pytest.param(case(invoice(late=30), reminders=(replace(reminder(20), channel="letter"),), **COLLECTED),
                     S.CALL_FIRST, False, id="posted twenty days ago"),
        pytest.param(case(invoice(late=30), has_email=False, **COLLECTED), S.REMIND_FIRST, True,
                     id="no address: a letter, and no call before"),
        pytest.param(case(invoice(late=30), attempts=(spoken(6),), **COLLECTED), S.REMIND_FIRST, True,
                     id="he rang us: we still write before we ring him"),
        pytest.param(case(invoice(late=30), promises=(promise(-1, Verdict.BROKEN),), **COLLECTED), S.CALL_BROKEN, False,
                     id="he broke a promise: he is called about it"),
        pytest.param(case(invoice(late=30), **{**COLLECTED, "agency": False}), S.CALL_FIRST, False,
                     id="our own claim: the law asks for nothing"),
    ],
)  # fmt: skip
def test_a_belgian_consumer_is_written_to_before_a_collector_calls(debtor, step, blocked):
    assert next_step(debtor, POLICY, TODAY).step is step
    result = gate(debtor, POLICY, at(14))
    assert (Barrier.WRITE_FIRST in {b.barrier for b in result.blocks}) is blocked
    assert not (blocked and result.may_overrule)
    assert Barrier.WRITE_FIRST not in {b.barrier for b in gate(debtor, POLICY, at(14), incoming=True).blocks}


def test_who_was_spoken_today_is_not_reminded_today_as_if_it_had_slipped_his_mind():
    debtor = case(invoice(late=30), attempts=(spoken(0, Result.REFUSED),), **{**COLLECTED, "agency": False})
    answer = next_step(debtor, POLICY, TODAY)
    assert (answer.step, answer.on) == (S.REMIND_FIRST, TODAY + days(1))


def test_the_reason_names_the_law_and_the_missing_address():
    codes = [s.code for s in next_step(case(has_email=False, **COLLECTED), POLICY, TODAY).because]
    assert {"ladder.write_first", "ladder.no_address"} <= set(codes)


@pytest.mark.parametrize(
    ("ladder", "debtor", "step", "on"),
    [
        pytest.param(edited(K.CALL, after_days=10), case(invoice(late=5), has_email=False), S.CALL_FIRST, 7,
                     id="the call ten days after the due date"),
        pytest.param(edited(K.CALL, needs=(K.REMINDER,), rest_days=3), case(invoice(late=20), reminders=(reminder(1),)),
                     S.CALL_FIRST, 2, id="three days after the reminder"),
        pytest.param(edited(K.CALL, needs=(K.REMINDER,)), case(), S.REMIND_FIRST, -18, id="the call waits for it"),
        pytest.param(edited(K.CALL_AGAIN, rest_days=14), case(attempts=(spoken(3),)), S.CALL_AGAIN, 11,
                     id="two weeks between calls"),
        pytest.param(without(K.CALL_AGAIN, ladder=edited(K.NOTICE, needs=(K.CALL,), after_days=0)),
                     case(attempts=(spoken(10),)), S.DECIDE, -3, id="one conversation, then the notice"),
        pytest.param(edited(K.SECOND_REMINDER, needs=(K.REMINDER, K.CALL), rest_days=2),
                     case(reminders=(reminder(15),), attempts=(spoken(3),)), S.REMIND_SECOND, -1,
                     id="a second reminder after the conversation"),
        pytest.param(without(K.OTHER_CHANNEL), case(attempts=tuple(attempt(9 - n) for n in range(6))), S.DECIDE, 0,
                     id="who cannot be reached is not written to"),
    ],
)  # fmt: skip
def test_next_step_goes_by_the_house_s_own_ladder(ladder, debtor, step, on):
    answer = next_step(debtor, on_ladder(POLICY, ladder), TODAY)
    assert (answer.step, answer.on) == (step, TODAY + days(on))


def test_a_letter_that_we_tried_counts_as_a_message_of_that_day():
    debtor = case(has_phone=False, reminders=(ReminderFact(0, TODAY),), attempts=(attempt(2),))
    road = planned(debtor)
    assert all(p.on > TODAY for p in road if p.step in WRITTEN)


@given(cases())
def test_a_simulation_is_finite_and_in_order(debtor):
    road = planned(debtor, weeks=LONG)
    assert len(road) < 60
    assert [p.on for p in road] == sorted(p.on for p in road)
    assert all(p.on >= TODAY for p in road)
    assert all(not p.ends for p in road[:-1])


def test_calls_are_planned_on_working_days():
    road = planned(case(invoice(late=60)), today=TODAY - days(2))
    assert all(p.on.weekday() < 5 for p in road if p.step in CALLS)
