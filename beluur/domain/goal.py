"""The goal, set before dialling and fair to the case (C11), and what a proposal is worth against it (D11, D12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from beluur.domain.case import Case
from beluur.domain.commitment import Proposal
from beluur.domain.parts import Why, promises_off_schedule, split
from beluur.domain.policy import Policy
from beluur.law.days import add_bank_days, next_bank_day
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


@dataclass(frozen=True, slots=True)
class Goal:
    """``ask_cents`` is asked for, all of it in by ``limit_date``; ``instalments`` is how many parts are acceptable (1: none)."""

    ask_cents: int
    limit_date: date
    instalments: int
    because: tuple[Sentence, ...]


def propose_goal(case: Case, policy: Policy, today: date) -> Goal:
    """The goal that fits: small and undisputed is paid at once, large may be paid in parts, a broken word earns no delay."""
    parts = split(case, today)
    asked = parts.callable_cents
    because = list(_about_dispute(case, parts.cents(Why.DISPUTED)))
    at_once = add_bank_days(today, policy.at_once_bank_days)
    if next(promises_off_schedule(case), None) is not None:
        return Goal(asked, at_once, 1, (say("goal.after_broken", on=at_once), *because))
    if asked <= policy.small_cents and not because:
        return Goal(asked, at_once, 1, (say("goal.small", on=at_once),))
    if asked >= policy.large_cents:
        limit = next_bank_day(today + timedelta(days=policy.max_plan_days))
        large = say("goal.large", instalments=policy.max_instalments, on=limit)
        return Goal(asked, limit, policy.max_instalments, (large, *because))
    limit = next_bank_day(today + timedelta(days=policy.goal_days))
    return Goal(asked, limit, 1, (say("goal.middle", on=limit), *because))


def _about_dispute(case: Case, cents: int) -> Iterator[Sentence]:
    if cents:
        yield say("goal.disputed", amount=Money(cents, case.currency))


def weigh(proposal: Proposal, goal: Goal, *, currency: str = "EUR") -> tuple[Sentence, ...]:
    """Where the proposal falls short of the goal; empty when it fits. Not a refusal: the caller decides, or asks a colleague."""
    return tuple(_shortfalls(proposal, goal, currency))


def _shortfalls(proposal: Proposal, goal: Goal, currency: str) -> Iterator[Sentence]:
    last = max((p.due for p in proposal.parts if p.due), default=None)
    if last is not None and last > goal.limit_date:
        yield say("goal.too_late", on=last, limit=goal.limit_date)
    if len(proposal.parts) > goal.instalments:
        yield say("goal.too_many_parts", parts=len(proposal.parts), most=goal.instalments)
    missing = goal.ask_cents - sum(p.cents or 0 for p in proposal.parts)
    if missing > 0:
        yield say("goal.leaves_open", amount=Money(missing, currency))


def months_to_pay(cents: int, per_month_cents: int) -> int:
    """How many months a monthly amount takes: 10 a month on 600 takes 60.

    >>> months_to_pay(60000, 1000)
    60
    """
    if per_month_cents < 1:
        raise ValueError("a monthly amount is more than nothing")
    return -(-cents // per_month_cents)
