"""Puts payments on invoices, by rows and within what is open; set-based, in the running transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, Sum

from beluur.actions.bank.on_timeline import payment_events
from beluur.actions.once import Doer
from beluur.domain.reconciliation.incoming import Part
from beluur.store.among import rows_among
from beluur.store.models import Allocation, DebtorKey, Invoice, Payment
from beluur.store.save import (
    Heads,
    Sealed,
    Writer,
    append_sealed,
    db_day,
    db_moment,
    insert_many,
    lock_heads,
)
from beluur.values.sentence import Sentence


class Raced(Exception):  # noqa: N818 - a signal to look again
    """Less was open than was read; nothing was booked."""


class Entry(NamedTuple):
    """One payment with the parts it pays. ``by``: by what it was known; ``iban`` is remembered for the one debtor it pays for,
    "" when it should not be."""

    payment_id: int
    booked_on: date
    cents: int
    currency: str
    parts: tuple[Part, ...]
    by: tuple[Sentence, ...] = ()
    iban: str = ""
    note: str = ""


class Ready(NamedTuple):
    """An entry with what it puts on the timelines of its debtors: made before anything is locked."""

    entry: Entry
    events: tuple[Sealed, ...]


def book(doer: Doer, entries: Sequence[Entry], numbers: Mapping[int, str] | None = None) -> set[int]:
    """Allocates, lowers, remembers whose account it is, and puts it on each timeline; gives the debtors, who are to be locked
    before. ``numbers`` of the invoices, by id, when they are at hand. Raises `Raced`."""
    ready = make_ready(doer, entries, numbers or {})
    debtors = {p.debtor_id for e, _ in ready for p in e.parts}
    book_ready(doer, ready, lock_heads(doer.administration_id, debtors))
    return debtors


def make_ready(doer: Doer, entries: Iterable[Entry], known: Mapping[int, str]) -> list[Ready]:
    """Those of the entries that book anything; ``known``: numbers of invoices, by id."""
    entries = [e for e in entries if e.parts]
    wanted = {p.invoice_id for e in entries for p in e.parts}
    here = doer.administration_id
    numbers = (
        known if wanted <= known.keys() else dict(rows_among(Invoice, here, "id", wanted, ("id", "number")))
    )
    return [Ready(entry, tuple(_events(entry, numbers))) for entry in entries]


def _events(e: Entry, numbers: Mapping[int, str]) -> Iterator[Sealed]:
    return payment_events(e.payment_id, (e.cents, e.currency), e.booked_on, e.parts, numbers, e.by, e.note)


def book_ready(doer: Doer, ready: Sequence[Ready], heads: Heads) -> None:
    """As `book`, onto the ends of the debtors' chains, which were locked in this transaction. Raises `Raced`."""
    if not ready:
        return
    here, at = doer.administration_id, db_moment(doer.at)
    rows = [(here, e.payment_id, p.invoice_id, p.cents, p.lowers, at) for e, _ in ready for p in e.parts]
    insert_many(Allocation, "administration_id payment_id invoice_id cents lowers at".split(), rows)
    lower(here, [(p.cents, e.booked_on, p.invoice_id) for e, _ in ready for p in e.parts if p.lowers])
    _remember(here, [e for e, _ in ready])
    writer = Writer(here, doer.at, doer.user_id, doer.name)
    append_sealed(writer, (event for _, events in ready for event in events), heads, stale=True)


def lower(administration_id: int, parts: Sequence[tuple[int, date, int]]) -> None:
    """Takes (cents, day, invoice id) off what is open, and only as far as it is open: a condition in the statement itself,
    whatever was read before. Raises `Raced`."""
    if not parts:
        return
    sql = (
        "UPDATE store_invoice SET open_cents = open_cents - %s, booked_cents = booked_cents + %s,"
        " closed_on = CASE WHEN open_cents = %s THEN %s ELSE closed_on END,"
        " closed_because = CASE WHEN open_cents = %s THEN 'paid' ELSE closed_because END"
        " WHERE id = %s AND administration_id = %s AND open_cents * %s > 0 AND abs(open_cents) >= abs(%s)"
    )
    days = {day: db_day(day) for _, day, _ in parts}
    rows = [
        (cents, cents, cents, days[day], cents, invoice_id, administration_id, cents, cents)
        for cents, day, invoice_id in sorted(parts, key=lambda part: part[2])  # all lock in one order
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)
        if cursor.rowcount != len(rows):
            raise Raced


def _remember(administration_id: int, entries: Sequence[Entry]) -> None:
    keys = {(administration_id, p.debtor_id, "payer", e.iban) for e in entries if e.iban for p in e.parts}
    insert_many(
        DebtorKey, ("administration_id", "debtor_id", "kind", "value"), sorted(keys), ignore_doubles=True
    )


def settle_states(administration_id: int, payment_ids: Collection[int]) -> None:
    """Recomputes what is left of these payments from their allocations and from what went back of the rest, and from that whether
    anybody has to look at it."""
    here = {"administration_id": administration_id}
    rows = Allocation.objects.filter(**here, payment_id__in=payment_ids).order_by().values_list("payment_id")
    used = dict(rows.annotate(used=Sum("cents")))
    went = dict(
        Payment.objects.filter(**here, takes_back_id__in=payment_ids)
        .order_by()
        .values_list("takes_back_id")
        .annotate(of_rest=Sum("left_cents"))
    )
    for payment in Payment.objects.filter(**here, id__in=payment_ids):
        payment.left_cents = payment.amount_cents - used.get(payment.id, 0) + went.get(payment.id, 0)
        touched = used.get(payment.id, 0) != 0 or payment.id in went
        payment.state = "explained" if not payment.left_cents else "rest" if touched else "unexplained"
        payment.save(update_fields=["left_cents", "state"])


def settle_originals(administration_id: int, payment_ids: Collection[int]) -> None:
    """The same for payments that do not go back after all: what was set aside, was held in the open items already or is kept as
    paid too much stays so."""
    rows = Payment.objects.filter(administration_id=administration_id, id__in=payment_ids)
    as_they_were = rows.filter(
        Q(state__in=("not_ours", "earlier")) | Q(state="explained", perhaps__isnull=False)
    )
    states = list(as_they_were.values_list("id", "state"))
    settle_states(administration_id, payment_ids)
    for payment_id, state in states:
        rows.filter(id=payment_id).update(state=state)
