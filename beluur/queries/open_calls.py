"""The calls that go on: whom somebody has on the line, and which of one's own were left open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from beluur.store.models import Call

SHOWN = 3


@dataclass(frozen=True, slots=True)
class OpenCall:
    """One call that goes on, with whom and since when."""

    id: int
    debtor: str
    since: datetime


def own_open_calls(administration_id: int, user_id: int, now: datetime) -> tuple[OpenCall, ...]:
    """What he claimed and did not end, the last first, as long as nobody else may take it; one query."""
    rows = Call.objects.filter(
        administration_id=administration_id, caller_id=user_id, state="open", lease_until__gt=now
    )
    columns = ("id", "debtor__name", "opened_at")
    return tuple(OpenCall(*row) for row in rows.order_by("-opened_at", "-id").values_list(*columns)[:SHOWN])


def others_speak(administration_id: int, user_id: int, now: datetime) -> bool:
    """Whether a colleague has somebody on the line, who may ask for more than he may grant; one query."""
    rows = Call.objects.filter(administration_id=administration_id, state="open", lease_until__gt=now)
    return rows.exclude(caller_id=user_id).exists()


def on_the_line(administration_id: int, debtor_ids: Collection[int], now: datetime) -> dict[int, str]:
    """Which of these somebody speaks with, and who; one query."""
    rows = Call.objects.filter(
        administration_id=administration_id, debtor_id__in=debtor_ids, state="open", lease_until__gt=now
    )
    return dict(rows.values_list("debtor_id", "caller__name"))
