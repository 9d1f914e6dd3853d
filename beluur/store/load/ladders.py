"""The ladders that an administration made itself."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from beluur.domain.ladder import Approver, Channel, Ladder, Rung, RungKind
from beluur.store.load.ready import Ready
from beluur.store.models import LadderRung

_RUNGS = Ready(
    lambda mine: (
        LadderRung.objects.filter(mine, ladder__ended_at=None)
        .order_by("ladder_id", "position")
        .values_list(
            *("ladder__whom", "kind", "channel", "after_days", "rest_days", "needs", "approver", "message"),
            "ladder_id",
        )
    )
)


def own_ladders(administration_id: int) -> tuple[Ladder, ...]:
    """Those that hold now; the ladders of the product hold for all others."""
    rows = _RUNGS.of_house(administration_id)
    return tuple(_ladder(group) for _, group in groupby(rows, key=lambda row: row[-1]))


def _ladder(rows: Iterable[tuple[Any, ...]]) -> Ladder:
    kept = list(rows)
    rungs = (
        Rung(
            RungKind(kind), Channel(how), after, rest, tuple(RungKind(k) for k in needs), Approver(who), words
        )
        for _, kind, how, after, rest, needs, who, words, _ in kept
    )
    return Ladder(kept[0][0], tuple(rungs), own=True)
