"""What colleagues ask of each other with a debtor on the line (A2): who waits, one request, and the caller's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from beluur.domain.approval import WAITING, Request
from beluur.domain.behaviour import Behaviour
from beluur.domain.local_time import local_day
from beluur.domain.mandate import Refusal, judge
from beluur.domain.parts import split
from beluur.queries.absences import Desk
from beluur.queries.behaviour import behaviour_of
from beluur.store.load import load_case, load_mandate
from beluur.store.load.approvals import VALID_FOR, plan_from_json, request_of
from beluur.store.models import Approval, Membership
from beluur.store.written import counted, written
from beluur.values.money import Money

SHOWN = 50


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A request that waits for an answer."""

    id: int
    debtor: str
    asked_by: str
    asked_at: datetime
    amount: Money
    parts: int
    mine: bool


@dataclass(frozen=True, slots=True)
class GoalKept:
    """What the caller aimed at when he dialled; None for what was not kept."""

    ask: Money | None
    limit: date | None
    instalments: int | None


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One request with the case in short. ``open`` is all, ``asked`` what may be asked for now; ``beyond_yours`` says why the one
    who looks may not grant it as it is. ``granted`` is the plan that was granted, as asked or changed."""

    id: int
    request: Request
    debtor_id: int
    debtor: str
    currency: str
    call_id: int
    asked_by: str
    asked_at: datetime
    words: str
    decided_by: str
    open: Money
    asked: Money
    goal: GoalKept
    history: Behaviour
    beyond_yours: tuple[Refusal, ...]
    mine: bool

    @property
    def waits(self) -> bool:
        """Whether a colleague is asked to answer."""
        return self.request.state == "asked"

    @property
    def amount(self) -> Money:
        """What the plan comes to."""
        return Money(self.request.plan.cents, self.currency)


def may_be_asked(administration_id: int, desk: Desk, role: str) -> bool:
    """Whether requests are shown to him: leads and owners, who has a mandate of his own, and who stands in for one of those; he
    answers within his own mandate all the same. At most one query."""
    if role != "caller":
        return True
    rows = Membership.objects.filter(administration_id=administration_id, user_id__in=desk.owners)
    return any(theirs != "caller" or own for theirs, own in rows.values_list("role", "mandate"))


def count_waiting(administration_id: int, user_id: int, now: datetime) -> int:
    """How many requests of others wait; one query."""
    return sum(n for _, n in _of_others(administration_id, user_id, now - VALID_FOR))


@written
def _of_others(administration_id: Any, user_id: Any, since: Any) -> QuerySet[Approval, Any]:
    return counted(_asked(administration_id, since).exclude(asked_by_id=user_id))


def waiting(administration_id: int, user_id: int, now: datetime) -> tuple[WaitingRow, ...]:
    """Those that wait, the longest first; one query."""
    columns = "id debtor__name debtor__currency asked_by_id asked_by__name asked_at plan".split()
    rows = _waiting(administration_id, now).order_by("asked_at", "id").values_list(*columns)[:SHOWN]
    found = []
    for i, name, currency, asker, asked_by, asked_at, kept in rows:
        plan = plan_from_json(kept)
        cents, parts = (plan.cents, len(plan.parts)) if plan else (0, 0)
        mine = asker == user_id
        found.append(WaitingRow(i, name, asked_by or "", asked_at, Money(cents, currency), parts, mine))
    return tuple(found)


def approval(administration_id: int, approval_id: int, user_id: int, now: datetime) -> ApprovalRow:
    """As ``user_id`` sees it at ``now``. Raises Approval.DoesNotExist."""
    rows = Approval.objects.select_related("call", "debtor", "asked_by", "decided_by")
    row = rows.get(administration_id=administration_id, id=approval_id)
    case = load_case(administration_id, row.debtor_id)
    today = local_day(now, case.time_zone)
    request = request_of(row, now)
    parts = split(case, today)
    return ApprovalRow(
        row.id,
        request,
        row.debtor_id,
        case.name,
        case.currency,
        row.call_id,
        row.asked_by.name if row.asked_by else "",
        row.asked_at,
        row.words,
        row.decided_by.name if row.decided_by else "",
        Money(parts.open_cents, case.currency),
        Money(parts.callable_cents, case.currency),
        _goal(row.call.goal, case.currency),
        behaviour_of(administration_id, row.debtor_id, today),
        judge(request.plan, load_mandate(administration_id, user_id), case, today),
        row.asked_by_id == user_id,
    )


def state_of(administration_id: int, approval_id: int, now: datetime) -> str:
    """Where it stands at ``now``: for a screen that waits. Raises Approval.DoesNotExist."""
    return request_of(
        Approval.objects.get(administration_id=administration_id, id=approval_id), now
    ).state.value


@dataclass(frozen=True, slots=True)
class AskedInCall:
    """The last request of a call, as it stands; ``answered_by`` is a name, empty while nobody answered."""

    id: int
    request: Request
    answered_by: str


def request_of_call(administration_id: int, call_id: int, now: datetime) -> AskedInCall | None:
    """The last one that was asked in this call: for the caller's screen. One query."""
    rows = Approval.objects.filter(administration_id=administration_id, call_id=call_id)
    row = rows.select_related("decided_by").order_by("-asked_at", "-id").first()
    if row is None:
        return None
    return AskedInCall(row.id, request_of(row, now), row.decided_by.name if row.decided_by else "")


def is_asked(administration_id: int, call_id: int, now: datetime) -> bool:
    """Whether a colleague has still to answer in this call; one query."""
    found = request_of_call(administration_id, call_id, now)
    return found is not None and found.request.state in WAITING


def _waiting(administration_id: int, now: datetime) -> QuerySet[Approval]:
    """Asked, its time not over, and the caller still on the line."""
    return _asked(administration_id, now - VALID_FOR)


def _asked(administration_id: Any, since: Any) -> QuerySet[Approval]:
    return Approval.objects.filter(
        administration_id=administration_id, state="asked", asked_at__gt=since, call__state="open"
    )


def _goal(kept: dict[str, Any], currency: str) -> GoalKept:
    cents, limit = kept.get("ask_cents"), kept.get("limit_date")
    return GoalKept(
        None if cents is None else Money(cents, currency),
        date.fromisoformat(limit) if limit else None,
        kept.get("instalments"),
    )
