"""Takes payments off their invoices again, by rows: what is open rises by as much as is still counted in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Sum

from beluur.actions.once import Doer
from beluur.actions.open_amounts import count_anew
from beluur.domain.reconciliation.part_back import part_back
from beluur.store.load.standing import Standing, standing
from beluur.store.models import Allocation, Debtor, DebtorKey, Invoice, Payment
from beluur.store.save import db_day, db_moment, insert_many, update_if, update_many


class Back(NamedTuple):
    """The payment with which another went back, and its day."""

    payment_id: int
    on: date


class Going(NamedTuple):
    """``cents`` of a payment that go back with another."""

    original: Payment
    back: Back
    cents: int


class GivenBack(NamedTuple):
    """What was taken off: invoice ids by debtor, and when the first of it had been booked; ``of_rest`` cents were on none."""

    invoices: dict[int, set[int]]
    since: datetime
    of_rest: int = 0


def give_back(doer: Doer, payment_ids: Collection[int], onto: Mapping[int, Back] | None = None) -> GivenBack:
    """Reverses all that these payments pay, each part by a row of its own, and counts anew what is open. ``onto``: the payment
    with which it went back, and which says so already; the reversing rows then belong to that, and its day says whether the
    stated open amount can know of it (ADR 0002). The debtors are to be locked before."""
    rows = _net(doer.administration_id, payment_ids)
    _reverse(doer, rows, onto or {})
    return _given(doer, rows)


def give_back_of(doer: Doer, going: Sequence[Going]) -> dict[int, GivenBack]:
    """The same for payments that went back with others, by their ids: of what is on no invoice first, then the newest."""
    parts = standing(doer.administration_id, [original.id for original, _, _ in going])
    taken_off: list[Standing] = []
    given: dict[int, GivenBack] = {}
    for original, _, cents in going:
        own = parts.get(original.id, [])
        taken = part_back([part.net for part in own], original.left_cents, cents)
        rows = [part._replace(net=net) for part, net in zip(own, taken.of_parts, strict=True) if net]
        given[original.id] = _given(doer, rows, taken.of_rest)
        taken_off += rows
    _reverse(doer, taken_off, {original.id: back for original, back, _ in going})
    return given


def _given(doer: Doer, rows: Sequence[Standing], of_rest: int = 0) -> GivenBack:
    invoices: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        invoices[row.debtor_id].add(row.invoice_id)
    return GivenBack(invoices, min((row.made for row in rows), default=doer.at), of_rest)


def _reverse(doer: Doer, rows: Sequence[Standing], onto: Mapping[int, Back]) -> None:
    if not rows:
        return
    back: list[tuple[Any, ...]] = []
    at = db_moment(doer.at)
    for row in rows:
        holder = onto.get(row.payment_id, Back(row.payment_id, row.on))
        went_back = holder.payment_id != row.payment_id
        lowers = row.lowers or (went_back and row.as_of is not None and holder.on > row.as_of)
        held = row.held and not went_back
        back.append((doer.administration_id, holder.payment_id, row.invoice_id, -row.net, lowers, held, at))
    insert_many(Allocation, "administration_id payment_id invoice_id cents lowers held at".split(), back)
    touched = {row.invoice_id for row in rows}
    count_anew(doer.administration_id, touched)
    paid = [(db_day(doer.at.date()), "paid", invoice_id) for invoice_id in sorted(touched)]
    closed = ("closed_on", "closed_because")
    update_if(Invoice, doer.administration_id, closed, paid, "open_cents = 0 AND closed_on IS NULL")
    debtors = sorted({row.debtor_id for row in rows})
    update_many(Debtor, doer.administration_id, ("step_stale",), [(True, debtor_id) for debtor_id in debtors])


_COLUMNS = "payment_id invoice_id lowers held payment__booked_on invoice__as_of invoice__debtor_id payment__at".split()


def _net(administration_id: int, payment_ids: Collection[int]) -> list[Standing]:
    rows = Allocation.objects.filter(administration_id=administration_id, payment_id__in=payment_ids)
    nets = rows.order_by().values_list(*_COLUMNS).annotate(net=Sum("cents"))
    return [Standing._make(row) for row in nets if row[-1]]


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
