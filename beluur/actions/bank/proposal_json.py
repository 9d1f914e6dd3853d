"""What is kept of an explanation on a payment that waits, as JSON: what a person may choose from, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from beluur.domain.reconciliation.incoming import Explanation, Part
from beluur.domain.reconciliation.returns import TakenBack
from beluur.values.sentence import Sentence


def proposal_json(explanation: Explanation) -> dict[str, Any]:
    """What a person may choose from, the best first."""
    told = {"choices": [_choice(e) for e in (explanation, *explanation.alternatives) if e.debtor_id]}
    return told | holds_json(explanation) | also_json(explanation.parts, explanation.debtor_id)


def also_json(parts: Iterable[Part], first: int | None) -> dict[str, Any]:
    """What is proposed for others than the first, who are not called about it either."""
    cents: Counter[int] = Counter()
    for part in parts:
        cents[part.debtor_id] += part.cents
    others = [[debtor, n] for debtor, n in cents.items() if debtor != first and n > 0]
    return {"also": others} if others else {}


def holds_json(explanation: Explanation) -> dict[str, Any]:
    """The invoices of whom it may be that are not asked for meanwhile, of a payment in another currency."""
    return {"holds": list(explanation.holds)} if explanation.holds else {}


def _choice(e: Explanation) -> dict[str, Any]:
    return choice_json(e.debtor_id, e.parts, e.left_cents, e.by) | holds_json(e)


def choice_json(
    debtor_id: int | None, parts: Iterable[Part], left_cents: int, by: Iterable[Sentence]
) -> dict[str, Any]:
    """One of what a person may choose from."""
    return {
        "debtor": debtor_id,
        "parts": [[p.invoice_id, p.debtor_id, p.cents] for p in parts],
        "left_cents": left_cents,
        "by": [sentence.to_json() for sentence in by],
    }


def why_json(explanation: Explanation) -> dict[str, Any]:
    """Why nothing is proposed; also whom the text names with others, for `propose_by_amount`."""
    told: dict[str, Any] = {
        "by": [sentence.to_json() for sentence in explanation.by],
        **holds_json(explanation),
    }
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
