"""Somebody is away, and a colleague stands in: call-backs, own promises and tasks are on that colleague's list too (A1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from beluur.actions.once import Doer, once
from beluur.domain.absence import Absence, Objection, objection
from beluur.domain.local_time import local_day
from beluur.store.load.absences import load_absences
from beluur.store.models import Absence as Row
from beluur.store.models import Administration, Membership
from beluur.values.problem import Refused
from beluur.values.sentence import say

_FIELDS = {Objection.BACKWARDS: "last", Objection.PAST: "last", Objection.TWICE: "first"}


def set_absence(doer: Doer, *, user_id: int, first: date, last: date, deputy_id: int) -> int:
    """Gives the absence's id. Refused at its field when one of the two does not work here, and for each of
    `domain.absence.Objection`."""

    def do() -> dict[str, Any]:
        house = Administration.objects.select_for_update().get(id=doer.administration_id)
        name, deputy = _colleague(doer, user_id, "user"), _colleague(doer, deputy_id, "deputy")
        today = local_day(doer.at, house.time_zone)
        wanted = Absence(user_id, first, last, deputy_id)
        others = load_absences(doer.administration_id, min(first, today))
        if (wrong := objection(wanted, others, today)) is not None:
            raise Refused(
                say(f"absence.{wrong.value}", name=name, deputy=deputy), _FIELDS.get(wrong, "deputy")
            )
        row = Row.objects.create(
            administration_id=doer.administration_id,
            user_id=user_id,
            first=first,
            last=last,
            deputy_id=deputy_id,
            by_id=doer.user_id,
            made_at=doer.at,
        )
        return {"absence": row.id}

    return int(once(doer, "set_absence", do)["absence"])


def end_absence(doer: Doer, *, absence_id: int) -> None:
    """He is back, or stays: from now on his work is his own again. Raises Absence.DoesNotExist."""

    def do() -> dict[str, Any]:
        rows = Row.objects.select_for_update().filter(administration_id=doer.administration_id)
        row = rows.get(id=absence_id)
        if row.ended_at is None:
            row.ended_at = doer.at
            row.save(update_fields=["ended_at"])
        return {}

    once(doer, "end_absence", do)


def _colleague(doer: Doer, user_id: int, field: str) -> str:
    here = Membership.objects.filter(administration_id=doer.administration_id, user_id=user_id)
    name = here.filter(user__is_active=True).values_list("user__name", flat=True).first()
    if name is None:
        raise Refused(say("by_hand.no_colleague"), field)
    return str(name)
