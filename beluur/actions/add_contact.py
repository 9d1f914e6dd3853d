"""Enters a person or desk at a debtor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from beluur.actions.debtor_facts import check_email, check_phone
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.store.models import Contact
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """The form of a contact; phone numbers as written, read with the debtor's country."""

    name: str = ""
    role: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    language: str = ""
    for_payments: bool = False


def checked_contact(facts: ContactFacts, country: str) -> ContactFacts:
    """Raises Refused at the field that is not right; a contact has at least a name or a way to reach him."""
    if not any((facts.name.strip(), facts.phone, facts.mobile, facts.email)):
        raise Refused(say("by_hand.contact_empty"), "name")
    check_phone(facts.phone, country, "phone")
    check_phone(facts.mobile, country, "mobile")
    check_email(facts.email, "email")
    return replace(facts, name=facts.name.strip(), email=facts.email.strip().lower())


def only_one_for_payments(doer: Doer, contact: Contact) -> None:
    """There is one contact for payments; the one before stays a contact."""
    if contact.for_payments:
        others = Contact.objects.filter(
            administration_id=doer.administration_id, debtor_id=contact.debtor_id, for_payments=True
        )
        others.exclude(id=contact.id).update(for_payments=False)


def add_contact(doer: Doer, *, debtor_id: int, facts: ContactFacts) -> int:
    """Gives the contact's id."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        known = checked_contact(facts, debtor.country)
        here = Contact.objects.filter(administration_id=doer.administration_id, debtor=debtor)
        contact = Contact(administration_id=doer.administration_id, debtor=debtor, position=here.count())
        for name in ContactFacts.__slots__:
            setattr(contact, name, getattr(known, name))
        contact.save()
        only_one_for_payments(doer, contact)
        said = say(
            "event.contact_added", name=contact.name or contact.email or contact.phone or contact.mobile
        )
        put_on_record(doer, Happening(debtor.id, "contact_added", said, facts={"contact": contact.id}))
        facts_changed(doer, [debtor.id], searchable=True)
        return {"contact": contact.id}

    return int(once(doer, "add_contact", do)["contact"])
