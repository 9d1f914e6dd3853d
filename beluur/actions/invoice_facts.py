"""What is known of an invoice as entered by hand, checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from beluur.domain.case import Exemption
from beluur.values.numbers import compact_reference
from beluur.values.problem import Refused
from beluur.values.sentence import say

AGREED = ("contract", "terms", "quote", "invoice")


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """The form of an invoice or credit note. Amounts are positive cents, also of a credit note; ``open_cents`` None: all of
    it. ``due`` None: day of issue plus term. ``term_agreed``: contract, terms, quote, or invoice (on the invoice only, which
    is usually no fatal date in NL)."""

    number: str
    amount_cents: int
    kind: str = "invoice"
    issued: date | None = None
    due: date | None = None
    open_cents: int | None = None
    term_days: int | None = None
    term_agreed: str = ""
    description: str = ""
    reference: str = ""
    your_reference: str = ""
    exemption: str = ""
    exempt_cents: int = 0
    delivery_note: str = ""
    responsible: str = ""


SAME_COLUMNS = (
    "number kind issued due term_days term_agreed description reference your_reference exemption exempt_cents "
    "delivery_note responsible"
).split()


def checked_invoice(facts: InvoiceFacts) -> InvoiceFacts:
    """With the due date worked out and the reference compact; raises Refused at the field that is not right."""
    if not facts.number.strip():
        raise Refused(say("general.required"), "number")
    if facts.amount_cents <= 0:
        raise Refused(say("by_hand.amount_not_positive"), "amount_cents")
    still = facts.amount_cents if facts.open_cents is None else facts.open_cents
    if not 0 <= still <= facts.amount_cents:
        raise Refused(say("by_hand.open_too_much"), "open_cents")
    if facts.term_agreed and facts.term_agreed not in AGREED:
        raise Refused(say("by_hand.choose"), "term_agreed")
    if facts.exemption not in set(Exemption):
        raise Refused(say("by_hand.choose"), "exemption")
    if not 0 <= facts.exempt_cents <= facts.amount_cents:
        raise Refused(say("by_hand.exempt_too_much"), "exempt_cents")
    due = _due(facts)
    return replace(
        facts,
        number=facts.number.strip(),
        open_cents=still,
        due=due,
        term_days=_term(facts, due),
        reference=compact_reference(facts.reference)[:40],
        exempt_cents=facts.exempt_cents if facts.exemption else 0,
    )


def _due(facts: InvoiceFacts) -> date | None:
    due = facts.due
    if due is None and facts.issued is not None and facts.term_days is not None:
        due = facts.issued + timedelta(days=facts.term_days)
    if due is None and facts.kind == "invoice":
        raise Refused(say("by_hand.due_missing"), "due")
    if due and facts.issued and due < facts.issued:
        raise Refused(say("by_hand.due_before_issue", issued=facts.issued), "due")
    return due


def _term(facts: InvoiceFacts, due: date | None) -> int | None:
    if facts.term_days is None and due and facts.issued:
        return (due - facts.issued).days
    return facts.term_days
