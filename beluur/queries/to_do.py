"""*Taken*: what we owe debtors, on the list of who owes it: our own promises with their hour (D9), disputes to answer (D8) and
questions about a delivery (C3). What nobody in particular owes is on the list of whose debtor it is, otherwise on everyone's;
who is away has his list at his deputy's too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from beluur.domain.local_time import local_day, moment_at
from beluur.queries.absences import Desk, of_owners
from beluur.queries.replies import waiting_replies
from beluur.store.models import Dispute, Task
from beluur.store.written import counted, written
from beluur.values.money import Money

SHOWN = 60  # of each kind: of more the page takes longer to write down than to read
_TASK = "id kind what asked invoice__number at debtor_id debtor__name owner_id owner__name call_id debtor__assigned_to".split()
_DISPUTE = (
    "id code what wants invoice__number cents invoice__currency answer_by owner owner_user_id owner_user__name debtor_id "
    "debtor__name call_id debtor__assigned_to"
).split()


@dataclass(frozen=True, slots=True)
class ToDoRow:
    """One thing that is owed. ``kind`` is own_promise, delivery or dispute; ``at`` is its moment (UTC), None for what has only a
    day; ``on`` is its day at the administration, None when nobody said one. ``owner`` is empty when it is nobody's in particular.
    ``about`` is who was asked, or of a dispute its code; ``for_whom`` is who is away, for whom he stands in who looks."""

    kind: str
    id: int
    debtor_id: int
    name: str
    what: str
    on: date | None
    at: datetime | None = None
    owner: str = ""
    about: str = ""
    invoice: str = ""
    amount: Money | None = None
    wants: str = ""
    call_id: int | None = None
    for_whom: str = ""


@dataclass(frozen=True, slots=True)
class ToDo:
    """The list in three parts, each the most pressing first; ``more`` when not all of it is shown."""

    late: tuple[ToDoRow, ...]
    today: tuple[ToDoRow, ...]
    later: tuple[ToDoRow, ...]
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.late or self.today or self.later)


def to_do(administration_id: int, now: datetime, time_zone: str, *, desk: Desk | None = None) -> ToDo:
    """What is owed at ``desk``, or by everyone; two queries. Days are those of ``time_zone``, the administration's."""
    owners = desk.all_owners if desk else None
    tasks, disputes = _tasks(administration_id, owners), _disputes(administration_id, owners)
    of_kinds = _task_rows(tasks, time_zone, desk), _dispute_rows(disputes, desk)
    rows = [row for of_kind in of_kinds for row in of_kind]
    rows.sort(key=lambda r: (r.on or date.max, r.at or now, r.name, r.id))
    today = local_day(now, time_zone)
    late = tuple(r for r in rows if _is_late(r, now, today))
    rest = [r for r in rows if not _is_late(r, now, today)]
    return ToDo(
        late,
        tuple(r for r in rest if r.on == today),
        tuple(r for r in rest if r.on != today),
        more=any(len(of_kind) >= SHOWN for of_kind in of_kinds),
    )


def count_to_do(administration_id: int, now: datetime, time_zone: str, *, desk: Desk) -> int:
    """How much of it is on that list for today or should have been done, and how many answers wait; one query."""
    today = local_day(now, time_zone)
    tomorrow = moment_at(today + timedelta(days=1), time(), time_zone)
    return sum(n for _, n in _how_many(administration_id, desk.all_owners, tomorrow, today))


@written
def _how_many(administration_id: Any, owners: Any, tomorrow: Any, today: Any) -> QuerySet[Task, Any]:
    tasks = _tasks(administration_id, owners).filter(at__lt=tomorrow)
    disputes = _disputes(administration_id, owners).filter(answer_by__lte=today)
    replies = waiting_replies(administration_id, owners)
    return counted(tasks).union(counted(disputes), counted(replies), all=True)


def _is_late(row: ToDoRow, now: datetime, today: date) -> bool:
    return row.at < now if row.at else row.on is not None and row.on < today


def _tasks(administration_id: int, owners: Any) -> QuerySet[Task]:
    rows = Task.objects.filter(administration_id=administration_id, done_at=None)
    return rows.filter(_of("owner", owners)) if owners else rows


def _disputes(administration_id: int, owners: Any) -> QuerySet[Dispute]:
    rows = Dispute.objects.filter(administration_id=administration_id, state="open")
    return rows.filter(_of("owner_user", owners)) if owners else rows


def _of(owner: str, owners: Any) -> Q:
    his_debtor = of_owners("debtor__assigned_to", owners)
    return Q(**{f"{owner}__in": owners}) | (Q(**{owner: None}) & his_debtor)


def _for_whom(desk: Desk | None, owner: int | None, assigned: int | None) -> str:
    return desk.for_whom(owner, assigned) if desk else ""


def _task_rows(tasks: QuerySet[Task], time_zone: str, desk: Desk | None) -> list[ToDoRow]:
    rows: Any = tasks.order_by("at", "id").values_list(*_TASK)[:SHOWN]
    return [
        ToDoRow(
            kind, i, debtor_id, name, what, local_day(at, time_zone), at, owner or "", asked, number or "",
            call_id=call_id, for_whom=_for_whom(desk, owner_id, assigned),
        )
        for i, kind, what, asked, number, at, debtor_id, name, owner_id, owner, call_id, assigned in rows
    ]  # fmt: skip


def _dispute_rows(disputes: QuerySet[Dispute], desk: Desk | None) -> list[ToDoRow]:
    rows: Any = disputes.order_by(F("answer_by").asc(nulls_last=True), "id").values_list(*_DISPUTE)[:SHOWN]
    return [
        ToDoRow(
            "dispute", i, debtor_id, name, what, answer_by, None, user or owner, code, number,
            Money(cents, currency), wants, call_id, _for_whom(desk, user_id, assigned),
        )
        for i, code, what, wants, number, cents, currency, answer_by, owner, user_id, user, debtor_id, name, call_id,
        assigned in rows
    ]  # fmt: skip
