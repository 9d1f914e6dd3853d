"""Money of one debtor that came in these days, or may be his: what keeps a caller from asking for what is there (J1, J2)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, Sum

from beluur.domain.payment_state import PaymentState
from beluur.store.models import Allocation, Payment
from beluur.values.money import Money

RECENT_DAYS = 3
OLDEST_DAYS = 10  # a statement of last week that is taken in now is news; one of last year is not
SHOWN = 3


@dataclass(frozen=True, slots=True)
class CameIn:
    """``amount`` was booked on ``booked_on`` and is known here since ``at``; ``numbers`` are the invoices that it pays."""

    amount: Money
    booked_on: date
    at: datetime
    payer: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Perhaps:
    """``amount`` waits and may be his; ``announced``: the bank has not booked it yet."""

    amount: Money
    booked_on: date
    payer: str
    announced: bool


def came_in(administration_id: int, debtor_id: int, now: datetime, today: date) -> tuple[CameIn, ...]:
    """What paid his invoices these days, the newest first; one query."""
    news = Q(payment__at__gte=now - timedelta(days=RECENT_DAYS))
    booked = Q(payment__booked_on__gte=today - timedelta(days=RECENT_DAYS))
    rows = Allocation.objects.filter(
        news | booked,
        administration_id=administration_id,
        invoice__debtor_id=debtor_id,
        payment__booked_on__gte=today - timedelta(days=OLDEST_DAYS),
        payment__reversed_by=None,
        payment__taken_back_by=None,
    )
    columns = (
        "payment_id payment__booked_on payment__at payment__currency payment__counterparty invoice__number"
    )
    sums: dict[int, int] = defaultdict(int)
    numbers: dict[int, list[str]] = defaultdict(list)
    payments: dict[int, tuple[date, datetime, str, str]] = {}
    for i, on, at, currency, payer, number, net in (
        rows.order_by("-payment__at", "-payment_id")
        .values_list(*columns.split())
        .annotate(net=Sum("cents"))
        .filter(net__gt=0)
    ):
        payments[i] = (on, at, currency, payer)
        sums[i] += net
        numbers[i].append(number)
    return tuple(
        CameIn(Money(sums[i], currency), on, at, payer, tuple(sorted(numbers[i])))
        for i, (on, at, currency, payer) in list(payments.items())[:SHOWN]
    )


def perhaps_his(administration_id: int, debtor_id: int) -> tuple[Perhaps, ...]:
    """Payments that wait and may be his, the newest first; one query."""
    rows = Payment.objects.filter(
        administration_id=administration_id, perhaps_id=debtor_id, left_cents__gt=0
    ).order_by("-booked_on", "-id")
    columns = ("left_cents", "currency", "booked_on", "counterparty", "state")
    return tuple(
        Perhaps(Money(cents, currency), on, payer, state == PaymentState.PENDING)
        for cents, currency, on, payer, state in rows.values_list(*columns)[:SHOWN]
    )
