"""The goal as the call keeps it, so that what was aimed at before dialling can be compared with the result (J7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from beluur.domain.goal import Fallback, Goal


def goal_to_json(goal: Goal) -> dict[str, Any]:
    """As JSON: cents, ISO days, counts."""
    kept: dict[str, Any] = {
        "ask_cents": goal.ask_cents,
        "limit_date": goal.limit_date.isoformat(),
        "instalments": goal.instalments,
        "changed": goal.changed,
    }
    if goal.fallback:
        kept["fallback"] = [goal.fallback.limit_date.isoformat(), goal.fallback.instalments]
    return kept


def goal_from_json(kept: Mapping[str, Any]) -> Goal | None:
    """The goal that `goal_to_json` kept, without its reasons; None when there is none."""
    if not kept.get("limit_date"):
        return None
    fallback = kept.get("fallback")
    return Goal(
        ask_cents=kept["ask_cents"],
        limit_date=date.fromisoformat(kept["limit_date"]),
        instalments=kept["instalments"],
        because=(),
        fallback=Fallback(date.fromisoformat(fallback[0]), fallback[1]) if fallback else None,
        changed=bool(kept.get("changed")),
    )
