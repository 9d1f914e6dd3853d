"""The caller's side of asking a colleague while the debtor is on the line (A2): asking, waiting, and what came back."""

from __future__ import annotations

from dataclasses import dataclass

from beluur.actions.ask_approval import ask_approval
from beluur.actions.once import Doer
from beluur.actions.withdraw_approval import withdraw_approval
from beluur.domain.approval import GRANTED, ApprovalState
from beluur.domain.bargain import ProposedBy
from beluur.domain.call_mandate import plan_in
from beluur.domain.plan import Plan
from beluur.domain.said import Reading, SaidPart, understood
from beluur.queries.call_screen import CallScreen
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_plan import in_rows
from beluur.web.forms.call_reading import report_of
from beluur.web.pages.call_offer import OfferView


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """Where the request stands. ``by`` answered it, ``why`` in his words; ``plan_said`` is another plan that he grants."""

    waits: bool
    granted: bool
    refused: bool
    by: str
    why: str
    plan_said: Sentence | None

    @property
    def changed(self) -> bool:
        """Whether another plan is granted than was asked."""
        return self.plan_said is not None


def approval_shown(screen: CallScreen) -> ApprovalShown | None:
    """What the screen shows of the last request of this call; None when there is none that matters."""
    asked = screen.asked_colleague
    if asked is None:
        return None
    state = asked.request.state
    changed = asked.request.granted if state is ApprovalState.CHANGED else None
    return ApprovalShown(
        waits=state is ApprovalState.ASKED,
        granted=state in GRANTED,
        refused=state is ApprovalState.REFUSED,
        by=asked.answered_by,
        why=asked.request.words,
        plan_said=_said(changed, screen.case.currency) if changed else None,
    )


def asked_note(screen: CallScreen, offer: OfferView | None) -> Sentence | None:
    """That a colleague is asked, or said yes: beside the bar it is in sight wherever one scrolled."""
    if offer is not None and offer.granted:
        return say("draft.granted")
    waits = screen.asked_colleague and screen.asked_colleague.request.state is ApprovalState.ASKED
    return say("draft.asked") if waits and offer is not None and offer.beyond else None


def _said(plan: Plan, currency: str) -> Sentence | None:
    return understood(Reading(tuple(SaidPart(p.cents, p.due) for p in plan.parts)), currency)


def asked(doer: Doer, screen: CallScreen, draft: Draft, go: str) -> Sentence | None:
    """Asks, or takes the request back; gives why it could not be done."""
    try:
        if go == "ask:withdraw":
            if screen.asked_colleague:
                withdraw_approval(doer, screen.asked_colleague.id)
            return None
        plan = plan_in(report_of(draft)[0])
        if plan is not None and screen.call is not None:
            ask_approval(doer, screen.call.id, plan, words=draft.text("words"))
    except Refused as refused:
        return refused.sentence
    return None


def granted_rows(draft: Draft, screen: CallScreen) -> dict[str, str]:
    """The plan that the colleague granted, in the rows."""
    found = screen.asked_colleague
    if found is None or found.request.granted is None:
        return {}
    return in_rows(draft, [(p.due, p.cents) for p in found.request.granted.parts], by=ProposedBy.US.value)
