"""An agreed call-back that nobody answered keeps its place: it moves to the next moment that makes sense (B7, B9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from beluur.domain.case import AttemptFact, Case, Outcome
from beluur.domain.pace import pace
from beluur.domain.policy import Policy
from beluur.domain.retry import retry_at


def moved_to(case: Case, policy: Policy, attempt: AttemptFact) -> datetime | None:
    """When the call-back is tried again after ``attempt``, which is not in ``case`` yet and did not reach him; None when it was
    tried so often that another channel takes over, or when the number is wrong."""
    if attempt.outcome in (Outcome.REACHED, Outcome.NUMBER_INVALID):
        return None
    after = replace(case, attempts=(*case.attempts, attempt))
    if pace(after, policy).misses >= policy.tries_before_other_channel:
        return None
    return retry_at(after, policy, same_day=True)
