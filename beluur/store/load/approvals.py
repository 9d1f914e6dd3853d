"""What a colleague was asked (A2), from its row to the request of `domain.approval`, and plans to and from their column."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from beluur.domain.approval import ApprovalState, Request, at
from beluur.domain.mandate import Refusal, Rule
from beluur.domain.plan import Plan, PlannedPart
from beluur.store.models import Approval
from beluur.values.sentence import Sentence

VALID_FOR = timedelta(minutes=30)
"""How long a request may be answered and used: the debtor is on the line, and his case may change."""


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """``{"parts": [[day, cents], ...]}``."""
    return {"parts": [[part.due.isoformat(), part.cents] for part in plan.parts]}


def plan_from_json(kept: dict[str, Any]) -> Plan | None:
    """None when there is none."""
    parts = tuple(PlannedPart(date.fromisoformat(due), cents) for due, cents in kept.get("parts", ()))
    return Plan(parts) if parts else None


def refusals_to_json(refusals: tuple[Refusal, ...]) -> list[dict[str, Any]]:
    """``[{"rule": ..., "sentence": ...}, ...]``."""
    return [{"rule": r.rule.value, "sentence": r.sentence.to_json()} for r in refusals]


def request_of(row: Approval, now: datetime) -> Request:
    """The request as it stands at ``now``."""
    return at(as_kept(row), now)


def as_kept(row: Approval) -> Request:
    """The request as somebody left it: perhaps its time is over by now."""
    plan = plan_from_json(row.plan)
    assert plan is not None, "ask_approval keeps no request without a plan"
    refusals = tuple(Refusal(Rule(r["rule"]), Sentence.from_json(r["sentence"])) for r in row.beyond)
    return Request(
        plan,
        refusals,
        row.asked_by_id or 0,
        row.asked_at + VALID_FOR,
        ApprovalState(row.state),
        row.decided_by_id,
        plan_from_json(row.answer),
        row.why,
    )
