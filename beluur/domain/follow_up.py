"""What follows a call that just ended: the next step as it will be, and the sentence that says what to do about it (F4)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from beluur.domain.calling_window import DayQuality, Quality, window
from beluur.domain.case import AttemptFact, Case, Outcome, Result
from beluur.domain.local_time import local_day
from beluur.domain.next_step import next_step
from beluur.domain.policy import Policy
from beluur.domain.steps import CALLS, MAILS, NextStep, Step
from beluur.values.sentence import Sentence, say

_AFTER_OUTCOME = {
    Outcome.VOICEMAIL: "follow_up.voicemail",
    Outcome.NO_ANSWER: "follow_up.no_answer",
    Outcome.BUSY: "follow_up.busy",
    Outcome.WRONG_PERSON: "follow_up.wrong_person",
    Outcome.GATEKEEPER: "follow_up.gatekeeper",
    Outcome.NUMBER_INVALID: "follow_up.number_invalid",
}
_RING_AGAIN = frozenset((Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.BUSY))
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
    """``advice`` says what the outcome asks for; ``step`` is what then happens next, with its day and reasons; ``doubt`` why the
    moment that was agreed for a call is an unusual one (B3, B8)."""

    advice: Sentence
    step: NextStep
    doubt: Sentence | None = None


def follow_up(case: Case, policy: Policy, attempt: AttemptFact) -> FollowUp:
    """What follows ``attempt``, which is not in ``case`` yet; what was agreed in it (a promise, a call-back) is."""
    after = replace(case, attempts=(*case.attempts, attempt))
    step = next_step(after, policy, local_day(attempt.at, case.time_zone))
    return FollowUp(_advice(attempt, step), step, _doubt(after, policy, step))


def _advice(attempt: AttemptFact, step: NextStep) -> Sentence:
    """Whoever reached nobody tries again, unless something else comes first: then the advice is that."""
    if attempt.outcome is Outcome.REACHED:
        return say(_AFTER_RESULT[attempt.result])
    if attempt.outcome in _RING_AGAIN and step.step not in CALLS:
        return say("follow_up.mail_first") if step.step in MAILS else say("follow_up.step_first")
    return say(_AFTER_OUTCOME[attempt.outcome])


def _doubt(case: Case, policy: Policy, step: NextStep) -> Sentence | None:
    """What a caller wants to hear before he agrees to it: a holiday, the weekend, the evening. It is no refusal."""
    if step.step is not Step.CALL_BACK or step.at is None:
        return None
    then = window(case, policy, step.at)
    if then.day_quality is DayQuality.CLOSED:
        return then.day_because
    return None if then.quality in (Quality.GOLDEN, Quality.SENSIBLE) else then.because
