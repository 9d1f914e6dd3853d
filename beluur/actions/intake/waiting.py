"""The staged rows that wait to be published, as far as publishing looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from beluur.store.models import StagedRow

BANK = ("lines", "details", "reach")


@dataclass(slots=True)
class Waiting:
    """A staged row; ``debtor_id`` is of a known debtor and moves when he is merged, ``target_id`` is reserved for a new one."""

    id: int
    kind: str
    change: str
    record: dict[str, Any]
    debtor_id: int | None
    target_id: int | None


def next_waiting(administration_id: int, intake_id: int, after: int, most: int) -> list[Waiting]:
    """The first ``most`` rows after the one with id ``after``; of bank lines only one, which is a thousand lines and goes alone.
    Twenty thousand model instances would take as long again as reading them."""
    rows = StagedRow.objects.filter(
        administration_id=administration_id, intake_id=intake_id, id__gt=after
    ).order_by("id")
    columns = ("id", "kind", "change", "record", "debtor_id", "target_id")
    alone = rows.values_list("kind", flat=True).first() in BANK
    return [Waiting(*row) for row in rows.values_list(*columns)[: 1 if alone else most]]
