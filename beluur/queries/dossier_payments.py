"""What one debtor paid, and what another paid for him, newest first, with how it is known. Six queries."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Sum

from beluur.queries.dossier_rows import Because, PaidHere, PaymentRow
from beluur.store.models import Allocation, Event, Invoice, Payment
from beluur.store.written import written
from beluur.values.money import Money
from beluur.values.sentence import Sentence

RECENT = 30
_COLUMNS = (
    "id booked_on amount_cents currency way text left_cents account_id counterparty reverses_id is_reversed"
).split()


def payments_of(administration_id: int, debtor_id: int) -> tuple[PaymentRow, ...]:
    """Found by whose they are and by the invoices that they pay, so that one from his group stands here too. What the bank took
    back is told with the payment that went back."""
    wanted = _newest(administration_id, debtor_id)
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in _those(administration_id, wanted)]
    if not rows:
        return ()
    ids = tuple(row["id"] for row in rows)
    used, his = _parts(administration_id, debtor_id, ids)
    back = {i: (on, cents) for i, on, cents in _went_back(administration_id, ids)}
    reasons = _reasons(administration_id, debtor_id)
    return tuple(
        PaymentRow(
            row["id"],
            row["booked_on"],
            Money(row["amount_cents"], row["currency"]),
            Money(_left(row, used[row["id"]]), row["currency"]),
            row["way"],
            row["text"],
            tuple(PaidHere(number, Money(cents, row["currency"])) for number, cents in his[row["id"]]),
            reversed=row["is_reversed"],
            reversal=row["reverses_id"] is not None,
            by_bank=row["account_id"] is not None,
            payer=row["counterparty"],
            returned=back[row["id"]][0] if row["id"] in back else None,
            went_back=Money(-back[row["id"]][1] if row["id"] in back else 0, row["currency"]),
            because=reasons.get(row["id"], ()) if row["account_id"] else (),
        )
        for row in rows
    )


@written
def _those(administration_id: Any, ids: Any) -> QuerySet[Payment, Any]:
    here = Payment.objects.filter(administration_id=administration_id)
    return (
        here.filter(id__in=ids, takes_back=None)
        .exclude(state="undone")
        .annotate(is_reversed=Exists(here.filter(reverses_id=OuterRef("id"))))
        .order_by("-booked_on", "-id")
        .values_list(*_COLUMNS)[:RECENT]
    )


@written
def _went_back(administration_id: Any, ids: Any) -> QuerySet[Payment, Any]:
    """Apart: few payments are, and joined to them SQLite makes an index of all payments first."""
    rows = Payment.objects.filter(administration_id=administration_id, takes_back_id__in=ids)
    told = rows.order_by().values_list("takes_back_id")
    return told.annotate(on=Max("booked_on"), cents=Sum("amount_cents"))


def _newest(administration_id: int, debtor_id: int) -> tuple[int, ...]:
    """Ids of his own payments and of those that are on his invoices; apart, so that each is found by its index."""
    found = (*_own(administration_id, debtor_id), *_others(administration_id, debtor_id))
    return tuple(row[0] for row in found)


@written
def _own(administration_id: Any, debtor_id: Any) -> QuerySet[Payment, Any]:
    his = Payment.objects.filter(administration_id=administration_id, debtor_id=debtor_id)
    return his.order_by("-booked_on", "-id").values_list("id")[: 2 * RECENT]


@written
def _others(administration_id: Any, debtor_id: Any) -> QuerySet[Allocation, Any]:
    here = {"administration_id": administration_id}
    invoices = Invoice.objects.filter(**here, debtor_id=debtor_id).values("id")
    others = Allocation.objects.filter(**here, invoice_id__in=invoices).exclude(payment__debtor_id=debtor_id)
    newest = others.order_by("-payment__booked_on", "-payment_id").values_list("payment_id").distinct()
    return newest[: 2 * RECENT]


def _left(row: dict[str, Any], used: int) -> int:
    """The bank's bookings count it themselves; those by hand leave it to their allocations."""
    cents: int = row["left_cents"] if row["account_id"] else row["amount_cents"] - used
    return cents


def _parts(
    administration_id: int, debtor_id: int, ids: tuple[int, ...]
) -> tuple[dict[int, int], dict[int, list[tuple[str, int]]]]:
    """What of each payment is on invoices, whoever's; and (number, cents) of those that are his."""
    used: dict[int, int] = defaultdict(int)
    his: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for payment_id, number, owner, net in _allocated(administration_id, ids):
        used[payment_id] += net
        if net and owner == debtor_id:
            his[payment_id].append((number, net))
    return used, his


@written
def _allocated(administration_id: Any, ids: Any) -> QuerySet[Allocation, Any]:
    return (
        Allocation.objects.filter(administration_id=administration_id, payment_id__in=ids)
        .order_by("payment_id", "invoice_id")
        .values_list("payment_id", "invoice__number", "invoice__debtor_id")
        .annotate(net=Sum("cents"))
    )


def _reasons(administration_id: int, debtor_id: int) -> dict[int, tuple[Because, ...]]:
    """By what each payment was known when it was booked here, from his own record; the last telling of each."""
    rows = Event.objects.filter(administration_id=administration_id, debtor_id=debtor_id, kind="payment")
    found: dict[int, tuple[Because, ...]] = {}
    for payload in rows.order_by("-at", "-id").values_list("payload", flat=True)[: 2 * RECENT]:
        said = json.loads(payload or "{}")
        about = said.get("facts", {}).get("payment")
        if about not in found:
            lines = said.get("details", ())
            found[about] = tuple(Because(Sentence.from_json(line)) for line in lines)
    return found
