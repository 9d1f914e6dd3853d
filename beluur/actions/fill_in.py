"""Fills in, during a call, what a briefing was missing (C13): only what was given changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from beluur.actions.add_contact import ContactFacts, add_contact
from beluur.actions.change_contact import change_contact
from beluur.actions.change_debtor import change_debtor
from beluur.actions.debtor_facts import facts_of
from beluur.actions.once import Doer
from beluur.store.models import Contact, Debtor


def fill_in_contact(doer: Doer, *, debtor_id: int, contact_id: int | None, given: Mapping[str, str]) -> None:
    """``given`` are fields of `ContactFacts`; what is empty stays as it is. Without ``contact_id`` a new person. Raises Refused
    at the field that is not right, Contact.DoesNotExist for one of another debtor."""
    filled = {name: text.strip() for name, text in given.items() if text.strip()}
    if contact_id is None:
        add_contact(doer, debtor_id=debtor_id, facts=ContactFacts(**filled))  # type: ignore[arg-type]
        return
    contact = Contact.objects.get(
        administration_id=doer.administration_id, debtor_id=debtor_id, id=contact_id, removed_at=None
    )
    known = ContactFacts(**{name: getattr(contact, name) for name in ContactFacts.__slots__})
    change_contact(doer, contact_id=contact_id, facts=replace(known, **filled))  # type: ignore[arg-type]


def fill_in_delivery(doer: Doer, *, debtor_id: int, delivery: str, responsible: str) -> None:
    """How the delivery went and who was responsible for it (C3). Raises Debtor.DoesNotExist."""
    debtor = Debtor.objects.get(administration_id=doer.administration_id, id=debtor_id)
    known = facts_of(doer, debtor)
    facts = replace(known, delivery_note=delivery.strip(), responsible=responsible.strip()[:120])
    change_debtor(doer, debtor_id=debtor_id, facts=facts)
