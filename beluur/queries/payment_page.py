"""One payment, whole: what it pays, how that is known, where it came from, and whether it can be taken back."""

from __future__ import annotations

import json
from typing import Any

from beluur.domain.payment_state import Cause, may
from beluur.queries.payments import bank_payment
from beluur.queries.payments_rows import Done, OtherPayment, PaymentPage, Told
from beluur.store.models import Allocation, Event, Payment
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

_COLUMNS = (
    "account_id debtor_id debtor__name state reverses_id takes_back_id statement__format statement__number statement__intake_id "
    "amount_cents"
).split()


def payment_page(administration_id: int, payment_id: int) -> PaymentPage:
    """A payment of the bank, or one that was entered by hand. Raises Payment.DoesNotExist."""
    here = Payment.objects.filter(administration_id=administration_id)
    row = here.values(*_COLUMNS).get(id=payment_id)
    others = {other.id: other for other in _others(administration_id, payment_id, row["takes_back_id"])}
    takes_back = others.pop(row["takes_back_id"], None)
    back = tuple(others.values())
    by_hand = row["account_id"] is None
    reversed_already = by_hand and here.filter(reverses_id=payment_id).exists()
    return PaymentPage(
        payment=bank_payment(administration_id, payment_id),
        by_hand=by_hand,
        debtor_id=row["debtor_id"],
        debtor=row["debtor__name"] or "",
        told=_told(administration_id, payment_id, row["debtor_id"]),
        format=row["statement__format"] or "",
        statement=row["statement__number"] or "",
        intake_id=row["statement__intake_id"],
        takes_back=takes_back,
        taken_back_by=back,
        may_take_back=not by_hand and may(row["state"], Cause.TAKEN_BACK) and not back,
        may_reverse=by_hand and row["reverses_id"] is None and not reversed_already,
    )


def what_was_done(administration_id: int, payment_id: int | None) -> Done | None:
    """The line under the list after a choice; None when there is no such payment, or it waits as before."""
    if payment_id is None or not _is_here(administration_id, payment_id):
        return None
    view = payment_page(administration_id, payment_id)
    said = _done(view)
    return Done(payment_id, said, view.may_take_back) if said else None


def _is_here(administration_id: int, payment_id: int) -> bool:
    here = Payment.objects.filter(administration_id=administration_id, account__isnull=False)
    return here.filter(id=payment_id).exists()


def _done(view: PaymentPage) -> Sentence | None:
    p = view.payment
    who = p.payer or p.iban or say("payments.unknown_payer")
    common: dict[str, Any] = {"amount": p.amount, "who": who}
    if p.state == "not_ours":
        return say("payments.done_aside", **common)
    if view.takes_back is not None:
        whole = view.takes_back.amount == -p.amount
        code = "payments.done_returned" if whole else "payments.done_part_returned"
        return Sentence(code, {"day": view.takes_back.booked_on, "who": who, "amount": -p.amount})
    names = tuple(dict.fromkeys(line.debtor for line in p.assigned))
    numbers = tuple(line.number for line in p.assigned)
    if not numbers:
        return say("payments.done_kept", debtor=view.debtor, **common) if p.state == "explained" else None
    if not p.left:
        return say("payments.done_on", debtors=names, numbers=numbers, **common)
    code = "payments.done_rest" if p.waits else "payments.done_over"
    return Sentence(code, {"debtors": names, "numbers": numbers, "left": p.left, **common})


def _others(administration_id: int, payment_id: int, takes_back: int | None) -> list[OtherPayment]:
    here = Payment.objects.filter(administration_id=administration_id)
    rows = here.filter(takes_back_id=payment_id) | here.filter(id=takes_back or 0)
    return [
        OtherPayment(i, day, Money(cents, currency))
        for i, day, cents, currency in rows.values_list("id", "booked_on", "amount_cents", "currency")
    ]


def _told(administration_id: int, payment_id: int, debtor_id: int | None) -> tuple[Told, ...]:
    """From the records of the debtors whose invoices it was on, the last first."""
    here = {"administration_id": administration_id}
    touched = Allocation.objects.filter(**here, payment_id=payment_id)
    debtors = set(touched.order_by().values_list("invoice__debtor_id", flat=True))
    if debtor_id:
        debtors.add(debtor_id)
    rows = Event.objects.filter(
        **here, debtor_id__in=debtors, kind__startswith="payment", payload__contains=f'"payment":{payment_id}'
    ).order_by("-at", "-id")
    return tuple(
        Told(
            at,
            who,
            Sentence.from_json(said["said"]),
            tuple(Sentence.from_json(line) for line in said.get("details", ())),
        )
        for at, who, payload in rows.values_list("at", "actor_name", "payload")
        if _is_about(said := json.loads(payload or "{}"), payment_id)
    )


def _is_about(said: dict[str, Any], payment_id: int) -> bool:
    return bool(said.get("facts", {}).get("payment") == payment_id)
