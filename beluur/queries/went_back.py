"""Payments that went back at the bank, with the bank's reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from beluur.domain.payment_state import PaymentState
from beluur.domain.return_reason import return_reason
from beluur.store.models import Payment
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

RECENT_DAYS, SHOWN = 90, 3  # for who is about to call
MOST = 40  # of one intake
_COLUMNS = "debtor_id debtor__name amount_cents currency booked_on returned".split()


@dataclass(frozen=True, slots=True)
class WentBack:
    """``said``: how much went back, when and why; of which debtor."""

    debtor_id: int
    name: str
    said: Sentence


def went_back_lately(administration_id: int, debtor_id: int, today: date) -> tuple[WentBack, ...]:
    """Of one debtor, the newest first; one query."""
    lately = Q(debtor_id=debtor_id, booked_on__gte=today - timedelta(days=RECENT_DAYS))
    return _found(administration_id, lately, SHOWN)


def went_back_with(administration_id: int, intake_id: int) -> tuple[WentBack, ...]:
    """What the statements of an intake told, the newest first; one query."""
    return _found(administration_id, Q(statement__intake_id=intake_id, debtor__isnull=False), MOST)


def _found(administration_id: int, which: Q, most: int) -> tuple[WentBack, ...]:
    rows = Payment.objects.filter(which, administration_id=administration_id, takes_back__isnull=False)
    rows = rows.exclude(state=PaymentState.UNDONE).order_by("-booked_on", "-id")
    return tuple(
        WentBack(debtor_id or 0, name or "", _said(Money(-cents, currency), on, return_reason(told)))
        for debtor_id, name, cents, currency, on, told in rows.values_list(*_COLUMNS)[:most]
    )


def _said(amount: Money, on: date, reason: Sentence | None) -> Sentence:
    if reason is None:
        return say("bank_return.was", amount=amount, day=on)
    return say("bank_return.was_because", amount=amount, day=on, reason=reason)
