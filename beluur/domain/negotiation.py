"""What an offer is worth, at once, while he is on the line (D10, D11, A2).

First what both already agree on, then where it falls short: of the goal, of the mandate, in the arithmetic, and against what this
debtor kept before. With it come one or two offers that would do, and the line to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from beluur.domain.bargain import Cue, Fit, Offer, ProposedBy, Table
from beluur.domain.behaviour import ENOUGH
from beluur.domain.commitment import Objection, bank_day_remark
from beluur.domain.counter_offers import CounterOffer, counter_offers, proposed
from beluur.domain.goal import seldom_kept, weigh, within_fallback
from beluur.domain.local_time import local_day
from beluur.domain.mandate import Refusal, judge
from beluur.domain.parts import promises_off_schedule
from beluur.domain.plan import Plan, how_long, rhythm_of
from beluur.values.sentence import Sentence, say


@dataclass(frozen=True, slots=True)
class Common:
    """What both already agree on: ``cents``, by ``on``; None when it is the amount only and the day is still open."""

    cents: int
    on: date | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an offer is worth. ``common`` is said first (``cues`` has it in front); ``short`` is where the goal is not met, and
    ``refusals`` where the mandate ends; ``remarks`` are the arithmetic, his history, and days on which no bank books;
    ``counters`` would be acceptable. ``by`` is who made the offer, to be kept with what comes of it."""

    fit: Fit
    by: ProposedBy
    common: Common
    short: tuple[Sentence, ...]
    refusals: tuple[Refusal, ...]
    remarks: tuple[Sentence, ...]
    counters: tuple[CounterOffer, ...]
    cues: tuple[Cue, ...]

    @property
    def acceptable(self) -> bool:
        """Whether the caller may agree to it alone."""
        return self.fit is not Fit.BEYOND

    @property
    def ours(self) -> bool:
        """Whether we proposed it and may agree to it: nothing is left but his yes."""
        return self.by is ProposedBy.US and self.acceptable

    @property
    def sentence(self) -> Sentence:
        """How it stands, in one line."""
        return say("offer.ours") if self.ours else Sentence(f"offer.{self.fit}")


def first_question(table: Table) -> Cue:
    """Before anything else he is asked what he proposes (D10)."""
    return Cue(
        "negotiate.first", {"amount": table.money(table.goal.ask_cents), "limit": table.goal.limit_date}
    )


def assess(table: Table, offer: Offer) -> Judgement:
    """The judgement on an offer that is concrete: `plan_of` or `build` gave it."""
    short = weigh(offer.plan.as_proposal(), table.goal, currency=table.case.currency)
    refusals = judge(offer.plan, table.mandate, table.case, table.today)
    fit = _fit(table, offer, short, refusals)
    common = _common(table, offer.plan)
    ours = offer.by is ProposedBy.US and fit is not Fit.BEYOND
    counters = () if ours or fit is Fit.GOAL else counter_offers(table, offer)
    cues = (proposed(offer.plan, table),) if ours else tuple(_cues(table, offer.plan, fit, common, counters))
    return Judgement(
        fit,
        offer.by,
        common,
        short,
        refusals,
        tuple(_remarks(table, offer.plan)),
        counters,
        cues,
    )


def _fit(table: Table, offer: Offer, short: tuple[Sentence, ...], refusals: tuple[Refusal, ...]) -> Fit:
    if refusals:
        return Fit.BEYOND
    if not short:
        return Fit.GOAL
    return Fit.FALLBACK if within_fallback(offer.plan.as_proposal(), table.goal) else Fit.MANDATE


def _common(table: Table, plan: Plan) -> Common:
    goal = table.goal
    in_time = [p for p in plan.parts if p.due <= goal.limit_date]
    if in_time:
        cents, on = sum(p.cents for p in in_time), in_time[-1].due
        return Common(cents, on, say("offer.agreed_by", amount=table.money(cents), on=on))
    cents = min(plan.cents, goal.ask_cents) or plan.cents
    return Common(cents, None, say("offer.agreed_amount", amount=table.money(cents)))


def _remarks(table: Table, plan: Plan) -> Iterator[Sentence]:
    yield from _arithmetic(table, plan)
    if len(plan.parts) > 1 and any(len(p.instalments) > 1 for p, _ in promises_off_schedule(table.case)):
        yield say("offer.plan_broken")
    elif seldom_kept(table.known):
        yield say("offer.seldom_kept", kept=table.known.kept, made=table.known.made)
    elif table.known.made >= ENOUGH and table.known.kept == table.known.made:
        yield say("offer.always_kept", made=table.known.made)
    yield from (remark for p in plan.parts if (remark := bank_day_remark(p.due)) is not None)


def _arithmetic(table: Table, plan: Plan) -> Iterator[Sentence]:
    """What his pace comes to on all that is asked. Only where there is a pace: equal parts, but for the first and the last."""
    head = plan.parts[:1] if len(plan.parts) > 2 and plan.parts[0].cents != plan.parts[1].cents else ()
    *equal, last = plan.parts[len(head) :]
    if not equal or {p.cents for p in equal} != {equal[0].cents} or last.cents > equal[0].cents + len(equal):
        return
    left = max(table.goal.ask_cents, plan.cents) - sum(p.cents for p in head)
    yield how_long(left, equal[0].cents, rhythm_of(plan), currency=table.case.currency)


def _cues(
    table: Table, plan: Plan, fit: Fit, common: Common, counters: tuple[CounterOffer, ...]
) -> Iterator[Cue]:
    if fit is Fit.GOAL:
        yield Cue("negotiate.accept", {"amount": table.money(plan.cents), "day": plan.last})
        return
    if fit is Fit.BEYOND:
        yield Cue("negotiate.refuse_mandate", {"amount": table.money(common.cents)})
    yield Cue("negotiate.both", {"amount": table.money(common.cents)})
    if counters:
        yield counters[0].cue
    else:
        yield Cue("negotiate.insist", {"limit": table.goal.limit_date})


@dataclass(frozen=True, slots=True)
class Reservation:
    """An agreement that a colleague has still to grant: ``refusals`` are why, and at ``answer_at`` (UTC) we call back."""

    offer: Offer
    refusals: tuple[Refusal, ...]
    answer_at: datetime
    cue: Cue


def reserve(
    table: Table, offer: Offer, answer_at: datetime | None, now: datetime
) -> Reservation | tuple[Objection, ...]:
    """``offer`` under reservation, with the call-back in which he hears it; or why it cannot be. Field: "answer_at".

    Only what is beyond the mandate is reserved: the rest is agreed at once.
    """
    if answer_at is None:
        return (Objection("answer_at", say("call.no_moment")),)
    if answer_at <= now:
        return (Objection("answer_at", say("call.moment_past")),)
    if answer_at > now + timedelta(days=table.policy.latest_promise_days):
        return (Objection("answer_at", say("call.day_out_of_reach", on=answer_at.date())),)
    refusals = judge(offer.plan, table.mandate, table.case, table.today)
    if not refusals:
        return (Objection("answer_at", say("offer.no_reserve_needed")),)
    day = local_day(answer_at, table.case.time_zone)
    return Reservation(offer, refusals, answer_at, Cue("negotiate.reserve", {"day": day}))
