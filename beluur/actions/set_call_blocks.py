"""Fixes when a caller calls (A3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from itertools import pairwise
from typing import Any

from beluur.actions.once import Doer, once
from beluur.store.models import CallBlock, Membership
from beluur.values.problem import Refused
from beluur.values.sentence import say

Block = tuple[int, time, time]  # weekday (0 is Monday), from, to


def set_call_blocks(doer: Doer, *, user_id: int, blocks: Sequence[Block]) -> None:
    """All blocks of one week, in place of those before; refused when one ends before it begins or two overlap."""

    def do() -> dict[str, Any]:
        Membership.objects.get(administration_id=doer.administration_id, user_id=user_id)
        week = sorted(blocks)
        _check(week)
        CallBlock.objects.filter(administration_id=doer.administration_id, user_id=user_id).delete()
        CallBlock.objects.bulk_create(
            CallBlock(
                administration_id=doer.administration_id,
                user_id=user_id,
                weekday=day,
                starts=starts,
                ends=ends,
            )
            for day, starts, ends in week
        )
        return {}

    once(doer, "set_call_blocks", do)


def _check(week: Sequence[Block]) -> None:
    for day, starts, ends in week:
        if day not in range(7) or starts >= ends:
            raise Refused(say("house.block_backwards", starts=starts, ends=ends), f"day_{day}")
    for (day, _, ends), (next_day, starts, _) in pairwise(week):
        if day == next_day and starts < ends:
            raise Refused(say("house.blocks_overlap", starts=starts, ends=ends), f"day_{day}")
