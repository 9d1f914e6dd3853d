"""What a payer looks at when he pays, and what he then does: the state of the books, one case, one draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import NamedTuple

from bench.payment_debtors import MAIN, Account, Debtor, place_of
from bench.payment_ibans import make_iban
from bench.payment_invoices import Invoice
from bench.payment_texts import INVOICE, say

TRANSFER, DEBIT, DEBIT_BACK, INTEREST = "PMNT/RCDT/ESCT", "PMNT/IDDT/ESDD", "PMNT/IDDT/UPDD", "ACMT/MCOP/INTR"
PAID_OUT = "PMNT/ICDT/ESCT"
OWN_NUMBERS = {"NL": 9_000_001, "BE": 1_900_002}

Parts = tuple[tuple[Invoice, int], ...]


@dataclass(slots=True)
class Draft:
    """A payment as it leaves the payer. ``parts`` is the truth: which invoices, with how many cents each. ``last`` says that he
    holds these for paid, though a little may be left open. ``twin`` is the place of the earlier payment whose invoice this one
    names once more, or -1."""

    payer: Account
    cents: int
    parts: Parts = ()
    text: str = ""
    reference: str = ""
    end_to_end: str = ""
    code: str = TRANSFER
    returned: str = ""
    last: bool = False
    twin: int = -1


class Made(NamedTuple):
    """A draft that was booked: when, and in which place."""

    draft: Draft
    day: date
    place: int


@dataclass(slots=True)
class Books:
    """What is open on a day. ``today`` are the invoices that are thought of on this day."""

    debtors: Sequence[Debtor]
    own: dict[str, Account]
    open: dict[str, int] = field(default_factory=dict)
    of_debtor: dict[str, list[Invoice]] = field(default_factory=dict)
    groups: dict[str, list[Debtor]] = field(default_factory=dict, init=False)
    today: list[Invoice] = field(default_factory=list)
    whole: list[Made] = field(default_factory=list)  # one invoice, in full
    collected: list[Made] = field(default_factory=list)  # by direct debit
    doubled: list[Made] = field(default_factory=list)  # came twice
    latest: dict[str, Made] = field(default_factory=dict)  # by debtor: the last one

    def __post_init__(self) -> None:
        for debtor in self.debtors:
            if debtor.group:
                self.groups.setdefault(debtor.group, []).append(debtor)

    def issue(self, invoice: Invoice) -> None:
        """From now on it is open."""
        self.open[invoice.number] = invoice.cents
        self.of_debtor.setdefault(invoice.debtor, []).append(invoice)

    def settle(self, draft: Draft) -> None:
        """What a draft leaves open; a return opens again."""
        for invoice, cents in draft.parts:
            before = self.open[invoice.number]
            after = 0 if draft.last else before - cents
            self.open[invoice.number] = after
            if before == 0 and after:
                self.of_debtor.setdefault(invoice.debtor, []).append(invoice)
            elif before and after == 0:
                self.of_debtor[invoice.debtor].remove(invoice)

    def debtor_of(self, invoice: Invoice) -> Debtor:
        """Who owes it."""
        return self.debtors[place_of(invoice.debtor)]


@dataclass(slots=True)
class Case:
    """One invoice that somebody is about to pay, on one day."""

    draw: Random
    books: Books
    day: date
    invoice: Invoice
    debtor: Debtor

    @property
    def open_cents(self) -> int:
        """What is still to be paid on it."""
        return self.books.open[self.invoice.number]

    @property
    def main(self) -> Account:
        """The account from which he mostly pays."""
        return self.debtor.accounts[MAIN]

    def others(self) -> list[Invoice]:
        """His other open invoices, as they were issued."""
        mine = self.books.of_debtor[self.debtor.number]
        return [i for i in mine if i.cents > 0 and i is not self.invoice]

    def credit(self) -> Invoice | None:
        """A credit note that is not yet used; none that just makes up for one open invoice, for nobody sees that in a sum."""
        mine = self.books.of_debtor[self.debtor.number]
        amounts = {self.books.open[i.number] for i in mine}
        return next((i for i in mine if i.cents < 0 and -i.cents not in amounts), None)

    def word(self) -> str:
        """Factuur, fact., invoice."""
        return say(self.draw, INVOICE, self.debtor)

    def whole(self, invoices: Sequence[Invoice]) -> Parts:
        """Each of them with all that is open."""
        return tuple((i, self.books.open[i.number]) for i in invoices)

    def named(self) -> tuple[str, str]:
        """A text and a structured reference that name the invoice without a fault."""
        if self.invoice.reference and self.draw.random() < 0.6:
            return "", self.invoice.reference
        return f"{self.word()} {self.invoice.number}", ""


def pays(
    case: Case, text: str = "", reference: str = "", *, payer: Account | None = None, end_to_end: str = ""
) -> Draft:
    """All that is open on the one invoice, to the cent."""
    return Draft(
        payer or case.main,
        case.open_cents,
        ((case.invoice, case.open_cents),),
        text,
        reference,
        end_to_end,
    )


def pays_all(case: Case, invoices: Sequence[Invoice], text: str, *, payer: Account | None = None) -> Draft:
    """All that is open on several invoices, in one sum."""
    parts = case.whole(invoices)
    return Draft(payer or case.main, sum(cents for _, cents in parts), parts, text)


def pays_cents(case: Case, cents: int, text: str, reference: str = "", *, last: bool = False) -> Draft:
    """Another amount than is open: never more of it on the invoice than that."""
    part = min(cents, case.open_cents)
    return Draft(case.main, cents, ((case.invoice, part),), text, reference, last=last)


def own_accounts() -> dict[str, Account]:
    """Ours, by country."""
    return {c: Account(make_iban(c, n), "Voorbeeld Administratie B.V.") for c, n in OWN_NUMBERS.items()}
