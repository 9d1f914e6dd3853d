"""The gate (J1): what forbids a call, what passes it, and what is asked for when he is called."""

from dataclasses import replace

import pytest

from beluur.domain.case import DebtorKind, Exemption, HoldFact, InstalmentFact, Outcome, Result, Stop, Verdict
from beluur.domain.gate import HARD, Barrier, gate
from beluur.domain.parts import Why
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
    spoken,
)

TRIED_TODAY = (attempt(0, hour=8),)
# Nobody is tried on a weekend, so three tries of this week need a later day than Monday.
WEDNESDAY = TODAY + days(2)
THREE_TRIES = (attempt(0), attempt(-1), attempt(-1, hour=14))
SPOKEN = (spoken(3),)
DUE_CALLBACK = (callback(NOW - days(0)),)
BROKEN = (promise(-4, Verdict.BROKEN),)
COLLECTOR = {"kind": DebtorKind.CONSUMER, "agency": True}


def barriers(debtor, now=NOW, **how):
    return {b.barrier for b in gate(debtor, POLICY, now, **how).blocks}


@pytest.mark.parametrize(
    ("facts", "now", "incoming", "expected"),
    [
        # what blocks, without anything that passes
        pytest.param({}, NOW, False, set(), id="nothing stands in the way of an ordinary late debtor"),
        pytest.param({"stop": Stop.INSOLVENT}, NOW, False, {Barrier.INSOLVENT}, id="insolvent blocks"),
        pytest.param({"stop": Stop.HANDED_OVER}, NOW, False, {Barrier.HANDED_OVER}, id="handed over blocks"),
        pytest.param(
            {"stop": Stop.VULNERABLE}, NOW, False, {Barrier.VULNERABLE}, id="a vulnerable person blocks"
        ),
        pytest.param(
            COLLECTOR, at(20, 30), False, {Barrier.LAW}, id="the law blocks a collector in the evening"
        ),
        pytest.param({}, at(20, 30), False, {Barrier.DECENCY}, id="decency blocks a creditor in the evening"),
        pytest.param(
            {"hold": HoldFact(TODAY, "x")}, NOW, False, {Barrier.HOLD}, id="a hold blocks on its last day"
        ),
        pytest.param(
            {"hold": HoldFact(None, "x")}, NOW, False, {Barrier.HOLD}, id="a hold without end blocks"
        ),
        pytest.param({"hold": HoldFact(TODAY - days(1), "x")}, NOW, False, set(), id="a hold ends by itself"),
        pytest.param(
            {"callbacks": (callback(at(16)),)},
            NOW,
            False,
            {Barrier.CALLBACK_LATER},
            id="a call-back for later blocks",
        ),
        pytest.param({"attempts": TRIED_TODAY}, NOW, False, {Barrier.TRIED_TODAY}, id="a try today blocks"),
        pytest.param({"attempts": SPOKEN}, NOW, False, {Barrier.SPOKEN}, id="spoken three days ago blocks"),
        pytest.param(
            {"attempts": (spoken(8),)},
            NOW,
            False,
            set(),
            id="spoken more than five working days ago does not",
        ),
        # an agreed call-back
        pytest.param(
            {"attempts": TRIED_TODAY, "callbacks": DUE_CALLBACK},
            NOW,
            False,
            set(),
            id="a due call-back passes a try today",
        ),
        pytest.param(
            {"attempts": SPOKEN, "callbacks": DUE_CALLBACK},
            NOW,
            False,
            set(),
            id="a due call-back passes spoken",
        ),
        pytest.param(
            {"callbacks": (callback(NOW - days(1)),)},
            NOW,
            False,
            set(),
            id="the call-back of yesterday is still due",
        ),
        pytest.param(
            {"stop": Stop.INSOLVENT, "callbacks": DUE_CALLBACK},
            NOW,
            False,
            {Barrier.INSOLVENT},
            id="a due call-back does not pass insolvency",
        ),
        pytest.param(
            {"stop": Stop.HANDED_OVER, "callbacks": DUE_CALLBACK},
            NOW,
            False,
            {Barrier.HANDED_OVER},
            id="nor handover",
        ),
        pytest.param(
            {"stop": Stop.VULNERABLE, "callbacks": DUE_CALLBACK},
            NOW,
            False,
            {Barrier.VULNERABLE},
            id="nor a vulnerable person",
        ),
        pytest.param(
            {**COLLECTOR, "callbacks": (callback(at(20, 30)),)},
            at(20, 30),
            False,
            {Barrier.LAW},
            id="nor the law",
        ),
        pytest.param(
            {"hold": HoldFact(None, "x"), "callbacks": DUE_CALLBACK},
            NOW,
            False,
            {Barrier.HOLD},
            id="nor a hold",
        ),
        # a broken promise
        pytest.param(
            {"attempts": TRIED_TODAY, "promises": BROKEN},
            NOW,
            False,
            set(),
            id="a broken promise passes a try today",
        ),
        pytest.param(
            {"attempts": (spoken(5),), "promises": BROKEN},
            NOW,
            False,
            set(),
            id="a broken promise passes spoken before it broke",
        ),
        pytest.param(
            {"attempts": (spoken(1),), "promises": BROKEN},
            NOW,
            False,
            {Barrier.SPOKEN},
            id="but not spoken about it since",
        ),
        pytest.param(
            {"stop": Stop.INSOLVENT, "promises": BROKEN},
            NOW,
            False,
            {Barrier.INSOLVENT},
            id="a broken promise does not pass insolvency",
        ),
        pytest.param(
            {"stop": Stop.HANDED_OVER, "promises": BROKEN},
            NOW,
            False,
            {Barrier.HANDED_OVER},
            id="a broken promise does not pass handover",
        ),
        pytest.param(
            {"stop": Stop.VULNERABLE, "promises": BROKEN},
            NOW,
            False,
            {Barrier.VULNERABLE},
            id="a broken promise does not pass a vulnerable person",
        ),
        pytest.param(
            {**COLLECTOR, "promises": BROKEN},
            at(20, 30),
            False,
            {Barrier.LAW},
            id="a broken promise does not pass the law",
        ),
        # an incoming call
        pytest.param({"attempts": TRIED_TODAY}, NOW, True, set(), id="an incoming call passes a try today"),
        pytest.param({"attempts": SPOKEN}, NOW, True, set(), id="an incoming call passes spoken"),
        pytest.param(
            {"stop": Stop.INSOLVENT},
            NOW,
            True,
            {Barrier.INSOLVENT},
            id="an incoming call does not pass insolvency",
        ),
        pytest.param(
            {"stop": Stop.HANDED_OVER},
            NOW,
            True,
            {Barrier.HANDED_OVER},
            id="an incoming call does not pass handover",
        ),
        pytest.param(
            {"stop": Stop.VULNERABLE},
            NOW,
            True,
            {Barrier.VULNERABLE},
            id="an incoming call does not pass a vulnerable person",
        ),
        pytest.param(
            COLLECTOR, at(20, 30), True, set(), id="the law is about our calls: he may ring us in the evening"
        ),
    ],
)
def test_precedence(facts, now, incoming, expected):
    assert barriers(case(**facts), now, incoming=incoming) == expected


