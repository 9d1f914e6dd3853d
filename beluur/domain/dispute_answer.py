"""The answer to a dispute (J6): a credit note, a corrected invoice, words alone, or a rejection with its reason; and what of the
invoice is asked for after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from beluur.domain.case import Case
from beluur.domain.commitment import Objection
from beluur.domain.parts import Why, split
from beluur.values.money import Money
from beluur.values.sentence import say


class How(StrEnum):
    """What settles it."""

    CREDIT = "credit"
    CORRECTED = "corrected"
    EXPLAINED = "explained"  # a paper that was missing, a question that is answered
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Answer:
    """``words`` are for the debtor, in his language. ``cents`` is the amount of the credit note ``number``, or the new one of
    the invoice; None otherwise."""

    how: How
    words: str = ""
    number: str = ""
    cents: int | None = None


def check_answer(answer: Answer, amount: Money, still: Money) -> Iterator[Objection]:
    """What is wrong with it, at ``words``, ``number``, ``credit`` or ``corrected``. ``amount`` is that of the invoice, ``still``
    what is open on it."""
    if answer.how in (How.EXPLAINED, How.REJECTED):
        if not answer.words.strip():
            yield Objection("words", say("dispute_answer.why"))
        return
    field = answer.how.value
    if answer.how is How.CREDIT and not answer.number.strip():
        yield Objection("number", say("general.required"))
    if answer.cents is None:
        yield Objection(field, say("general.required"))
    elif answer.how is How.CREDIT and not 0 < answer.cents <= amount.cents:
        yield Objection(field, say("dispute_answer.credit_too_much", amount=amount))
    elif answer.how is How.CORRECTED and not 0 < answer.cents < amount.cents:
        yield Objection(field, say("dispute_answer.not_less", amount=amount))
    elif answer.how is How.CORRECTED and taken_off(answer, amount.cents) > still.cents:
        yield Objection(field, say("dispute_answer.below_paid", paid=amount - still))


def taken_off(answer: Answer, amount_cents: int) -> int:
    """By how many cents the answer lowers what the debtor owes on an invoice of ``amount_cents``."""
    if answer.cents is None or answer.how not in (How.CREDIT, How.CORRECTED):
        return 0
    return answer.cents if answer.how is How.CREDIT else amount_cents - answer.cents


def asked_after(answer: Answer, case: Case, dispute_id: int, today: date) -> int:
    """Cents of the contested invoice that may be asked for once this is the answer: not what is promised, not due, or contested
    otherwise. 0 when the dispute is not among those of ``case``."""
    mine = next((d for d in case.disputes if d.id == dispute_id), None)
    if mine is None:
        return 0
    others = replace(case, disputes=tuple(d for d in case.disputes if d.id != dispute_id))
    parts = [p for p in split(others, today).of(Why.CALLABLE) if p.invoice.id == mine.invoice_id]
    amount = next((p.invoice.amount_cents for p in parts), 0)
    return max(0, sum(p.cents for p in parts) - taken_off(answer, amount))
