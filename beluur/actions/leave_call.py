"""Leaves a call without an outcome: it was not made. What was typed waits for the next one."""

from __future__ import annotations

from typing import Any

from beluur.actions.end_call import the_call
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say


def leave_call(doer: Doer, call_id: int) -> None:
    """The debtor is free for others again. Refused when the call is not open, or is a colleague's."""

    def do() -> dict[str, Any]:
        call = the_call(doer, call_id)
        if call.state != "open" or call.caller_id != doer.user_id:
            raise Refused(say("call.not_yours"))
        call.state, call.ended_at = "left", doer.at
        call.save(update_fields=["state", "ended_at"])
        put_on_record(
            doer, Happening(call.debtor_id, "call_left", say("event.call_not_made"), call_id=call.id)
        )
        facts_changed(doer, [call.debtor_id])
        return {}

    once(doer, "leave_call", do)
