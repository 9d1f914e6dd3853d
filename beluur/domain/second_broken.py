"""The second broken promise (F4): who broke two is not simply called about a third; what then holds is the policy."""

from __future__ import annotations

from collections.abc import Iterator

from beluur.domain.mandate import SECOND
from beluur.domain.parts import broken_promises
from beluur.domain.policy import SecondBroken
from beluur.domain.steps import Step
from beluur.domain.view import Option, View
from beluur.values.sentence import Sentence, say


def is_decided(view: View) -> bool:
    """Whether a person decides instead of a call."""
    return view.policy.second_broken == SecondBroken.DECIDE and broken_promises(view.case) >= SECOND


def why_decided(view: View, option: Option) -> Sentence:
    """Why a person decides: two promises were broken, or he refused too often."""
    if option.instead_of is Step.CALL_BROKEN:
        return say("step.second_broken_decide", times=broken_promises(view.case))
    return say("step.refused", times=view.pace.refusals)


def what_holds(view: View) -> Iterator[Sentence]:
    """What the caller keeps to when he calls about the second."""
    times = broken_promises(view.case)
    if times < SECOND:
        return
    if view.policy.second_broken == SecondBroken.SHORTER:
        yield say("step.second_broken_shorter", times=times, days=view.policy.second_broken_days)
    elif view.policy.second_broken == SecondBroken.ASK:
        yield say("step.second_broken_ask", times=times)
