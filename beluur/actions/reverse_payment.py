"""Takes a payment back by a row of its own: what was booked is reversed, never edited."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from beluur.actions.judge_commitments import judge_anew
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed
from beluur.domain.booking import still_counts
from beluur.store.models import Allocation, Invoice, Payment
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import say


def reverse_payment(doer: Doer, *, payment_id: int, reason: str) -> int:
    """Gives the debtor's id. Refused without a reason, for a reversal, and for what was reversed before."""

    def do() -> dict[str, Any]:
        payment = Payment.objects.select_for_update().get(
            administration_id=doer.administration_id, id=payment_id
        )
        here = Payment.objects.filter(administration_id=doer.administration_id)
        if not reason.strip():
            raise Refused(say("general.required"), "reason")
        if payment.reverses_id is not None or here.filter(reverses=payment).exists():
            raise Refused(say("by_hand.payment_reversed"))
        back = Payment.objects.create(
            administration_id=doer.administration_id,
            debtor_id=payment.debtor_id,
            booked_on=payment.booked_on,
            amount_cents=-payment.amount_cents,
            currency=payment.currency,
            way=payment.way,
            text=reason.strip()[:300],
            reverses=payment,
            by_id=doer.user_id,
            at=doer.at,
        )
        invoices = _give_back(doer, payment, back)
        debtor_id = payment.debtor_id or 0
        amount = Money(payment.amount_cents, payment.currency)
        said = say("event.payment_reversed", amount=amount, day=payment.booked_on)
        record = {"payment": back.id, "reverses": payment.id}
        put_on_record(doer, Happening(debtor_id, "payment_reversed", said, note=reason.strip(), facts=record))
        judge_anew(doer.administration_id, debtor_id, invoices, payment.at, doer.at)
        facts_changed(doer, [debtor_id])
        return {"debtor": debtor_id}

    return int(once(doer, "reverse_payment", do)["debtor"])


def _give_back(doer: Doer, payment: Payment, back: Payment) -> list[int]:
    """The ids of the invoices that it was booked on."""
    parts = Allocation.objects.filter(administration_id=doer.administration_id, payment=payment).order_by(
        "id"
    )
    for part in parts.select_related("invoice"):
        Allocation.objects.create(
            administration_id=doer.administration_id,
            payment=back,
            invoice_id=part.invoice_id,
            cents=-part.cents,
            lowers=part.lowers,
            at=doer.at,
        )
        if still_counts(payment.booked_on, part.invoice.as_of, lowers=part.lowers):
            Invoice.objects.filter(
                administration_id=doer.administration_id, id=part.invoice_id, booked_cents__gte=part.cents
            ).update(
                open_cents=F("open_cents") + part.cents,
                booked_cents=F("booked_cents") - part.cents,
                closed_on=None,
                closed_because="",
            )
    return [part.invoice_id for part in parts]
