"""The personal link of a debtor (J9): the page he opens from a mail, and what he answered in writing (E3)."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class PersonalLink(models.Model):
    """The page of one mail. Of the token in its address only the SHA-256 is kept; ``sealed`` holds the token itself, sealed, from
    when the mail is written until it has left.

    ``invoices`` are ids; ``agreement`` is `domain.shown_agreement` as it was confirmed; ``opened_invoices`` is id -> moment."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="personal_links")
    message = Link("store.Message", models.CASCADE, related_name="personal_links")
    call = Link("store.Call", models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64)
    sealed = models.CharField(max_length=250, blank=True)
    invoices = models.JSONField(default=list)
    agreement = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)  # the first time
    seen_at = models.DateTimeField(null=True)  # the last visit that is on the timeline
    opened_invoices = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "token_hash"], name="link_token_once"),
        ]
        indexes = [
            models.Index(fields=["administration", "debtor"], name="link_debtor"),
            models.Index(fields=["administration", "message"], name="link_message"),
        ]


class WrittenAnswer(models.Model):
    """What a debtor answered in writing to what was confirmed: on his page, or in a mail that a person noted (``link`` is None).

    ``version`` is that of the agreement that he saw; ``digest`` makes the same answer one answer."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="written_answers")
    link = Link(PersonalLink, models.CASCADE, null=True, related_name="answers")
    promise = Link("store.Promise", models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=14)  # agree, disagree, question, wrong_person
    version = models.CharField(max_length=16, blank=True)
    words = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=160, blank=True)  # who answered, as far as is known
    by = Link("store.User", models.SET_NULL, null=True)  # who noted it
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "link", "digest"], name="answer_once"),
        ]
        indexes = [
            models.Index(fields=["administration", "debtor", "at"], name="answer_debtor"),
            models.Index(fields=["administration", "promise"], name="answer_promise"),
        ]
