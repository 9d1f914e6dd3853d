"""Gives debtors to a colleague, or to nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.touched import facts_changed, the_debtors
from beluur.store.models import Debtor, Membership
from beluur.store.save import Happening, append_many
from beluur.values.problem import Refused
from beluur.values.sentence import say


def assign(doer: Doer, *, debtor_ids: Sequence[int], user_id: int | None) -> int:
    """Gives for how many it changed. Refused when the colleague does not work in this administration."""

    def do() -> dict[str, Any]:
        name = _colleague(doer, user_id)
        changed = [d.id for d in the_debtors(doer, debtor_ids) if d.assigned_to_id != user_id]
        rows = Debtor.objects.filter(administration_id=doer.administration_id, id__in=changed)
        rows.update(assigned_to_id=user_id)
        said = say("event.assigned", name=name) if name else say("event.assigned_to_nobody")
        happenings = [Happening(i, "assigned", said) for i in changed]
        append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)
        facts_changed(doer, changed)
        return {"count": len(changed)}

    return int(once(doer, "assign", do)["count"])


def _colleague(doer: Doer, user_id: int | None) -> str:
    if user_id is None:
        return ""
    members = Membership.objects.filter(administration_id=doer.administration_id, user_id=user_id)
    name = members.values_list("user__name", flat=True).first()
    if name is None:
        raise Refused(say("by_hand.no_colleague"), "user")
    return str(name)
