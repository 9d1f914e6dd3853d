"""Letters on paper, for who has no address for mail: made, printed, and posted by a person."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class Letter(models.Model):
    """One letter as it is printed: ``sheet`` is what is set, frozen, so that it prints the same each time. It counts as a
    reminder from when a person says that he posted it, never before."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="letters")
    level = models.SmallIntegerField()  # of the reminder that it becomes
    sheet = models.JSONField()
    invoice_numbers = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="ready")  # ready, posted, withdrawn
    made_at = models.DateTimeField()
    by = Link("store.User", models.SET_NULL, null=True, related_name="+")
    posted_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)  # when a person said that it was posted, or took it back
    ended_by = Link("store.User", models.SET_NULL, null=True, related_name="+")
    reminder = Link("store.Reminder", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "debtor"],
                condition=models.Q(state="ready"),
                name="letter_ready_once",
            ),
        ]
        indexes = [models.Index(fields=["administration", "state", "made_at"], name="letter_state")]
