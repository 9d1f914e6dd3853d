"""Debtors that were merged after their rows were staged: what was meant for the one that is gone is for the one that was kept."""

from __future__ import annotations

from collections.abc import Sequence

from beluur.actions.intake.waiting import Waiting
from beluur.store.models import Debtor, StagedRow
from beluur.store.save import update_many


def follow_merges(administration_id: int, rows: Sequence[Waiting] | Sequence[StagedRow]) -> None:
    """Points each row at the debtor that stands for its own, here and in the database."""
    ids = {row.debtor_id for row in rows if row.debtor_id}
    if not ids:
        return
    merged = Debtor.objects.filter(administration_id=administration_id, id__in=ids).exclude(merged_into=None)
    kept = dict(merged.values_list("id", "merged_into_id"))
    moved = [row for row in rows if row.debtor_id in kept]
    for row in moved:
        row.debtor_id = kept[row.debtor_id or 0]
    update_many(StagedRow, administration_id, ("debtor_id",), [(row.debtor_id, row.id) for row in moved])
