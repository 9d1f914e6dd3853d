"""One slice of an intake to rows of debtors that are known: what was empty is filled, contacts and invoices are added,
what changed is taken over, what is gone is closed; a fixed number of statements, whatever its size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from beluur.actions.intake.fresh import (
    INVOICE,
    LENGTHS,
    contact_row,
    currency_of,
    intake_happening,
    invoice_row,
)
from beluur.actions.intake.same_person import known_people, same_person
from beluur.actions.intake.waiting import Waiting
from beluur.actions.once import Doer
from beluur.actions.open_amounts import as_stated, recompute_open, take_over
from beluur.store.models import Contact, Debtor, DebtorKey, Document, Intake, Invoice
from beluur.store.save import append_many, insert_many, save_search_text, update_many

_CONTACT = "administration_id debtor_id name role phone mobile email language for_payments position".split()


def publish_known(doer: Doer, intake: Intake, rows: Sequence[Waiting]) -> None:
    """Publishes staged rows of known debtors, in the running transaction."""
    for row in rows:
        if row.kind == "known_to":
            _move_known_to(doer, row)
    parts = [row for row in rows if row.kind == "debtor"]
    if not parts:
        return
    _fill_debtors(doer, parts)
    _add_keys(doer, parts)
    _add_contacts(doer, parts)
    _settle_currency(doer, parts)
    _add_invoices(doer, parts)
    _change_invoices(doer, parts)
    if intake.close_gone:
        _close_gone(doer, parts)
    add_copies(doer, parts)
    happenings = [
        intake_happening(
            row.debtor_id or 0, intake.id, row.record, gone=len(row.record["gone"]) * intake.close_gone
        )
        for row in parts
    ]
    append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)
    ids = [row.debtor_id for row in parts if row.debtor_id]
    Debtor.objects.filter(administration_id=doer.administration_id, id__in=ids).update(step_stale=True)
    save_search_text(doer.administration_id, ids)


def _move_known_to(doer: Doer, row: Waiting) -> None:
    """Unchanged invoices are now known to a later day; their debtors' promises may be judged on it."""
    ids = [i for i, _, _ in row.record["invoices"]]
    here = {"administration_id": doer.administration_id}
    invoices = Invoice.objects.filter(**here, id__in=ids)
    paid_meanwhile = set(invoices.exclude(booked_cents=0).values_list("id", flat=True))
    before = as_stated(doer.administration_id, paid_meanwhile)
    invoices.update(as_of=date.fromisoformat(row.record["as_of"]), source_id=row.record["source_id"])
    recompute_open(doer.administration_id, before)
    debtors = {debtor_id for _, debtor_id, _ in row.record["invoices"]}
    Debtor.objects.filter(**here, id__in=debtors).update(step_stale=True)


def _fill_debtors(doer: Doer, rows: Sequence[Waiting]) -> None:
    """Only what was empty: what a person has put right is not undone by next week's list."""
    wanted = {row.debtor_id or 0: row.record["fills"] for row in rows if row.record["fills"]}
    if not wanted:
        return
    found = Debtor.objects.filter(administration_id=doer.administration_id, id__in=wanted)
    filled = [
        (*(old or wanted[i].get(n, "")[: LENGTHS[n]] for n, old in zip(LENGTHS, values, strict=True)), i)
        for i, *values in found.values_list("id", *LENGTHS)
        if any(not old and wanted[i].get(n) for n, old in zip(LENGTHS, values, strict=True))
    ]
    update_many(Debtor, doer.administration_id, tuple(LENGTHS), filled)
    _tell_kinds(doer, {i: fills["kind"] for i, fills in wanted.items() if fills.get("kind")})


def _tell_kinds(doer: Doer, told: Mapping[int, str]) -> None:
    """A kind that was assumed becomes the one that the file says; what happens next is reckoned anew, for it depends on it."""
    debtors = Debtor.objects.filter(administration_id=doer.administration_id)
    assumed = list(debtors.filter(id__in=told, kind_known=False).values_list("id", flat=True))
    update_many(Debtor, doer.administration_id, ("kind",), [(told[i], i) for i in assumed])
    debtors.filter(id__in=assumed).update(kind_known=True, step_stale=True)


def _add_keys(doer: Doer, rows: Sequence[Waiting]) -> None:
    keys = [
        (doer.administration_id, row.debtor_id, kind, value)
        for row in rows
        for kind, value in row.record["keys"]
    ]
    insert_many(DebtorKey, ("administration_id", "debtor_id", "kind", "value"), keys, ignore_doubles=True)


