"""A payment was said to go back, and did not: what it paid is paid again, by rows."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from beluur.actions.bank.book import settle_originals
from beluur.actions.bank.explain_waiting import propose_again
from beluur.actions.bank.give_back import give_back
from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed
from beluur.store.models import Allocation, Invoice, Payment
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import say


def take_back_return(doer: Doer, *, payment_id: int) -> int:
    """The payment that went out waits again, and the one that it took back counts again. Gives its id.

    Raises Payment.DoesNotExist; Refused when it takes nothing back, or when what was paid is no longer open."""

    def do() -> dict[str, Any]:
        rows = Allocation.objects.filter(administration_id=doer.administration_id, payment_id=payment_id)
        lock_debtors(doer.administration_id, set(rows.values_list("invoice__debtor_id", flat=True)))
        here = Payment.objects.select_for_update(of=("self",)).filter(
            administration_id=doer.administration_id
        )
        back = here.get(id=payment_id)
        if back.takes_back_id is None:
            raise Refused(say("payments.cannot_take_back"))
        original = here.get(id=back.takes_back_id)
        back.takes_back = None
        back.save(update_fields=["takes_back"])
        debtors = _pay_again(doer, back)
        settle_originals(doer.administration_id, [original.id])
        propose_again(doer, back)
        amount = Money(-back.amount_cents, back.currency)
        said = say("event.payment_stands", amount=amount, day=original.booked_on)
        for debtor_id in sorted(debtors):
            put_on_record(doer, Happening(debtor_id, "payment_stands", said, facts={"payment": back.id}))
        facts_changed(doer, debtors)
        return {"payment": back.id}

    return int(once(doer, "take_back_return", do)["payment"])


def _pay_again(doer: Doer, back: Payment) -> set[int]:
    """Reverses the rows that took the payment off its invoices; gives the debtors."""
    given = give_back(doer, [back.id])
    ids = {i for invoices in given.invoices.values() for i in invoices}
    paid = Invoice.objects.filter(administration_id=doer.administration_id, id__in=ids, amount_cents__gt=0)
    if paid.filter(booked_cents__gt=F("stated_open_cents")).exists():
        raise Refused(say("by_hand.open_changed"))
    return set(given.invoices)
