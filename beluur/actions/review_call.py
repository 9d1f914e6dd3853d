"""Keeps how the caller looks back on his call (G1). It is his, and not put on the timeline."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.domain.case import Outcome, Result
from beluur.domain.look_back import Went, choices
from beluur.store.models import Call
from beluur.values.problem import Refused
from beluur.values.sentence import say


def review_call(doer: Doer, call_id: int, *, went: str, differently: str = "") -> None:
    """``went`` is well or better, ``differently`` one of the choices that fit the call, or empty. Said again it takes the place
    of before; an empty ``went`` takes it back. Refused for who did not make the call, and while it runs. Raises
    Call.DoesNotExist."""

    def do() -> dict[str, Any]:
        call = (
            Call.objects.select_for_update().filter(administration_id=doer.administration_id).get(id=call_id)
        )
        if call.state != "ended":
            raise Refused(say("call.not_ended"))
        if call.caller_id != doer.user_id:
            raise Refused(say("look_back.not_yours"))
        known = choices(Outcome(call.outcome), Result(call.result))
        if went not in ("", *Went) or differently not in ("", *known):
            raise Refused(say("by_hand.choose"), "went")
        call.review = {"went": went, "differently": differently} if went else {}
        call.save(update_fields=["review"])
        return {}

    once(doer, "review_call", do)