def _add_contacts(doer: Doer, rows: Sequence[Waiting]) -> None:
    with_contacts = [row for row in rows if row.record["contacts"]]
    if not with_contacts:
        return
    known = known_people(doer.administration_id, [row.debtor_id or 0 for row in with_contacts])
    new = []
    for row in with_contacts:
        own = known[row.debtor_id or 0]
        for contact in row.record["contacts"]:
            if not any(same_person(contact, other) for other in own):
                args = (doer.administration_id, row.debtor_id or 0, contact, len(own))
                new.append(contact_row(*args, first=not own))
                own.append(contact)
    insert_many(Contact, _CONTACT, new)


def _settle_currency(doer: Doer, rows: Sequence[Waiting]) -> None:
    """A debtor without an invoice so far takes the currency of his first ones."""
    here = {"administration_id": doer.administration_id}
    wanted = {row.debtor_id: row for row in rows if any(i["change"] == "new" for i in row.record["invoices"])}
    bare = Debtor.objects.filter(**here, id__in=[i for i in wanted if i], invoices=None)
    found = [
        (currency_of(wanted[i].record["invoices"], now), now, i)
        for i, now in bare.values_list("id", "currency")
    ]
    update_many(
        Debtor, doer.administration_id, ("currency",), [(new, i) for new, now, i in found if new != now]
    )


def _add_invoices(doer: Doer, rows: Sequence[Waiting]) -> None:
    new = [
        invoice_row(doer.administration_id, row.debtor_id or 0, invoice["values"])
        for row in rows
        for invoice in row.record["invoices"]
        if invoice["change"] == "new"
    ]
    columns = ("administration_id", "debtor_id", "open_cents", *INVOICE)
    insert_many(Invoice, columns, new, ignore_doubles=True)  # one entered by hand meanwhile stays as it is


def _change_invoices(doer: Doer, rows: Sequence[Waiting]) -> None:
    """Takes over what the file says, column by column, then computes what is open anew."""
    by_column: dict[str, list[tuple[Any, int]]] = {}
    restated: set[int] = set()
    for row in rows:
        for invoice in row.record["invoices"]:
            if invoice["change"] == "new":
                continue
            for name, value in invoice["values"].items():
                by_column.setdefault(name, []).append((value, invoice["id"]))
            if "as_of" in invoice["values"]:
                restated.add(invoice["id"])
    before = as_stated(doer.administration_id, restated)
    take_over(doer.administration_id, by_column)
    recompute_open(doer.administration_id, before)


def _close_gone(doer: Doer, rows: Sequence[Waiting]) -> None:
    gone = [invoice for row in rows for invoice in row.record["gone"]]
    before = as_stated(doer.administration_id, {invoice["id"] for invoice in gone})
    update_many(
        Invoice,
        doer.administration_id,
        ("open_cents", "stated_open_cents", "booked_cents", "as_of", "closed_on", "closed_because"),
        [(0, 0, 0, invoice["closed_on"], invoice["closed_on"], "gone", invoice["id"]) for invoice in gone],
    )
    recompute_open(doer.administration_id, before)


def add_copies(doer: Doer, rows: Sequence[Waiting]) -> None:
    """Invoice copies, each to its invoice when that has none yet."""
    wanted = [(row.debtor_id or row.target_id, copy) for row in rows for copy in row.record["copies"]]
    if not wanted:
        return
    documents = [
        Document(
            administration_id=doer.administration_id,
            debtor_id=debtor_id,
            kind="invoice_copy",
            name=copy["name"][:200],
            sha256=copy["sha256"],
            size=copy["size"],
            created_at=doer.at,
        )
        for debtor_id, copy in wanted
    ]
    Document.objects.bulk_create(documents)
    found = Invoice.objects.filter(
        administration_id=doer.administration_id,
        number__in=[copy["number"] for _, copy in wanted],
        debtor_id__in=[d for d, _ in wanted],
        copy=None,
    )
    ids = {(debtor_id, number): i for i, debtor_id, number in found.values_list("id", "debtor_id", "number")}
    links = [
        (document.id, ids[key])
        for document, (debtor_id, copy) in zip(documents, wanted, strict=True)
        if (key := (debtor_id, copy["number"])) in ids
    ]
    update_many(Invoice, doer.administration_id, ("copy_id",), links)
