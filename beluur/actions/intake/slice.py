"""One slice of an intake to rows: debtors, keys, contacts, invoices, what is gone, copies, events; a fixed number of
statements, whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from beluur.actions.intake.amounts import recompute_open
from beluur.actions.once import Doer
from beluur.domain.where import assumed_language, assumed_time_zone, country_from
from beluur.store.models import (
    Administration,
    Contact,
    Debtor,
    DebtorKey,
    Document,
    Intake,
    Invoice,
    StagedRow,
)
from beluur.store.save import Happening, append_many, save_search_text, update_many
from beluur.values.sentence import say

INVOICE_DATES = ("issued", "due", "as_of")


def publish_rows(doer: Doer, intake: Intake, rows: Sequence[StagedRow]) -> None:
    """Publishes these staged rows, in the running transaction."""
    for row in rows:
        if row.kind == "known_to":
            _move_known_to(doer, row)
    parts = [row for row in rows if row.kind == "debtor"]
    if parts:
        house = Administration.objects.get(id=doer.administration_id)
        _make_debtors(doer, house, [row for row in parts if row.debtor_id is None])
        _fill_debtors(doer, [row for row in parts if row.change != "new"])
        _add_keys(doer, parts)
        _add_contacts(doer, parts)
        _add_invoices(doer, parts)
        _change_invoices(doer, parts)
        if intake.close_gone:
            _close_gone(doer, parts)
        _add_copies(doer, parts)
        _put_on_record(doer, intake, parts)
        ids = [row.debtor_id for row in parts if row.debtor_id]
        Debtor.objects.filter(administration_id=doer.administration_id, id__in=ids).update(step_stale=True)
        save_search_text(doer.administration_id, ids)
    update_many(
        StagedRow,
        doer.administration_id,
        ("state", "debtor_id"),
        [("done", row.debtor_id, row.id) for row in rows],
    )


def _move_known_to(doer: Doer, row: StagedRow) -> None:
    """Unchanged invoices are now known to a later day; their debtors' promises may be judged on it."""
    pairs = row.record["invoices"]
    here = {"administration_id": doer.administration_id}
    Invoice.objects.filter(**here, id__in=[i for i, _ in pairs]).update(
        as_of=date.fromisoformat(row.record["as_of"]), source_id=row.record["source_id"]
    )
    Debtor.objects.filter(**here, id__in={d for _, d in pairs}).update(step_stale=True)


def _make_debtors(doer: Doer, house: Administration, rows: Sequence[StagedRow]) -> None:
    debtors = []
    for row in rows:
        fills = row.record["fills"]
        iban = next((value for kind, value in row.record["keys"] if kind == "iban"), "")
        country = fills.get("country") or country_from(
            fills.get("vat_number", ""), iban, fills.get("phone", ""), house.country
        )
        debtors.append(
            Debtor(
                administration_id=doer.administration_id,
                name=row.record["name"][:200] or "?",
                kind=fills.get("kind") or "business",
                kind_known=bool(fills.get("kind")),
                country=country[:2],
                language=fills.get("language") or assumed_language(country, fills.get("postcode", "")),
                time_zone=assumed_time_zone(country, house.time_zone),
                currency=house.currency,
                created_at=doer.at,
                **dict(_columns(fills)),
            )
        )
    Debtor.objects.bulk_create(debtors)
    for row, debtor in zip(rows, debtors, strict=True):
        row.debtor_id = debtor.id


def _columns(fills: dict[str, str]) -> Iterable[tuple[str, str]]:
    lengths = {"street": 200, "postcode": 20, "city": 120, "phone": 40, "email": 254}
    lengths |= {"vat_number": 20, "company_number": 20}
    return ((name, fills[name][:length]) for name, length in lengths.items() if fills.get(name))


def _fill_debtors(doer: Doer, rows: Sequence[StagedRow]) -> None:
    """Only what was empty: what a person has put right is not undone by next week's list."""
    wanted = {row.debtor_id: dict(_columns(row.record["fills"])) for row in rows if row.record["fills"]}
    if not wanted:
        return
    names = ("street", "postcode", "city", "phone", "email", "vat_number", "company_number")
    found = Debtor.objects.filter(administration_id=doer.administration_id, id__in=wanted)
    filled = [
        (*(old or wanted[i].get(name, "") for name, old in zip(names, values, strict=True)), i)
        for i, *values in found.values_list("id", *names)
        if any(not old and wanted[i].get(name) for name, old in zip(names, values, strict=True))
    ]
    update_many(Debtor, doer.administration_id, names, filled)


def _add_keys(doer: Doer, rows: Sequence[StagedRow]) -> None:
    keys = [
        DebtorKey(administration_id=doer.administration_id, debtor_id=row.debtor_id, kind=kind, value=value)
        for row in rows
        for kind, value in row.record["keys"]
    ]
    DebtorKey.objects.bulk_create(keys, ignore_conflicts=True)


