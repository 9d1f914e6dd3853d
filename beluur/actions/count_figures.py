"""Counts the figures of the calls (G2): of a small administration each time that they are asked, of a large one once a day."""

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


def figures_shown(asked: Asked, now: datetime) -> Shown:
    """What the page shows: what is kept of just these days; else it is counted."""
    return kept_figures(asked) or count_figures(asked, now)


def count_figures(asked: Asked, now: datetime) -> Shown:
    """Of the books as they are; of a large administration they are kept."""
    today = local_day(now, asked.time_zone)
    found = figures_of(asked, today)
    if not is_large(asked.administration_id):
        return Shown(found)
    _keep(asked, asdict(found), today, now)
    return Shown(found, now)


def _keep(asked: Asked, found: dict[str, Any], asked_on: date, now: datetime) -> None:
    row = {
        "administration_id": asked.administration_id,
        "caller_id": asked.caller_id,
        "period": asked.period.name,
    }
    with transaction.atomic():
        KeptFigures.objects.filter(**row).delete()
        KeptFigures.objects.create(
            **row,
            first=asked.period.first,
            last=asked.period.last,
            asked_on=asked_on,
            made_at=now,
            found=found,
        )


def keep_figures(administration_id: int, now: datetime) -> int:
    """The night's turn: everyone's, and what a caller looked at lately. Gives how many were counted."""
    house = KeptFigures.objects.filter(administration_id=administration_id)
    if not is_large(administration_id):
        house.delete()
        return 0
    zone = Administration.objects.values_list("time_zone", flat=True).get(id=administration_id)
    today = local_day(now, zone)
    house.filter(asked_on__lt=today - STILL_ASKED).delete()
    own = list(house.exclude(caller=None).values_list("caller_id", "period", "asked_on"))
    for name in PeriodName:
        count_figures(Asked(administration_id, period(name, today), zone), now)
    for caller_id, of, asked_on in own:
        asked = Asked(administration_id, period(of, today), zone, caller_id)
        _keep(asked, asdict(figures_of(asked, today)), asked_on, now)
    return len(PeriodName) + len(own)
