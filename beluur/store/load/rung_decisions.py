"""What the lead or the owner decided about the rungs of debtors, as it holds now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from beluur.domain.ladder import RungKind
from beluur.store.models import RungDecision


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision about a rung; ``by`` is a name. A no holds until the day before ``until``."""

    granted: bool
    until: date | None
    words: str
    by: str
    at: datetime

    def stands(self, today: date) -> bool:
        """Whether it is not asked again on ``today``."""
        return self.granted or self.until is None or today < self.until


def decisions(administration_id: int, debtor_ids: Collection[int]) -> dict[tuple[int, RungKind], Decided]:
    """The last of each debtor and rung, in the climb that he is on now; one query."""
    rows = RungDecision.objects.filter(administration_id=administration_id, debtor_id__in=debtor_ids)
    of_now = rows.filter(since=F("debtor__oldest_due")).order_by("at", "id")
    columns = ("debtor_id", "rung", "granted", "until", "words", "by__name", "at")
    return {
        (debtor, RungKind(rung)): Decided(granted, until, words, by or "", at)
        for debtor, rung, granted, until, words, by, at in of_now.values_list(*columns)
    }
