"""An agreement is concrete or it is none (D13), and it is judged on what is on the account, never on old books (F2, J3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from beluur.domain.case import Case, InstalmentFact, Verdict
from beluur.domain.parts import Why, split
from beluur.domain.policy import Policy
from beluur.law.days import add_bank_days, add_months, is_bank_day, next_bank_day
from beluur.values.money import Money, in_parts
from beluur.values.sentence import Sentence, say

_NOT_TO_COVER = frozenset((Why.EXEMPT, Why.DISPUTED, Why.PROMISED, Why.PLAN, Why.CREDIT))
_SATURDAY = 5


class Said(StrEnum):
    """What was said: on that day he pays, or on that day you have it."""

    PAYS_ON = "pays_on"
    RECEIVED_ON = "received_on"


@dataclass(frozen=True, slots=True)
class ProposedPart:
    """One dated amount of a promise as it is entered; None where nothing was entered."""

    due: date | None
    cents: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A promise before it is one. ``total_cents``: what the instalments must add up to, when that was said too."""

    parts: tuple[ProposedPart, ...]
    said: Said = Said.PAYS_ON
    way: str = ""
    said_yes: bool = False
    total_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a proposal is no agreement yet; ``field`` is what it is about: "amount", "date" (with the number of the part behind
    a colon), "total", "way", "said_yes"."""

    field: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came in for what the promise covers. ``since`` is the first day on which it can have come: the day of the
    booking, or, when only an export tells, the day after the last one that did not show it. ``payment_id``: of the booking."""

    cents: int
    since: date
    payment_id: int | None = None


def check_promise(
    proposal: Proposal, policy: Policy, today: date, *, open_cents: int, currency: str = "EUR"
) -> tuple[Objection, ...]:
    """Everything that keeps ``proposal`` from being an agreement; empty when it is one (D13)."""
    return tuple(_objections(proposal, policy, today, Money(open_cents, currency)))


def _objections(proposal: Proposal, policy: Policy, today: date, limit: Money) -> Iterator[Objection]:
    if not proposal.parts:
        yield Objection("amount:0", say("commitment.no_amount"))
        yield Objection("date:0", say("commitment.no_date"))
    for n, part in enumerate(proposal.parts):
        yield from _part_objections(n, part, policy, today)
    yield from _sum_objections(proposal, limit)
    if not proposal.way:
        yield Objection("way", say("commitment.no_way"))
    if not proposal.said_yes:
        yield Objection("said_yes", say("commitment.no_yes"))


def _part_objections(n: int, part: ProposedPart, policy: Policy, today: date) -> Iterator[Objection]:
    if part.cents is None:
        yield Objection(f"amount:{n}", say("commitment.no_amount"))
    elif part.cents <= 0:
        yield Objection(f"amount:{n}", say("commitment.amount_not_positive"))
    if part.due is None:
        yield Objection(f"date:{n}", say("commitment.no_date"))
    elif part.due < today:
        yield Objection(f"date:{n}", say("commitment.date_past", on=part.due))
    elif part.due > today + timedelta(days=policy.latest_promise_days):
        yield Objection(f"date:{n}", say("commitment.date_too_far", on=part.due))


def _sum_objections(proposal: Proposal, limit: Money) -> Iterator[Objection]:
    cents = [part.cents for part in proposal.parts]
    known = [c for c in cents if c is not None]
    total = Money(sum(known), limit.currency)
    if total.cents > limit.cents:
        yield Objection("total", above_open(total, limit))
    if proposal.total_cents is not None and len(known) == len(cents) and total.cents != proposal.total_cents:
        said = Money(proposal.total_cents, limit.currency)
        difference = Money(abs(said.cents - total.cents), limit.currency)
        code = "commitment.parts_short" if total.cents < said.cents else "commitment.parts_over"
        yield Objection("total", Sentence(code, {"amount": total, "said": said, "difference": difference}))
    days = [part.due for part in proposal.parts if part.due is not None]
    if len(set(days)) < len(days):
        yield Objection("date:0", say("commitment.same_day_twice"))


def above_open(total: Money, limit: Money) -> Sentence:
    """Why ``total`` cannot be promised where only ``limit`` is left; with nothing left, what to do instead."""
    if limit.cents <= 0:
        return say("commitment.all_agreed")
    return say("commitment.above_open", amount=total, open=limit)


def control_date(due: date, said: str, policy: Policy) -> date:
    """The last day on which it may come in: ``due``, or the bank day after it, and the bank's days (F1)."""
    days = policy.received_on_bank_days if said == Said.RECEIVED_ON else policy.pays_on_bank_days
    return add_bank_days(next_bank_day(due), days)


def bank_day_remark(due: date) -> Sentence | None:
    """What to say of a day on which banks do not book: the first day on which they do."""
    if is_bank_day(due):
        return None
    code = "commitment.weekend" if due.weekday() >= _SATURDAY else "commitment.bank_closed"
    return Sentence(code, {"on": due, "bank_day": next_bank_day(due)})


