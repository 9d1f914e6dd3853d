"""The reasons that this debtor gave before, and what callers of this administration picked for what they heard (D7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from beluur.domain.local_time import local_day
from beluur.store.models import CallReason

REMEMBERED = 60  # of one debtor
PICKED = 500  # of one administration: the last ones teach most


@dataclass(frozen=True, slots=True)
class Given:
    """One reason of a debtor, and the days on which he gave it, the last first."""

    code: str
    days: tuple[date, ...]

    @property
    def times(self) -> int:
        """How often."""
        return len(self.days)

    @property
    def last_on(self) -> date:
        """The last time."""
        return self.days[0]


def reasons_given(administration_id: int, debtor_id: int, time_zone: str) -> Mapping[str, Given]:
    """By code, the most often given first; one query. Each call counts once."""
    rows = CallReason.objects.filter(administration_id=administration_id, debtor_id=debtor_id)
    days: dict[str, list[date]] = defaultdict(list)
    for code, at in rows.order_by("-at", "-id").values_list("code", "at")[:REMEMBERED]:
        days[code].append(local_day(at, time_zone))
    found = (Given(code, tuple(on)) for code, on in days.items())
    return {g.code: g for g in sorted(found, key=lambda g: -g.times)}


def picked_reasons(administration_id: int) -> list[tuple[str, str]]:
    """(what was heard, the code that the caller picked), the latest first; one query."""
    rows = CallReason.objects.filter(administration_id=administration_id).exclude(heard="")
    return list(rows.order_by("-at", "-id").values_list("heard", "code")[:PICKED])
