"""The ladders that an administration made itself (H4): what differs from those that come with the product; and who let which rung
go out."""

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


class RungDecision(models.Model):
    """The lead or the owner decided about a rung of one debtor: ``granted``, or not, and then asked again from ``until`` on. It
    holds for the climb that began with ``since``, the oldest due date of that day."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="rung_decisions")
    rung = models.CharField(max_length=16)  # domain.ladder.RungKind
    since = models.DateField(null=True)
    granted = models.BooleanField()
    until = models.DateField(null=True)
    words = models.CharField(max_length=500, blank=True)
    by = Link("store.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["administration", "debtor", "rung"], name="rung_decided")]
