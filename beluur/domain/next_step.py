"""What happens next with one debtor, when, and because of what: the heart. Pure, and stored with the debtor.

Every rule puts forward the steps it would take, each with its day; the earliest wins, and of those that are due the one that
cannot wait. The answer changes by time alone on ``valid_until`` at the earliest.
"""

from __future__ import annotations

from datetime import date

from beluur.domain.because import because_of, because_of_nothing, because_stopped, hold_reasons
from beluur.domain.calling_window import SlotHistory, slot_history
from beluur.domain.case import CallbackFact, Case, DisputeFact, PaidClaimFact, PromiseFact, UltimatumFact
from beluur.domain.options import options
from beluur.domain.parts import Why
from beluur.domain.policy import Policy
from beluur.domain.steps import CALLS, NextStep, Step
from beluur.domain.view import DAY, Option, View, look
from beluur.values.sentence import Sentence, say

_RANK = {
    step: rank
    for rank, step in enumerate(
        (
            Step.CALL_BACK,
            Step.CALL_BROKEN,
            Step.DECIDE,
            Step.CALL_FIRST,
            Step.CALL_AGAIN,
            Step.FIX_CONTACT,
            Step.OTHER_CHANNEL,
            Step.CHECK_PAYMENT,
            Step.ANSWER_DISPUTE,
            Step.REMIND_LAST,
            Step.REMIND_SECOND,
            Step.REMIND_FIRST,
            Step.WAIT_PROMISE,
        )
    )
}
_KIND = {
    CallbackFact: "callback",
    PromiseFact: "promise",
    PaidClaimFact: "claim",
    DisputeFact: "dispute",
    UltimatumFact: "ultimatum",
}


def next_step(case: Case, policy: Policy, today: date) -> NextStep:
    """What happens next with this debtor. ``today`` is the day at his place."""
    if not any(i.open_cents > 0 for i in case.invoices):
        return NextStep(Step.NONE, None, (say("step.nothing_open"),))
    view = look(case, policy, today)
    if case.stop:
        return _answer(view, Step.STOPPED, None, because_stopped(view))
    if hold := case.hold_on(today):
        ends = hold.until + DAY if hold.until else None
        return NextStep(
            Step.HOLD, ends, hold_reasons(view), open_cents=view.split.open_cents, valid_until=ends
        )
    choice = _first(view)
    if choice is None:
        return _nothing_to_do(view)
    return _chosen(view, choice)


def _first(view: View) -> Option | None:
    best, best_key = None, None
    for option in options(view):
        view.until(option.on)
        key = (
            max(option.on, view.today),
            _RANK[option.step],
            option.on,
            option.about.id if option.about else 0,
        )
        if best_key is None or key < best_key:
            best, best_key = option, key
    return best


def _chosen(view: View, option: Option) -> NextStep:
    seen = slot_history(view.case, view.policy) if option.step in CALLS else SlotHistory()
    return NextStep(
        option.step,
        option.on,
        because_of(view, option),
        tier=option.tier,
        base_cents=view.asked_cents,
        open_cents=view.split.open_cents,
        oldest_due=_oldest_due(view),
        week_ends=option.week_ends,
        valid_until=view.valid_until,
        at=option.at,
        about=(_KIND[type(option.about)], option.about.id) if option.about else None,
        reached_slots=seen.reached,
        avoid_slots=seen.avoid,
        rung=option.rung,
    )


def _nothing_to_do(view: View) -> NextStep:
    late_on = min((p.until for p in view.split.parts if p.why is Why.NOT_DUE and p.until), default=None)
    step = Step.NONE if late_on is None else Step.WAIT
    return _answer(view, step, late_on, because_of_nothing(view))


def _answer(view: View, step: Step, on: date | None, because: tuple[Sentence, ...]) -> NextStep:
    return NextStep(
        step,
        on,
        because,
        base_cents=view.asked_cents,
        open_cents=view.split.open_cents,
        oldest_due=_oldest_due(view),
        valid_until=view.valid_until,
    )


def _oldest_due(view: View) -> date | None:
    """The oldest due date that he may be asked about, or else of all that is open."""
    if view.asked:
        return view.since
    return min((p.invoice.due for p in view.split.parts if p.invoice.due), default=None)
