"""Who acts for a colleague who is away: his deputy, whose own deputy when he is away too, and nobody when that ends (A1).

Days are those of the administration, first and last included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Absence:
    """``deputy`` None: he who stood in has left."""

    user: int
    first: date
    last: date
    deputy: int | None

    def holds(self, on: date) -> bool:
        """Whether he is away that day."""
        return self.first <= on <= self.last

    def meets(self, other: Absence) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


class Objection(StrEnum):
    """Why an absence cannot be: each is a sentence, ``absence.<value>``."""

    BACKWARDS = "backwards"
    PAST = "past"
    SELF = "self"
    TWICE = "twice"
    CIRCLE = "circle"
    DEPUTY_AWAY = "deputy_away"


def acting(absences: Iterable[Absence], user: int, on: date) -> int | None:
    """Who does ``user``'s work that day: himself when he is there; None when nobody does, and it is everyone's."""
    deputies = {a.user: a.deputy for a in absences if a.holds(on)}
    seen: set[int] = set()
    now: int | None = user
    while now in deputies:
        if now in seen:
            return None
        seen.add(now)
        now = deputies[now]
    return now


def acts_for(absences: Iterable[Absence], user: int, on: date) -> frozenset[int]:
    """Those who are away that day and whose work is ``user``'s."""
    known = tuple(absences)
    return frozenset(a.user for a in known if a.user != user and acting(known, a.user, on) == user)


def unattended(absences: Iterable[Absence], on: date) -> frozenset[int]:
    """Those who are away that day and for whom nobody acts: their work is everyone's."""
    known = tuple(absences)
    return frozenset(a.user for a in known if acting(known, a.user, on) is None)


def objection(wanted: Absence, others: Iterable[Absence], today: date) -> Objection | None:
    """Why ``wanted`` cannot be beside those that stand, None when it can. Who stands in is there himself on all of its days; a
    deputy who goes away later hands on what he stands in for."""
    if wanted.last < wanted.first:
        return Objection.BACKWARDS
    if wanted.last < today:
        return Objection.PAST
    if wanted.deputy == wanted.user:
        return Objection.SELF
    beside = tuple(a for a in others if a.meets(wanted))
    if any(a.user == wanted.user for a in beside):
        return Objection.TWICE
    if wanted.user in _followed(beside, wanted.deputy):
        return Objection.CIRCLE
    if any(a.user == wanted.deputy for a in beside):
        return Objection.DEPUTY_AWAY
    return None


def _followed(absences: tuple[Absence, ...], user: int | None) -> Iterator[int | None]:
    """Everyone to whom ``user``'s work may come, on whatever day."""
    reached, wanted = set[int | None](), [user]
    while wanted:
        now = wanted.pop()
        for absence in absences:
            if absence.user == now and absence.deputy not in reached:
                reached.add(absence.deputy)
                wanted.append(absence.deputy)
                yield absence.deputy
