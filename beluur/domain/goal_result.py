"""The goal meets the result (J7): what was aimed at before the call against what was agreed in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from beluur.domain.case import Result
from beluur.domain.goal import Goal, weigh, within_fallback
from beluur.domain.plan import Plan
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

_MOVED_ON = frozenset((Result.CALLBACK, Result.DISPUTE, Result.CLAIMS_PAID, Result.PASSED_ON))


class Grade(StrEnum):
    """How near the result came, best first."""

    REACHED = "reached"
    FALLBACK = "fallback"  # not the goal, but within what one would go down to
    PARTLY = "partly"  # something was agreed, less or later than that
    MOVED_ON = "moved_on"  # no money agreed, but something else that was (a call-back, a dispute)
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class GoalResult:
    """``agreed_cents`` of ``ask_cents``; ``days_late`` is how many days after the limit date the last of it comes (0: in time),
    ``parts_over`` how many instalments more than meant; ``sentences`` say it, the outcome first."""

    grade: Grade
    ask_cents: int
    agreed_cents: int
    days_late: int
    parts_over: int
    sentences: tuple[Sentence, ...]


def reached(goal: Goal, plan: Plan | None, result: Result, *, currency: str = "EUR") -> GoalResult:
    """What the call came to against ``goal``. ``plan`` is what was agreed to be paid, None when nothing; ``result`` what the call
    counts as. Nothing left to ask is reached."""
    if goal.ask_cents <= 0:
        return GoalResult(
            Grade.REACHED, 0, plan.cents if plan else 0, 0, 0, (say("goal_result.nothing_asked"),)
        )
    if plan is None:
        grade = Grade.MOVED_ON if result in _MOVED_ON else Grade.MISSED
        return GoalResult(grade, goal.ask_cents, 0, 0, 0, (_outcome(grade, goal, 0, None, currency),))
    grade = _grade(goal, plan)
    short = weigh(plan.as_proposal(), goal, currency=currency)
    return GoalResult(
        grade,
        goal.ask_cents,
        plan.cents,
        max((plan.last - goal.limit_date).days, 0),
        max(len(plan.parts) - goal.instalments, 0),
        (_outcome(grade, goal, plan.cents, plan.last, currency), *short),
    )


def _grade(goal: Goal, plan: Plan) -> Grade:
    if not weigh(plan.as_proposal(), goal):
        return Grade.REACHED
    return Grade.FALLBACK if within_fallback(plan.as_proposal(), goal) else Grade.PARTLY


def _outcome(grade: Grade, goal: Goal, cents: int, last: date | None, currency: str) -> Sentence:
    asked, agreed = Money(goal.ask_cents, currency), Money(cents, currency)
    if last is not None:
        return Sentence(f"goal_result.{grade}", {"agreed": agreed, "asked": asked, "on": last})
    return Sentence(f"goal_result.{grade}", {"asked": asked})
