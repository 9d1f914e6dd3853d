"""What lies on the table when one negotiates: what we aim at, how far the caller may go, what he offers, and what one says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from beluur.domain.behaviour import Behaviour
from beluur.domain.case import Case
from beluur.domain.goal import Goal
from beluur.domain.mandate import Mandate
from beluur.domain.plan import Plan
from beluur.domain.policy import Policy
from beluur.values.money import Money


class ProposedBy(StrEnum):
    """Who put it forward; a debtor keeps better what he proposed himself (D10)."""

    DEBTOR = "debtor"
    US = "us"


@dataclass(frozen=True, slots=True)
class Table:
    """All that an offer is judged on. ``case`` is as it was before the call; ``goal`` asks for what may still be agreed, so
    without what this call disputes; ``known`` is how he paid and kept his promises; ``today`` is the day at the debtor's."""

    case: Case
    goal: Goal
    mandate: Mandate
    policy: Policy
    today: date
    known: Behaviour = field(default_factory=Behaviour)

    def money(self, cents: int) -> Money:
        """``cents`` in the currency of the case."""
        return Money(cents, self.case.currency)


@dataclass(frozen=True, slots=True)
class Offer:
    """A concrete proposal, and who made it."""

    plan: Plan
    by: ProposedBy = ProposedBy.DEBTOR


@dataclass(frozen=True, slots=True)
class Cue:
    """The moment of the playbook whose line is said now, with its facts: Money, date, int, or a Sentence, to be written out in
    the debtor's language."""

    moment: str
    facts: Mapping[str, Any]


class Fit(StrEnum):
    """How an offer stands: what one may do with it, best first."""

    GOAL = "goal"  # agree
    FALLBACK = "fallback"  # agree when no more is to be had
    MANDATE = "mandate"  # beyond what was aimed at, but his to decide
    BEYOND = "beyond"  # a colleague decides
