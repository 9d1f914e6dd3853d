"""A pause: no chasing until a day, with a reason; it ends by itself, or by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor, the_debtors
from beluur.store.models import Hold
from beluur.store.save import Happening, append_many
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say


def set_hold(doer: Doer, *, debtor_ids: Sequence[int], until: date | None, reason: str, today: date) -> int:
    """Pauses these debtors up to and including ``until``; None: until it is lifted. A new pause replaces the one before.

    Gives how many."""

    def do() -> dict[str, Any]:
        if not reason.strip():
            raise Refused(say("general.required"), "reason")
        if until is not None and until < today:
            raise Refused(say("by_hand.day_past", today=today), "until")
        ids = [debtor.id for debtor in the_debtors(doer, debtor_ids)]
        running = Hold.objects.filter(
            administration_id=doer.administration_id, debtor_id__in=ids, lifted_at=None
        )
        running.update(lifted_at=doer.at)
        Hold.objects.bulk_create(
            Hold(
                administration_id=doer.administration_id,
                debtor_id=i,
                until=until,
                reason=reason.strip()[:300],
                by_id=doer.user_id,
                at=doer.at,
            )
            for i in ids
        )
        said = say("event.hold", until=until) if until else say("event.hold_open")
        _record(doer, ids, "hold", said, reason.strip())
        facts_changed(doer, ids)
        return {"count": len(ids)}

    return int(once(doer, "set_hold", do)["count"])


def _record(doer: Doer, ids: Sequence[int], kind: str, said: Sentence, note: str) -> None:
    happenings = [Happening(i, kind, said, note=note) for i in ids]
    append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)


def lift_hold(doer: Doer, *, debtor_id: int) -> bool:
    """Ends the pause now; gives whether there was one."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        running = Hold.objects.filter(administration_id=doer.administration_id, debtor=debtor, lifted_at=None)
        lifted = running.update(lifted_at=doer.at)
        if lifted:
            put_on_record(doer, Happening(debtor.id, "hold_lifted", say("event.hold_lifted")))
            facts_changed(doer, [debtor.id])
        return {"lifted": bool(lifted)}

    return bool(once(doer, "lift_hold", do)["lifted"])
