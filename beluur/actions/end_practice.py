"""Ends a practice call: nothing is agreed, sent or planned; only how the talk went is kept with it, for the scorecard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beluur.actions.end_call import the_call
from beluur.actions.once import Doer, once
from beluur.store.models import Administration
from beluur.values.problem import Refused
from beluur.values.sentence import say


def end_practice(doer: Doer, call_id: int, kept: Mapping[str, Any]) -> None:
    """The call is over; ``kept`` is the talk as JSON. Refused when the call is not his, not open, or no practice."""

    def do() -> dict[str, Any]:
        call = the_call(doer, call_id)
        if call.state != "open" or call.caller_id != doer.user_id or not _practice(doer.administration_id):
            raise Refused(say("call.not_yours"))
        call.state, call.ended_at, call.draft = "left", doer.at, {}
        call.review = {"practice": dict(kept)}
        call.save(update_fields=["state", "ended_at", "draft", "review"])
        return {}

    once(doer, "end_practice", do)


def _practice(administration_id: int) -> bool:
    rows = Administration.objects.filter(id=administration_id, kind=Administration.Kind.PRACTICE)
    return rows.exists()
