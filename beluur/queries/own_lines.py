"""The lines of the playbook that this administration wrote itself."""

from __future__ import annotations

from beluur.playbook import OwnLine
from beluur.store.models import PlaybookLine


def own_lines(administration_id: int) -> tuple[OwnLine, ...]:
    """All of them, in every language; one query."""
    rows = PlaybookLine.objects.filter(administration_id=administration_id).order_by("language", "moment")
    return tuple(OwnLine(*row) for row in rows.values_list("language", "moment", "say", "hint"))
