"""To which day the books are known, as a reason: nobody is found wanting on books that do not reach so far."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from beluur.domain.case import Case
from beluur.values.sentence import Sentence, say

_DAY = timedelta(days=1)


def looked_to(case: Case, invoice_ids: Collection[int], control: date) -> Sentence:
    """Whether the books of these invoices hold all that came in up to and including ``control``."""
    known = [i.known_to for i in case.invoices if i.id in invoice_ids]
    reach = min((day for day in known if day), default=None) if None not in known else None
    # an export of a day does not hold what came in later that day
    return books(reach - _DAY if reach else None, control + _DAY, bank=case.bank_to)


def books(reach: date | None, needed: date, *, bank: date | None) -> Sentence:
    """The books are known to ``reach``; they are ``needed`` to that day, or the ``bank`` to the day before: of who reads
    statements no export is asked."""
    if bank and (reach is None or reach < needed):
        if bank < needed - _DAY:
            return say("step.statement_needed", needed=needed - _DAY)
        return say("step.books_complete", reach=bank)
    if reach is None:
        return say("step.books_unknown", needed=needed)
    if reach < needed:
        return say("step.books_reach", reach=reach, needed=needed)
    return say("step.books_complete", reach=reach)
