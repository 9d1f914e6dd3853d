"""Who is away and who stands in: whose work is on somebody's list on a day, and all absences to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from beluur.domain.absence import Absence, acting, acts_for, unattended
from beluur.store.models import Absence as Row
from beluur.store.written import written


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One absence that stands; ``deputy`` is empty when he has left."""

    id: int
    user_id: int
    name: str
    first: date
    last: date
    deputy_id: int | None
    deputy: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose work is on ``user_id``'s list on ``day``: his own, that of ``stands_in`` and, like what nobody in particular owes,
    that of ``unattended``. ``away`` is his own absence. ``names`` are of those whose work came to him."""

    user_id: int
    day: date
    stands_in: tuple[AbsenceRow, ...] = ()
    unattended: frozenset[int] = frozenset()
    away: AbsenceRow | None = None
    acting: str = ""  # who does his work while he is away; empty: everyone
    names: dict[int, str] = field(default_factory=dict)

    @property
    def owners(self) -> tuple[int, ...]:
        """The ids of those whose work is his."""
        return (self.user_id, *(row.user_id for row in self.stands_in))

    @property
    def all_owners(self) -> tuple[int, ...]:
        """And of those whose work is everyone's."""
        return (*self.owners, *self.unattended)

    def for_whom(self, *owners: int | None) -> str:
        """For whom he does what is the first's of ``owners``: a name, empty for what is his own or nobody's."""
        whose = next((i for i in owners if i is not None), 0)
        return self.names.get(whose, "")


@dataclass(frozen=True, slots=True)
class Watch:
    """Whose work is ``user_id``'s on which day, for who looks further than today; ``names`` are of those who are away."""

    user_id: int
    absences: tuple[Absence, ...]
    names: dict[int, str]

    def owners(self, first: date, last: date) -> tuple[int, ...]:
        """The ids of those whose work is his on some day from ``first`` to ``last``."""
        turns = {first, *(day for a in self.absences for day in (a.first, a.last + timedelta(days=1)))}
        days = [day for day in turns if first <= day <= last]
        return (self.user_id, *sorted({i for day in days for i in self._others(day)} - {self.user_id}))

    def takes(self, owner: int | None, on: date) -> bool:
        """Whether what is ``owner``'s on that day, or nobody's, is on his list."""
        return owner in (None, self.user_id) or owner in self._others(on)

    def for_whom(self, owner: int | None) -> str:
        """The name of whom he does it for; empty for what is his own or nobody's."""
        return "" if owner == self.user_id else self.names.get(owner or 0, "")

    def _others(self, on: date) -> frozenset[int]:
        return acts_for(self.absences, self.user_id, on) | unattended(self.absences, on)


def watch_of(administration_id: int, user_id: int, since: date) -> Watch:
    """From ``since`` on; one query, whatever the number of colleagues."""
    rows = coming_absences(administration_id, since)
    absences = tuple(Absence(row.user_id, row.first, row.last, row.deputy_id) for row in rows)
    return Watch(user_id, absences, {row.user_id: row.name for row in rows})


def of_owners(column: str, owners: Any) -> Q:
    """The rows of which ``column`` names one of ``owners``, such as those whose work is his, or nobody."""
    return Q(**{f"{column}__in": owners}) | Q(**{column: None})


def desk_of(administration_id: int, user_id: int, day: date) -> Desk:
    """One query, whatever the number of colleagues."""
    rows = {row.user_id: row for row in coming_absences(administration_id, day) if row.first <= day}
    absences = [Absence(row.user_id, row.first, row.last, row.deputy_id) for row in rows.values()]
    mine, left = acts_for(absences, user_id, day), unattended(absences, day) - {user_id}
    deputies = {row.deputy_id: row.deputy for row in rows.values()}
    stands_in_for_me = acting(absences, user_id, day) if user_id in rows else None
    return Desk(
        user_id,
        day,
        tuple(row for i, row in rows.items() if i in mine),
        left,
        rows.get(user_id),
        deputies.get(stands_in_for_me, ""),
        {i: row.name for i, row in rows.items() if i in mine | left},
    )


def coming_absences(administration_id: int, since: date) -> tuple[AbsenceRow, ...]:
    """Those that stand and are not over by ``since``, the first to begin first; one query."""
    return tuple(
        AbsenceRow(i, user, name, first, last, deputy, deputy_name or "")
        for i, user, name, first, last, deputy, deputy_name in _coming(administration_id, since)
    )


@written
def _coming(administration_id: Any, since: Any) -> QuerySet[Row, Any]:
    rows = Row.objects.filter(administration_id=administration_id, ended_at=None, last__gte=since)
    columns = ("id", "user_id", "user__name", "first", "last", "deputy_id", "deputy__name")
    return rows.order_by("first", "user__name", "id").values_list(*columns)


def whose_absence(administration_id: int, absence_id: int) -> int:
    """The id of who is away. Raises Absence.DoesNotExist."""
    rows = Row.objects.filter(administration_id=administration_id)
    return int(rows.values_list("user_id", flat=True).get(id=absence_id))
