"""Calls: one dialling each, with a lease while it is open."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from beluur.store.models.links import Link


class Call(models.Model):
    """One call, out or in. Open at most once per debtor; the lease is renewed by autosave."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="calls")
    caller = Link("store.User", models.SET_NULL, null=True)
    incoming = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, default="open"
    )  # open, ended, left (the lease ran out or it was left)
    opened_at = models.DateTimeField()
    lease_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=40, blank=True)
    contact = Link("store.Contact", models.SET_NULL, null=True)
    outcome = models.CharField(max_length=16, blank=True)  # domain.case.Outcome
    result = models.CharField(
        max_length=20, blank=True
    )  # promise, callback, dispute, claim, passed_on, refused, nothing
    received = models.CharField(max_length=4, blank=True)  # yes, no: was the product or service received (D4)
    note = models.TextField(blank=True)
    goal = models.JSONField(default=dict)  # as it was before dialling (C11)
    reached = models.JSONField(default=dict)  # what of the goal was reached (J7)
    review = models.JSONField(default=dict)  # went well, better, what differently (G1)
    draft = models.JSONField(default=dict)  # what is typed and not yet ended
    draft_version = models.IntegerField(default=0)
    overruled = models.CharField(max_length=300, blank=True)  # why the gate's no was overruled
    slot = models.CharField(max_length=4, blank=True)  # HHMM of the half slot, local to the debtor
    corrected_by = Link("self", models.SET_NULL, null=True, related_name="corrects")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "debtor"],
                condition=Q(state="open"),
                name="one_open_call_per_debtor",
            ),
        ]
        indexes = [
            models.Index(fields=["administration", "debtor", "opened_at"], name="call_debtor"),
            models.Index(fields=["administration", "caller", "state", "ended_at"], name="call_caller"),
            models.Index(fields=["administration", "opened_at"], name="call_when"),
        ]
