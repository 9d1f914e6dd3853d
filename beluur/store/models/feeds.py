"""One's own calendar elsewhere: an address that gives what is due to whoever has it."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class CalendarFeed(models.Model):
    """The one address of a member. Only the hash of its secret is kept; a new address replaces it. ``tells``: also amounts and
    reasons, beyond the name and what it is."""

    administration = Link("store.Administration", models.CASCADE)
    user = models.ForeignKey("store.User", models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64)  # SHA-256, hexadecimal, of a secret of 256 bits
    tells = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "user"], name="feed_once"),
            models.UniqueConstraint(fields=["administration", "secret_hash"], name="feed_secret"),
        ]
