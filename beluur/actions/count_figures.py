"""Counts the figures of the calls (G2): of a small administration each time that they are asked, of a large one at night, and
what was not counted then by the worker as soon as somebody asks."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from beluur.domain.local_time import local_day
from beluur.domain.period import PeriodName, period
from beluur.queries.figures import Asked, figures_of
from beluur.queries.figures_kept import Shown, is_large, kept_figures
from beluur.store.models import Administration, KeptFigures

STILL_ASKED = timedelta(days=14)  # for so long the night counts again what somebody looked at


def figures_shown(asked: Asked, now: datetime) -> Shown | None:
    """What the page shows: what is kept, or of a small administration the books as they are. None: the worker is told to count
    them."""
    kept = kept_figures(asked)
    if kept is not None:
        return kept
    today = local_day(now, asked.time_zone)
    if not is_large(asked.administration_id):
        return Shown(figures_of(asked, today), asked.period)
    if not KeptFigures.objects.filter(**_key(asked), made_at=None).exists():
        KeptFigures.objects.create(**_key(asked), **_days(asked, today))
    return None


def count_waiting(now: datetime) -> bool:
    """The worker's turn: figures that somebody waits for; whether there were any."""
    waiting = KeptFigures.objects.filter(made_at=None).order_by("id").select_related("administration").first()
    if waiting is None:
        return False
    _count(_asked_now(waiting.administration, waiting.period, waiting.caller_id, now), now, waiting.asked_on)
    return True


def keep_figures(administration_id: int, now: datetime) -> int:
    """The night's turn: everyone's, and what a caller looked at lately. Gives how many were counted."""
    here = KeptFigures.objects.filter(administration_id=administration_id)
    if not is_large(administration_id):
        here.delete()
        return 0
    house = Administration.objects.get(id=administration_id)
    today = local_day(now, house.time_zone)
    here.filter(asked_on__lt=today - STILL_ASKED).delete()
    wanted: dict[tuple[str, int | None], date] = {(name.value, None): today for name in PeriodName}
    wanted |= {
        (name, caller_id): asked_on
        for name, caller_id, asked_on in here.exclude(caller=None).values_list(
            "period", "caller_id", "asked_on"
        )
    }
    for (name, caller_id), asked_on in wanted.items():
        _count(_asked_now(house, name, caller_id, now), now, asked_on)
    return len(wanted)


def _asked_now(house: Administration, name: str, caller_id: int | None, now: datetime) -> Asked:
    return Asked(house.id, period(name, local_day(now, house.time_zone)), house.time_zone, caller_id)


def _count(asked: Asked, now: datetime, asked_on: date) -> None:
    found = asdict(figures_of(asked, local_day(now, asked.time_zone)))
    with transaction.atomic():
        KeptFigures.objects.filter(**_key(asked)).delete()
        KeptFigures.objects.create(**_key(asked), **_days(asked, asked_on), made_at=now, found=found)


def _key(asked: Asked) -> dict[str, Any]:
    return {
        "administration_id": asked.administration_id,
        "caller_id": asked.caller_id,
        "period": asked.period.name.value,
    }


def _days(asked: Asked, asked_on: date) -> dict[str, date]:
    return {"first": asked.period.first, "last": asked.period.last, "asked_on": asked_on}
