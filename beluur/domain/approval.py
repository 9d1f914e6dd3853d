"""Asking a colleague while on the line (A2): the states of a request, which leads to which, and who may answer it.

One table that the actions and docs/approval-states.md follow. A request is for one plan and has its time: an approval that was
not used in it has expired, for the case has changed since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from beluur.domain.case import Case
from beluur.domain.mandate import Mandate, Refusal, judge
from beluur.domain.plan import Plan
from beluur.domain.state_page import state_page
from beluur.values.sentence import Sentence, say


class ApprovalState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    APPROVED = "approved"  # may be agreed to as it was asked
    CHANGED = "changed"  # another plan is granted instead
    REFUSED = "refused"
    USED = "used"  # it was agreed with the debtor
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Cause(StrEnum):
    """What brings a request from one state to the next."""

    APPROVES = "a colleague approves"
    REFUSES = "a colleague refuses, with a reason"
    CHANGES = "a colleague grants another plan"
    AGREED = "the debtor agrees"
    WITHDRAWS = "the caller takes it back"
    TIME = "its time is over"


_S, _C = ApprovalState, Cause

WAITING = (_S.ASKED,)
"""The states in which a colleague is asked to answer."""

GRANTED = (_S.APPROVED, _S.CHANGED)
"""The states in which the caller may agree with the debtor."""

TRANSITIONS: tuple[tuple[ApprovalState, Cause, ApprovalState], ...] = (
    (_S.ASKED, _C.APPROVES, _S.APPROVED),
    (_S.ASKED, _C.CHANGES, _S.CHANGED),
    (_S.ASKED, _C.REFUSES, _S.REFUSED),
    *((s, _C.AGREED, _S.USED) for s in GRANTED),
    *((s, _C.WITHDRAWS, _S.WITHDRAWN) for s in (_S.ASKED, *GRANTED)),
    *((s, _C.TIME, _S.EXPIRED) for s in (_S.ASKED, *GRANTED)),
)
FIRST = (_S.ASKED,)
_OF_COLLEAGUE = frozenset((_C.APPROVES, _C.REFUSES, _C.CHANGES))


@dataclass(frozen=True, slots=True)
class Request:
    """A plan that is beyond the mandate of ``asked_by``, with the ``refusals`` that say why. ``granted`` is the plan that a
    colleague grants, as asked or changed; ``words`` is his reason. Moments are UTC; it is answered before ``expires_at``."""

    plan: Plan
    refusals: tuple[Refusal, ...]
    asked_by: int
    expires_at: datetime
    state: ApprovalState = ApprovalState.ASKED
    answered_by: int | None = None
    granted: Plan | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a colleague says: APPROVES, REFUSES (with ``words``) or CHANGES (with ``plan``)."""

    cause: Cause
    by: int
    words: str = ""
    plan: Plan | None = None


def target(state: str, cause: Cause) -> ApprovalState | None:
    """The state to which ``cause`` leads from ``state``; None when it leads nowhere."""
    return next((to for source, by, to in TRANSITIONS if source == state and by is cause), None)


def may(state: str, cause: Cause) -> bool:
    """Whether ``cause`` leads anywhere from ``state``."""
    return target(state, cause) is not None


def ask(
    plan: Plan, mandate: Mandate, case: Case, today: date, *, asked_by: int, expires_at: datetime
) -> Request | Sentence:
    """A new request; or the sentence that says that there is nothing to ask."""
    refusals = judge(plan, mandate, case, today)
    if not refusals:
        return say("offer.no_reserve_needed")
    return Request(plan, refusals, asked_by, expires_at)


def answer(
    request: Request, given: Answer, mandate: Mandate, case: Case, *, now: datetime, today: date
) -> Request | tuple[Sentence, ...]:
    """The request as the colleague with that ``mandate`` answers it at ``now``, or why he cannot; ``today`` is the debtor's."""
    wrong = _why_not(request, given, mandate, case, now, today)
    state = target(request.state, given.cause)
    if wrong or state is None:
        return wrong or (say("approval.answered"),)
    granted = None if given.cause is Cause.REFUSES else given.plan or request.plan
    return replace(request, state=state, answered_by=given.by, granted=granted, words=given.words.strip())


def _why_not(
    request: Request, given: Answer, mandate: Mandate, case: Case, now: datetime, today: date
) -> tuple[Sentence, ...]:
    if given.cause not in _OF_COLLEAGUE or not may(request.state, given.cause):
        return (say("approval.answered"),)
    if now >= request.expires_at:
        return (say("approval.expired"),)
    if given.by == request.asked_by:
        return (say("approval.own"),)
    if given.cause is Cause.REFUSES:
        return () if given.words.strip() else (say("approval.no_reason"),)
    if (given.cause is Cause.CHANGES) != (given.plan is not None and given.plan != request.plan):
        return (say("approval.which_plan"),)
    return tuple(r.sentence for r in judge(given.plan or request.plan, mandate, case, today))


def follow(request: Request, cause: Cause) -> Request | Sentence:
    """The request after the debtor agrees, the caller takes it back, or its time is over; or that it cannot be. Take it `at` the
    moment first; what a colleague says goes through `answer`."""
    state = None if cause in _OF_COLLEAGUE else target(request.state, cause)
    return say("approval.answered") if state is None else replace(request, state=state)


def at(request: Request, now: datetime) -> Request:
    """The request as it stands at ``now``: expired when its time is over before it was used."""
    if now < request.expires_at or not may(request.state, Cause.TIME):
        return request
    return replace(request, state=ApprovalState.EXPIRED)


def page() -> str:
    """The whole of docs/approval-states.md."""
    return state_page("The states of a request for approval", "approval", FIRST, TRANSITIONS)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - printing is what this is for
