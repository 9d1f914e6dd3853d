"""The ladders that an administration made itself (H4): what differs from those that come with the product."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class Ladder(models.Model):
    """One administration's ladder for ``whom`` (a code of domain/ladders.toml). A change makes a new row and ends the one before:
    who changed what and when stays on record, and by which ladder a step was taken."""

    administration = Link("store.Administration", models.CASCADE)
    whom = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = Link("store.User", models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = Link("store.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "whom"],
                condition=models.Q(ended_at__isnull=True),
                name="ladder_once",
            ),
        ]


class LadderRung(models.Model):
    """One rung, as in `domain.ladder.Rung`; ``needs`` are kinds of rungs."""

    administration = Link("store.Administration", models.CASCADE)
    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="rungs")
    position = models.SmallIntegerField()
    kind = models.CharField(max_length=16)
    channel = models.CharField(max_length=8)
    after_days = models.SmallIntegerField()
    rest_days = models.SmallIntegerField()
    needs = models.JSONField(default=list)
    approver = models.CharField(max_length=8)
    message = models.CharField(max_length=16, blank=True)  # the text that it sends; empty for the usual one

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "ladder", "kind"], name="ladder_rung_once"),
        ]
