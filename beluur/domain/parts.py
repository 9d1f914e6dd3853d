"""What each open cent is: to be asked for, or taken out with a reason. Works on amounts, not on names (J1, J6).

The parts of an invoice add up to what is open on it, to the cent. A cent is taken out once, by the first reason that fits:
not to be dunned, disputed, promised, said to be paid, not due; then credit notes and payments that may be his, oldest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from beluur.domain.case import (
    Case,
    Exemption,
    InstalmentFact,
    InvoiceFact,
    PaidClaimFact,
    PromiseFact,
    Verdict,
)

_DAY = timedelta(days=1)
_WHOLE = frozenset((Exemption.DIRECT_DEBIT, Exemption.PREPAID, Exemption.FACTORED))
_STANDING = frozenset((Verdict.OPEN, Verdict.UNKNOWN))
_OFF_SCHEDULE = frozenset((Verdict.BROKEN, Verdict.PARTLY))

_NEARLY_PERCENT = 95  # of what was promised: bank costs, a discount taken


class Why(StrEnum):
    """What a part of an invoice is. The order is the order in which parts are taken out."""

    EXEMPT = "exempt"
    DISPUTED = "disputed"
    PROMISED = "promised"
    PLAN = "plan"  # promised in instalments, on schedule
    CLAIMED = "claimed"  # he says that it is paid; the account does not show it yet
    NOT_DUE = "not_due"
    NO_DUE_DATE = "no_due_date"
    CREDIT = "credit"  # an unused credit note is set against it
    PERHAPS_PAID = "perhaps_paid"
    CALLABLE = "callable"


class Part(NamedTuple):
    """``cents`` of one invoice, and what they are; ``until`` is the day on which that may end."""

    invoice: InvoiceFact
    cents: int
    why: Why
    until: date | None = None
    exemption: Exemption = Exemption.NONE


@dataclass(frozen=True, slots=True)
class Split:
    """All parts of all open invoices, oldest due date first. ``open_cents`` is their sum; credit notes are not in it."""

    open_cents: int
    parts: tuple[Part, ...]

    def cents(self, *whys: Why) -> int:
        """The sum of the parts that are one of ``whys``."""
        return sum(p.cents for p in self.parts if p.why in whys)

    def of(self, *whys: Why) -> tuple[Part, ...]:
        """The parts that are one of ``whys``."""
        return tuple([p for p in self.parts if p.why in whys])

    @property
    def callable_cents(self) -> int:
        """What he may be asked for now."""
        return self.cents(Why.CALLABLE)

    @property
    def callable(self) -> tuple[Part, ...]:
        """The parts he may be asked for now."""
        return self.of(Why.CALLABLE)


class _Left:
    """What is not yet taken out, per invoice; lives within one `split`."""

    def __init__(self, invoices: list[InvoiceFact]) -> None:
        self.invoices = invoices
        self.cents = {i.id: i.open_cents for i in invoices}
        self.by_id = {i.id: i for i in invoices}
        self.parts: list[Part] = []

    def take(
        self,
        invoice_id: int,
        cents: int,
        why: Why,
        until: date | None = None,
        exemption: Exemption = Exemption.NONE,
    ) -> int:
        """Takes at most ``cents`` out of one invoice; returns what was taken."""
        left = self.cents.get(invoice_id, 0)
        taken = min(left, cents)
        if taken <= 0:
            return 0
        self.cents[invoice_id] = left - taken
        self.parts.append(Part(self.by_id[invoice_id], taken, why, until, exemption))
        return taken

    def spread(self, cents: int, why: Why, until: date | None = None) -> None:
        """Takes ``cents`` out over all invoices, oldest first."""
        for invoice in self.invoices:
            if cents <= 0:
                return
            cents -= self.take(invoice.id, cents, why, until)

    def take_rest(self, why: Why) -> None:
        """Takes out all that is left."""
        self.parts += [
            Part(invoice, cents, why) for invoice in self.invoices if (cents := self.cents[invoice.id]) > 0
        ]
        self.cents = dict.fromkeys(self.cents, 0)


def oldest_first(invoices: tuple[InvoiceFact, ...]) -> list[InvoiceFact]:
    """Invoices that are still open, the oldest due date first, those without a date last."""
    return sorted([i for i in invoices if i.open_cents > 0], key=lambda i: (i.due or date.max, i.id))


def off_schedule(promise: PromiseFact) -> bool:
    """A promise of which some part did not come, or not in full, by its control date."""
    return any(i.verdict in _OFF_SCHEDULE for i in promise.instalments)


def standing_cents(promise: PromiseFact) -> int:
    """What the promise still takes out: its instalments to come, as long as it is on schedule."""
    if off_schedule(promise):
        return 0
    return sum(_to_come(promise))


def disproved(claim: PaidClaimFact, case: Case) -> bool:
    """The books reach the day on which the payment should be seen, and something due before it is still open."""
    reach = books_reach(case, claim.check_on)
    return reach is not None and reach >= claim.check_on


def books_reach(case: Case, before: date) -> date | None:
    """The day to which the open amounts due by ``before`` are known, all of them; None when one of them is not known."""
    known = [i.known_to for i in case.invoices if i.open_cents > 0 and i.due and i.due <= before]
    if not known or None in known:
        return None
    return min(day for day in known if day)


def split(case: Case, today: date) -> Split:
    """The parts of every open invoice on ``today``. They add up to what is open, to the cent."""
    left = _Left(oldest_first(case.invoices))
    total = sum(left.cents.values())
    _take_exempt(left)
    for dispute in case.disputes:
        left.take(dispute.invoice_id, dispute.cents, Why.DISPUTED, dispute.answer_by)
    for promise in case.promises:
        _take_promised(left, promise)
    for claim in case.claims:
        if not disproved(claim, case):
            left.spread(claim.cents, Why.CLAIMED, claim.check_on)
    _take_not_due(left, today)
    left.spread(_unused_credit(case), Why.CREDIT)
    left.spread(_beside_promises(case, left.parts), Why.PERHAPS_PAID)
    left.take_rest(Why.CALLABLE)
    return Split(total, tuple(left.parts))


def _unused_credit(case: Case) -> int:
    return -sum([i.open_cents for i in case.invoices if i.open_cents < 0])


def _take_exempt(left: _Left) -> None:
    for invoice in left.invoices:
        if invoice.exemption:
            whole = invoice.exempt_cents == 0 and invoice.exemption in _WHOLE
            cents = invoice.open_cents if whole else invoice.exempt_cents
            left.take(invoice.id, cents, Why.EXEMPT, None, invoice.exemption)


def _take_promised(left: _Left, promise: PromiseFact) -> None:
    cents = standing_cents(promise)
    why = Why.PLAN if len(promise.instalments) > 1 else Why.PROMISED
    until = next((i.control for i in promise.instalments if i.verdict in _STANDING), None)
    for invoice_id, covered in promise.covers:
        cents -= left.take(invoice_id, min(cents, covered), why, until)


def _beside_promises(case: Case, taken: list[Part]) -> int:
    """What waits and may be his, without what is probably the promised money: that was taken out as promised already."""
    waiting = case.perhaps_paid_cents
    if waiting <= 0:
        return 0
    every = [list(_to_come(p)) for p in case.promises if not off_schedule(p)]
    sums = {cents for cents_to_come in every for cents in accumulate(cents_to_come)}
    sums |= {sum(map(sum, every)), sum(p.cents for p in taken if p.why in (Why.PROMISED, Why.PLAN))}
    return 0 if any(_is_about(waiting, cents) for cents in sums) else waiting


def _to_come(promise: PromiseFact) -> Iterator[int]:
    return (i.cents for i in promise.instalments if i.verdict in _STANDING)


def _is_about(waiting: int, promised: int) -> bool:
    return promised * _NEARLY_PERCENT <= waiting * 100 <= promised * 100


def _take_not_due(left: _Left, today: date) -> None:
    for invoice in left.invoices:
        if invoice.due is None:
            left.take(invoice.id, invoice.open_cents, Why.NO_DUE_DATE)
        elif invoice.due >= today:
            left.take(invoice.id, invoice.open_cents, Why.NOT_DUE, invoice.due + _DAY)


def promises_off_schedule(case: Case) -> Iterator[tuple[PromiseFact, InstalmentFact]]:
    """Each promise that was broken, or kept in part, with the first instalment that was."""
    for promise in case.promises:
        for instalment in promise.instalments:
            if instalment.verdict in _OFF_SCHEDULE:
                yield promise, instalment
                break


def broken_promises(case: Case) -> int:
    """How many of the promises that stand were broken, or kept in part."""
    return sum(map(off_schedule, case.promises))
