"""The goal before the call (C11), what is missing (C13) and what to ask (C12); the bar under it."""

import pytest

from beluur.domain.bar import Bar, bar
from beluur.domain.briefing import key_questions, missing
from beluur.domain.case import DebtorKind, Verdict
from beluur.domain.commitment import Proposal, ProposedPart
from beluur.domain.goal import propose_goal, weigh
from beluur.domain.mandate import Mandate
from beluur.domain.next_step import next_step
from tests.domain.builders import POLICY, TODAY, case, days, dispute, invoice, promise, reminder


@pytest.mark.parametrize(
    ("debtor", "in_days", "instalments", "code"),
    [
        pytest.param(case(invoice(euros=200)), 3, 1, "goal.small", id="small and undisputed: at once"),
        pytest.param(case(invoice(euros=1_000)), 14, 1, "goal.middle", id="in between: within two weeks"),
        pytest.param(case(invoice(euros=5_000)), 14, 1, "goal.large", id="large: at once first"),
        pytest.param(
            case(invoice(euros=5_000), promises=(promise(-3, Verdict.BROKEN),)),
            3,
            1,
            "goal.after_broken",
            id="a broken word earns no delay",
        ),
    ],
)
def test_the_goal_fits_the_case(debtor, in_days, instalments, code):
    goal = propose_goal(debtor, POLICY, Mandate(), TODAY)
    assert (goal.limit_date, goal.instalments, goal.because[0].code) == (
        TODAY + days(in_days),
        instalments,
        code,
    )


def test_a_dispute_is_part_of_the_goal():
    goal = propose_goal(case(invoice(euros=400), disputes=(dispute(100),)), POLICY, Mandate(), TODAY)
    assert goal.ask_cents == 30_000
    assert [s.code for s in goal.because] == ["goal.middle", "goal.disputed"]


def proposal(*parts):
    return Proposal(tuple(ProposedPart(TODAY + days(n), euros * 100) for n, euros in parts))


@pytest.mark.parametrize(
    ("proposed", "falls_short"),
    [
        pytest.param(proposal((10, 1_000)), [], id="fits"),
        pytest.param(proposal((20, 1_000)), ["goal.too_late"], id="later than the limit date"),
        pytest.param(
            proposal((5, 500), (10, 500)), ["goal.too_many_parts"], id="in parts where none were meant"
        ),
        pytest.param(proposal((10, 600)), ["goal.leaves_open"], id="leaves a part uncovered"),
    ],
)
def test_a_proposal_is_weighed_at_once(proposed, falls_short):
    goal = propose_goal(case(invoice(euros=1_000)), POLICY, Mandate(), TODAY)
    assert [s.code for s in weigh(proposed, goal)] == falls_short


def test_what_is_missing_stands_out():
    bare = case(invoice(1)._replace(has_copy=False), invoice(2, late=None), has_phone=False, has_email=False)
    found = {m.what: m.invoice_ids for m in missing(bare, TODAY)}
    assert found == {
        "phone": (),
        "contact": (),
        "email": (),
        "due": (2,),
        "copy": (1,),
        "delivery": (1,),
        "reminder": (),
    }


def test_nothing_is_missing_when_all_is_there():
    full = case(invoice(has_copy=True, delivery="in orde"), has_contact=True, reminders=(reminder(9),))
    assert missing(full, TODAY) == ()


def test_a_consumer_needs_no_contact_person():
    consumer = case(kind=DebtorKind.CONSUMER)
    assert "contact" not in {m.what for m in missing(consumer, TODAY)}


def questions(debtor):
    goal = propose_goal(debtor, POLICY, Mandate(), TODAY)
    return [s.code for s in key_questions(debtor, next_step(debtor, POLICY, TODAY), goal, TODAY)]


def test_first_the_person_then_the_delivery_then_the_day():
    assert questions(case())[:3] == ["briefing.right_person", "briefing.received", "briefing.which_day"]


def test_the_day_that_is_asked_is_an_early_one_and_a_plan_comes_after_it():
    debtor = case(invoice(euros=5_000))
    goal = propose_goal(debtor, POLICY, Mandate(instalments=2), TODAY)
    asked = {s.code: s.params for s in key_questions(debtor, next_step(debtor, POLICY, TODAY), goal, TODAY)}
    assert asked["briefing.which_day"] == {"limit": TODAY + days(14)}
    assert asked["briefing.in_parts"] == {"most": 2, "limit": TODAY + days(92)}


def test_after_a_broken_promise_the_call_opens_with_it():
    assert questions(case(promises=(promise(-3, Verdict.BROKEN),)))[1] == "briefing.about_promise"


def test_the_undisputed_part_is_still_asked_for():
    assert "briefing.undisputed_part" in questions(case(disputes=(dispute(100),)))


def test_the_bar_shows_what_is_covered():
    debtor = case(invoice(1), invoice(2, euros=300), promises=(promise(3),), disputes=(dispute(100, 2),))
    assert bar(debtor, TODAY) == Bar(80_000, 50_000, 10_000, 0, 0, 20_000)
    assert bar(debtor, TODAY, proposed_cents=15_000) == Bar(80_000, 65_000, 10_000, 0, 0, 5_000)
