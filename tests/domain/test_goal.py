"""The goal by age, dispute and history, the caller's change of it (C11), and what came of it (J7)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from beluur.domain.behaviour import Behaviour
from beluur.domain.case import Result, Verdict
from beluur.domain.goal import Fallback, Goal, GoalChange, change_goal, propose_goal
from beluur.domain.goal_result import Grade, reached
from beluur.domain.mandate import Mandate, judge, mandate_for
from beluur.domain.plan import Plan, PlannedPart
from tests.domain.builders import POLICY, TODAY, case, days, dispute, invoice, promise
from tests.domain.strategies import cases

SELDOM, UNKNOWN = Behaviour(kept=1, made=4), Behaviour()


def proposed(debtor, known=UNKNOWN, mandate=Mandate()):  # noqa: B008 - frozen
    return propose_goal(debtor, POLICY, mandate, TODAY, known)


def back(in_days, instalments):
    return Fallback(TODAY + days(in_days), instalments)


@pytest.mark.parametrize(
    ("debtor", "known", "in_days", "fallback", "codes"),
    [
        pytest.param(
            case(invoice(euros=200)),
            Behaviour(),
            3,
            back(14, 1),
            ["goal.small"],
            id="small: some delay at last",
        ),
        pytest.param(
            case(invoice(euros=1_000)),
            Behaviour(),
            14,
            back(28, 2),
            ["goal.middle"],
            id="middle: two parts at last",
        ),
        pytest.param(
            case(invoice(euros=5_000)),
            Behaviour(),
            14,
            back(92, 3),
            ["goal.large"],
            id="large: all at once first, a plan at last",
        ),
        pytest.param(
            case(invoice(euros=1_000, late=120)),
            Behaviour(),
            7,
            back(14, 1),
            ["goal.middle", "goal.old"],
            id="old: half the delay, and no parts",
        ),
        pytest.param(
            case(invoice(euros=200, late=120)),
            Behaviour(),
            3,
            None,
            ["goal.small", "goal.old"],
            id="small and old: no delay at all",
        ),
        pytest.param(
            case(invoice(euros=5_000)),
            SELDOM,
            7,
            back(46, 3),
            ["goal.large", "goal.seldom_kept"],
            id="seldom kept his word: half the delay",
        ),
        pytest.param(
            case(invoice(euros=1_000)),
            Behaviour(kept=0, made=2),
            14,
            back(28, 2),
            ["goal.middle"],
            id="two promises tell nothing of a habit",
        ),
        pytest.param(
            case(invoice(euros=6_000), disputes=(dispute(3_000),)),
            Behaviour(),
            14,
            back(92, 3),
            ["goal.large", "goal.disputed", "goal.action_plan"],
            id="large and disputed: an action plan",
        ),
        pytest.param(
            case(promises=(promise(-3, Verdict.BROKEN),)),
            Behaviour(),
            3,
            None,
            ["goal.after_broken"],
            id="a broken word: nothing further",
        ),
    ],
)
def test_the_goal_and_how_far_down_one_goes(debtor, known, in_days, fallback, codes):
    goal = proposed(debtor, known)
    assert (goal.limit_date, goal.fallback) == (TODAY + days(in_days), fallback)
    assert [s.code for s in goal.because] == codes


@given(cases())
def test_a_fallback_is_wider_than_its_goal(debtor):
    goal = proposed(debtor)
    assert goal.limit_date >= TODAY
    if goal.fallback is not None:
        assert goal.fallback.limit_date > goal.limit_date
        assert goal.fallback.instalments >= goal.instalments


OWNER = mandate_for("owner")


@pytest.mark.parametrize(
    ("euros", "mandate", "in_days", "fallback", "codes"),
    [
        pytest.param(
            5_000,
            Mandate(instalments=2),
            14,
            back(92, 2),
            ["goal.large", "goal.own_mandate"],
            id="two parts at most",
        ),
        pytest.param(5_000, Mandate(months=1), 14, back(30, 3), ["goal.large"], id="within a month"),
        pytest.param(
            5_000,
            Mandate(instalments=1),
            14,
            back(31, 1),
            ["goal.large", "goal.own_mandate"],
            id="no plan: a later day, as far as he may",
        ),
        pytest.param(
            5_000,
            Mandate(months=0, delay_days=10),
            10,
            None,
            ["goal.large", "goal.own_mandate"],
            id="ten days and no plan",
        ),
        pytest.param(
            12_000, Mandate(), 7, None, ["goal.large", "goal.own_mandate"], id="more than he may put off"
        ),
        pytest.param(
            5_000,
            Mandate(smallest_business_cents=200_000),
            14,
            back(92, 2),
            ["goal.large", "goal.own_mandate"],
            id="no instalment smaller than he may grant",
        ),
        pytest.param(
            1_000,
            Mandate(instalments=1),
            14,
            back(28, 1),
            ["goal.middle", "goal.own_mandate"],
            id="middle, no parts",
        ),
        pytest.param(
            200, Mandate(delay_days=3), 3, back(7, 1), ["goal.small"], id="small: a week is anybody's"
        ),
        pytest.param(50_000, OWNER, 14, back(92, 3), ["goal.large"], id="an owner: the house's own bounds"),
    ],
)
def test_nothing_is_offered_beyond_the_callers_mandate(euros, mandate, in_days, fallback, codes):
    goal = proposed(case(invoice(euros=euros)), mandate=mandate)
    assert (goal.limit_date, goal.instalments, goal.fallback) == (TODAY + days(in_days), 1, fallback)
    assert [s.code for s in goal.because] == codes


def test_a_house_that_wants_no_plans_has_none():
    goal = propose_goal(case(invoice(euros=5_000)), replace(POLICY, max_instalments=0), Mandate(), TODAY)
    assert goal.fallback == back(31, 1)


@given(cases())
def test_what_the_goal_asks_is_the_callers_to_grant(debtor):
    goal = proposed(debtor)
    paid = Plan((PlannedPart(goal.limit_date, max(goal.ask_cents, 1)),))
    assert not judge(paid, Mandate(), debtor, TODAY)


GOAL = Goal(1_000_00, TODAY + days(14), 1, (), back(28, 2))


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        pytest.param(
            GoalChange(limit_date=TODAY - days(1)),
            "limit_date",
            "commitment.date_past",
            id="a limit in the past",
        ),
        pytest.param(
            GoalChange(limit_date=TODAY + days(367)),
            "limit_date",
            "commitment.date_too_far",
            id="more than a year",
        ),
        pytest.param(
            GoalChange(instalments=0), "instalments", "goal.instalments_out_of_reach", id="in no instalments"
        ),
        pytest.param(
            GoalChange(fallback_limit=TODAY + days(13)),
            "fallback_limit",
            "goal.fallback_narrower",
            id="a fallback before the goal",
        ),
        pytest.param(
            GoalChange(limit_date=TODAY + days(28), instalments=2, fallback_instalments=2),
            "fallback_limit",
            "goal.fallback_narrower",
            id="a fallback that is the goal",
        ),
        pytest.param(
            GoalChange(fallback_limit=TODAY - days(1)),
            "fallback_limit",
            "commitment.date_past",
            id="a fallback in the past",
        ),
    ],
)
def test_a_change_that_cannot_be(change, field, code):
    found = change_goal(GOAL, change, POLICY, TODAY)
    assert not isinstance(found, Goal)
    assert [(o.field, o.sentence.code) for o in found] == [(field, code)]


@pytest.mark.parametrize(
    ("change", "limit", "instalments", "fallback"),
    [
        pytest.param(GoalChange(limit_date=TODAY), 0, 1, back(28, 2), id="today is a limit"),
        pytest.param(
            GoalChange(limit_date=TODAY + days(40)), 40, 1, None, id="past its fallback: that one lapses"
        ),
        pytest.param(GoalChange(instalments=2), 14, 2, back(28, 2), id="in two: the fallback is a later day"),
        pytest.param(
            GoalChange(fallback_limit=TODAY + days(14)),
            14,
            1,
            back(14, 2),
            id="by the same day, in more parts",
        ),
        pytest.param(GoalChange(fallback_instalments=3), 14, 1, back(28, 3), id="another fallback"),
        pytest.param(GoalChange(), 14, 1, back(28, 2), id="nothing changed is the caller's all the same"),
    ],
)
def test_a_caller_changes_the_goal(change, limit, instalments, fallback):
    goal = change_goal(GOAL, change, POLICY, TODAY)
    assert isinstance(goal, Goal)
    assert (goal.limit_date, goal.instalments, goal.fallback) == (TODAY + days(limit), instalments, fallback)
    assert goal.changed
    assert goal.ask_cents == GOAL.ask_cents


def pays(*parts):
    return Plan(tuple(PlannedPart(TODAY + days(n), euros * 100) for n, euros in parts))


@pytest.mark.parametrize(
    ("plan", "result", "grade", "late", "over"),
    [
        pytest.param(
            pays((14, 1_000)), Result.PROMISE, Grade.REACHED, 0, 0, id="all of it on the limit date"
        ),
        pytest.param(
            pays((20, 1_000)), Result.PROMISE, Grade.FALLBACK, 6, 0, id="later, within the fallback"
        ),
        pytest.param(pays((3, 500), (28, 500)), Result.PROMISE, Grade.FALLBACK, 14, 1, id="in two parts"),
        pytest.param(pays((29, 1_000)), Result.PROMISE, Grade.PARTLY, 15, 0, id="a day after the fallback"),
        pytest.param(pays((3, 600)), Result.PROMISE, Grade.PARTLY, 0, 0, id="a part of it"),
        pytest.param(None, Result.DISPUTE, Grade.MOVED_ON, 0, 0, id="it turns out to be disputed"),
        pytest.param(None, Result.CALLBACK, Grade.MOVED_ON, 0, 0, id="a call-back"),
        pytest.param(None, Result.REFUSED, Grade.MISSED, 0, 0, id="he refuses"),
        pytest.param(None, Result.NOTHING, Grade.MISSED, 0, 0, id="nothing was agreed"),
    ],
)
def test_the_goal_meets_the_result(plan, result, grade, late, over):
    found = reached(GOAL, plan, result)
    assert (found.grade, found.days_late, found.parts_over) == (grade, late, over)
    assert found.agreed_cents == (plan.cents if plan else 0)
    assert found.sentences[0].code == f"goal_result.{grade}"


def test_nothing_to_ask_is_reached():
    nothing = Goal(0, TODAY, 1, ())
    assert reached(nothing, None, Result.NOTHING).grade is Grade.REACHED
