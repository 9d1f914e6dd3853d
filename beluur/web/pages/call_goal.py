"""The goal on the call screen: what was aimed at before dialling, and what the caller sets instead (C11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from beluur.domain.goal import Fallback, Goal, GoalChange, change_goal, propose_goal
from beluur.domain.kept_goal import goal_of
from beluur.queries.call_screen import CallScreen
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_date, typed_number
from beluur.web.forms.call_draft import Draft


@dataclass(frozen=True, slots=True)
class GoalShown:
    """The goal as it stands; ``errors`` are of what was typed to change it, by field of `domain.goal`."""

    ask: Money
    goal: Goal
    errors: Mapping[str, Sentence]

    @property
    def limit_date(self) -> date:
        """The last day on which all of it is in."""
        return self.goal.limit_date

    @property
    def instalments(self) -> int:
        """In how many parts at most."""
        return self.goal.instalments

    @property
    def because(self) -> tuple[Sentence, ...]:
        """Why it is so."""
        return self.goal.because

    @property
    def fallback(self) -> Fallback | None:
        """How far one goes when it is not reached."""
        return self.goal.fallback

    @property
    def changed(self) -> bool:
        """Whether the caller set it."""
        return self.goal.changed


def goal_shown(draft: Draft, screen: CallScreen) -> GoalShown:
    """The goal with what is typed; what is not right stands at its field, and the goal is as it was."""
    goal, errors = changed_goal(draft, screen, screen.goal)
    return GoalShown(Money(goal.ask_cents, screen.case.currency), goal, errors)


def changed_goal(draft: Draft, screen: CallScreen, now: Goal) -> tuple[Goal, dict[str, Sentence]]:
    """The goal of before the call, asking what may be asked ``now``, with the caller's change; and what is wrong with that."""
    kept = goal_of(screen.call.goal) if screen.call else None
    goal = replace(kept, ask_cents=now.ask_cents, because=now.because) if kept else now
    change, unread = _typed(draft, screen.today)
    changed = change_goal(goal, change, screen.policy, screen.today)
    if isinstance(changed, Goal):
        return (changed if change != GoalChange() else goal), unread
    return goal, {**{wrong.field: wrong.sentence for wrong in changed}, **unread}


def goal_now(draft: Draft, screen: CallScreen) -> Goal:
    """The goal that the call is ended with."""
    now = propose_goal(screen.case, screen.policy, screen.mandate, screen.today, screen.history.behaviour)
    return changed_goal(draft, screen, now)[0]


def _typed(draft: Draft, today: date) -> tuple[GoalChange, dict[str, Sentence]]:
    limit, parts = draft.text("goal_limit"), draft.text("goal_parts")
    on = typed_date(limit, today) if limit else None
    unread: dict[str, Sentence] = {}
    if limit and on is None:
        unread["limit_date"] = say("typed.day", text=limit[:40])
    number = typed_number(parts)
    if parts and number is None:
        unread["instalments"] = say("typed.amount", text=parts[:40])
    return GoalChange(on, number), unread
