"""The reasons, and the codes by which the field's literature counts them."""

from __future__ import annotations

from collections.abc import Mapping

from beluur.playbook.reason_phrases import REASONS

__all__ = ["FIELD_CODES", "OTHER", "REASONS"]

OTHER = "other"  # none of these: an answer too

# For reports; science.md 5.1. The reasons of that list that we do not tell apart (A6, A7, C2, D1, D3) are "other".
FIELD_CODES: Mapping[str, str] = {
    "not_received": "A1",
    "already_paid": "A2",
    "responsible_absent": "A3",
    "wrong_person": "A3",
    "will_pass_on": "A3",
    "needs_po_number": "A4",
    "needs_copy": "A4",
    "payment_run_date": "A5",
    "waiting_for_own_payment": "B1",
    "cash_problem": "B2",
    "insolvency": "B3",
    "dispute_quality": "C1",
    "dispute_delivery": "C1",
    "vague_promise": "D2",
    "sick_or_deceased": "E1",
    OTHER: "",
}