@pytest.mark.parametrize(
    ("facts", "incoming", "blocked"),
    [
        pytest.param({}, False, True, id="three tries this week block"),
        pytest.param(
            {"callbacks": (callback(at(9, 0, WEDNESDAY)),)},
            False,
            False,
            id="a due call-back passes three tries",
        ),
        pytest.param({"promises": BROKEN}, False, False, id="a broken promise passes three tries"),
        pytest.param({}, True, False, id="an incoming call passes three tries"),
    ],
)
def test_precedence_of_three_tries(facts, incoming, blocked):
    found = barriers(case(attempts=THREE_TRIES, **facts), at(9, 35, WEDNESDAY), incoming=incoming)
    assert (Barrier.TRIES_THIS_WEEK in found) is blocked


def test_what_was_passed_is_told_with_its_reason():
    result = gate(case(attempts=TRIED_TODAY, promises=BROKEN), POLICY, NOW)
    assert [b.barrier for b in result.passed] == [Barrier.TRIED_TODAY]
    assert result.passes.code == "gate.passes_broken"


@pytest.mark.parametrize("barrier", list(Barrier))
def test_only_the_law_and_what_concerns_the_person_is_hard(barrier):
    assert (barrier in HARD) == (barrier.value in {"insolvent", "handed_over", "vulnerable", "law"})


