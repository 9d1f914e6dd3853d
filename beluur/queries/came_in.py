"""Money of one debtor that came in these days, or may be his: what keeps a caller from asking for what is there (J1, J2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, Sum

from beluur.domain.payment_state import PaymentState
from beluur.store.load.bank import also_his, is_shared
from beluur.store.models import Allocation, Payment
from beluur.store.written import written
from beluur.values.money import Money

RECENT_DAYS = 3
OLDEST_DAYS = 10  # a statement of last week that is taken in now is news; one of last year is not
SHOWN = 3
_PERHAPS = written(
    lambda administration_id, debtor_id: (
        Payment.objects.filter(administration_id=administration_id, perhaps_id=debtor_id, left_cents__gt=0)
        .order_by("-booked_on", "-id")
        .values_list("left_cents", "currency", "booked_on", "counterparty", "state")[:SHOWN]
    )
)
_SHARED = written(
    lambda administration_id: Payment.objects.filter(
        is_shared(), administration_id=administration_id
    ).values_list("currency", "booked_on", "counterparty", "proposal")
)
_COLUMNS = (
    "payment_id payment__takes_back_id payment__booked_on payment__at payment__currency payment__counterparty invoice__number"
).split()


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
    """What paid his invoices these days less what went back of it, the newest first; one query."""
    news = Q(payment__at__gte=now - timedelta(days=RECENT_DAYS))
    booked = Q(payment__booked_on__gte=today - timedelta(days=RECENT_DAYS))
    # not as a join: few are reversed, and SQLite makes an index of all payments to find them
    reversal = Payment.objects.filter(administration_id=administration_id, reverses_id=OuterRef("payment_id"))
    rows = Allocation.objects.filter(
        news | booked,
        administration_id=administration_id,
        invoice__debtor_id=debtor_id,
        payment__booked_on__gte=today - timedelta(days=OLDEST_DAYS),
    ).exclude(Exists(reversal))
    payments: dict[int, tuple[date, datetime, str, str]] = {}
    parts: dict[int, Counter[str]] = defaultdict(Counter)
    for i, back_of, *told, number, net in (
        rows.order_by("-payment__at", "-payment_id").values_list(*_COLUMNS).annotate(net=Sum("cents"))
    ):
        parts[back_of or i][number] += net
        if back_of is None:
            payments[i] = (told[0], told[1], told[2], told[3])
    still = [(i, told, +parts[i]) for i, told in payments.items()]
    return tuple(
        CameIn(Money(sum(paid.values()), currency), on, at, payer, tuple(sorted(paid)))
        for _, (on, at, currency, payer), paid in [found for found in still if found[2]][:SHOWN]
    )


def perhaps_his(administration_id: int, debtor_id: int) -> tuple[Perhaps, ...]:
    """Payments that wait and may be his, or a part of them, the newest first; two queries."""
    his = [
        Perhaps(Money(cents, currency), on, payer, state == PaymentState.PENDING)
        for cents, currency, on, payer, state in _PERHAPS(administration_id, debtor_id)
    ]
    for currency, on, payer, proposal in _SHARED(administration_id):
        if cents := also_his(proposal).get(debtor_id):
            his.append(Perhaps(Money(cents, currency), on, payer, announced=False))
    return tuple(sorted(his, key=lambda p: p.booked_on, reverse=True)[:SHOWN])