def _add_contacts(doer: Doer, rows: Sequence[StagedRow]) -> None:
    with_contacts = [row for row in rows if row.record["contacts"]]
    if not with_contacts:
        return
    known: dict[int, list[tuple[str, str, str, str]]] = {}
    here = Contact.objects.filter(
        administration_id=doer.administration_id, debtor_id__in=[row.debtor_id for row in with_contacts]
    )
    for debtor_id, *values in here.values_list("debtor_id", "name", "phone", "mobile", "email"):
        known.setdefault(debtor_id, []).append(tuple(values))
    new = []
    for row in with_contacts:
        own = known.setdefault(row.debtor_id or 0, [])
        for values in row.record["contacts"]:
            signature = (values["name"], values["phone"], values["mobile"], values["email"])
            if any(_same_person(signature, other) for other in own):
                continue
            own.append(signature)
            new.append(
                Contact(
                    administration_id=doer.administration_id,
                    debtor_id=row.debtor_id,
                    position=len(own),
                    for_payments=len(own) == 1,
                    **values,
                )
            )
    Contact.objects.bulk_create(new)


def _same_person(a: tuple[str, str, str, str], b: tuple[str, str, str, str]) -> bool:
    """The same mail address; or the same name with no other number; or the same number without another name."""
    if a[3] and a[3].lower() == b[3].lower():
        return True
    if a[0] and b[0]:
        return a[0].casefold() == b[0].casefold() and (not a[1] or not b[1] or a[1] == b[1])
    return bool(a[1]) and a[1] == b[1]


def _add_invoices(doer: Doer, rows: Sequence[StagedRow]) -> None:
    new = []
    for row in rows:
        for invoice in row.record["invoices"]:
            if invoice["change"] != "new":
                continue
            values = dict(invoice["values"])
            for name in INVOICE_DATES:
                values[name] = date.fromisoformat(values[name]) if values[name] else None
            new.append(
                Invoice(
                    administration_id=doer.administration_id,
                    debtor_id=row.debtor_id,
                    open_cents=values["stated_open_cents"],
                    **values,
                )
            )
    Invoice.objects.bulk_create(new, batch_size=1000)


def _change_invoices(doer: Doer, rows: Sequence[StagedRow]) -> None:
    """Takes over what the file says, column by column, then computes what is open anew."""
    by_column: dict[str, list[tuple[Any, int]]] = {}
    restated: dict[int, bool] = {}
    for row in rows:
        for invoice in row.record["invoices"]:
            if invoice["change"] == "new":
                continue
            for name, value in invoice["values"].items():
                by_column.setdefault(name, []).append((value, invoice["id"]))
            if "as_of" in invoice["values"]:
                restated[invoice["id"]] = "stated_open_cents" in invoice["values"]
    _keep_sign(by_column)
    for name, pairs in by_column.items():
        update_many(Invoice, doer.administration_id, (name,), pairs)
    recompute_open(doer.administration_id, restated)


def _keep_sign(by_column: dict[str, list[tuple[Any, int]]]) -> None:
    """What is open shares its sign with the amount at every moment: both are set before it is computed."""
    stated = by_column.get("stated_open_cents", [])
    if stated:
        by_column["open_cents"] = list(stated)


def _close_gone(doer: Doer, rows: Sequence[StagedRow]) -> None:
    gone = [invoice for row in rows for invoice in row.record["gone"]]
    update_many(
        Invoice,
        doer.administration_id,
        ("open_cents", "stated_open_cents", "booked_cents", "as_of", "closed_on", "closed_because"),
        [(0, 0, 0, invoice["closed_on"], invoice["closed_on"], "gone", invoice["id"]) for invoice in gone],
    )


def _add_copies(doer: Doer, rows: Sequence[StagedRow]) -> None:
    wanted = [(row.debtor_id, copy) for row in rows for copy in row.record["copies"]]
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
    numbers = [copy["number"] for _, copy in wanted]
    found = Invoice.objects.filter(
        administration_id=doer.administration_id,
        number__in=numbers,
        copy=None,
        debtor_id__in=[d for d, _ in wanted],
    )
    ids = {(debtor_id, number): i for i, debtor_id, number in found.values_list("id", "debtor_id", "number")}
    links = [
        (document.id, ids[debtor_id, copy["number"]])
        for document, (debtor_id, copy) in zip(documents, wanted, strict=True)
        if (debtor_id, copy["number"]) in ids
    ]
    update_many(Invoice, doer.administration_id, ("copy_id",), links)


def _put_on_record(doer: Doer, intake: Intake, rows: Sequence[StagedRow]) -> None:
    happenings = []
    for row in rows:
        changes = [invoice["change"] for invoice in row.record["invoices"]]
        gone = len(row.record["gone"]) if intake.close_gone else 0
        said = say(
            "event.intake",
            new=changes.count("new"),
            changed=changes.count("changed"),
            gone=gone,
            contacts=len(row.record["contacts"]),
        )
        facts = {"intake": intake.id, "invoices": [i["number"] for i in row.record["invoices"]][:200]}
        happenings.append(Happening(row.debtor_id or 0, "intake", said, facts=facts))
    append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)
