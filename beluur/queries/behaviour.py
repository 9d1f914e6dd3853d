"""How customers paid and kept their word, of as many as are asked for: two queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from beluur.domain.behaviour import WINDOW, Behaviour, Paid, behaviour
from beluur.store.models import Instalment, Invoice, Payment
from beluur.store.written import written

_JUDGED = ("kept", "late", "partly", "broken")
_NO_PROMISE = ("corrected", "withdrawn")


def behaviours(administration_id: int, debtor_ids: Collection[int], today: date) -> dict[int, Behaviour]:
    """By debtor id; of who never paid or promised too."""
    paid = _paid(administration_id, debtor_ids, today)
    words = _promises(administration_id, debtor_ids)
    found = {}
    for i in debtor_ids:
        kept, made = words.get(i, (0, 0))
        found[i] = behaviour(paid[i], today, kept=kept, made=made)
    return found


def behaviour_of(administration_id: int, debtor_id: int, today: date) -> Behaviour:
    """Of one debtor."""
    return behaviours(administration_id, [debtor_id], today)[debtor_id]


def _paid(administration_id: int, debtor_ids: Collection[int], today: date) -> dict[int, list[Paid]]:
    """On the day of the last payment when payments explain all of it, otherwise on the day it was found closed."""
    found: dict[int, list[Paid]] = defaultdict(list)
    rows = _closed(administration_id, tuple(debtor_ids), today - WINDOW)
    for i, due, closed, cents, told, last in rows:
        if due is not None and closed is not None:
            found[i].append(Paid(due, last if last and (told or 0) >= cents else closed, cents))
    return found


def _promises(administration_id: int, debtor_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Debtor id -> how many of his instalments were kept, of how many that were judged."""
    return {i: (kept, made) for i, kept, made in _judged(administration_id, tuple(debtor_ids))}


@written
def _closed(administration_id: Any, debtor_ids: Any, since: Any) -> QuerySet[Invoice, Any]:
    # not as joins: few payments went back, and SQLite makes an index of all payments to find them
    others = Payment.objects.filter(administration_id=administration_id)
    reversal = others.filter(reverses_id=OuterRef("allocations__payment_id"))
    return_of = others.filter(takes_back_id=OuterRef("allocations__payment_id"))
    standing = ~Exists(reversal) & ~Exists(return_of)
    rows = Invoice.objects.filter(
        administration_id=administration_id,
        debtor_id__in=debtor_ids,
        open_cents=0,
        amount_cents__gt=0,
        due__isnull=False,
        closed_on__gte=since,
        closed_because__in=("paid", "gone"),
    ).annotate(
        told=Sum("allocations__cents", filter=standing),
        last=Max("allocations__payment__booked_on", filter=Q(standing, allocations__cents__gt=0)),
    )
    return rows.values_list("debtor_id", "due", "closed_on", "amount_cents", "told", "last")


@written
def _judged(administration_id: Any, debtor_ids: Any) -> QuerySet[Instalment, Any]:
    rows = Instalment.objects.filter(
        administration_id=administration_id,
        promise__debtor_id__in=debtor_ids,
        promise__replaced_by=None,
        verdict__in=_JUDGED,
    ).exclude(promise__ended_because__in=_NO_PROMISE)
    return (
        rows.order_by()
        .values_list("promise__debtor_id")
        .annotate(kept=Count("id", filter=Q(verdict="kept")), made=Count("id"))
    )
