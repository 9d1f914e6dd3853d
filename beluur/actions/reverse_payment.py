"""Takes a payment back by a row of its own: what was booked is reversed, never edited."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from beluur.actions.bank.give_back import Back, give_back
from beluur.actions.judge_commitments import judge_anew
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed
from beluur.store.models import Payment
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import say


def reverse_payment(doer: Doer, *, payment_id: int, reason: str) -> int:
    """Gives the debtor's id. Refused without a reason, for a reversal, for what was reversed before, and for what the bank
    booked: that stays on its statement, and only its assignment is taken back."""

    def do() -> dict[str, Any]:
        payment = Payment.objects.select_for_update().get(
            administration_id=doer.administration_id, id=payment_id
        )
        if payment.account_id is not None:
            raise Refused(say("payments.of_the_bank"))
        here = Payment.objects.filter(administration_id=doer.administration_id)
        if not reason.strip():
            raise Refused(say("general.required"), "reason")
        if payment.reverses_id is not None or here.filter(reverses=payment).exists():
            raise Refused(say("by_hand.payment_reversed"))
        return {"debtor": reverse_row(doer, payment, reason.strip())}

    return int(once(doer, "reverse_payment", do)["debtor"])


def reverse_row(
    doer: Doer, payment: Payment, reason: str = "", *, looked: Collection[int] | None = None
) -> int:
    """The reversal of a payment by hand, in the running transaction; gives the debtor's id. ``looked``: of what somebody looked
    for himself only these instalments are judged anew; None: all that may rest on it."""
    back = Payment.objects.create(
        administration_id=doer.administration_id,
        debtor_id=payment.debtor_id,
        booked_on=payment.booked_on,
        amount_cents=-payment.amount_cents,
        currency=payment.currency,
        way=payment.way,
        text=reason[:300],
        reverses=payment,
        left_cents=-payment.left_cents,
        by_id=doer.user_id,
        at=doer.at,
    )
    given = give_back(doer, [payment.id], {payment.id: Back(back.id, back.booked_on)})
    debtor_id = payment.debtor_id or 0
    amount = Money(payment.amount_cents, payment.currency)
    said = say("event.payment_reversed", amount=amount, day=payment.booked_on)
    record = {"payment": back.id, "reverses": payment.id}
    put_on_record(doer, Happening(debtor_id, "payment_reversed", said, note=reason, facts=record))
    for owner, invoices in given.invoices.items():
        judge_anew(doer.administration_id, owner, invoices, payment.at, doer.at, looked=looked)
    facts_changed(doer, {debtor_id, *given.invoices})
    return debtor_id
