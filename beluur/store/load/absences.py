"""The absences that stand in an administration, for `domain.absence`."""

from __future__ import annotations

from datetime import date

from beluur.domain.absence import Absence
from beluur.store.models import Absence as Row


def load_absences(administration_id: int, since: date) -> tuple[Absence, ...]:
    """Those that were not ended and are not over by ``since``; one query."""
    rows = Row.objects.filter(administration_id=administration_id, ended_at=None, last__gte=since)
    return tuple(Absence(*row) for row in rows.order_by("id").values_list("user", "first", "last", "deputy"))
