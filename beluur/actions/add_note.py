"""Puts a note on the timeline of a dossier."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import the_debtor
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

LONGEST = 4000


def add_note(doer: Doer, *, debtor_id: int, text: str) -> None:
    """The text as typed; refused when empty or longer than a page."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        if not text.strip():
            raise Refused(say("general.required"), "text")
        if len(text) > LONGEST:
            raise Refused(say("by_hand.too_long", most=LONGEST), "text")
        put_on_record(doer, Happening(debtor.id, "note", say("event.note"), note=text.strip()))
        return {}

    once(doer, "add_note", do)
