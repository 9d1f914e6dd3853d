"""Enters an invoice or credit note by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from beluur.actions.invoice_facts import SAME_COLUMNS, InvoiceFacts, checked_invoice
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.store.models import Debtor, Invoice
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import say


def add_invoice(doer: Doer, *, debtor_id: int, facts: InvoiceFacts, as_of: date) -> int:
    """Gives the invoice's id. ``as_of`` is the day on which this much is open: payments before it are in it already."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        invoice = enter_invoice(doer, debtor, facts, as_of=as_of)
        facts_changed(doer, [debtor.id], searchable=True)
        return {"invoice": invoice.id}

    return int(once(doer, "add_invoice", do)["invoice"])


def enter_invoice(
    doer: Doer, debtor: Debtor, facts: InvoiceFacts, *, as_of: date, currency: str = ""
) -> Invoice:
    """The row, saved and on the timeline, in the running transaction; `facts_changed` must follow. Without ``currency`` that of
    the debtor."""
    known = checked_invoice(facts)
    refuse_known_number(doer, debtor.id, known.number, None)
    sign = -1 if known.kind == "credit_note" else 1
    still = sign * (known.open_cents or 0)
    invoice = Invoice(
        administration_id=doer.administration_id,
        debtor=debtor,
        currency=currency or debtor.currency,
        amount_cents=sign * known.amount_cents,
        stated_open_cents=still,
        open_cents=still,
        as_of=as_of,
    )
    for name in SAME_COLUMNS:
        setattr(invoice, name, getattr(known, name))
    if not still:
        invoice.closed_on, invoice.closed_because = as_of, "paid"
    invoice.save()
    amount = Money(invoice.amount_cents, invoice.currency)
    said = say("event.invoice_added", number=invoice.number, amount=amount)
    put_on_record(doer, Happening(debtor.id, "invoice_added", said, facts={"invoice": invoice.id}))
    return invoice


def refuse_known_number(doer: Doer, debtor_id: int, number: str, own_id: int | None) -> None:
    """One number is one invoice of this debtor."""
    here = Invoice.objects.filter(
        administration_id=doer.administration_id, debtor_id=debtor_id, number=number
    )
    if here.exclude(id=own_id or 0).exists():
        raise Refused(say("by_hand.invoice_known", number=number), "number")
