"""Where a payment can be put by hand: debtors and invoices that are found, each with what is open of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from beluur.queries.payment_proposals import Priced, open_invoices_of
from beluur.queries.payments_rows import BankPayment, OpenLine, OpenOf
from beluur.queries.search import search
from beluur.store.models import Debtor, Invoice
from beluur.values.money import Money
from beluur.values.typed import typed_cents

MOST_DEBTORS = 9
MOST_LINES = 40


def open_for(
    administration_id: int, payment: BankPayment, text: str, chosen: Collection[int] = ()
) -> tuple[OpenOf, ...]:
    """What is open of the debtors that ``text`` finds (a name, a number, an amount), without it of those that are proposed,
    or known to have paid.
    The debtors of ``chosen`` invoices come first, so that a tick stays where it can be seen."""
    ticked = _debtors_of(administration_id, chosen)
    wanted = [*ticked, *_found(administration_id, payment, text)]
    debtors = list(dict.fromkeys(wanted))[: MOST_DEBTORS + len(ticked)]
    invoices = open_invoices_of(administration_id, debtors, payment.amount.currency)
    rows = Debtor.objects.filter(administration_id=administration_id, id__in=debtors, merged_into=None)
    named = {i: (name, city) for i, name, city in rows.values_list("id", "name", "city")}
    younger = {i.debtor_id for i in invoices if i.open_cents > 0 and not i.lowers(payment.booked_on)}
    return tuple(
        OpenOf(i, *named[i], lines=_lines(invoices, i, payment, text, chosen), younger=i in younger)
        for i in debtors
        if i in named
    )


def _debtors_of(administration_id: int, invoice_ids: Collection[int]) -> list[int]:
    rows = Invoice.objects.filter(administration_id=administration_id, id__in=list(invoice_ids))
    return list(dict.fromkeys(rows.order_by("id").values_list("debtor_id", flat=True)))


def _found(administration_id: int, payment: BankPayment, text: str) -> list[int]:
    if not text.strip():
        proposed = [p.debtor_id for p in payment.proposals if p.debtor_id]
        payer = [payment.perhaps_id] if payment.perhaps_id else []
        return [*proposed, *(line.debtor_id for p in payment.proposals for line in p.lines), *payer]
    by_amount: list[int] = []
    if cents := typed_cents(text):
        same = Invoice.objects.filter(administration_id=administration_id, open_cents=cents)
        by_amount = list(same.order_by("due", "id").values_list("debtor_id", flat=True)[:MOST_DEBTORS])
    return [*by_amount, *(hit.id for hit in search(administration_id, text))]


def _lines(
    invoices: Sequence[Priced], debtor_id: int, payment: BankPayment, text: str, chosen: Collection[int]
) -> tuple[OpenLine, ...]:
    """Ticked ones first, then those that are named, then the oldest."""
    day, typed = payment.booked_on, text.strip().lower()
    lines = [
        OpenLine(i.id, i.number, i.due, Money(i.room(day), i.currency), is_credit=i.amount_cents < 0)
        for i in invoices
        if i.debtor_id == debtor_id and i.room(day) and (i.open_cents < 0 or not payment.went_out)
    ]
    lines.sort(
        key=lambda line: (line.invoice_id not in chosen, not typed or typed not in line.number.lower())
    )
    return tuple(lines[:MOST_LINES])
