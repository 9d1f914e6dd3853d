"""Which arrangements a person may make alone (A2): per role, and per person where the house says otherwise.

What the roles are given is ours: no law fixes the length of a plan or its smallest instalment. NL advice is as short as
possible, BE advice within six months; public bodies give at most twelve.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from beluur.domain.case import Case, DebtorKind
from beluur.domain.parts import broken_promises, off_schedule
from beluur.domain.plan import MOST_PARTS, Plan
from beluur.domain.policy import Policy, SecondBroken
from beluur.law.days import add_months, previous_bank_day
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

_WHOLE = 10_000  # basis points
_MONTH = 30  # days; shorter leaves no room for a plan
_LARGEST = 10_000_000_000  # cents
SECOND = 2  # promises broken, from where the house is stricter
MOST: Mapping[str, int] = {
    "delay_days": 3_660,
    "instalments": MOST_PARTS,
    "months": 120,
    "smallest_basis_points": _WHOLE,
    "first_basis_points": _WHOLE,
    "first_days": 366,
    **dict.fromkeys(("smallest_consumer_cents", "smallest_business_cents", "largest_cents"), _LARGEST),
}
"""What no mandate passes, by bound; none is below nothing."""


class Role(StrEnum):
    """What somebody is in an administration; the same words as in the store."""

    OWNER = "owner"
    LEAD = "lead"
    CALLER = "caller"


class Rule(StrEnum):
    """Which bound of a mandate a plan passes."""

    DELAY = "delay"
    INSTALMENTS = "instalments"
    MONTHS = "months"
    SMALLEST = "smallest"
    FIRST = "first"
    LARGEST = "largest"
    SECOND_PLAN = "second_plan"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A bound that is passed, with the sentence that says so to the caller; never without it."""

    rule: Rule
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Mandate:
    """How far a person may go. Days are calendar days from today, amounts cents, shares basis points of the plan.

    ``delay_days`` bounds a payment in one part, ``instalments`` and ``months`` a plan; ``months`` is when its last part falls.
    The smallest instalment is an amount, and for who is no consumer also a share when that is more. Of a plan
    ``first_basis_points`` (or an equal share, when that is less) is paid within ``first_days``. ``largest_cents`` bounds what is
    put off at all; 0 is no bound. ``after_broken_plan``: whether he may grant a plan to who broke one.
    ``second_broken`` and ``second_broken_days`` are the house's policy for who broke two promises, not a bound of his own.
    """

    delay_days: int = 31
    instalments: int = 3
    months: int = 3
    smallest_consumer_cents: int = 5_000
    smallest_business_cents: int = 15_000
    smallest_basis_points: int = 1_000
    first_basis_points: int = 2_500
    first_days: int = 7
    largest_cents: int = 1_000_000
    after_broken_plan: bool = False
    second_broken: int = SecondBroken.SHORTER.value
    second_broken_days: int = 14


OF_THE_HOUSE = frozenset(("second_broken", "second_broken_days"))
SHIPPED: Mapping[Role, Mandate] = {
    Role.CALLER: Mandate(),
    Role.LEAD: Mandate(delay_days=62, instalments=6, months=6, largest_cents=5_000_000),
    # there is nobody whom an owner could ask: only what no call should grant at all is left
    Role.OWNER: Mandate(
        delay_days=366,
        instalments=12,
        months=12,
        smallest_consumer_cents=0,
        smallest_business_cents=0,
        smallest_basis_points=0,
        first_basis_points=0,
        largest_cents=0,
        after_broken_plan=True,
    ),
}


def mandate_for(
    role: str, house: Mapping[str, Any] | None = None, person: Mapping[str, Any] | None = None
) -> Mandate:
    """What ``role`` may: as shipped, with what the ``house`` changed for the role, then with the ``person``'s own.

    Unknown names and numbers that no mandate has (below nothing, a plan of a thousand months) are left out; an unknown role
    may what a caller may.
    """
    known = Role(role) if role in set(Role) else Role.CALLER
    return _changed(_changed(SHIPPED[known], house or {}), person or {})


def _changed(mandate: Mandate, overrides: Mapping[str, Any]) -> Mandate:
    kinds = {f.name: type(getattr(mandate, f.name)) for f in fields(Mandate) if f.name not in OF_THE_HOUSE}
    fitting = {k: v for k, v in overrides.items() if type(v) is kinds.get(k) and 0 <= v <= MOST.get(k, v)}
    return replace(mandate, **fitting)


def under(mandate: Mandate, policy: Policy) -> Mandate:
    """The mandate in a house with that ``policy``."""
    return replace(mandate, second_broken=policy.second_broken, second_broken_days=policy.second_broken_days)


def narrowed(mandate: Mandate, case: Case) -> Mandate:
    """What is left of it for who broke two promises: a shorter one, or only what is paid at once. Who may grant a plan to who
    broke one keeps all of it, for there is somebody who decides."""
    if mandate.after_broken_plan or broken_promises(case) < SECOND:
        return mandate
    if mandate.second_broken == SecondBroken.SHORTER:
        days, months = mandate.second_broken_days, mandate.second_broken_days // _MONTH
    else:
        days, months = mandate.first_days, 0
    return replace(
        mandate,
        delay_days=min(mandate.delay_days, days),
        months=min(mandate.months, months),
        instalments=mandate.instalments if months else 1,
    )


