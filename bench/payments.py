"""An invented year of payments of which the truth is known, the same for the same numbers.

Whoever explains payments is given of a `Year` its debtors (``number``, ``name``, ``ibans``, ``kind``, ``country``, ``group``),
its invoices, and of each payment its ``record``, in this order. The rest is the truth, for `bench.truth` alone.

>>> make_year(1, 50, 3, start=date(2026, 1, 5)).payments[0].record.currency
'EUR'
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from beluur.importers.records import TransactionRecord
from bench.payment_bank import booked
from bench.payment_case import DEBIT, TRANSFER, Books, Case, Draft, Made, own_accounts
from bench.payment_debtors import Debtor, make_debtors
from bench.payment_habits import choose
from bench.payment_invoices import DUTCH_REFERENCES, NUMBERINGS, Invoice, number_them, raw_invoices

BEFORE = 75  # days of invoices before the first payment
DAYS = 365 + BEFORE
NEVER = 0.01  # invoices that nobody pays


class Part(NamedTuple):
    """What a payment truly pays on one invoice; below 0 for a credit note set off, and for a debit that came back."""

    invoice: str
    debtor: str
    cents: int


class Payment(NamedTuple):
    """One booking and its truth. ``truth`` and ``left`` add up to the amount. ``twin`` is the place of the earlier payment
    whose invoice this one names once more, as a double payment does; or -1."""

    record: TransactionRecord
    truth: tuple[Part, ...]
    left: int
    grade: str  # good, sloppy, awful
    habit: str
    twin: int = -1


@dataclass(frozen=True, slots=True)
class Year:
    """All of one year; the payments in the order in which they were booked."""

    seed: int
    start: date
    numbering: str  # one of NUMBERINGS
    dutch_reference: str  # betalingskenmerk, rf, or "": what Dutch debtors are asked to write
    accounts: tuple[str, ...]  # our own
    debtors: tuple[Debtor, ...]
    invoices: tuple[Invoice, ...]
    payments: tuple[Payment, ...]


def make_year(
    seed: int,
    debtors: int,
    payments: int,
    *,
    start: date,
    numbering: str = "",
    dutch_reference: str | None = None,
) -> Year:
    """``payments`` payments from ``start`` on by ``debtors`` debtors; the scheme is drawn when it is not given. A debtor
    pays a hundred times a year at the most, on average."""
    draw = Random(seed)
    drawn = draw.choice(tuple(NUMBERINGS)), draw.choice(DUTCH_REFERENCES)
    scheme, dutch = numbering or drawn[0], drawn[1] if dutch_reference is None else dutch_reference
    with _no_collecting():
        who = make_debtors(draw, debtors)
        crowded = (
            payments > 10 * debtors
        )  # then much is paid in one sum, and it takes more invoices to be paid so often
        enough = payments * (9 if crowded else 5) // 4 + 60
        raw = raw_invoices(draw, who, enough, start.toordinal() - BEFORE, DAYS)
        books = Books(who, own_accounts())
        diary = _Diary(draw, books, payments)
        invoices = diary.plan(number_them(draw, raw, who, scheme, dutch), start)
        made = diary.run(invoices)
    assert len(made) == payments, f"{debtors} debtors do not pay {payments} times"
    accounts = tuple(a.iban for a in books.own.values())
    return Year(seed, start, scheme, dutch, accounts, tuple(who), tuple(invoices), tuple(made))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing here refers back to what holds it: to walk through it all again and again would take a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Diary:
    """Goes through the days: on each, invoices are issued and others thought of."""

    def __init__(self, draw: Random, books: Books, count: int) -> None:
        self.draw, self.books, self.count = draw, books, count
        self.made: list[Payment] = []
        self.thought: defaultdict[date, list[Invoice]] = defaultdict(list)

    def plan(self, invoices: list[Invoice], start: date) -> list[Invoice]:
        """When each is thought of; what was paid before the first day is not in the books."""
        kept: dict[str, Invoice] = {}
        for invoice in invoices:
            if invoice.cents < 0:
                if invoice.corrects in kept:
                    kept[invoice.number] = invoice
                continue
            never, day = self.draw.random() < NEVER, self.pay_day(invoice)
            if never or day >= start:
                kept[invoice.number] = invoice
            if not never and day >= start:
                self.think(invoice, day)
        return list(kept.values())

    def run(self, invoices: list[Invoice]) -> list[Payment]:
        """The payments, until there are enough, or nobody thinks of any more."""
        issued: defaultdict[date, list[Invoice]] = defaultdict(list)
        for invoice in invoices:
            issued[invoice.issued].append(invoice)
        day, last = min(issued), max(issued)
        while len(self.made) < self.count and (day <= last or self.thought):
            for invoice in issued[day]:
                self.books.issue(invoice)
            if day in self.thought:
                self.pay(day)
            day += timedelta(days=1)
        return self.made

    def pay_day(self, invoice: Invoice) -> date:
        """Half within the term, the others late, a few very late (science 1.1)."""
        term = (invoice.due - invoice.issued).days
        if self.books.debtor_of(invoice).direct_debit:
            return invoice.due
        if self.draw.random() < 0.5:
            return invoice.issued + timedelta(days=self.draw.randint(min(2, term), term))
        return invoice.due + timedelta(days=1 + min(150, int(self.draw.lognormvariate(2.0, 0.9))))

    def think(self, invoice: Invoice, day: date) -> None:
        """He thinks of it on that day, or on Monday."""
        self.thought[day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)].append(invoice)

    def pay(self, day: date) -> None:
        """All payments of one day."""
        books = self.books
        books.today = self.thought.pop(day)
        self.draw.shuffle(books.today)
        for invoice in books.today:
            if len(self.made) >= self.count:
                return
            if books.open.get(invoice.number, 0) > 0:
                self.pay_one(invoice, day)

    def pay_one(self, invoice: Invoice, day: date) -> None:
        """One payment, and when the invoice is still open after it, another day to think of it."""
        books, draw = self.books, self.draw
        grade, habit, draft = choose(Case(draw, books, day, invoice, books.debtor_of(invoice)))
        books.settle(draft)
        self.keep(grade, habit, draft, day)
        if books.open[invoice.number] > 0:
            later = draw.randint(10, 35) if draft.parts else draw.randint(1, 4)
            self.think(invoice, day + timedelta(days=later))
        for other, cents in draft.parts:
            if cents < 0 < other.cents:  # a debit that came back: he pays himself, some weeks later
                self.think(other, day + timedelta(days=draw.randint(7, 40)))

    def keep(self, grade: str, habit: str, draft: Draft, day: date) -> None:
        """Books it, and remembers what may come again."""
        country = self.books.debtor_of(draft.parts[0][0]).country if draft.parts else "NL"
        account = self.books.own["BE" if country in ("BE", "FR") else "NL"].iban
        place = len(self.made)
        truth = tuple(Part(i.number, i.debtor, cents) for i, cents in draft.parts)
        left = draft.cents - sum(cents for _, cents in draft.parts)
        record = booked(draft, day, place, account)
        self.made.append(Payment(record, truth, left, grade, habit, draft.twin))
        kept = Made(draft, day, place)
        if draft.twin >= 0 and not truth:
            self.books.doubled.append(kept)
        elif len(truth) == 1 and left == 0 and draft.cents == draft.parts[0][0].cents and not draft.returned:
            if draft.code == DEBIT:
                self.books.collected.append(kept)
            elif draft.code == TRANSFER and grade != "awful":
                self.books.whole.append(kept)
                self.books.latest[truth[0].debtor] = kept
