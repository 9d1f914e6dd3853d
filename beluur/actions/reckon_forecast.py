"""Reckons what is expected: of a small administration each time that it is asked, of a large one by the worker after the books
changed, for that takes a second and more."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from beluur.domain.calendar_span import monday
from beluur.domain.local_time import local_day
from beluur.queries.forecast import forecast_of
from beluur.queries.forecast_kept import Reckoned, forecast_to_json, kept_forecast
from beluur.store.models import Administration, KeptForecast

LIVE = 1_500  # claims, open and closed, that are reckoned while somebody waits: a twentieth of a second
RESTS = timedelta(
    microseconds=600
)  # for each claim: a million take ten seconds, and the books change all day
DAY = timedelta(days=1)


def forecast_shown(administration_id: int, today: date, now: datetime) -> Reckoned:
    """What the page shows: the kept one of today, or of yesterday as long as the night has not been and it is the same week; else
    it is reckoned."""
    since = max(today - DAY, monday(today))
    return kept_forecast(administration_id, since) or reckon_forecast(administration_id, today, now)


def reckon_forecast(administration_id: int, today: date, now: datetime) -> Reckoned:
    """Of the books as they are; of a large administration it is kept."""
    here = KeptForecast.objects.filter(administration_id=administration_id)
    here.update(stale=False)  # before the books are read: what changes meanwhile counts for the next one
    found, claims = forecast_of(administration_id, today)
    if claims <= LIVE:
        here.delete()
        return Reckoned(found)
    kept = {
        "day": today,
        "made_at": now,
        "again_at": now + claims * RESTS,
        "found": [forecast_to_json(f) for f in found],
    }
    KeptForecast.objects.update_or_create(
        administration_id=administration_id,
        defaults=kept,
        create_defaults=kept
        | {"stale": True},  # there was no row yet to tell that the books changed meanwhile
    )
    return Reckoned(found, now)


def reckon_waiting(now: datetime) -> bool:
    """The worker's turn: a forecast that is kept of books that changed since; whether there was one."""
    waiting = KeptForecast.objects.filter(stale=True, again_at__lte=now).order_by("again_at")
    administration_id = waiting.values_list("administration_id", flat=True).first()
    if administration_id is None:
        return False
    zone = Administration.objects.values_list("time_zone", flat=True).get(id=administration_id)
    reckon_forecast(administration_id, local_day(now, zone), now)
    return True


def books_changed(administration_id: int) -> None:
    """What is kept of them is to be reckoned again. Written once however often they change, so that nobody waits for another."""
    KeptForecast.objects.filter(administration_id=administration_id, stale=False).update(stale=True)
