"""An ultimatum is taken back by a person, who says why: he is called as ever."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.record_ultimatum import end_ultimatum
from beluur.actions.touched import facts_changed, the_debtor
from beluur.store.load import ULTIMATUM_STANDS
from beluur.store.models import Ultimatum
from beluur.values.problem import Refused
from beluur.values.sentence import say


def withdraw_ultimatum(doer: Doer, ultimatum_id: int, *, why: str) -> None:
    """Refused when it no longer stands, or at "why" when nothing is said. Raises Ultimatum.DoesNotExist."""

    def do() -> dict[str, Any]:
        here = Ultimatum.objects.filter(administration_id=doer.administration_id)
        the_debtor(doer, here.get(id=ultimatum_id).debtor_id)
        row = here.select_for_update().get(id=ultimatum_id)
        if row.state not in ULTIMATUM_STANDS:
            raise Refused(say("call.not_open_any_more"))
        if not why.strip():
            raise Refused(say("call.why_needed"), "why")
        end_ultimatum(doer, row, (), note=why.strip())
        facts_changed(doer, [row.debtor_id])
        return {}

    once(doer, "withdraw_ultimatum", do)
