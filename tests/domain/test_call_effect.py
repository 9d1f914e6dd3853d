"""What a call report comes to, and what came in for a promise: pure tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.call_report import CallbackSaid, CallReport, ClaimSaid, PromiseSaid
from beluur.domain.case import (
    AttemptFact,
    CallbackFact,
    Case,
    DebtorKind,
    InstalmentFact,
    Outcome,
    Result,
    Verdict,
)
from beluur.domain.message_state import Cause, MessageState, retry_at, states_before
from beluur.domain.missed_callback import moved_to
from beluur.domain.policy import Policy
from beluur.domain.receipts import Booked, Covered, Promised, known_to, receipts, received

MADE = date(2026, 11, 23)
CONTROL = date(2026, 12, 1)
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten in the morning in Amsterdam

RESULTS = {
    "a promise binds most": (
        CallReport(Outcome.REACHED, promise=PromiseSaid((), yes=True), claim=ClaimSaid(1)),
        Result.PROMISE,
    ),
    "a claim before a call-back": (
        CallReport(Outcome.REACHED, claim=ClaimSaid(1), callback=CallbackSaid(NOON)),
        Result.CLAIMS_PAID,
    ),
    "spoken without a result": (CallReport(Outcome.REACHED), Result.NOTHING),
    "a voicemail": (CallReport(Outcome.VOICEMAIL), Result.NONE),
    "a reception that gave an hour": (
        CallReport(Outcome.GATEKEEPER, callback=CallbackSaid(NOON)),
        Result.CALLBACK,
    ),
}


@pytest.mark.parametrize(("report", "result"), RESULTS.values(), ids=RESULTS)
def test_a_call_counts_as(report, result):
    assert report.result is result


def promised(i: int, *covers: Covered, verdict: Verdict = Verdict.OPEN) -> Promised:
    cents = sum(c.cents for c in covers)
    return Promised(i, MADE, covers, (InstalmentFact(MADE, cents, CONTROL, verdict),))


RECEIVED = {
    "nothing came": ([promised(1, Covered(7, 100, 100))], {7: 100}, {1: {7: 0}}),
    "all of it came": ([promised(1, Covered(7, 100, 100))], {7: 0}, {1: {7: 100}}),
    "more than was promised counts no more": ([promised(1, Covered(7, 60, 100))], {7: 0}, {1: {7: 60}}),
    "what came before it was promised does not count": (
        [promised(1, Covered(7, 60, 60))],
        {7: 60},
        {1: {7: 0}},
    ),
    "of two promises the older is served first": (
        [promised(1, Covered(7, 60, 100)), promised(2, Covered(7, 40, 100))],
        {7: 40},
        {1: {7: 60}, 2: {7: 0}},
    ),
    "then the newer": (
        [promised(1, Covered(7, 60, 100)), promised(2, Covered(7, 40, 100))],
        {7: 0},
        {1: {7: 60}, 2: {7: 40}},
    ),
    "what the older got before the newer was made is not taken off twice": (
        [promised(1, Covered(7, 60, 100)), promised(2, Covered(7, 40, 40))],
        {7: 0},
        {1: {7: 60}, 2: {7: 40}},
    ),
    "an amount that grew is no payment": ([promised(1, Covered(7, 100, 100))], {7: 150}, {1: {7: 0}}),
}


@pytest.mark.parametrize(("promises", "open_now", "expected"), RECEIVED.values(), ids=RECEIVED)
def test_what_came_in(promises, open_now, expected):
    assert received(promises, open_now) == expected


@given(
    st.lists(st.integers(1, 100), min_size=1, max_size=4),
    st.integers(0, 400),
)
def test_no_cent_is_counted_for_two_promises(parts, came):
    total = sum(parts)
    came = min(came, total)
    promises = [promised(n, Covered(7, cents, total)) for n, cents in enumerate(parts, 1)]
    taken = received(promises, {7: total - came})
    assert sum(sum(t.values()) for t in taken.values()) == came


def test_a_booking_dates_what_came_and_the_rest_is_in_time_unless_it_was_found_wanting():
    open_promise = promised(1, Covered(7, 100, 100))
    late = date(2026, 12, 5)
    dated = receipts(open_promise, {7: 100}, [Booked(7, 30, late)])
    assert [(r.cents, r.since) for r in dated] == [(30, late), (70, MADE)]
    broken = promised(1, Covered(7, 100, 100), verdict=Verdict.BROKEN)
    assert [(r.cents, r.since) for r in receipts(broken, {7: 100}, [])] == [
        (100, CONTROL + timedelta(days=1))
    ]


def test_a_booking_from_before_the_promise_is_not_for_it():
    found = receipts(promised(1, Covered(7, 100, 100)), {7: 50}, [Booked(7, 50, MADE - timedelta(days=1))])
    assert [(r.cents, r.since) for r in found] == [(50, MADE)]


KNOWN = {
    "one invoice is known to a day": ({1: 10}, {1: CONTROL}, CONTROL - timedelta(days=1)),
    "the least known of two": ({1: 10, 2: 10}, {1: CONTROL, 2: MADE}, MADE - timedelta(days=1)),
    "one without a day": ({1: 10, 2: 10}, {1: CONTROL, 2: None}, None),
    "what is paid need not be known": ({1: 10, 2: 0}, {1: CONTROL, 2: None}, CONTROL - timedelta(days=1)),
    "all is paid": ({1: 0, 2: 0}, {}, date.max),
}


@pytest.mark.parametrize(("open_now", "as_of", "expected"), KNOWN.values(), ids=KNOWN)
def test_the_books_reach(open_now, as_of, expected):
    assert known_to([Covered(1, 10, 10), Covered(2, 10, 10)], open_now, as_of) == expected


def a_case(misses: int = 0) -> Case:
    tries = tuple(
        AttemptFact(NOON - timedelta(days=7 + n), Outcome.NO_ANSWER) for n in reversed(range(misses))
    )
    return Case(
        1,
        "x",
        DebtorKind.BUSINESS,
        "NL",
        "nl",
        "Europe/Amsterdam",
        attempts=tries,
        callbacks=(CallbackFact(1, NOON),),
    )


MOVED = {
    "engaged: after twenty minutes": (Outcome.BUSY, 0, NOON + timedelta(minutes=20)),
    "no answer in the morning: this afternoon": (Outcome.NO_ANSWER, 0, NOON.replace(hour=12, minute=30)),
    "reached: it was made": (Outcome.REACHED, 0, None),
    "a wrong number cannot be tried again": (Outcome.NUMBER_INVALID, 0, None),
    "too many tries: another channel": (Outcome.NO_ANSWER, 4, None),
}


@pytest.mark.parametrize(("outcome", "misses", "expected"), MOVED.values(), ids=MOVED)
def test_a_call_back_that_was_missed_moves_to(outcome, misses, expected):
    assert moved_to(a_case(misses), Policy(), AttemptFact(NOON, outcome)) == expected


def test_a_mail_is_tried_four_times_again_and_then_no_more():
    waits = [retry_at(n, NOON) for n in range(1, 6)]
    assert [(w - NOON).total_seconds() // 60 if w else None for w in waits] == [1, 5, 30, 120, None]
    assert set(states_before(Cause.UNDONE)) >= {MessageState.HELD, MessageState.QUEUED}
