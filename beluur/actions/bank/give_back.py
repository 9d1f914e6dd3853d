"""Takes payments off their invoices again, by rows: what is open rises by as much as is still counted in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Sum

from beluur.actions.once import Doer
from beluur.domain.booking import returned_counts, still_counts
from beluur.store.models import Allocation, Debtor, DebtorKey, Invoice, Payment
from beluur.store.save import db_moment, insert_many


class Back(NamedTuple):
    """The payment with which another went back, and its day."""

    payment_id: int
    on: date


class GivenBack(NamedTuple):
    """What was taken off: invoice ids by debtor, and when the first of it had been booked."""

    invoices: dict[int, set[int]]
    since: datetime


def give_back(doer: Doer, payment_ids: Collection[int], onto: Mapping[int, Back] | None = None) -> GivenBack:
    """Reverses all that these payments pay, each part by a row of its own. ``onto``: the payment with which it went back, that
    the reversing rows then belong to; its own day says whether the stated open amount knows of it (ADR 0002)."""
    rows = _net(doer.administration_id, payment_ids)
    contained = _contained(doer.administration_id, {row.invoice_id for row in rows if row.on == row.as_of})
    back: list[tuple[Any, ...]] = []
    raised: list[tuple[int, int]] = []
    invoices: dict[int, set[int]] = defaultdict(set)
    at = db_moment(doer.at)
    for row in rows:
        holder = (onto or {}).get(row.payment_id, Back(row.payment_id, row.on))
        counts = still_counts(row.on, row.as_of, lowers=row.lowers, contained=row.invoice_id in contained)
        if holder.payment_id != row.payment_id:
            counts = returned_counts(holder.on, row.as_of, counted=counts)
        lowers = row.lowers or counts
        back.append((doer.administration_id, holder.payment_id, row.invoice_id, -row.net, lowers, at))
        invoices[row.debtor_id].add(row.invoice_id)
        if counts:
            raised.append((row.net, row.invoice_id))
    insert_many(Allocation, "administration_id payment_id invoice_id cents lowers at".split(), back)
    _raise(doer, raised)
    Debtor.objects.filter(administration_id=doer.administration_id, id__in=list(invoices)).update(
        step_stale=True
    )
    return GivenBack(invoices, min((row.made for row in rows), default=doer.at))


class _Row(NamedTuple):
    """What a payment still pays of an invoice."""

    payment_id: int
    invoice_id: int
    lowers: bool
    on: date
    as_of: date | None
    debtor_id: int
    made: datetime
    net: int


_COLUMNS = (
    "payment_id invoice_id lowers payment__booked_on invoice__as_of invoice__debtor_id payment__at".split()
)


def _net(administration_id: int, payment_ids: Collection[int]) -> list[_Row]:
    rows = Allocation.objects.filter(administration_id=administration_id, payment_id__in=payment_ids)
    nets = rows.order_by().values_list(*_COLUMNS).annotate(net=Sum("cents"))
    return [_Row._make(row) for row in nets if row[-1]]


def _contained(administration_id: int, invoice_ids: Iterable[int]) -> set[int]:
    """Invoices whose open amount was stated anew on the very day of a payment, and holds it: what is booked shows it."""
    rows = Allocation.objects.filter(
        administration_id=administration_id,
        invoice_id__in=list(invoice_ids),
        lowers=True,
        payment__booked_on__gte=F("invoice__as_of"),
    )
    booked: dict[int, int] = {}
    moved: dict[int, int] = defaultdict(int)
    for i, cents, now in rows.values_list("invoice_id", "cents", "invoice__booked_cents"):
        booked[i] = now
        moved[i] += cents
    return {i for i, now in booked.items() if now != moved[i]}


def _raise(doer: Doer, parts: Sequence[tuple[int, int]]) -> None:
    """Open is what was stated less what is booked, never beyond nothing: an invoice may have been paid twice meanwhile."""
    if not parts:
        return
    still = "(stated_open_cents - booked_cents + %s)"
    sql = (
        f"UPDATE store_invoice SET open_cents = CASE WHEN (amount_cents >= 0) = ({still} > 0) THEN {still} ELSE 0 END,"  # noqa: S608
        " booked_cents = booked_cents - %s WHERE id = %s AND administration_id = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(c, c, c, i, doer.administration_id) for c, i in parts])
    here = Invoice.objects.filter(administration_id=doer.administration_id, id__in=[i for _, i in parts])
    here.exclude(open_cents=0).update(closed_on=None, closed_because="")
    here.filter(open_cents=0, closed_on=None).update(closed_on=doer.at.date(), closed_because="paid")


def forget_payers(administration_id: int, ibans: Iterable[str], debtor_ids: Iterable[int]) -> None:
    """These accounts do not pay for these debtors after all, unless other payments from them do."""
    here = {"administration_id": administration_id}
    keys = DebtorKey.objects.filter(
        **here, kind="payer", value__in={i for i in ibans if i}, debtor_id__in=list(debtor_ids)
    )
    learnt = {(debtor_id, iban): i for i, debtor_id, iban in keys.values_list("id", "debtor_id", "value")}
    if not learnt:
        return
    paid = Payment.objects.filter(**here, iban__in={iban for _, iban in learnt}, account__isnull=False)
    paid = paid.exclude(state="undone")
    parts = paid.order_by().values_list("allocations__invoice__debtor_id", "iban", "id")
    paying = {(debtor, iban) for debtor, iban, _, net in parts.annotate(net=Sum("allocations__cents")) if net}
    paying |= set(paid.filter(state="explained", left_cents__gt=0).values_list("debtor_id", "iban"))
    DebtorKey.objects.filter(**here, id__in=[i for pair, i in learnt.items() if pair not in paying]).delete()