def coverable(
    case: Case, today: date, *, chosen: Collection[int] | None = None
) -> tuple[tuple[int, int], ...]:
    """(invoice id, cents) that a new promise may cover, the oldest first: what is not promised, disputed or exempt already;
    of the ``chosen`` invoices only, when they were named."""
    cents: dict[int, int] = {}
    for part in sorted(split(case, today).parts, key=lambda p: (p.invoice.due or date.max, p.invoice.id)):
        if part.why not in _NOT_TO_COVER and (chosen is None or part.invoice.id in chosen):
            cents[part.invoice.id] = cents.get(part.invoice.id, 0) + part.cents
    return tuple(cents.items())


def cover(cents: int, available: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """``cents`` laid over ``available`` in its order, to the last cent or as far as it reaches.

    >>> cover(15000, [(1, 10000), (2, 10000)])
    ((1, 10000), (2, 5000))
    """
    covered: list[tuple[int, int]] = []
    for invoice_id, there in available:
        taken = min(cents, there)
        if taken > 0:
            covered.append((invoice_id, taken))
            cents -= taken
    return tuple(covered)


def split_evenly(
    cents: int, n: int, first: date, *, every_days: int | None = None
) -> tuple[ProposedPart, ...]:
    """``cents`` in ``n`` parts that add up to the cent, from ``first`` on, a month apart or ``every_days``."""
    return tuple(
        ProposedPart(_later(first, k, every_days), part) for k, part in enumerate(in_parts(cents, n))
    )


def _later(first: date, k: int, every_days: int | None) -> date:
    if every_days is not None:
        return first + timedelta(days=k * every_days)
    return add_months(first, k)


def judge(
    instalments: Sequence[InstalmentFact],
    receipts: Iterable[Receipt],
    policy: Policy,
    today: date,
    *,
    known_to: date | None,
) -> tuple[Verdict, ...]:
    """The verdict on each instalment (J3). ``receipts`` are what came in since the promise for what it covers; ``known_to`` is
    the day to which the books are complete, None when nobody knows.

    Kept: at least the policy's share is in by the control date. Late: it is in, but came after. Partly and broken need books
    that reach the control date; until then it is unknown. Money without a date is taken to have come in time.
    """
    return tuple(t.verdict(today, known_to) for t in _tallies(instalments, receipts, policy))


def may_matter(instalments: Iterable[InstalmentFact], waiting_cents: int, policy: Policy) -> bool:
    """Whether money that waits and may be the debtor's can make a verdict another one. What is left of a payment that was a
    little too much cannot: it is less than a promise may lack and still be kept."""
    lacking = 100 - policy.kept_share_percent
    return any(waiting_cents * 100 > i.cents * lacking for i in instalments)


def rests_on(
    instalments: Sequence[InstalmentFact], receipts: Iterable[Receipt], policy: Policy
) -> tuple[tuple[int, ...], ...]:
    """The ids of the payments that came in for each instalment, as `judge` counts them."""
    return tuple(tuple(t.payments) for t in _tallies(instalments, receipts, policy))


def _tallies(
    instalments: Sequence[InstalmentFact], receipts: Iterable[Receipt], policy: Policy
) -> list[_Tally]:
    tallies = [_Tally(i, policy) for i in instalments]
    for receipt in sorted(receipts, key=lambda r: r.since):
        left = receipt.cents
        for tally in tallies:
            left = tally.take(left, receipt)
    return tallies


class _Tally:
    """What came in for one instalment, and with which payments; lives within one `judge`."""

    def __init__(self, instalment: InstalmentFact, policy: Policy) -> None:
        self.instalment = instalment
        self.share = policy.kept_share_percent
        self.in_time = 0
        self.received = 0
        self.payments: list[int] = []

    def enough(self, cents: int) -> bool:
        return cents * 100 >= self.instalment.cents * self.share

    def take(self, cents: int, receipt: Receipt) -> int:
        """Takes what this instalment still lacks; gives what is left for the next."""
        if cents <= 0 or self.enough(self.received):
            return cents
        taken = min(cents, self.instalment.cents - self.received)
        self.received += taken
        self.in_time += taken if receipt.since <= self.instalment.control else 0
        if receipt.payment_id is not None and receipt.payment_id not in self.payments:
            self.payments.append(receipt.payment_id)
        return cents - taken

    def verdict(self, today: date, known_to: date | None) -> Verdict:
        if self.enough(self.received):
            return Verdict.KEPT if self.enough(self.in_time) else Verdict.LATE
        if today <= self.instalment.control:
            return Verdict.OPEN
        if known_to is None or known_to < self.instalment.control:
            return Verdict.UNKNOWN
        return Verdict.PARTLY if self.received else Verdict.BROKEN
