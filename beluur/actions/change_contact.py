"""Corrects a contact, or takes one away."""

from __future__ import annotations

from typing import Any

from beluur.actions.add_contact import ContactFacts, checked_contact, only_one_for_payments
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_contact, the_debtor
from beluur.store.models import Contact
from beluur.store.save import Happening
from beluur.values.sentence import say


def change_contact(doer: Doer, *, contact_id: int, facts: ContactFacts) -> int:
    """Takes over the whole form; a new number or address is no longer known to be wrong. Gives the debtor's id."""

    def do() -> dict[str, Any]:
        contact = the_contact(doer, contact_id)
        debtor = the_debtor(doer, contact.debtor_id)
        known = checked_contact(facts, debtor.country)
        before = {
            n: getattr(contact, n) for n in ContactFacts.__slots__ if getattr(contact, n) != getattr(known, n)
        }
        for name in before:
            setattr(contact, name, getattr(known, name))
        if "phone" in before:
            contact.phone_invalid = False
        if "email" in before:
            contact.email_bad_at = None
        if before:
            contact.save()
            only_one_for_payments(doer, contact)
            names = tuple(say(f"field.{name}") for name in before)
            said = say("event.contact_changed", name=_called(contact), fields=names)
            facts_before = {"contact": contact.id, "before": before}
            put_on_record(doer, Happening(debtor.id, "contact_changed", said, facts=facts_before))
            facts_changed(doer, [debtor.id], searchable=True)
        return {"debtor": debtor.id}

    return int(once(doer, "change_contact", do)["debtor"])


def remove_contact(doer: Doer, *, contact_id: int) -> int:
    """He no longer works there: not called, not mailed; the history keeps his name. Gives the debtor's id."""

    def do() -> dict[str, Any]:
        contact = the_contact(doer, contact_id)
        contact.removed_at = doer.at
        contact.for_payments = False
        contact.save(update_fields=["removed_at", "for_payments"])
        said = say("event.contact_removed", name=_called(contact))
        happening = Happening(contact.debtor_id, "contact_removed", said, facts={"contact": contact.id})
        put_on_record(doer, happening)
        facts_changed(doer, [contact.debtor_id], searchable=True)
        return {"debtor": contact.debtor_id}

    return int(once(doer, "remove_contact", do)["debtor"])


def _called(contact: Contact) -> str:
    return contact.name or contact.email or contact.phone or contact.mobile
