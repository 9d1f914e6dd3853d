"""When is written about a promise that stands: once to ask whether it is right (E3), and once before an instalment (B5, E2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from beluur.domain.case import Case, PromiseFact, Verdict
from beluur.law.days import add_bank_days, next_bank_day, previous_bank_day

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PromiseMail:
    """A mail about one promise, due since ``on``. ``number`` is that of the instalment; 0 asks whether the promise is right."""

    debtor_id: int
    promise_id: int
    on: date
    number: int = 0


def ask_on(mailed: date) -> date:
    """When is asked about a confirmation that left on ``mailed``: a whole banking day was his to answer.

    >>> ask_on(date(2026, 11, 20))  # a Friday: he has Monday, and is asked on Tuesday
    datetime.date(2026, 11, 24)
    """
    return next_bank_day(add_bank_days(mailed, 1) + _DAY)


def note_on(due: date, days: int) -> date:
    """``days`` banking days before ``due``."""
    for _ in range(days):
        due = previous_bank_day(due - _DAY)
    return due


def stands(promise: PromiseFact, case: Case) -> bool:
    """Whether there is still something to ask or to note about it: nothing of it was judged, and what it is for is not paid."""
    left = {invoice.id: invoice.open_cents for invoice in case.invoices}
    is_open = any(left.get(invoice_id, 0) > 0 for invoice_id, _ in promise.covers)
    return is_open and not promise.reserved and all(p.verdict is Verdict.OPEN for p in promise.instalments)