@pytest.mark.parametrize(
    ("facts", "now", "may_overrule"),
    [
        pytest.param({"attempts": TRIED_TODAY}, NOW, True, id="a try today may be overruled"),
        pytest.param({"hold": HoldFact(None, "x")}, NOW, True, id="a hold may be overruled"),
        pytest.param({}, at(20, 30), True, id="decency may be overruled"),
        pytest.param({"stop": Stop.VULNERABLE}, NOW, False, id="a vulnerable person may not"),
        pytest.param(COLLECTOR, at(20, 30), False, id="the law may not"),
        pytest.param(
            {"stop": Stop.INSOLVENT, "attempts": TRIED_TODAY},
            NOW,
            False,
            id="one hard block among soft ones is enough",
        ),
        pytest.param({}, NOW, False, id="without a block there is nothing to overrule"),
    ],
)
def test_may_overrule(facts, now, may_overrule):
    assert gate(case(**facts), POLICY, now).may_overrule is may_overrule


IN_TWO = replace(
    promise(2),
    instalments=tuple(
        InstalmentFact(TODAY + days(n), cents, TODAY + days(n + 2), Verdict.OPEN)
        for n, cents in ((1, 20_000), (31, 30_000))
    ),
)
TWO = (invoice(1, euros=500), invoice(2, late=10, euros=300))


@pytest.mark.parametrize(
    ("debtor", "callable_euros", "why"),
    [
        pytest.param(
            case(*TWO, promises=(promise(2),)), 300, Why.PROMISED, id="a promise takes its invoice out"
        ),
        pytest.param(
            case(*TWO, disputes=(dispute(200),)), 600, Why.DISPUTED, id="a dispute takes out its part only"
        ),
        pytest.param(
            case(*TWO, claims=(claim(1, 500),)), 300, Why.CLAIMED, id="what he says is paid is taken out"
        ),
        pytest.param(
            case(*TWO, perhaps_paid_cents=50_000),
            300,
            Why.PERHAPS_PAID,
            id="an unmatched payment of that size",
        ),
        pytest.param(
            case(*TWO, promises=(promise(2),), perhaps_paid_cents=50_000),
            300,
            Why.PROMISED,
            id="a payment of just what is promised is taken out once",
        ),
        pytest.param(
            case(*TWO, promises=(promise(2),), perhaps_paid_cents=49_000),
            300,
            Why.PROMISED,
            id="nearly as much is that money too",
        ),
        pytest.param(
            case(*TWO, promises=(IN_TWO,), perhaps_paid_cents=20_000),
            300,
            Why.PLAN,
            id="the first instalment of a plan too",
        ),
        pytest.param(
            case(*TWO, promises=(promise(2),), perhaps_paid_cents=20_000),
            100,
            Why.PERHAPS_PAID,
            id="a payment of another size may be the rest",
        ),
        pytest.param(
            case(*TWO, promises=(promise(-4, Verdict.BROKEN),), perhaps_paid_cents=50_000),
            300,
            Why.PERHAPS_PAID,
            id="a broken promise takes nothing out: the payment does",
        ),
        pytest.param(
            case(invoice(1, euros=500), invoice(2, late=-3, euros=300)),
            500,
            Why.NOT_DUE,
            id="what is not due",
        ),
        pytest.param(
            case(invoice(1), invoice(2, late=0, euros=300)),
            500,
            Why.NOT_DUE,
            id="the due day itself is in time",
        ),
        pytest.param(
            case(invoice(1), invoice(2, late=None)),
            500,
            Why.NO_DUE_DATE,
            id="without a due date nothing is guessed",
        ),
        pytest.param(
            case(*TWO, invoice(3)._replace(open_cents=-10_000, is_credit_note=True)),
            700,
            Why.CREDIT,
            id="an unused credit note",
        ),
        pytest.param(
            case(TWO[0]._replace(exemption=Exemption.DIRECT_DEBIT), TWO[1]),
            300,
            Why.EXEMPT,
            id="direct debit is not dunned",
        ),
        pytest.param(
            case(TWO[0]._replace(exemption=Exemption.G_ACCOUNT, exempt_cents=20_000), TWO[1]),
            600,
            Why.EXEMPT,
            id="only the part of the G-account",
        ),
        pytest.param(
            case(*TWO, promises=(promise(2),), disputes=(dispute(200),)),
            300,
            Why.DISPUTED,
            id="a promise does not erase a dispute",
        ),
        pytest.param(
            case(*TWO, promises=(promise(-4, Verdict.UNKNOWN),)),
            300,
            Why.PROMISED,
            id="nobody is accused while it is unknown",
        ),
    ],
)
def test_works_on_amounts(debtor, callable_euros, why):
    result = gate(debtor, POLICY, NOW)
    assert result.callable_cents == callable_euros * 100
    assert why in {part.why for part in result.taken_out}
    assert result.may_call, "what is left is worth a call"


