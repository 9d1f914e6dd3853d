"""Corrects what is known of a debtor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from beluur.actions.add_debtor import refuse_number_of_another
from beluur.actions.debtor_facts import DebtorFacts, checked, facts_of, put, save_keys
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.store.save import Happening
from beluur.values.sentence import say


def change_debtor(doer: Doer, *, debtor_id: int, facts: DebtorFacts) -> None:
    """Takes over the whole form; the timeline says which fields changed, and keeps what was there."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        before = facts_of(doer, debtor)
        known = checked(replace(facts, language=facts.language or before.language))
        refuse_number_of_another(doer, known.number, debtor.id)
        changed = put(debtor, known)
        if save_keys(doer, debtor, known, before) and known.number != before.number:
            changed.append("number")
        if changed:
            debtor.save()
            old = {name: getattr(before, name) for name in changed}
            names = tuple(say(f"field.{name}") for name in changed)
            said = say("event.debtor_changed", fields=names)
            put_on_record(doer, Happening(debtor.id, "debtor_changed", said, facts={"before": old}))
            facts_changed(doer, [debtor.id], searchable=True)
        return {"changed": changed}

    once(doer, "change_debtor", do)
