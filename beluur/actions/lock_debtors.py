"""Locks debtors before anything of theirs is locked or changed: whoever comes second waits, and nobody waits for each other."""

from __future__ import annotations

from collections.abc import Iterable

from beluur.store.models import Debtor


def lock_debtors(administration_id: int, debtor_ids: Iterable[int | None]) -> list[int]:
    """Their ids, in the order in which they were locked; inside a transaction."""
    wanted = [i for i in debtor_ids if i is not None]
    rows = Debtor.objects.select_for_update().filter(administration_id=administration_id, id__in=wanted)
    return list(rows.order_by("id").values_list("id", flat=True))
