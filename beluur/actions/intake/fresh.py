"""Debtors that an intake makes: all their rows are prepared before the database is held, so that writing them is short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from beluur.actions.intake.same_person import same_person
from beluur.actions.intake.speaks import country_of, language_of
from beluur.actions.intake.waiting import Waiting
from beluur.actions.once import Doer
from beluur.domain.where import assumed_time_zone
from beluur.store.models import Administration, Contact, Debtor, DebtorKey, Event, Invoice
from beluur.store.save import Happening, Writer, db_moment, insert_many, search_document
from beluur.store.save.chain import EVENT_COLUMNS
from beluur.values.sentence import say

LENGTHS = {
    "street": 200,
    "postcode": 20,
    "city": 120,
    "phone": 40,
    "email": 254,
    "vat_number": 20,
    "company_number": 20,
}
_DEBTOR = (
    "id administration_id name kind kind_known country language time_zone currency street postcode city phone email "
    "vat_number company_number created_at event_seq event_hash search_text"
).split()
_CONTACT = "administration_id debtor_id name role phone mobile email language for_payments position".split()
INVOICE = (
    "number number_key kind issued due currency amount_cents stated_open_cents as_of reference your_reference description "
    "term_days exemption exempt_cents source_id"
).split()
BLANK: dict[str, Any] = {
    "issued": None,
    "due": None,
    "reference": "",
    "your_reference": "",
    "description": "",
    "term_days": None,
    "exemption": "",
    "exempt_cents": 0,
}
"""What `compare.invoice_values` leaves out when a file does not tell it: most rows have nothing else there."""
_columns = itemgetter(*INVOICE)  # days are ISO text, as both databases take them
Rows = list[tuple[Any, ...]]


@dataclass(slots=True)
class Fresh:
    """Rows to insert, in this order."""

    debtors: Rows = field(default_factory=list)
    keys: Rows = field(default_factory=list)
    contacts: Rows = field(default_factory=list)
    invoices: Rows = field(default_factory=list)
    events: Rows = field(default_factory=list)


def prepare_fresh(doer: Doer, house: Administration, intake_id: int, rows: Sequence[Waiting]) -> Fresh:
    """Everything of the debtors in ``rows``, whose ids were reserved when they were staged."""
    fresh, made_at = Fresh(), db_moment(doer.at)
    events = Writer(doer.administration_id, doer.at, doer.user_id, doer.name)
    for row in rows:
        _prepare(fresh, events, house, intake_id, row, made_at)
    return fresh


def write_fresh(fresh: Fresh) -> None:
    """Inserts the rows, in the running transaction."""
    insert_many(Debtor, _DEBTOR, fresh.debtors)
    insert_many(
        DebtorKey, ("administration_id", "debtor_id", "kind", "value"), fresh.keys, ignore_doubles=True
    )
    insert_many(Contact, _CONTACT, fresh.contacts)
    insert_many(Invoice, ("administration_id", "debtor_id", "open_cents", *INVOICE), fresh.invoices)
    insert_many(Event, EVENT_COLUMNS, fresh.events)


def _prepare(
    fresh: Fresh, events: Writer, house: Administration, intake_id: int, row: Waiting, made_at: Any
) -> None:
    here, debtor_id, record = house.id, row.target_id or 0, row.record
    fills = {name: record["fills"].get(name, "")[:length] for name, length in LENGTHS.items()}
    country = country_of(record["keys"], record["fills"], house)
    contacts = _distinct(record["contacts"])
    event, head = events.first(intake_happening(debtor_id, intake_id, record, gone=0))
    document = _document(record, fills, country, contacts)
    kind = record["fills"].get("kind")
    fresh.debtors.append(
        (
            debtor_id,
            here,
            record["name"][:200] or "?",
            kind or "business",
            bool(kind),
            country[:2],
            language_of(record["name"], country, record["fills"], house),
            assumed_time_zone(country, house.time_zone),
            currency_of(record["invoices"], house.currency),
            *(fills[name] for name in LENGTHS),
            made_at,
            1,
            head,
            document,
        )
    )
    fresh.keys += ((here, debtor_id, kind, value) for kind, value in record["keys"])
    fresh.contacts += (contact_row(here, debtor_id, c, n, first=n == 0) for n, c in enumerate(contacts))
    fresh.invoices += (invoice_row(here, debtor_id, invoice["values"]) for invoice in record["invoices"])
    fresh.events.append(event)


def currency_of(invoices: Sequence[dict[str, Any]], usual: str) -> str:
    """The currency in which he is dunned: the usual one, unless all of his invoices are in others; then the commonest."""
    named = Counter(i["values"]["currency"] for i in invoices if i["change"] == "new")
    return usual if not named or usual in named else named.most_common(1)[0][0]


def _document(
    record: dict[str, Any], fills: dict[str, str], country: str, contacts: Sequence[dict[str, str]]
) -> str:
    return search_document(
        name=record["name"],
        city=fills["city"],
        country=country,
        phone=fills["phone"],
        numbers=[fills["email"], fills["vat_number"], fills["company_number"]]
        + [value for kind, value in record["keys"] if kind in ("number", "vat", "company", "email")],
        contacts=[(c["name"], (c["phone"], c["mobile"]), c["email"]) for c in contacts],
        invoices=[invoice["number"] for invoice in record["invoices"]],
    )


def _distinct(contacts: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for contact in contacts:
        if not any(same_person(contact, other) for other in found):
            found.append(contact)
    return found


def contact_row(
    administration_id: int, debtor_id: int, contact: dict[str, str], position: int, *, first: bool
) -> tuple[Any, ...]:
    """A contact as columns; the first one is whom to ask for until somebody says otherwise."""
    names = ("name", "role", "phone", "mobile", "email", "language")
    return (administration_id, debtor_id, *(contact[name] for name in names), first, position)


def invoice_row(administration_id: int, debtor_id: int, values: dict[str, Any]) -> tuple[Any, ...]:
    """An invoice as columns; all that is stated open is open."""
    return (administration_id, debtor_id, values["stated_open_cents"], *_columns({**BLANK, **values}))


def intake_happening(debtor_id: int, intake_id: int, record: dict[str, Any], *, gone: int) -> Happening:
    """What the timeline says of this intake."""
    changes = [invoice["change"] for invoice in record["invoices"]]
    said = say(
        "event.intake",
        new=changes.count("new"),
        changed=changes.count("changed"),
        gone=gone,
        contacts=len(record["contacts"]),
    )
    facts = {"intake": intake_id, "invoices": [i["number"] for i in record["invoices"]][:200]}
    return Happening(debtor_id, "intake", said, facts=facts)
