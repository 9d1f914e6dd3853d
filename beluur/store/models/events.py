"""The chain of events of each dossier: append-only, each hash covers the one before it."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class Event(models.Model):
    """One thing that happened. ``payload`` is canonical JSON as text; erased payloads keep their hash, so the chain holds."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="events", db_index=False)
    seq = models.IntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor = Link("store.User", models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=120, blank=True)
    call_id_ref = models.BigIntegerField(null=True)
    payload = models.TextField()
    salt = models.CharField(max_length=32)
    payload_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            # and by it those of a debtor are found
            models.UniqueConstraint(fields=["debtor", "seq"], name="event_seq_once"),
        ]
