"""Outgoing mail: the row is the job; and the texts an administration changed."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class Message(models.Model):
    """One mail. States and transitions are `domain.message_state`; left in *sending* by a crash it becomes *uncertain*."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, null=True, related_name="messages")
    call = Link("store.Call", models.SET_NULL, null=True, related_name="messages")
    # confirmation, reminder_1, reminder_2, reminder_last, notice, tried_to_reach, statement, invoice_copy,
    # dispute_answer, delivery_question, ask_confirm, instalment_note, reply, test
    kind = models.CharField(max_length=24)
    to = models.CharField(max_length=254, blank=True)
    copy_to = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5, default="nl")
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    inline = models.JSONField(default=list)  # [{cid, media_type, base64}]
    documents = models.JSONField(default=list)  # document ids, attached when sent
    # held, queued, sending, sent, failed, uncertain, not_sent, withdrawn
    state = models.CharField(max_length=10, default="queued")
    send_after = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200)
    problem = models.JSONField(default=dict)  # a sentence
    replaces = Link("self", models.SET_NULL, null=True)
    by = Link("store.User", models.SET_NULL, null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "message_id"], name="message_id_once"),
        ]
        indexes = [
            models.Index(fields=["administration", "state", "send_after"], name="message_state"),
            models.Index(fields=["administration", "debtor"], name="message_debtor"),
            models.Index(fields=["administration", "-created_at"], name="message_recent"),
        ]


class MailTemplate(models.Model):
    """A text the user changed; without a row the shipped one holds."""

    administration = Link("store.Administration", models.CASCADE)
    kind = models.CharField(max_length=32)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    by = Link("store.User", models.SET_NULL, null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "kind", "language"], name="template_once"),
        ]
