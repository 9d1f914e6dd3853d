"""What follows a call that just ended: the next step as it will be, and the sentence that says what to do about it (F4)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from beluur.domain.case import AttemptFact, Case, Outcome, Result
from beluur.domain.local_time import local_day
from beluur.domain.next_step import next_step
from beluur.domain.policy import Policy
from beluur.domain.steps import NextStep
from beluur.values.sentence import Sentence, say

_AFTER_OUTCOME = {
    Outcome.VOICEMAIL: "follow_up.voicemail",
    Outcome.NO_ANSWER: "follow_up.no_answer",
    Outcome.BUSY: "follow_up.busy",
    Outcome.WRONG_PERSON: "follow_up.wrong_person",
    Outcome.GATEKEEPER: "follow_up.gatekeeper",
    Outcome.NUMBER_INVALID: "follow_up.number_invalid",
}
_AFTER_RESULT = {
    Result.PROMISE: "follow_up.promise",
    Result.CALLBACK: "follow_up.callback",
    Result.DISPUTE: "follow_up.dispute",
    Result.CLAIMS_PAID: "follow_up.claims_paid",
    Result.PASSED_ON: "follow_up.passed_on",
    Result.REFUSED: "follow_up.refused",
    Result.STOPPED: "follow_up.stopped",
    Result.NOTHING: "follow_up.nothing",
    Result.NONE: "follow_up.nothing",
}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """``advice`` says what the outcome asks for; ``step`` is what then happens next, with its day and reasons."""

    advice: Sentence
    step: NextStep


def follow_up(case: Case, policy: Policy, attempt: AttemptFact) -> FollowUp:
    """What follows ``attempt``, which is not in ``case`` yet; what was agreed in it (a promise, a call-back) is."""
    after = replace(case, attempts=(*case.attempts, attempt))
    step = next_step(after, policy, local_day(attempt.at, case.time_zone))
    if attempt.outcome is Outcome.REACHED:
        return FollowUp(say(_AFTER_RESULT[attempt.result]), step)
    return FollowUp(say(_AFTER_OUTCOME[attempt.outcome]), step)
