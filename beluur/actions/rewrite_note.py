"""The caller corrects the report that was written for him; what stood there stays in the history."""

from __future__ import annotations

from typing import Any

from beluur.actions.end_call import the_call
from beluur.actions.once import Doer, once, put_on_record
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

LONGEST = 4000


def rewrite_note(doer: Doer, call_id: int, text: str) -> bool:
    """Whether something changed. Refused for who did not make the call, as long as it has not ended, when empty or too long.
    Raises Call.DoesNotExist."""

    def do() -> dict[str, Any]:
        call = the_call(doer, call_id)
        written = text.replace("\r\n", "\n").strip()
        if call.state != "ended" or call.corrected_by_id is not None:
            raise Refused(say("call.not_ended"))
        if call.caller_id != doer.user_id:
            raise Refused(say("note.not_yours"))
        if not written:
            raise Refused(say("general.required"), "text")
        if len(written) > LONGEST:
            raise Refused(say("by_hand.too_long", most=LONGEST), "text")
        if written == call.note:
            return {"changed": False}
        call.note = written
        call.save(update_fields=["note"])
        said = say("note.rewritten")
        put_on_record(doer, Happening(call.debtor_id, "note_rewritten", said, note=written, call_id=call.id))
        return {"changed": True}

    return bool(once(doer, "rewrite_note", do)["changed"])
