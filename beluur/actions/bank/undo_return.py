"""A payment was said to go back, and did not: what it paid is paid again, by rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum

from beluur.actions.bank.book import Raced, lower
from beluur.actions.bank.explain_waiting import propose_again
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed
from beluur.domain.booking import still_counts
from beluur.store.models import Allocation, Payment
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import say


def take_back_return(doer: Doer, *, payment_id: int) -> int:
    """The payment that went out waits again, and the one that it took back counts again. Gives its id.

    Raises Payment.DoesNotExist; Refused when it takes nothing back, or when what was paid is no longer open."""

    def do() -> dict[str, Any]:
        here = Payment.objects.select_for_update(of=("self",)).filter(
            administration_id=doer.administration_id
        )
        back = here.get(id=payment_id)
        if back.takes_back_id is None:
            raise Refused(say("payments.cannot_take_back"))
        original = here.get(id=back.takes_back_id)
        debtors = _pay_again(doer, back, original)
        back.takes_back = None
        back.save(update_fields=["takes_back"])
        propose_again(doer, back)
        amount = Money(original.amount_cents, original.currency)
        said = say("event.payment_stands", amount=amount, day=original.booked_on)
        for debtor_id in sorted(debtors):
            put_on_record(doer, Happening(debtor_id, "payment_stands", said, facts={"payment": back.id}))
        facts_changed(doer, debtors)
        return {"payment": back.id}

    return int(once(doer, "take_back_return", do)["payment"])


def _pay_again(doer: Doer, back: Payment, original: Payment) -> set[int]:
    """Reverses the rows that took the payment off its invoices; gives the debtors."""
    rows = list(
        Allocation.objects.filter(administration_id=doer.administration_id, payment=back)
        .order_by()
        .values_list("invoice_id", "lowers", "invoice__as_of", "invoice__debtor_id")
        .annotate(net=Sum("cents"))
    )
    taken = [row for row in rows if row[-1]]
    Allocation.objects.bulk_create(
        Allocation(
            administration_id=doer.administration_id,
            payment=back,
            invoice_id=invoice_id,
            cents=-net,
            lowers=lowers,
            at=doer.at,
        )
        for invoice_id, lowers, _, _, net in taken
    )
    day = original.booked_on
    parts = [(-net, day, i) for i, lowers, as_of, _, net in taken if still_counts(day, as_of, lowers=lowers)]
    try:
        lower(doer.administration_id, parts)
    except Raced:
        raise Refused(say("by_hand.open_changed")) from None
    return {row[3] for row in taken}
