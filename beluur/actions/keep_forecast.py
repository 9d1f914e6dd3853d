"""Keeps what is expected of the weeks to come, and notes what came in the weeks that were."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from beluur.actions.reckon_forecast import reckon_forecast
from beluur.domain.calendar_span import monday
from beluur.domain.local_time import local_day
from beluur.queries.forecast import came_in_week
from beluur.store.models import Administration, Forecast

WEEK = timedelta(days=7)
STILL_CHANGES = timedelta(days=70)  # a statement may come late, and a payment be taken back


def keep_forecast(administration_id: int, now: datetime) -> int:
    """How many weeks were kept. A week that has begun stays as it was last expected; what came in it may still change."""
    zone = Administration.objects.values_list("time_zone", flat=True).get(id=administration_id)
    today = local_day(now, zone)
    found = reckon_forecast(administration_id, today, now).found
    rows = [
        Forecast(
            administration_id=administration_id,
            week=week.monday,
            currency=of_currency.currency,
            expected_cents=week.expected_cents,
            low_cents=week.low_cents,
            high_cents=week.high_cents,
            promised_cents=week.promised_cents,
            made_on=today,
        )
        for of_currency in found
        for week in of_currency.weeks
        if week.monday > today
    ]
    here = Forecast.objects.filter(administration_id=administration_id)
    with transaction.atomic():
        here.filter(week__gt=today).delete()
        Forecast.objects.bulk_create(rows)
        weeks = here.filter(week__lt=monday(today), week__gte=today - STILL_CHANGES)
        for week in weeks.order_by("week").values_list("week", flat=True).distinct():
            _note(administration_id, week)
    return len(rows)


def _note(administration_id: int, week: date) -> None:
    came = came_in_week(administration_id, week)
    for row in Forecast.objects.filter(administration_id=administration_id, week=week):
        row.came_cents = None if came is None else came.get(row.currency, 0)
        row.save(update_fields=["came_cents"])