def judge(plan: Plan, mandate: Mandate, case: Case, today: date) -> tuple[Refusal, ...]:
    """Every bound that ``plan`` passes; empty when he may agree to it alone. ``case`` is as it was before the call, for a plan
    that is replaced was broken all the same."""
    mandate = narrowed(mandate, case)
    if len(plan.parts) == 1 and plan.last <= today + timedelta(days=mandate.first_days):
        return ()  # paying now asks for nobody's leave
    return (
        *_amount(plan, mandate, case),
        *(
            _one_part(plan, mandate, today)
            if len(plan.parts) == 1
            else _instalments(plan, mandate, case, today)
        ),
    )


def _amount(plan: Plan, mandate: Mandate, case: Case) -> Iterator[Refusal]:
    if mandate.largest_cents and plan.cents > mandate.largest_cents:
        amount, most = Money(plan.cents, case.currency), Money(mandate.largest_cents, case.currency)
        yield Refusal(Rule.LARGEST, say("mandate.largest", amount=amount, most=most))


def _one_part(plan: Plan, mandate: Mandate, today: date) -> Iterator[Refusal]:
    latest = latest_day(mandate, today)
    if plan.last > latest:
        yield Refusal(Rule.DELAY, say("mandate.delay", on=plan.last, latest=latest))


def _instalments(plan: Plan, mandate: Mandate, case: Case, today: date) -> Iterator[Refusal]:
    n = len(plan.parts)
    if n > mandate.instalments:
        sentence = say("mandate.instalments", parts=n, most=mandate.instalments)
        yield Refusal(
            Rule.INSTALMENTS, sentence if mandate.instalments > 1 else say("mandate.no_instalments")
        )
    latest = latest_day(mandate, today, parts=n)
    if plan.last > latest:
        yield Refusal(Rule.MONTHS, say("mandate.months", on=plan.last, latest=latest))
    yield from _small(plan, mandate, case)
    needed, first_by = share_at_once(plan.cents, n, mandate), today + timedelta(days=mandate.first_days)
    if plan.cents_by(first_by) < needed:
        sentence = say("mandate.first", amount=Money(needed, case.currency), on=first_by)
        yield Refusal(Rule.FIRST, sentence)
    if not mandate.after_broken_plan and any(
        len(p.instalments) > 1 and off_schedule(p) for p in case.promises
    ):
        yield Refusal(Rule.SECOND_PLAN, say("mandate.second_plan"))


def _small(plan: Plan, mandate: Mandate, case: Case) -> Iterator[Refusal]:
    smallest = smallest_cents(plan.cents, mandate, case)
    least = min(p.cents for p in plan.parts)
    if least < smallest:
        amount, bound = Money(least, case.currency), Money(smallest, case.currency)
        yield Refusal(Rule.SMALLEST, say("mandate.smallest", amount=amount, smallest=bound))


def latest_day(mandate: Mandate, today: date, *, parts: int = 1) -> date:
    """The last day on which the last of ``parts`` may fall."""
    if parts > 1:
        return add_months(today, mandate.months)
    return today + timedelta(days=mandate.delay_days)


def smallest_cents(total_cents: int, mandate: Mandate, case: Case) -> int:
    """The smallest instalment of ``total_cents``: the amount of this kind of debtor, or the share when that is more."""
    if case.kind is DebtorKind.CONSUMER:
        return mandate.smallest_consumer_cents
    share = -(-total_cents * mandate.smallest_basis_points // _WHOLE)
    return max(mandate.smallest_business_cents, share)


def share_at_once(total_cents: int, parts: int, mandate: Mandate) -> int:
    """What of ``total_cents`` is paid within the first days: the share, or one equal part when that is less."""
    share = -(-total_cents * mandate.first_basis_points // _WHOLE)
    return min(share, total_cents // parts)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a person may go alone: all of it in one payment by ``once``, or in ``parts`` (1: no plan) by ``parts_by``."""

    once: date
    parts: int
    parts_by: date


def reach(cents: int, mandate: Mandate, case: Case, today: date) -> Reach:
    """How far his mandate goes for ``cents`` of this debtor; the days are bank days, never before ``today``."""
    own = narrowed(mandate, case)
    soon = today + timedelta(days=own.first_days)
    if own.largest_cents and cents > own.largest_cents:
        return Reach(_bank_day(soon, today), 1, _bank_day(soon, today))
    once = _bank_day(max(soon, latest_day(own, today)), today)
    parts, smallest = own.instalments if own.months else 1, smallest_cents(cents, own, case)
    if not own.after_broken_plan and any(len(p.instalments) > 1 and off_schedule(p) for p in case.promises):
        parts = 1
    while parts > 1 and cents // parts < smallest:
        parts -= 1
    parts = max(parts, 1)
    return Reach(once, parts, _bank_day(latest_day(own, today, parts=parts), today) if parts > 1 else once)


def _bank_day(day: date, today: date) -> date:
    return max(previous_bank_day(day), today)
