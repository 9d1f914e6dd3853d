"""Enters a debtor by hand."""

from __future__ import annotations

from typing import Any

from beluur.actions.assign_by_rule import assign_new
from beluur.actions.debtor_facts import DebtorFacts, checked, put, save_keys
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed
from beluur.store.models import Administration, Debtor, DebtorKey
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say


def add_debtor(doer: Doer, *, facts: DebtorFacts) -> int:
    """Gives the debtor's id. Refused when his customer number is already someone's."""

    def do() -> dict[str, Any]:
        house = Administration.objects.values_list("currency", "language")
        currency, language = house.get(id=doer.administration_id)
        known = checked(facts, language)
        refuse_number_of_another(doer, known.number, None)
        debtor = Debtor(administration_id=doer.administration_id, created_at=doer.at, currency=currency)
        put(debtor, known)
        debtor.save()
        save_keys(doer, debtor, known)
        put_on_record(doer, Happening(debtor.id, "debtor_added", say("event.debtor_added", name=debtor.name)))
        assign_new(doer, debtor.id)
        facts_changed(doer, [debtor.id], searchable=True)
        return {"debtor": debtor.id}

    return int(once(doer, "add_debtor", do)["debtor"])


def refuse_number_of_another(doer: Doer, number: str, own_id: int | None) -> None:
    """One customer number is one debtor."""
    if not number:
        return
    keys = DebtorKey.objects.filter(
        administration_id=doer.administration_id, kind="number", value=number, debtor__merged_into=None
    )
    other = keys.exclude(debtor_id=own_id or 0).values_list("debtor__name", flat=True).first()
    if other is not None:
        raise Refused(say("by_hand.number_taken", number=number, name=other), "number")
