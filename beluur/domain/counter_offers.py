"""What to propose instead (D11): one or two offers that would be acceptable, each within the mandate and, first, within the goal.

The day he named himself is kept where it can be, for what a debtor proposed himself he keeps best (D10); no counter-offer asks
less of him than what he offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from beluur.domain.bargain import Cue, Fit, Offer, Table
from beluur.domain.goal import Goal, as_fallback, seldom_kept, weigh
from beluur.domain.mandate import judge, latest_day, share_at_once, smallest_cents
from beluur.domain.plan import Plan, PlannedPart, Rhythm, Wanted, build
from beluur.law.days import next_bank_day, previous_bank_day
from beluur.values.sentence import Sentence, say

_RHYTHMS = (Rhythm.MONTHLY, Rhythm.TWO_WEEKLY, Rhythm.WEEKLY)


@dataclass(frozen=True, slots=True)
class CounterOffer:
    """An offer of ours that would be accepted at once; ``fit`` is GOAL or FALLBACK, ``cue`` the line that proposes it and
    ``sentence`` what it is, to the caller."""

    plan: Plan
    fit: Fit
    cue: Cue
    sentence: Sentence


def counter_offers(table: Table, offer: Offer) -> tuple[CounterOffer, ...]:
    """At most two, the one to say first in front: more is no help on the telephone. Empty when nothing is better than the offer,
    acceptable, and the caller's to grant."""
    found: list[CounterOffer] = []
    for fit, bound in ((Fit.GOAL, table.goal), (Fit.FALLBACK, as_fallback(table.goal))):
        if bound is None or bound.ask_cents <= 0:
            continue
        for plans in _kinds(table, offer, bound):
            good = (p for p in plans if _good(p, table, offer, bound))
            made = next((p for p in good if fit is Fit.GOAL or weigh(p.as_proposal(), table.goal)), None)
            if made is not None and made not in [c.plan for c in found]:
                found.append(_counter(made, fit, table))
    return _two(found)


def _two(found: list[CounterOffer]) -> tuple[CounterOffer, ...]:
    """The first, and after it rather one of another kind than the same with another day."""
    first, others = found[:1], found[1:]
    others.sort(key=lambda c: c.cue.moment == first[0].cue.moment)
    return (*first, *others[:1])


def _good(plan: Plan, table: Table, offer: Offer, bound: Goal) -> bool:
    return (
        plan.first >= table.today
        and not weigh(plan.as_proposal(), bound)
        and not judge(plan, table.mandate, table.case, table.today)
        and not asks_no_more(plan, offer.plan)
    )


def asks_no_more(plan: Plan, than: Plan) -> bool:
    """Whether on every day at least as much is paid ``than`` in ``plan``."""
    days = {p.due for p in (*plan.parts, *than.parts)}
    return all(plan.cents_by(day) <= than.cents_by(day) for day in days)


def _kinds(table: Table, offer: Offer, bound: Goal) -> tuple[Iterator[Plan], ...]:
    """Each way to answer with the plans that it can be, the one that suits this offer and this debtor first."""
    at_once, shared = _at_once(table, offer, bound), _shared(table, offer, bound)
    parts = _in_parts(table, offer, bound)
    if seldom_kept(table.known):
        return shared, at_once, parts
    if len(offer.plan.parts) > 1:
        return parts, shared, at_once
    return at_once, shared, parts


def _latest(table: Table, offer: Offer, bound: Goal, parts: int) -> date:
    """The last day that we accept; not after his own last day, when he offers all of it by then."""
    day = previous_bank_day(min(bound.limit_date, latest_day(table.mandate, table.today, parts=parts)))
    return min(day, next_bank_day(offer.plan.last)) if offer.plan.cents >= bound.ask_cents else day


def _first_by(table: Table, bound: Goal) -> date:
    return previous_bank_day(min(bound.limit_date, table.today + timedelta(days=table.mandate.first_days)))


def _at_once(table: Table, offer: Offer, bound: Goal) -> Iterator[Plan]:
    """All of it on his own last day, on the last day we accept, on his first day, or within a week."""
    latest = _latest(table, offer, bound, 1)
    for day in (
        next_bank_day(offer.plan.last),
        latest,
        next_bank_day(offer.plan.first),
        _first_by(table, bound),
    ):
        if day <= latest:
            yield Plan((PlannedPart(day, bound.ask_cents),))


def _shared(table: Table, offer: Offer, bound: Goal) -> Iterator[Plan]:
    """What he pays first, or more of it when that is too little, and the rest on the last day we accept."""
    latest, ask = _latest(table, offer, bound, 2), bound.ask_cents
    first = _first_day(table, offer, bound)
    needed = max(share_at_once(ask, 2, table.mandate), smallest_cents(ask, table.mandate, table.case))
    for cents in (max(offer.plan.cents_by(_first_by(table, bound)), needed), needed):
        if first < latest and 0 < cents < ask:
            yield Plan((PlannedPart(first, cents), PlannedPart(latest, ask - cents)))


def _first_day(table: Table, offer: Offer, bound: Goal) -> date:
    """His own first day when it is soon enough, otherwise the last one that is."""
    by, his = _first_by(table, bound), next_bank_day(offer.plan.first)
    return his if table.today <= his <= by else by


def _in_parts(table: Table, offer: Offer, bound: Goal) -> Iterator[Plan]:
    """As many equal parts as both goal and mandate bear, in the slowest rhythm that ends in time."""
    first = _first_day(table, offer, bound)
    for n in range(min(bound.instalments, table.mandate.instalments), 1, -1):
        for rhythm in _RHYTHMS:
            plan = build(Wanted(bound.ask_cents, first, parts=n, rhythm=rhythm), table.today)
            if isinstance(plan, Plan) and plan.last <= _latest(table, offer, bound, n):
                yield plan


def _counter(plan: Plan, fit: Fit, table: Table) -> CounterOffer:
    return CounterOffer(plan, fit, *_said(plan, table))


def proposed(plan: Plan, table: Table) -> Cue:
    """The line with which ``plan`` is proposed."""
    return _said(plan, table)[0]


def _said(plan: Plan, table: Table) -> tuple[Cue, Sentence]:
    first, n = plan.parts[0], len(plan.parts)
    amount, rest = table.money(first.cents), table.money(plan.cents - first.cents)
    if n == 1:
        facts = {"amount": amount, "day": first.due}
        return Cue("negotiate.counter_date", facts), Sentence("counter.at_once", facts)
    if n == 2:
        facts = {"amount": amount, "day": first.due, "rest": rest, "limit": plan.last}
        return Cue("negotiate.counter_share", facts), Sentence("counter.share", facts)
    facts = {"parts": n, "amount": amount, "day": first.due, "limit": plan.last}
    return Cue("negotiate.counter_parts", facts), say("counter.in_parts", **facts)
