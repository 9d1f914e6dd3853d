"""One dossier is handed to somebody outside, and that it was stands on record: to whom and why (A4)."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import the_debtor
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

LANGUAGES = ("nl", "fr", "en")
_LONGEST = 160


def hand_over_dossier(doer: Doer, *, debtor_id: int, to: str, why: str, language: str) -> None:
    """Refused without a name or a reason, and in a language that papers are not set in."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        for name, text in (("to", to), ("why", why)):
            if not text.strip():
                raise Refused(say("general.required"), name)
            if len(text.strip()) > _LONGEST:
                raise Refused(say("by_hand.too_long", most=_LONGEST), name)
        if language not in LANGUAGES:
            raise Refused(say("by_hand.choose"), "language")
        said = say("event.handed_to", name=to.strip())
        record = {"to": to.strip(), "language": language}
        put_on_record(doer, Happening(debtor.id, "handed_to", said, note=why.strip(), facts=record))
        return {}

    once(doer, "hand_over_dossier", do)
