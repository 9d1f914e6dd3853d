"""What a person puts a payment on, checked: never more than came in, than is open, or in another currency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Sum

from beluur.actions.once import Doer
from beluur.domain.reconciliation.incoming import Part
from beluur.store.models import Allocation, Invoice, Payment
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say


class Wanted(NamedTuple):
    """So much of the payment on this invoice; negative uses so much of a credit note."""

    invoice_id: int
    cents: int


def checked_parts(
    doer: Doer, payment: Payment, wanted: Sequence[Wanted], *, counted: bool | None
) -> tuple[Part, ...]:
    """The parts with their debtors; the invoices are locked from here on."""
    rows = {
        row.id: row
        for row in Invoice.objects.select_for_update(of=("self",))
        .filter(administration_id=doer.administration_id, id__in=[p.invoice_id for p in wanted])
        .order_by("id")
    }
    linked = _linked(doer, rows)
    chosen = []
    for invoice_id, cents in _together(wanted):
        row = rows.get(invoice_id)
        if row is None or row.currency != payment.currency:
            raise Refused(say("payments.other_invoice"), "parts")
        lowers = _lowers(payment, row, counted)
        past = row.amount_cents - row.stated_open_cents - linked.get(invoice_id, 0)
        room = row.open_cents if lowers else past
        if cents * row.amount_cents < 0:
            code = "payments.sign_of_invoice" if cents < 0 else "payments.sign_of_credit"
            raise Refused(Sentence(code, {"number": row.number}), "parts")
        if cents * room <= 0 or abs(cents) > abs(room):
            still = Money(room, row.currency)
            raise Refused(say("payments.more_than_open", number=row.number, open=still), "parts")
        chosen.append(Part(invoice_id, row.debtor_id, cents, lowers))
    _check_sum(payment, sum(part.cents for part in chosen))
    return tuple(chosen)


def _together(wanted: Iterable[Wanted]) -> list[tuple[int, int]]:
    """An invoice that is named twice is one part."""
    sums: Counter[int] = Counter()
    for part in wanted:
        sums[part.invoice_id] += part.cents
    return [(invoice_id, cents) for invoice_id, cents in sums.items() if cents]


def _check_sum(payment: Payment, total: int) -> None:
    """No more than is left of it, and nothing the other way: a payment that came in uses a credit note only beside invoices."""
    if total * payment.left_cents < 0 or abs(total) > abs(payment.left_cents):
        left = Money(payment.left_cents, payment.currency)
        raise Refused(say("payments.more_than_came", left=left), "parts")


def _linked(doer: Doer, invoice_ids: Iterable[int]) -> dict[int, int]:
    """What payments from before its day are linked with each invoice already."""
    rows = Allocation.objects.filter(
        administration_id=doer.administration_id, invoice_id__in=list(invoice_ids), lowers=False
    )
    return dict(rows.order_by().values_list("invoice_id").annotate(linked=Sum("cents")))


def _lowers(payment: Payment, invoice: Invoice, counted: bool | None) -> bool:  # noqa: FBT001 - an answer, not a switch
    """Whether it comes off the open amount, or is in it already (ADR 0002)."""
    if invoice.as_of is not None and invoice.as_of != payment.booked_on:
        return payment.booked_on > invoice.as_of
    if counted is None:
        raise Refused(say("by_hand.already_counted", day=payment.booked_on), "counted")
    return not counted
