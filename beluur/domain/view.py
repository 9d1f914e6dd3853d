"""What `next_step` looks at: the case with what was worked out from it once, and the days on which the answer may change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from beluur.domain.case import (
    CallbackFact,
    Case,
    DisputeFact,
    InvoiceFact,
    PaidClaimFact,
    PromiseFact,
    UltimatumFact,
)
from beluur.domain.ladder import Ladder, RungKind
from beluur.domain.ladder_shipped import ladder_for
from beluur.domain.pace import Pace, pace
from beluur.domain.parts import Part, Split, Why, split
from beluur.domain.policy import Policy
from beluur.domain.steps import Step, Tier

DAY = timedelta(days=1)

Subject = PromiseFact | PaidClaimFact | DisputeFact | CallbackFact | UltimatumFact


@dataclass(slots=True)
class View:
    """One look at one case; ``valid_until`` is the first day on which the answer may change by time alone."""

    case: Case
    policy: Policy
    today: date
    split: Split
    pace: Pace
    asked: tuple[Part, ...]  # one of each invoice, the oldest due date first
    asked_cents: int
    ladder: Ladder
    since: date | None  # the oldest due date of what is asked: from there the ladder is climbed
    worth_a_call: bool  # what may be asked for reaches the minimum
    valid_until: date | None = None
    gone: dict[date, dict[RungKind, date]] = field(default_factory=dict)  # kept by `ladder_days.gone`
    spoken: list[date] | None = None  # the days of the conversations, kept there too

    def until(self, day: date | None) -> None:
        """Notes that the answer may change on ``day``."""
        if day is not None and day > self.today and (self.valid_until is None or day < self.valid_until):
            self.valid_until = day

    @property
    def worth_an_appointment(self) -> bool:
        """Whether an agreed call-back is kept: also when all is disputed or promised, for we said that we would call (B7);
        not when the money may be in already."""
        kept = (Why.CALLABLE, Why.DISPUTED, Why.PROMISED, Why.PLAN, Why.NOT_DUE, Why.NO_DUE_DATE)
        return self.split.cents(*kept) > 0


class Option(NamedTuple):
    """A step that could be next, the day it is for, and what it is about (a promise, a dispute, ...)."""

    step: Step
    on: date
    at: datetime | None = None
    tier: Tier = Tier.NOT_CALLED
    about: Subject | None = None
    week_ends: date | None = None
    ready: date | None = None  # when the call could first be made, but for earlier calls
    instead_of: Step | None = None  # the call that cannot be made
    rung: RungKind | None = None  # what a person decides about: the notice, the handover


def look(case: Case, policy: Policy, today: date) -> View:
    """The view of ``case`` on ``today``."""
    parts = split(case, today)
    asked = parts.callable
    asked_cents = sum([p.cents for p in asked])
    view = View(
        case,
        policy,
        today,
        parts,
        pace(case, policy),
        asked,
        asked_cents,
        ladder_for(case, policy),
        asked[0].invoice.due if asked else None,
        asked_cents >= max(policy.minimum_cents, 1),
    )
    for part in parts.parts:
        if part.why is Why.NOT_DUE:
            view.until(part.until)
    return view


def fresh(view: View) -> list[InvoiceFact]:
    """Invoices to ask for that were not yet spoken about: he was not spoken since they became due."""
    spoken = view.pace.spoken_on
    return [p.invoice for p in view.asked if p.invoice.due and (spoken is None or spoken <= p.invoice.due)]
