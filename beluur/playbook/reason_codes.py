"""The reasons for which an invoice is not paid, as the debtor says them, and which lines each has.

Sixteen are the classes that are recognised while one types; six more are keys that a caller presses, for each has an answer of
its own in the lists compared (set-off has none: it is a dispute, or a promised credit note).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum


class ReasonCode(StrEnum):
    """Why it is not paid. A screen says *reden*, never anything that judges it."""

    NOT_RECEIVED = "not_received"
    NEEDS_COPY = "needs_copy"
    ALREADY_PAID = "already_paid"
    RESPONSIBLE_ABSENT = "responsible_absent"
    WILL_PASS_ON = "will_pass_on"  # noqa: S105 - words, no password
    WRONG_PERSON = "wrong_person"
    BUSY_NOW = "busy_now"
    AWAITS_APPROVAL = "awaits_approval"
    NEEDS_PO_NUMBER = "needs_po_number"
    PAYMENT_RUN_DATE = "payment_run_date"
    TERMS_DIFFER = "terms_differ"
    BANK_TROUBLE = "bank_trouble"
    VAGUE_PROMISE = "vague_promise"
    WAITING_FOR_OWN_PAYMENT = "waiting_for_own_payment"
    CASH_PROBLEM = "cash_problem"
    DISPUTE_QUALITY = "dispute_quality"
    DISPUTE_DELIVERY = "dispute_delivery"
    CREDIT_NOTE_PROMISED = "credit_note_promised"
    REFUSES = "refuses"
    INSOLVENCY = "insolvency"
    SICK_OR_DECEASED = "sick_or_deceased"
    OTHER = "other"


_R = ReasonCode

FROM_ANYBODY = frozenset((_R.RESPONSIBLE_ABSENT, _R.WILL_PASS_ON, _R.WRONG_PERSON, _R.BUSY_NOW))
"""Said as often by somebody else: their lines say nothing about money (D2)."""

HUSHED = frozenset((_R.INSOLVENCY, _R.SICK_OR_DECEASED))
"""The demand stops: their lines ask for nothing about money (J11)."""

FIRM = frozenset(
    (
        _R.WAITING_FOR_OWN_PAYMENT,
        _R.DISPUTE_QUALITY,
        _R.DISPUTE_DELIVERY,
        _R.CASH_PROBLEM,
        _R.VAGUE_PROMISE,
        _R.REFUSES,
    )
)
"""They have a firm answer, for when our own delivery is sure (C3, D7)."""

AGAIN = frozenset(_R) - HUSHED - {_R.WRONG_PERSON, _R.TERMS_DIFFER, _R.REFUSES, _R.OTHER}
"""They have another answer when this debtor gave them before."""


def moment_of(code: ReasonCode, part: str) -> str:
    """The moment of the playbook at which a line of ``code`` is said: answer, firm, again or ask.

    >>> moment_of(ReasonCode.OTHER, "ask")
    'why.other.ask'
    """
    return f"why.{code.value}.{part}"


def parts_of(code: ReasonCode) -> Iterator[str]:
    """The lines that ``code`` has: everything has an answer and a next question."""
    yield "answer"
    if code in FIRM:
        yield "firm"
    if code in AGAIN:
        yield "again"
    yield "ask"
