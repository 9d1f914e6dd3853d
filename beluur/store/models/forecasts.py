"""What was expected to come in, kept to be held against what came; and figures that were counted before."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class Forecast(models.Model):
    """Of one week (its Monday) and currency, as last expected before the week began; ``came_cents`` is what was booked in it on
    invoices, None until the bank is known to its Sunday."""

    administration = Link("store.Administration", models.CASCADE)
    week = models.DateField()
    currency = models.CharField(max_length=3)
    expected_cents = models.BigIntegerField()
    low_cents = models.BigIntegerField()
    high_cents = models.BigIntegerField()
    promised_cents = models.BigIntegerField()
    made_on = models.DateField()
    came_cents = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "week", "currency"], name="forecast_once"),
        ]


class KeptForecast(models.Model):
    """The forecast of a large administration as reckoned at ``made_at`` for ``day``, its own day then; ``found`` as in
    `queries.forecast_kept`. ``stale``: the books changed since. A small administration has none: it is reckoned when asked."""

    administration = Link("store.Administration", models.CASCADE)
    day = models.DateField()
    made_at = models.DateTimeField()
    again_at = models.DateTimeField()  # not sooner
    found = models.JSONField(default=list)
    stale = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["administration"], name="kept_forecast_once")]


class KeptFigures(models.Model):
    """The figures of a large administration over a period (`domain.period`), as counted at ``made_at``, None: somebody
    waits for them; ``caller`` None: everyone's. ``asked_on`` is when they were first looked at. A small administration has
    none: it is counted when asked."""

    administration = Link("store.Administration", models.CASCADE)
    caller = Link("store.User", models.CASCADE, null=True, related_name="+")
    period = models.CharField(max_length=20)
    first = models.DateField()
    last = models.DateField()
    asked_on = models.DateField()
    made_at = models.DateTimeField(null=True)
    found = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["administration", "period", "caller"], name="kept_figures")]
