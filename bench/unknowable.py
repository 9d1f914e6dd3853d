"""Payments of which nobody can say for whom they are, with all books and all earlier payments before him: told apart, never left
out.

One is when nothing in it leads to who owes it:

- from an account that is not in the books as his, and from which nothing was paid for him before;
- with no word of his name (of four letters or more) in the name of the payer or in the text;
- with no invoice, reference or customer number of his in any of its fields, not even the last three digits of one;
- and either more than three debtors owe just that amount that day, or it is for several debtors, of each of whom all this is so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from beluur.values.names import comparable_name
from bench.payments import Payment, Year

FEW = 3  # debtors among whom one may still choose
_LETTERS, _END = 4, 3


def unknowable(year: Year) -> frozenset[int]:
    """The places of these payments."""
    names = {debtor.number: _words(debtor.name) for debtor in year.debtors}
    references = {invoice.number: invoice.reference for invoice in year.invoices}
    accounts: defaultdict[str, set[str]] = defaultdict(set)
    for debtor in year.debtors:
        for iban in debtor.ibans:
            accounts[iban].add(debtor.number)
    owing = _Owing(year)
    found = set()
    for place, payment in enumerate(year.payments):
        owing.issue_until(payment)
        theirs, account = {part.debtor for part in payment.truth}, accounts[payment.record.counterparty_iban]
        many = len(theirs) > 1 or owing.debtors(payment.record.amount_cents) > FEW
        told = theirs & account or _is_told(payment, names, references)
        if theirs and payment.record.amount_cents > 0 and many and not told:
            found.add(place)
        if payment.record.counterparty_iban:
            account |= theirs
        owing.pay(payment)
    return frozenset(found)


def _is_told(payment: Payment, names: Mapping[str, frozenset[str]], references: Mapping[str, str]) -> bool:
    """Whether the name of the payer, or what he wrote in any field, leads to one of those for whom he pays."""
    record = payment.record
    said = f"{record.text} {record.reference} {record.end_to_end}"
    words = _words(f"{record.counterparty} {record.text}")
    return any(
        names.get(part.debtor, frozenset()) & words
        or part.debtor in said
        or _leads_to(said, part.invoice)
        or (references.get(part.invoice) and references[part.invoice] in said)
        for part in payment.truth
    )


class _Owing:
    """How many debtors owe an amount on an invoice, as the payments come in."""

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
            self._set(part.invoice, self._open.get(part.invoice, 0) - part.cents)

    def debtors(self, cents: int) -> int:
        return sum(1 for n in self._by_amount[cents].values() if n > 0)

    def _set(self, number: str, cents: int) -> None:
        whose = self._whose.get(number, "")
        if number in self._open:
            self._by_amount[self._open[number]][whose] -= 1
        self._open[number] = cents
        self._by_amount[cents][whose] += 1


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in comparable_name(text).split() if len(word) >= _LETTERS)


def _leads_to(said: str, number: str) -> bool:
    end = re.sub("[^0-9]", "", number)[-_END:]
    return any(run.endswith(end) for run in re.findall("[0-9]+", said))
