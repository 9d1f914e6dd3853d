"""All bookings of the accounts with what they pay, for a report outside the pages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from beluur.store.models import Allocation, Debtor, Event, Invoice, Payment
from beluur.values.sentence import Sentence

_PROPOSED, _HIDDEN = "proposed", ("undone",)


@dataclass(frozen=True, slots=True)
class BankPart:
    """A part of a booking on one invoice. ``transaction`` is the bank's reference of it, or its number among all; ``invoice`` is
    "" for what is his and pays none. Cents are signed as on the account; what perhaps takes a payment back is negative."""

    transaction: str
    reference: str
    debtor: str
    invoice: str
    cents: int
    currency: str
    by: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class BankLine:
    """A booking, or what is left of it, of which nobody knows whose it is; ``state`` is domain.payment_state.PaymentState."""

    transaction: str
    reference: str
    booked: date
    cents: int
    currency: str
    counterparty: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything the statements said, in the order of the bookings."""

    explained: tuple[BankPart, ...] = ()
    proposed: tuple[BankPart, ...] = ()
    unexplained: tuple[BankLine, ...] = ()


def bank_report(administration_id: int) -> Bank:
    """All bank lines of the administration; a fixed number of queries."""
    here = Payment.objects.filter(administration_id=administration_id, account__isnull=False)
    payments = list(here.exclude(state__in=_HIDDEN).order_by("booked_on", "id"))
    reader = _Reader(administration_id, payments)
    explained = [part for p in payments for part in reader.explained(p)]
    proposed = [part for p in payments if p.state == _PROPOSED for part in reader.proposed(p)]
    waiting = ("unexplained", "rest", "not_ours", "earlier", "pending")
    rest = [_line(p) for p in payments if p.state in waiting or (p.state == _PROPOSED and not p.proposal)]
    return Bank(tuple(explained), tuple(proposed), tuple(rest))


def _name(payment: Payment) -> str:
    return payment.bank_reference or payment.end_to_end or str(payment.id)


def _line(p: Payment) -> BankLine:
    return BankLine(
        _name(p), p.reference, p.booked_on, p.left_cents, p.currency, p.counterparty, p.text, p.state
    )


class _Reader:
    """The allocations, reasons and names that the bookings need."""

    def __init__(self, administration_id: int, payments: list[Payment]) -> None:
        here = {"administration_id": administration_id}
        ids = [p.id for p in payments]
        self.parts: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
        rows = Allocation.objects.filter(**here, payment_id__in=ids).order_by("id")
        for payment, debtor, number, cents in rows.values_list(
            "payment_id", "invoice__debtor_id", "invoice__number", "cents"
        ):
            self.parts[payment].append((debtor, number, cents))
        choices = [c for p in payments for c in p.proposal.get("choices", ())[:1]]
        wanted = {i for c in choices for i, _, _ in c["parts"]}
        self.numbers = dict(Invoice.objects.filter(**here, id__in=wanted).values_list("id", "number"))
        self.names = dict(Debtor.objects.filter(**here).values_list("id", "name"))
        self.reasons = dict(_reasons(administration_id))

    def explained(self, p: Payment) -> Iterator[BankPart]:
        by = self.reasons.get(p.id, ())
        for debtor, number, cents in self.parts[p.id]:
            yield BankPart(_name(p), p.reference, self.names.get(debtor, ""), number, cents, p.currency, by)

    def proposed(self, p: Payment) -> Iterator[BankPart]:
        for choice in p.proposal.get("choices", ())[:1]:
            by = tuple(Sentence.from_json(s) for s in choice["by"])
            parts = choice["parts"] or [[0, choice["debtor"], choice["left_cents"]]]
            for invoice, debtor, cents in parts:
                name, number = self.names.get(debtor, ""), self.numbers.get(invoice, "")
                yield BankPart(_name(p), p.reference, name, number, cents, p.currency, by)
        for back in p.proposal.get("returns", ())[:1]:
            by = tuple(Sentence.from_json(s) for s in back["by"])
            for debtor, number, cents in self.parts[back["payment"]]:
                name, taken = self.names.get(debtor, ""), -min(cents, back["cents"])
                yield BankPart(_name(p), p.reference, name, number, taken, p.currency, by)


def _reasons(administration_id: int) -> Iterator[tuple[int, tuple[Sentence, ...]]]:
    """By what each payment was known, from the timeline."""
    rows = Event.objects.filter(administration_id=administration_id, kind="payment").order_by("id")
    for payload in rows.values_list("payload", flat=True):
        said = json.loads(payload) if payload else {}
        details = (Sentence.from_json(d) for d in said.get("details", ()))
        by = tuple(s for s in details if s.code.startswith("explain."))
        yield said.get("facts", {}).get("payment", 0), by
