"""The goal and what was reached of it, as they are kept with the call (C11, J7): plain JSON, days as ISO dates, whole cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from beluur.domain.call_effect import Effect
from beluur.domain.call_report import CallReport
from beluur.domain.goal import Fallback, Goal
from beluur.domain.goal_result import reached
from beluur.domain.plan import Plan, PlannedPart
from beluur.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Aimed:
    """What came of the goal: ``said`` in one line, and all of it as it is ``kept``."""

    said: Sentence
    kept: dict[str, Any]


def kept_goal(goal: Goal) -> dict[str, Any]:
    """The goal as JSON; the reasons for it are not kept."""
    kept: dict[str, Any] = {
        "ask_cents": goal.ask_cents,
        "limit_date": goal.limit_date.isoformat(),
        "instalments": goal.instalments,
        "changed": goal.changed,
    }
    if goal.fallback:
        kept["fallback"] = {
            "limit_date": goal.fallback.limit_date.isoformat(),
            "instalments": goal.fallback.instalments,
        }
    return kept


def goal_of(kept: Mapping[str, Any]) -> Goal | None:
    """The goal that `kept_goal` wrote; None when none was kept."""
    if "ask_cents" not in kept:
        return None
    wider = kept.get("fallback")
    fallback = Fallback(date.fromisoformat(wider["limit_date"]), wider["instalments"]) if wider else None
    limit = date.fromisoformat(kept["limit_date"])
    changed = bool(kept.get("changed"))
    return Goal(kept["ask_cents"], limit, kept["instalments"], (), fallback, changed)


def goal_reached(
    kept: Mapping[str, Any], report: CallReport, result: Effect, currency: str = "EUR"
) -> Aimed | None:
    """What the call came to against the goal that was ``kept``; None when he was not spoken, or there was no goal."""
    goal = goal_of(kept)
    if goal is None or not report.spoken:
        return None
    promise = result.promise
    parts = tuple(PlannedPart(p.due, p.cents) for p in promise.instalments) if promise else ()
    found = reached(goal, Plan(parts) if parts else None, report.result, currency=currency)
    return Aimed(
        found.sentences[0],
        {
            "grade": found.grade.value,
            "ask_cents": found.ask_cents,
            "agreed_cents": found.agreed_cents,
            "days_late": found.days_late,
            "parts_over": found.parts_over,
            "sentences": [s.to_json() for s in found.sentences],
        },
    )


def said_of(kept: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """The sentences that were kept with what was reached, the outcome first; empty when nothing was."""
    return tuple(Sentence.from_json(s) for s in kept.get("sentences", ()))
