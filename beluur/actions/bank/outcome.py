"""What becomes of one booking: a state, the parts to book, and what is kept for a person to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from beluur.actions.bank.proposal_json import also_json, choice_json, holds_json, proposal_json, why_json
from beluur.domain.payment_state import PaymentState
from beluur.domain.reconciliation.incoming import Certainty, Explanation, Incoming, Part
from beluur.domain.reconciliation.rules import Rules
from beluur.domain.reconciliation.signals import no_customer
from beluur.store.load import also_his
from beluur.values.sentence import Sentence


class Outcome(NamedTuple):
    """What becomes of one booking. ``parts`` are booked; ``takes_back`` is the payment that it reverses; ``proposal`` as JSON is
    what a person may choose from; ``perhaps``: whose it may be."""

    payment: Incoming
    state: PaymentState
    parts: tuple[Part, ...] = ()
    left_cents: int = 0
    debtor_id: int | None = None
    by: tuple[Sentence, ...] = ()
    takes_back: int | None = None
    proposal: Mapping[str, Any] = {}
    perhaps: int | None = None

    @property
    def perhaps_theirs(self) -> set[int]:
        """All of whom it may be while it waits."""
        return {i for i in (self.perhaps, *also_his(self.proposal)) if i}


def of_explanation(payment: Incoming, explanation: Explanation, since: date | None, rules: Rules) -> Outcome:
    """What becomes of money that came in. ``since``: the open items hold what was paid before that day. Not ours when it comes
    from an account of our own, a tax office, or who passes on card payments."""
    certain = explanation.certainty is Certainty.CERTAIN
    if certain and explanation.parts:
        left = explanation.left_cents
        state = PaymentState.REST if left else PaymentState.EXPLAINED
        perhaps = explanation.debtor_id if left else None
        return Outcome(
            payment, state, explanation.parts, left, explanation.debtor_id, explanation.by, perhaps=perhaps
        )
    if since is not None and payment.booked < since and not explanation.unseen:
        return Outcome(payment, PaymentState.EARLIER, left_cents=payment.cents)
    if explanation.certainty is Certainty.NONE:
        state = PaymentState.NOT_OURS if no_customer(payment, rules) else PaymentState.UNEXPLAINED
        return Outcome(
            payment,
            state,
            left_cents=payment.cents,
            by=explanation.by,
            proposal=why_json(explanation),
            perhaps=explanation.debtor_id,
        )
    return Outcome(
        payment,
        PaymentState.PROPOSED,
        left_cents=payment.cents,
        by=explanation.by,
        proposal=proposal_json(explanation),
        perhaps=explanation.debtor_id,
    )


def announced(payment: Incoming, explanation: Explanation) -> Outcome:
    """The bank has not booked it yet: it waits, and whose it may be is not called about it."""
    return Outcome(
        payment,
        PaymentState.PENDING,
        left_cents=payment.cents,
        perhaps=explanation.debtor_id,
        by=explanation.by,
        proposal=holds_json(explanation),
    )


def for_a_person(outcome: Outcome) -> Outcome:
    """The same to choose from, never booked by itself: a person took this payment off before, and that stands."""
    proposed = as_proposed(outcome)
    return proposed._replace(proposal={**proposed.proposal, "held": True})


def as_proposed(outcome: Outcome) -> Outcome:
    """What would have been booked, to choose from."""
    proposal = dict(outcome.proposal)
    if outcome.parts:
        choice = choice_json(outcome.debtor_id, outcome.parts, outcome.left_cents, outcome.by)
        proposal = {"choices": [choice], **also_json(outcome.parts, outcome.debtor_id)}
    elif outcome.takes_back:
        by = [sentence.to_json() for sentence in outcome.by]
        back = {"payment": outcome.takes_back, "cents": outcome.payment.cents, "by": by}
        proposal = {"choices": [], "returns": [back]}
    chosen_from = proposal.get("choices") or proposal.get("returns")
    return outcome._replace(
        state=PaymentState.PROPOSED if chosen_from else PaymentState.UNEXPLAINED,
        parts=(),
        left_cents=outcome.payment.cents,
        debtor_id=None,
        takes_back=None,
        proposal=proposal,
        perhaps=outcome.debtor_id or outcome.perhaps,
    )
