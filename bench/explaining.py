"""A year of payments with known truth through the product's own loading, explaining and booking;
`python -m bench.explaining [PAYMENTS [SEED]]`. What is not certain is settled by its truth before the next payments come, as a
person would; of what waits with it from the same account, or because of it, the product then looks once more, as it does when a
person assigns."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.empty import empty_product
from bench.payments import Payment as Made
from bench.payments import Year, make_year
from bench.truth import Outcome as Said
from bench.truth import Parts, Score, score, table

START = datetime(2025, 11, 24, tzinfo=UTC).date()
CHUNK = 400
SHARE = 5  # payments a debtor
_INVOICE = (
    "id administration_id debtor_id number number_key kind issued due amount_cents stated_open_cents open_cents as_of "
    "reference"
).split()


class Explaining:
    """One administration into which the year's payments come, in their order."""

    def __init__(self, year: Year, slug: str = "jaar") -> None:
        from beluur.actions.bank.publish_lines import the_account
        from beluur.actions.once import Doer
        from beluur.store.models import Administration, BankStatement, Intake

        self.year = year
        at = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        house = Administration.objects.create(slug=slug, name=slug.capitalize(), created_at=at)
        self.doer = Doer(house.id, at, None, "Meting")
        self.account = the_account(self.doer, {"number": year.accounts[0], "currency": "EUR"})
        intake = Intake.objects.create(administration=house, state="published", created_at=at)
        self.statement = BankStatement.objects.create(
            administration=house, account=self.account, intake=intake
        )
        self.debtor_ids: dict[str, int] = {}
        self.invoice_ids: dict[str, int] = {}
        self._fill()

    def _fill(self) -> None:
        """What the books know: of a debtor no more than name, number, accounts and group; each invoice as it was sent."""
        from beluur.store.models import Debtor, DebtorKey, Invoice, PayerGroup
        from beluur.store.save import db_day, db_moment, insert_many, reserve_ids
        from beluur.values.invoice_number import number_key
        from beluur.values.names import comparable_name

        here, at = self.doer.administration_id, db_moment(self.doer.at)
        groups = {
            g: PayerGroup.objects.create(administration_id=here, name=g).id
            for g in sorted({d.group for d in self.year.debtors} - {""})
        }
        ids = reserve_ids(Debtor, len(self.year.debtors))
        self.debtor_ids = {d.number: i for d, i in zip(self.year.debtors, ids, strict=True)}
        insert_many(
            Debtor,
            "id administration_id name kind country payer_group_id created_at".split(),
            [
                (i, here, d.name, d.kind, d.country, groups.get(d.group), at)
                for d, i in zip(self.year.debtors, ids, strict=True)
            ],
        )
        keys = [
            (here, i, kind, value)
            for d, i in zip(self.year.debtors, ids, strict=True)
            for kind, value in (
                ("number", d.number),
                ("name", comparable_name(d.name)),
                *(("iban", b) for b in d.ibans),
            )
        ]
        insert_many(DebtorKey, "administration_id debtor_id kind value".split(), keys, ignore_doubles=True)
        ids = reserve_ids(Invoice, len(self.year.invoices))
        self.invoice_ids = {v.number: i for v, i in zip(self.year.invoices, ids, strict=True)}
        insert_many(
            Invoice,
            _INVOICE,
            [
                (
                    i,
                    here,
                    self.debtor_ids[v.debtor],
                    v.number,
                    number_key(v.number),
                    "credit_note" if v.cents < 0 else "invoice",
                    db_day(v.issued),
                    db_day(v.due),
                    v.cents,
                    v.cents,
                    v.cents,
                    db_day(v.issued - timedelta(days=1)),
                    v.reference,
                )
                for v, i in zip(self.year.invoices, ids, strict=True)
            ],
        )

    def run(self) -> Score:
        """All payments; each chunk is explained and booked as the product does it."""
        from beluur.store.load.candidates import Books

        books = Books(self.doer.administration_id)
        said: dict[int, Said] = {}
        for start in range(0, len(self.year.payments), CHUNK):
            said.update(self._chunk(books, start, self.year.payments[start : start + CHUNK]))
        return score(self.year, said)

    def _chunk(self, books: Any, start: int, made: Sequence[Made]) -> Iterator[tuple[int, Said]]:
        from django.db import transaction

        from beluur.actions.bank.line_rows import line_record
        from beluur.actions.bank.outcomes import outcomes
        from beluur.actions.bank.write_lines import Place, ready_lines, write_lines
        from beluur.store.load.publishing import incoming_line
        from beluur.store.models import Payment
        from beluur.store.save import reserve_ids

        lines = [line_record(p.record, f"{start + n}")[0] for n, p in enumerate(made)]
        ids = reserve_ids(Payment, len(lines))
        found = outcomes(books, [incoming_line(i, line) for i, line in zip(ids, lines, strict=True)])
        with transaction.atomic():
            place = Place(self.account.id, self.statement.id)
            explained = list(zip(lines, found, strict=True))
            write_lines(self.doer, ready_lines(self.doer, place, explained, books.numbers))
            found = self._by_amount(found)
            learnt: set[str] = set()
            settled: set[int] = set()
            for n, (payment, outcome) in enumerate(zip(made, found, strict=True)):
                told = self._told(outcome)
                behind = outcome.proposal.get("behind") in settled
                if told[0] != "certain" and (behind or outcome.payment.iban in learnt):
                    told = self._told_anew(books, outcome.payment.id)
                yield start + n, told
                if told[0] != "certain" and self._settle(payment, outcome):
                    learnt |= {outcome.payment.iban} - {""}
                    settled.add(outcome.payment.id)

    def _by_amount(self, found: Sequence[Any]) -> list[Any]:
        """With what is proposed last, as the product does after each publication: who owes exactly what came in."""
        from beluur.actions.bank.same_amount import propose_by_amount
        from beluur.store.models import Payment

        ids = [outcome.payment.id for outcome in found]
        propose_by_amount(self.doer, only=ids)
        here = Payment.objects.filter(administration_id=self.doer.administration_id, id__in=ids)
        proposals = dict(here.filter(state="proposed").values_list("id", "proposal"))
        return [o._replace(proposal=proposals.get(o.payment.id, o.proposal)) for o in found]

    def _told(self, outcome: Any) -> Said:
        if outcome.takes_back:
            return "certain", self._booked(outcome.payment.id), ()
        if outcome.parts or outcome.state == "not_ours":
            return "certain", [self._named(p.invoice_id, p.debtor_id, p.cents) for p in outcome.parts], ()
        return self._proposed(outcome.proposal)

    def _told_anew(self, books: Any, payment_id: int) -> Said:
        """A payment that waits, after a person has said of another from its account what it was for."""
        from beluur.actions.bank.explain_waiting import explain_waiting
        from beluur.actions.bank.same_amount import propose_by_amount
        from beluur.store.models import Payment

        explain_waiting(self.doer, books, only=[payment_id])
        propose_by_amount(self.doer, only=[payment_id])
        if parts := self._booked(payment_id):
            return "certain", parts, ()
        here = Payment.objects.filter(administration_id=self.doer.administration_id, id=payment_id)
        return self._proposed(here.values_list("proposal", flat=True)[0])

    def _booked(self, payment_id: int) -> Parts:
        from django.db.models import Sum

        from beluur.store.models import Allocation

        rows = Allocation.objects.filter(
            administration_id=self.doer.administration_id, payment_id=payment_id
        ).order_by()
        sums = rows.values_list("invoice__number", "invoice__debtor_id").annotate(sum=Sum("cents"))
        return [(number, self._number(debtor), cents) for number, debtor, cents in sums]

    def _proposed(self, proposal: Any) -> Said:
        choices = [[self._named(*part) for part in choice["parts"]] for choice in proposal.get("choices", ())]
        return ("likely", choices[0], choices[1:]) if choices else ("none", (), ())

    def _named(self, invoice_id: int, debtor_id: int, cents: int) -> tuple[str, str, int]:
        return self._numbers[invoice_id], self._number(debtor_id), cents

    def _number(self, debtor_id: int) -> str:
        return self._debtors[debtor_id]

    @property
    def _numbers(self) -> dict[int, str]:
        if not hasattr(self, "_invoice_names"):
            self._invoice_names = {i: n for n, i in self.invoice_ids.items()}
        return self._invoice_names

    @property
    def _debtors(self) -> dict[int, str]:
        if not hasattr(self, "_debtor_names"):
            self._debtor_names = {i: n for n, i in self.debtor_ids.items()}
        return self._debtor_names

    def _settle(self, payment: Made, outcome: Any) -> bool:
        """A person finds out, and what he says is learnt; False where there is nothing to say."""
        from django.db import transaction

        from beluur.actions.bank.book import Entry, Raced, book, settle_states
        from beluur.domain.reconciliation.incoming import Part

        p = outcome.payment
        parts = tuple(Part(self.invoice_ids[n], self.debtor_ids[d], c) for n, d, c in payment.truth)
        if p.cents <= 0 or not parts:
            return False
        try:
            with transaction.atomic():
                book(self.doer, [Entry(p.id, p.booked, p.cents, p.currency, parts, (), p.iban)])
                settle_states(self.doer.administration_id, [p.id])
            return True
        except Raced:
            return False  # paid twice: there is nothing left to pay


def explain_year(payments: int, seed: int = 1) -> Score:
    """Makes a year and explains it."""
    year = make_year(seed, max(1, payments // SHARE), payments, start=START)
    return Explaining(year).run()


if __name__ == "__main__":
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with empty_product():
        print(table(explain_year(how_many, int(sys.argv[2]) if len(sys.argv) > 2 else 1)))
