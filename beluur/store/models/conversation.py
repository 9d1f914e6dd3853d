"""What a conversation leaves behind: the reasons that were given, what a colleague was asked, last words, and our own lines."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class CallReason(models.Model):
    """A reason for not paying, as it was given (D7). Never one of health: those stop the call and store nothing (J11).

    ``heard`` is what the caller typed, ``offered`` the codes that were offered for it, best first: what he picked instead teaches
    the recogniser of this administration."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="reasons")
    call = Link("store.Call", models.CASCADE, related_name="reasons")
    code = models.CharField(max_length=32)
    heard = models.CharField(max_length=300, blank=True)
    offered = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["administration", "debtor", "at"], name="reason_debtor"),
            models.Index(fields=["administration", "code", "at"], name="reason_code"),
        ]


class Approval(models.Model):
    """A colleague with a wider mandate is asked about a proposal, while the debtor is on the line (A2).

    ``plan`` and ``answer`` are `domain.plan` plans as `load.approvals` writes them; ``state`` is `domain.approval`'s, not yet
    expired for who reads it too late."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="approvals")
    call = Link("store.Call", models.CASCADE, related_name="approvals")
    plan = models.JSONField(default=dict)
    beyond = models.JSONField(default=list)  # [{rule, sentence}]: why it is beyond the mandate
    words = models.CharField(max_length=500, blank=True)  # what the caller adds
    state = models.CharField(max_length=10, default="asked")
    asked_by = Link("store.User", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = Link("store.User", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.JSONField(default=dict)
    why = models.CharField(max_length=500, blank=True)  # the sentence that goes with a refusal or a change

    class Meta:
        indexes = [
            models.Index(fields=["administration", "state", "asked_at"], name="approval_state"),
            models.Index(fields=["administration", "call"], name="approval_call"),
        ]


class Ultimatum(models.Model):
    """A last day and what follows when it passes (D12); goes into the mail, and the next step hangs on it.

    ``check_on`` is the last day on which the money may come in, ``covers`` [invoice id, cents, what was open then], the oldest
    first; without them nothing is told from the books. ``ended_at`` is when it was met or withdrawn, or found missed."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="ultimatums")
    call = Link("store.Call", models.SET_NULL, null=True, related_name="ultimatums")
    until = models.DateField()
    cents = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="EUR")
    check_on = models.DateField(null=True)
    covers = models.JSONField(default=list)
    consequence = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default="open")  # open, met, missed, withdrawn
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = Link("store.User", models.SET_NULL, null=True)

    class Meta:
        indexes = [models.Index(fields=["administration", "debtor", "state"], name="ultimatum_debtor")]


class PlaybookLine(models.Model):
    """A line of the playbook in this administration's own words; ``moment`` is `playbook.moments`' name or a reason's part."""

    administration = Link("store.Administration", models.CASCADE)
    language = models.CharField(max_length=5)
    moment = models.CharField(max_length=60)
    say = models.CharField(max_length=400)
    hint = models.CharField(max_length=400, blank=True)
    by = Link("store.User", models.SET_NULL, null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "language", "moment"], name="playbook_line_once"
            ),
        ]
