"""*Rente en kosten*: what one debtor owes by law besides what is open (H3). Three queries more than his case."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import QuerySet

from beluur.domain.claim import Claim, ClaimNotice
from beluur.domain.claim_case import claim_of_case
from beluur.domain.ladder_days import LAST_LEVEL, NOTICE_LEVEL
from beluur.store.load.cases import load_case
from beluur.store.models import Allocation, Invoice, Reminder

_AGREED = ("contract", "terms", "quote")  # a term that only the invoice names is not agreed
_PAID = (
    "invoice_id payment_id payment__takes_back_id payment__reverses_id cents payment__valued_on payment__booked_on"
).split()


def claim_of(administration_id: int, debtor_id: int, today: date) -> Claim:
    """As of ``today``, the day at the debtor; raises Debtor.DoesNotExist."""
    case = load_case(administration_id, debtor_id)
    whose = {"administration_id": administration_id, "debtor_id": debtor_id}
    running = Invoice.objects.filter(**whose).exclude(open_cents=0)
    agreed = frozenset(running.filter(term_agreed__in=_AGREED).values_list("id", flat=True))
    parts = Allocation.objects.filter(administration_id=administration_id, invoice__in=running)
    return claim_of_case(case, today, agreed=agreed, paid=_paid(parts), notices=_notices(whose))


def _paid(parts: QuerySet[Allocation]) -> dict[int, tuple[tuple[date, int], ...]]:
    """By invoice what came in for good, by the value day; what was taken back or reversed never came in."""
    net: dict[tuple[int, int], int] = defaultdict(int)
    days: dict[int, date] = {}
    for row in parts.order_by("payment_id", "id").values_list(*_PAID):
        invoice_id, payment_id, takes_back, reverses, cents, valued_on, booked_on = row
        came = takes_back or reverses or payment_id
        net[invoice_id, came] += cents
        if came == payment_id or came not in days:
            days[came] = valued_on or booked_on
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for (invoice_id, came), cents in net.items():
        if cents > 0:
            found[invoice_id].append((days[came], cents))
    return {i: tuple(sorted(rows)) for i, rows in found.items()}


def _notices(whose: dict[str, Any]) -> list[ClaimNotice]:
    """Formal notices that went in writing. What an export tells of is none: its day is not known, nor what it said."""
    rows = Reminder.objects.filter(**whose, level__gte=NOTICE_LEVEL, withdrawn_at=None, intake=None)
    told = rows.exclude(level=LAST_LEVEL).exclude(channel="phone").order_by("on", "id")
    return [
        ClaimNotice(on, channel != "mail", frozenset(numbers))
        for on, channel, numbers in told.values_list("on", "channel", "invoice_numbers")
    ]
