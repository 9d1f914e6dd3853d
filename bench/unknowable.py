"""Payments of which nobody can say for whom they are, or for which invoice, with all books and all earlier payments before him:
told apart, never left out.

Nothing leads to a debtor in a payment

- from an account that is not in the books as his, and from which nothing was paid for him before;
- with no word of his name (of four letters or more) in the name of the payer or in the text;
- with no invoice, reference or customer number of his in any of its fields, not even the last three digits of one.

*For whom* nobody can say when nothing leads to the one for whom it is and more than three debtors owe just that amount that day;
when it is for several and nothing leads to any of them; or when it leads to some of them only and what is missing is owed in more
than three ways by as many other debtors as are missing, an invoice of each.

*Which invoice* only the days can tell when it is for one invoice, its debtor owes others of just that amount that day, and no
field holds a number, the end of a number, a reference, a month or a day of that invoice. This may be guessed, by when people pay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from beluur.domain.reconciliation.months import is_of, months_named
from beluur.values.names import comparable_name
from bench.payment_invoices import Invoice
from bench.payments import Part, Payment, Year

FEW = 3  # debtors, or ways, among which one may still choose
_LETTERS, _END = 4, 3


class Unknowable(NamedTuple):
    """The places of payments of which nobody can say for whom, and of those of which only the days say which invoice."""

    whose: frozenset[int]
    which: frozenset[int]


def unknowable(year: Year) -> Unknowable:
    """The places of these payments."""
    look = _Look(year)
    whose, which = set(), set()
    for place, payment in enumerate(year.payments):
        look.owing.issue_until(payment)
        if payment.truth and payment.record.amount_cents > 0:
            if look.nobody_knows_whose(payment):
                whose.add(place)
            elif look.only_days_tell(payment):
                which.add(place)
        look.learn(payment)
    return Unknowable(frozenset(whose), frozenset(which))


class _Look:
    """What can be known of a payment when it comes in."""

    def __init__(self, year: Year) -> None:
        self.owing = _Owing(year)
        self._names = {debtor.number: _words(debtor.name) for debtor in year.debtors}
        self._invoices = {invoice.number: invoice for invoice in year.invoices}
        self._accounts: defaultdict[str, set[str]] = defaultdict(set)
        for debtor in year.debtors:
            for iban in debtor.ibans:
                self._accounts[iban].add(debtor.number)

    def nobody_knows_whose(self, payment: Payment) -> bool:
        theirs = {part.debtor for part in payment.truth}
        told = {part.debtor for part in payment.truth if self._leads_to_debtor(payment, part)}
        if told == theirs:
            return False
        if len(theirs) == 1:
            return self.owing.debtors(payment.record.amount_cents) > FEW
        missing = [part for part in payment.truth if part.debtor not in told]
        return not told or self.owing.in_many_ways(sum(p.cents for p in missing), len(missing), told)

    def only_days_tell(self, payment: Payment) -> bool:
        part, others = payment.truth[0], len(payment.truth) - 1
        if others or self.owing.invoices(part.debtor, payment.record.amount_cents) < 2:
            return False
        meant = self._invoices.get(part.invoice)
        if meant is None or self.owing.left(part.invoice) != payment.record.amount_cents:
            return False
        months = months_named(payment.record.text)
        return not is_of(months, meant.issued) and not self._names_invoice(_said(payment), meant)

    def learn(self, payment: Payment) -> None:
        if payment.record.counterparty_iban:
            self._accounts[payment.record.counterparty_iban] |= {part.debtor for part in payment.truth}
        self.owing.pay(payment)

    def _leads_to_debtor(self, payment: Payment, part: Part) -> bool:
        record, said = payment.record, _said(payment)
        meant = self._invoices.get(part.invoice)
        return bool(
            part.debtor in self._accounts[record.counterparty_iban]
            or self._names.get(part.debtor, frozenset()) & _words(f"{record.counterparty} {record.text}")
            or part.debtor in said
            or (meant and self._names_invoice(said, meant))
        )

    def _names_invoice(self, said: str, invoice: Invoice) -> bool:
        return _leads_to(said, invoice.number) or bool(invoice.reference and invoice.reference in said)


class _Owing:
    """What debtors owe, as the payments come in."""

    def __init__(self, year: Year) -> None:
        self._coming = sorted(year.invoices, key=lambda i: i.issued, reverse=True)
        self._open: dict[str, int] = {}
        self._whose: dict[str, str] = {}
        self._by_amount: defaultdict[int, Counter[str]] = defaultdict(Counter)

    def issue_until(self, payment: Payment) -> None:
        while self._coming and self._coming[-1].issued <= payment.record.booked:
            invoice = self._coming.pop()
            self._whose[invoice.number] = invoice.debtor
            self._set(invoice.number, invoice.cents)

    def pay(self, payment: Payment) -> None:
        for part in payment.truth:
            self._set(part.invoice, self.left(part.invoice) - part.cents)

    def left(self, number: str) -> int:
        return self._open.get(number, 0)

    def debtors(self, cents: int) -> int:
        return sum(1 for n in self._by_amount[cents].values() if n > 0)

    def invoices(self, debtor: str, cents: int) -> int:
        return self._by_amount[cents][debtor]

    def in_many_ways(self, cents: int, invoices: int, told: set[str]) -> bool:
        """Whether more than three sets of so many invoices are the amount, each of another debtor, none of those ``told``."""
        owed = sorted(
            (left, whose)
            for number, left in self._open.items()
            if 0 < left <= cents and (whose := self._whose.get(number, "")) not in told
        )
        return len(list(islice(_sets(owed, cents, invoices, frozenset()), FEW + 1))) > FEW

    def _set(self, number: str, cents: int) -> None:
        whose = self._whose.get(number, "")
        if number in self._open:
            self._by_amount[self._open[number]][whose] -= 1
        self._open[number] = cents
        self._by_amount[cents][whose] += 1


def _sets(
    owed: Sequence[tuple[int, str]], cents: int, size: int, debtors: frozenset[str], start: int = 0
) -> Iterator[frozenset[str]]:
    """The debtors of each set of ``size`` of the invoices that are the amount; ``owed`` by amount, the smallest first."""
    if size == 1:
        yield from _last(owed, cents, debtors, start)
        return
    for place in range(start, len(owed)):
        left, whose = owed[place]
        if left * size > cents:
            return
        if whose not in debtors:
            yield from _sets(owed, cents - left, size - 1, debtors | {whose}, place + 1)


def _last(
    owed: Sequence[tuple[int, str]], cents: int, debtors: frozenset[str], start: int
) -> Iterator[frozenset[str]]:
    for left, whose in owed[bisect_left(owed, (cents, ""), start) :]:
        if left != cents:
            return
        if whose not in debtors:
            yield debtors | {whose}


def _said(payment: Payment) -> str:
    record = payment.record
    return f"{record.text} {record.reference} {record.end_to_end}"


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in comparable_name(text).split() if len(word) >= _LETTERS)


def _leads_to(said: str, number: str) -> bool:
    end = re.sub("[^0-9]", "", number)[-_END:]
    return any(run.endswith(end) for run in re.findall("[0-9]+", said))