def test_a_plan_on_schedule_is_taken_out_and_off_schedule_is_not():
    parts = (
        InstalmentFact(TODAY - days(9), 25_000, TODAY - days(7), Verdict.KEPT),
        InstalmentFact(TODAY + days(9), 50_000, TODAY + days(11)),
    )
    plan = replace(promise(2), instalments=parts, covers=((1, 50_000),))
    assert gate(case(promises=(plan,)), POLICY, NOW).callable_cents == 0
    broken = replace(plan, instalments=(replace(parts[0], verdict=Verdict.BROKEN), parts[1]))
    assert gate(case(promises=(broken,)), POLICY, NOW).callable_cents == 50_000


@pytest.mark.parametrize(
    ("debtor", "barrier"),
    [
        pytest.param(case(invoice()._replace(open_cents=0)), Barrier.NOTHING_OPEN, id="nothing open"),
        pytest.param(case(invoice(euros=20)), Barrier.TOO_SMALL, id="below the minimum"),
        pytest.param(case(promises=(promise(2),)), Barrier.NOTHING_LEFT, id="all of it promised"),
        pytest.param(case(claims=(claim(1),)), Barrier.CLAIM, id="all of it said to be paid"),
    ],
)
def test_when_nothing_is_left_he_is_not_called(debtor, barrier):
    assert barrier in barriers(debtor)


def test_an_agreed_call_back_is_kept_though_all_is_disputed():
    assert barriers(case(disputes=(dispute(500),), callbacks=DUE_CALLBACK)) == set()


def test_but_not_when_the_money_is_perhaps_in():
    assert Barrier.NOTHING_LEFT in barriers(case(perhaps_paid_cents=50_000, callbacks=DUE_CALLBACK))


def test_a_call_back_may_be_dialled_five_minutes_before():
    assert barriers(case(callbacks=(callback(at(9, 40)),)), at(9, 34)) == {Barrier.CALLBACK_LATER}
    assert barriers(case(callbacks=(callback(at(9, 40)),)), at(9, 35)) == set()


def test_no_phone_number_is_missing_and_no_block():
    result = gate(case(has_phone=False), POLICY, NOW)
    assert result.may_call
    assert [s.code for s in result.why_not] == ["gate.no_phone"]


@pytest.mark.parametrize(
    ("result", "rest"),
    [(Result.NOTHING, 5), (Result.REFUSED, 3), (Result.PASSED_ON, 2), (Result.CLAIMS_PAID, 1)],
)
def test_how_long_he_is_left_alone_depends_on_what_was_said(result, rest):
    debtor = case(attempts=(spoken(0, result),))
    day = TODAY + days(rest) if rest < 5 else TODAY + days(7)
    assert Barrier.SPOKEN in barriers(debtor, at(9, 35, day - days(1 if rest < 5 else 3)))
    assert barriers(debtor, at(9, 35, day)) == set()


def test_an_engaged_line_is_no_try_the_first_time():
    assert barriers(case(attempts=(attempt(0, Outcome.BUSY, 8),))) == set()
    twice = (attempt(0, Outcome.BUSY, 8), attempt(0, Outcome.BUSY, 9))
    assert barriers(case(attempts=twice)) == {Barrier.TRIED_TODAY}


def test_a_wrong_number_is_no_try():
    assert barriers(case(attempts=(attempt(0, Outcome.NUMBER_INVALID, 8),))) == set()


def test_a_block_says_when_it_ends():
    ends = {b.barrier: b.until for b in gate(case(attempts=TRIED_TODAY), POLICY, at(20, 30)).blocks}
    assert ends == {Barrier.TRIED_TODAY: TODAY + days(1), Barrier.DECENCY: at(7, 0, TODAY + days(1))}
