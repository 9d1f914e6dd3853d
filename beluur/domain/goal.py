"""The goal, set before dialling and fair to the case (C11), and what a proposal is worth against it (D11, D12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from beluur.domain.behaviour import ENOUGH, Behaviour
from beluur.domain.case import Case
from beluur.domain.commitment import Objection, Proposal
from beluur.domain.mandate import Mandate, Reach, reach
from beluur.domain.parts import Split, Why, promises_off_schedule, split
from beluur.domain.plan import MOST_PARTS
from beluur.domain.policy import Policy
from beluur.law.days import add_bank_days, next_bank_day
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

OLD_DAYS = 90  # from so late on, a short delay only: the older, the less comes in
KEPT_TOO_LITTLE_PERCENT = 60  # of those whose promises are known; the usual is 60 to 80
_UNKNOWN = Behaviour()


@dataclass(frozen=True, slots=True)
class Fallback:
    """How far one goes when the goal is not reached: all of it by ``limit_date``, in so many parts at most."""

    limit_date: date
    instalments: int


@dataclass(frozen=True, slots=True)
class Goal:
    """``ask_cents`` is asked for, all of it in by ``limit_date``; ``instalments`` is how many parts are acceptable (1: none).
    ``fallback`` None: no further than the goal. ``changed``: the caller set it, not the product."""

    ask_cents: int
    limit_date: date
    instalments: int
    because: tuple[Sentence, ...]
    fallback: Fallback | None = None
    changed: bool = False


def propose_goal(
    case: Case, policy: Policy, mandate: Mandate, today: date, known: Behaviour = _UNKNOWN
) -> Goal:
    """The goal that fits: all at once is asked first, the sooner the smaller; a plan comes after it. A broken word gets
    no delay; what is old, and who seldom kept his word, gets half of it. Nothing passes what the caller may grant himself by his
    ``mandate``. ``known`` is how he paid and kept his promises."""
    parts = split(case, today)
    asked, own = parts.callable_cents, reach(parts.callable_cents, mandate, case, today)
    dispute = tuple(_about_dispute(parts, policy, case.currency))
    at_once = min(add_bank_days(today, policy.at_once_bank_days), own.once)
    if next(promises_off_schedule(case), None) is not None:
        return Goal(asked, at_once, 1, (say("goal.after_broken", on=at_once), *dispute))
    shorter = tuple(_why_shorter(parts, known, today))
    half = 2 if shorter else 1
    small = asked <= policy.small_cents and not dispute
    limit = at_once if small else min(_in_days(today, policy.goal_days // half), own.once)
    wished = _fallback(asked, policy, today, half=half, small=small)
    fallback = _own(wished, own, limit) if wished else None
    aim = say("goal.small", on=limit) if small else say("goal.middle", on=limit)
    if asked >= policy.large_cents:
        aim = say("goal.large", on=limit)
    cut = (say("goal.own_mandate"),) if _narrower(fallback, wished) else ()
    return Goal(asked, limit, 1, (aim, *cut, *shorter, *dispute), fallback)


def _fallback(asked: int, policy: Policy, today: date, *, half: int, small: bool) -> Fallback | None:
    """How far the house would go; ``half`` is 2 where the delay is halved."""
    if small:
        return Fallback(_in_days(today, policy.goal_days), 1) if half == 1 else None
    if asked >= policy.large_cents:
        return Fallback(_in_days(today, policy.max_plan_days // half), policy.max_instalments)
    return Fallback(_in_days(today, 2 * policy.goal_days // half), 2 if half == 1 else 1)


def _own(wished: Fallback, own: Reach, limit: date) -> Fallback | None:
    """What is left of it within the caller's mandate; None when that is no wider than the goal."""
    parts = max(min(wished.instalments, own.parts), 1)
    on = min(wished.limit_date, own.parts_by if parts > 1 else own.once)
    return Fallback(on, parts) if on > limit or (on == limit and parts > 1) else None


def _narrower(fallback: Fallback | None, wished: Fallback | None) -> bool:
    """Whether the mandate took away a plan, or instalments of it; a day sooner is not worth a word."""
    return wished is not None and (fallback is None or fallback.instalments < wished.instalments)


