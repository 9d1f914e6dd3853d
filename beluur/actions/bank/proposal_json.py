"""What is kept of an explanation on a payment that waits, as JSON: what a person may choose from, and why."""

from __future__ import annotations

from typing import Any

from beluur.domain.reconciliation.incoming import Explanation
from beluur.domain.reconciliation.returns import TakenBack


def proposal_json(explanation: Explanation) -> dict[str, Any]:
    """What a person may choose from, the best first."""
    return {"choices": [_choice(e) for e in (explanation, *explanation.alternatives) if e.debtor_id]}


def _choice(explanation: Explanation) -> dict[str, Any]:
    return {
        "debtor": explanation.debtor_id,
        "parts": [[p.invoice_id, p.debtor_id, p.cents] for p in explanation.parts],
        "left_cents": explanation.left_cents,
        "by": [sentence.to_json() for sentence in explanation.by],
    }


def why_json(explanation: Explanation) -> dict[str, Any]:
    """Why nothing is proposed; also whom the text names with others, for `propose_by_amount`."""
    told: dict[str, Any] = {"by": [sentence.to_json() for sentence in explanation.by]}
    if explanation.named:
        told["named"] = list(explanation.named)
    return {"choices": [], **told} if explanation.by or explanation.named else {}


def returns_json(taken: TakenBack) -> dict[str, Any]:
    """Payments that may have gone back, the best first."""
    found = (taken, *taken.alternatives)
    return {
        "choices": [],
        "returns": [
            {"payment": t.payment_id, "cents": t.cents, "by": [s.to_json() for s in t.by]}
            for t in found
            if t.payment_id
        ],
    }
