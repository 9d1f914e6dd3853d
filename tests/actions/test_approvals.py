"""A colleague is asked with the debtor on the line: one answer stands, and it is used in its time (A2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from beluur.actions.ask_approval import ask_approval
from beluur.actions.decide_approval import decide_approval
from beluur.actions.leave_call import leave_call
from beluur.actions.once import Doer
from beluur.actions.withdraw_approval import withdraw_approval
from beluur.domain.approval import Answer, Cause
from beluur.domain.plan import Plan, PlannedPart
from beluur.queries.approvals import approval, count_waiting, request_of_call, state_of, waiting
from beluur.store.models import Administration, Approval, Call, Event
from beluur.values.problem import Refused
from tests.actions.calls import caller, opened
from tests.calls_world import business
from tests.threads import at_once
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SIX = Plan(tuple(PlannedPart(TODAY + timedelta(days=3 + 30 * n), 200_00) for n in range(6)))
FOUR = Plan(tuple(PlannedPart(TODAY + timedelta(days=3 + 30 * n), 300_00) for n in range(4)))


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def bas(world: World) -> Doer:
    return caller(world)


@pytest.fixture
def call(world: World, bas: Doer) -> int:
    return opened(bas, business(world))


def says(doer: Doer, cause: Cause, words: str = "", plan: Plan | None = None) -> Answer:
    return Answer(cause, doer.user_id or 0, words, plan)


def test_what_is_asked_waits_for_others_with_its_reasons(world, bas, call, guard_queries, count_queries):
    asked = ask_approval(bas, call, SIX, words="betaalt altijd")
    with guard_queries(), count_queries() as counted:
        rows = waiting(world.id, world.user.id, NOW)
        assert count_waiting(world.id, world.user.id, NOW) == 1
    assert len(counted) == 2
    assert [(r.id, r.asked_by, r.amount.cents, r.parts, r.mine) for r in rows] == [
        (asked, "Bas Beller", 1_200_00, 6, False)
    ]
    assert count_waiting(world.id, bas.user_id, NOW) == 0
    with guard_queries():
        shown = approval(world.id, asked, world.user.id, NOW)
    assert {r.rule.value for r in shown.request.refusals} >= {"instalments", "months"}
    assert (shown.waits, shown.words, shown.beyond_yours) == (True, "betaalt altijd", ())


ANSWERS = [
    pytest.param(Cause.APPROVES, "", None, "approved", SIX, id="yes grants what was asked"),
    pytest.param(Cause.CHANGES, "", FOUR, "changed", FOUR, id="another plan grants that one"),
    pytest.param(Cause.REFUSES, "eerst de oudste", None, "refused", None, id="no says why"),
]


@pytest.mark.parametrize(("cause", "words", "plan", "state", "granted"), ANSWERS)
def test_the_caller_knows_what_was_decided(cause, words, plan, state, granted, world, bas, call):
    asked = ask_approval(bas, call, SIX)
    assert decide_approval(world.doer, asked, says(world.doer, cause, words, plan)) == state
    last = request_of_call(world.id, call, NOW)
    found = (last.id, last.request) if last else None
    assert found is not None
    assert (found[0], found[1].state, found[1].granted, found[1].words) == (asked, state, granted, words)
    row = Approval.objects.get()
    assert (row.decided_by_id, row.decided_at) == (world.user.id, NOW)
    assert Event.objects.filter(kind="approval_decided").count() == 1
    assert count_waiting(world.id, world.user.id, NOW) == 0


def test_a_second_answer_comes_too_late(world, bas, call):
    asked = ask_approval(bas, call, SIX)
    decide_approval(world.doer, asked, says(world.doer, Cause.APPROVES))
    with pytest.raises(Refused) as refused:
        decide_approval(world.doer, asked, says(world.doer, Cause.REFUSES, "toch niet"))
    assert refused.value.sentence.code == "approval.answered"


def _own(world, bas, asked):
    decide_approval(bas, asked, says(bas, Cause.APPROVES))


def _caller(world, bas, asked):
    other = caller(world, "Cor Collega")
    decide_approval(other, asked, says(other, Cause.APPROVES))


def _late(world, bas, asked):
    late = replace(world.doer, at=NOW + timedelta(minutes=30))
    decide_approval(late, asked, says(late, Cause.APPROVES))


def _hung_up(world, bas, asked):
    leave_call(bas, Call.objects.get().id)
    decide_approval(world.doer, asked, says(world.doer, Cause.APPROVES))


def _edited(world, bas, asked):
    decide_approval(world.doer, asked, says(world.doer, Cause.APPROVES, plan=FOUR))


def _no_reason(world, bas, asked):
    decide_approval(world.doer, asked, says(world.doer, Cause.REFUSES))


NOT = [
    pytest.param(_own, "approval.own", id="by who asked himself"),
    pytest.param(_caller, "mandate.instalments", id="by a colleague who may no more than he"),
    pytest.param(_late, "approval.expired", id="when its time is over"),
    pytest.param(_hung_up, "approval.expired", id="when the caller hung up"),
    pytest.param(_edited, "approval.which_plan", id="for another plan than stands on the screen"),
    pytest.param(_no_reason, "approval.no_reason", id="with a no and no reason"),
]


@pytest.mark.parametrize(("decide", "code"), NOT)
def test_it_is_not_decided(decide, code, world, bas, call):
    asked = ask_approval(bas, call, SIX)
    with pytest.raises(Refused) as refused:
        decide(world, bas, asked)
    assert refused.value.sentence.code == code
    assert Approval.objects.get().state == "asked"
    assert not Event.objects.filter(kind="approval_decided").exists()


def test_what_is_within_his_mandate_is_not_asked(world, bas, call):
    today = Plan((PlannedPart(TODAY + timedelta(days=3), 500_00),))
    with pytest.raises(Refused):
        ask_approval(bas, call, today)
    Administration.objects.update(
        mandates={"caller": {"instalments": 12, "months": 12, "first_basis_points": 0}}
    )
    with pytest.raises(Refused):
        ask_approval(bas, call, SIX)
    assert not Approval.objects.exists()


def test_only_who_is_on_the_line_asks(world, call):
    with pytest.raises(Refused):
        ask_approval(world.doer, call, SIX)
    with pytest.raises(Call.DoesNotExist):
        ask_approval(make_world("ander").doer, call, SIX)


def test_a_new_question_takes_the_place_of_the_old(world, bas, call):
    first, second = ask_approval(bas, call, SIX), ask_approval(bas, call, FOUR)
    assert [state_of(world.id, i, NOW) for i in (first, second)] == ["withdrawn", "asked"]
    with pytest.raises(Refused):
        decide_approval(world.doer, first, says(world.doer, Cause.APPROVES))


def test_it_is_taken_back_by_who_asked_also_when_granted(world, bas, call):
    asked = ask_approval(bas, call, SIX)
    with pytest.raises(Refused):
        withdraw_approval(world.doer, asked)
    decide_approval(world.doer, asked, says(world.doer, Cause.APPROVES))
    withdraw_approval(bas, asked)
    assert Approval.objects.get().state == "withdrawn"
    with pytest.raises(Refused):
        withdraw_approval(bas, asked)


def test_after_its_time_nobody_is_asked_any_more(world, bas, call):
    asked = ask_approval(bas, call, SIX)
    later = NOW + timedelta(minutes=30)
    assert (count_waiting(world.id, world.user.id, later), state_of(world.id, asked, later)) == (0, "expired")


def test_another_house_sees_nothing_of_it(world, bas, call):
    asked = ask_approval(bas, call, SIX)
    other = make_world("ander")
    assert waiting(other.id, other.user.id, NOW) == ()
    for look in (
        lambda: approval(other.id, asked, other.user.id, NOW),
        lambda: decide_approval(other.doer, asked, says(other.doer, Cause.APPROVES)),
        lambda: withdraw_approval(other.doer, asked),
    ):
        with pytest.raises(Approval.DoesNotExist):
            look()


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_at_the_same_moment_one_decides(world, bas, call):
    lead = caller(world, "Lea Leiding")
    world.administration.membership_set.filter(user_id=lead.user_id).update(role="lead")
    asked = ask_approval(bas, call, SIX)
    results = at_once(
        lambda: decide_approval(world.doer, asked, says(world.doer, Cause.APPROVES)),
        lambda: decide_approval(lead, asked, says(lead, Cause.REFUSES, "te lang")),
    )
    refused = [r for r in results if isinstance(r, Refused)]
    assert [r.sentence.code for r in refused] == ["approval.answered"], results
    row = Approval.objects.get()
    assert row.state == next(r for r in results if isinstance(r, str))
    assert row.decided_by_id == (world.user.id if row.state == "approved" else lead.user_id)
    assert Event.objects.filter(kind="approval_decided").count() == 1


@pytest.mark.django_db(transaction=True)
def test_taken_back_and_granted_at_the_same_moment_is_never_granted_unseen(world, bas, call):
    asked = ask_approval(bas, call, SIX)
    results = at_once(
        lambda: decide_approval(world.doer, asked, says(world.doer, Cause.APPROVES)),
        lambda: withdraw_approval(bas, asked),
    )
    state = Approval.objects.get().state
    assert state == ("withdrawn" if results[1] is None else "approved"), results
