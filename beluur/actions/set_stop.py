"""What ends all calling of a person: insolvency, a handover, or someone who needs care first."""

from __future__ import annotations

from typing import Any

from beluur.actions.decide_rung import let_out
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.stop_demand import looked_at, stop_demand
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.case import Stop
from beluur.domain.ladder import RungKind
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say


def set_stop(doer: Doer, *, debtor_id: int, stop: str, reason: str) -> None:
    """``stop`` is a domain.case.Stop; the reason stays on the timeline. Refused is a handover that nobody approved."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        if stop not in set(Stop):
            raise Refused(say("by_hand.choose"), "stop")
        if not reason.strip():
            raise Refused(say("general.required"), "reason")
        handed_over = stop == Stop.HANDED_OVER
        with_yes = let_out(doer, debtor, RungKind.HANDOVER) if handed_over else ()
        stop_demand(doer, debtor.id, Stop(stop))
        said = say("event.stop", why=say(f"stop.{stop}"))
        put_on_record(doer, Happening(debtor.id, "stop", said, with_yes, note=reason.strip()))
        facts_changed(doer, [debtor.id])
        return {}

    once(doer, "set_stop", do)


def lift_stop(doer: Doer, *, debtor_id: int, reason: str) -> None:
    """Calling may go on; a person says why."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        if not reason.strip():
            raise Refused(say("general.required"), "reason")
        if debtor.stop:
            was, debtor.stop = debtor.stop, ""
            debtor.save(update_fields=["stop"])
            looked_at(doer, debtor.id)
            said = say("event.stop_lifted", why=say(f"stop.{was}"))
            put_on_record(doer, Happening(debtor.id, "stop_lifted", said, note=reason.strip()))
            facts_changed(doer, [debtor.id])
        return {}

    once(doer, "lift_stop", do)