def _in_days(today: date, days: int) -> date:
    return next_bank_day(today + timedelta(days=days))


def _about_dispute(parts: Split, policy: Policy, currency: str) -> Iterator[Sentence]:
    cents = parts.cents(Why.DISPUTED)
    if cents:
        yield say("goal.disputed", amount=Money(cents, currency))
    if cents >= policy.large_cents:
        yield say("goal.action_plan")


def _why_shorter(parts: Split, known: Behaviour, today: date) -> Iterator[Sentence]:
    late = max(((today - p.invoice.due).days for p in parts.callable if p.invoice.due), default=0)
    if late >= OLD_DAYS:
        yield say("goal.old", days=late)
    if seldom_kept(known):
        yield say("goal.seldom_kept", kept=known.kept, made=known.made)


def seldom_kept(known: Behaviour) -> bool:
    """Whether enough promises were judged to see that he kept too few."""
    return known.made >= ENOUGH and known.kept * 100 < KEPT_TOO_LITTLE_PERCENT * known.made


@dataclass(frozen=True, slots=True)
class GoalChange:
    """What the caller sets instead; None leaves it as it was."""

    limit_date: date | None = None
    instalments: int | None = None
    fallback_limit: date | None = None
    fallback_instalments: int | None = None


def change_goal(goal: Goal, change: GoalChange, policy: Policy, today: date) -> Goal | tuple[Objection, ...]:
    """The goal as the caller wants it, or what is wrong with that. The goal of before is the store's to keep (J7).

    Fields: "limit_date", "instalments", "fallback_limit", "fallback_instalments". A fallback of before that
    is no wider than the changed goal lapses.
    """
    limit, instalments = change.limit_date or goal.limit_date, _or(change.instalments, goal.instalments)
    fallback = _changed_fallback(goal, change, limit, instalments)
    wrong = (
        *_day_objections("limit_date", change.limit_date, policy, today),
        *_count_objections("instalments", change.instalments),
        *_day_objections("fallback_limit", change.fallback_limit, policy, today),
        *_count_objections("fallback_instalments", change.fallback_instalments),
    )
    asked = change.fallback_limit is not None or change.fallback_instalments is not None
    if not wrong and asked and fallback is None:
        wrong = (Objection("fallback_limit", say("goal.fallback_narrower", limit=limit)),)
    if wrong:
        return wrong
    return replace(
        goal,
        limit_date=limit,
        instalments=instalments,
        because=(say("goal.set_by_caller"),),
        fallback=fallback,
        changed=True,
    )


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _changed_fallback(goal: Goal, change: GoalChange, limit: date, instalments: int) -> Fallback | None:
    """The wider of what was and what is asked; None when it is not wider than the goal in any way."""
    before = goal.fallback
    on = change.fallback_limit or (before.limit_date if before else limit)
    parts = _or(change.fallback_instalments, before.instalments if before else instalments)
    if on < limit or parts < instalments or (on, parts) == (limit, instalments):
        return None
    return Fallback(on, parts)


def _day_objections(field: str, day: date | None, policy: Policy, today: date) -> Iterator[Objection]:
    if day is None:
        return
    if day < today:
        yield Objection(field, say("commitment.date_past", on=day))
    elif day > today + timedelta(days=policy.latest_promise_days):
        yield Objection(field, say("commitment.date_too_far", on=day))


def _count_objections(field: str, count: int | None) -> Iterator[Objection]:
    if count is not None and not 1 <= count <= MOST_PARTS:
        yield Objection(field, say("goal.instalments_out_of_reach", most=MOST_PARTS))


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


def as_fallback(goal: Goal) -> Goal | None:
    """The goal with the bounds of its fallback; None when there is none."""
    if goal.fallback is None:
        return None
    return replace(
        goal, limit_date=goal.fallback.limit_date, instalments=goal.fallback.instalments, fallback=None
    )


def within_fallback(proposal: Proposal, goal: Goal) -> bool:
    """Whether it is what one may go down to when the goal is not reached; False when there is no fallback."""
    wider = as_fallback(goal)
    return wider is not None and not weigh(proposal, wider)
