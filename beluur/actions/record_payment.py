"""Enters a payment by hand: on the oldest invoices first, or on those that are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from beluur.actions.judge_commitments import judge_debtors
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.booking import Booking, Part, Payable, book
from beluur.store.models import Allocation, Invoice, Payment
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say

WAYS = ("transfer", "cash", "card", "set_off")


def record_payment(
    doer: Doer,
    *,
    debtor_id: int,
    day: date,
    cents: int,
    today: date,
    way: str = "transfer",
    text: str = "",
    invoice_ids: Sequence[int] = (),
    counted: bool | None = None,
) -> int:
    """Gives the payment's id. ``counted`` answers whether the open amounts of that same day already hold it; without an answer
    it is asked: Refused at the field ``counted``, and nothing is booked."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        _check(day, cents, today, way)
        invoices = _payable(doer, debtor_id, debtor.currency, invoice_ids)
        booking = book(cents, day, invoices, counted=counted)
        if booking.ask:
            raise Refused(say("by_hand.already_counted", day=day), "counted")
        payment = Payment.objects.create(
            administration_id=doer.administration_id,
            debtor=debtor,
            booked_on=day,
            amount_cents=cents,
            currency=debtor.currency,
            way=way,
            text=text[:300],
            by_id=doer.user_id,
            at=doer.at,
            left_cents=booking.left_cents,
        )
        _allocate(doer, payment, booking)
        put_on_record(doer, _happening(doer, payment, booking))
        judge_debtors(doer.administration_id, [debtor.id], doer.at)
        facts_changed(doer, [debtor.id])
        return {"payment": payment.id}

    return int(once(doer, "record_payment", do)["payment"])


def _check(day: date, cents: int, today: date, way: str) -> None:
    if cents <= 0:
        raise Refused(say("by_hand.amount_not_positive"), "cents")
    if day > today:
        raise Refused(say("by_hand.day_to_come", today=today), "day")
    if way not in WAYS:
        raise Refused(say("by_hand.choose"), "way")


def _payable(doer: Doer, debtor_id: int, currency: str, chosen: Sequence[int]) -> list[Payable]:
    """The chosen invoices, or all open ones, oldest first; locked, so that what is open stays so until it is booked."""
    here = Invoice.objects.select_for_update().filter(
        administration_id=doer.administration_id, debtor_id=debtor_id, currency=currency, amount_cents__gt=0
    )
    rows = list(
        (here.filter(id__in=chosen) if chosen else here.filter(open_cents__gt=0)).order_by("due", "id")
    )
    if chosen and len(rows) != len(set(chosen)):
        raise Refused(say("by_hand.invoice_not_his"), "invoice_ids")
    history = Allocation.objects.filter(
        administration_id=doer.administration_id, invoice_id__in=[row.id for row in rows], lowers=False
    )
    linked = dict(history.order_by().values_list("invoice_id").annotate(linked=Coalesce(Sum("cents"), 0)))
    return [
        Payable(r.id, r.open_cents, r.as_of, r.amount_cents - r.stated_open_cents - linked.get(r.id, 0))
        for r in rows
    ]


def _allocate(doer: Doer, payment: Payment, booking: Booking) -> None:
    Allocation.objects.bulk_create(
        Allocation(
            administration_id=doer.administration_id,
            payment=payment,
            invoice_id=part.invoice_id,
            cents=part.cents,
            lowers=part.lowers,
            at=doer.at,
        )
        for part in booking.parts
    )
    for part in booking.parts:
        if part.lowers:
            _lower(doer, part, payment.booked_on)


def _lower(doer: Doer, part: Part, day: date) -> None:
    """Only as far as it is open: a condition in the statement itself, whatever was read before."""
    invoice = Invoice.objects.filter(administration_id=doer.administration_id, id=part.invoice_id)
    lowered = invoice.filter(open_cents__gte=part.cents).update(
        open_cents=F("open_cents") - part.cents, booked_cents=F("booked_cents") + part.cents
    )
    if not lowered:
        raise Refused(say("by_hand.open_changed"))
    invoice.filter(open_cents=0).update(closed_on=day, closed_because="paid")


def _happening(doer: Doer, payment: Payment, booking: Booking) -> Happening:
    numbers = dict(
        Invoice.objects.filter(
            administration_id=doer.administration_id, id__in=[part.invoice_id for part in booking.parts]
        ).values_list("id", "number")
    )
    details: list[Sentence] = []
    for part in booking.parts:
        amount, number = Money(part.cents, payment.currency), numbers[part.invoice_id]
        if part.lowers:
            details.append(say("event.booked_on", amount=amount, number=number))
        else:
            details.append(say("event.linked_to", amount=amount, number=number))
    if booking.left_cents:
        details.append(say("event.not_allocated", amount=Money(booking.left_cents, payment.currency)))
    said = say("event.payment", amount=Money(payment.amount_cents, payment.currency), day=payment.booked_on)
    return Happening(
        payment.debtor_id or 0,
        "payment",
        said,
        tuple(details),
        note=payment.text,
        facts={"payment": payment.id},
    )
