"""The sign-in at the provider of the mailbox (OAuth 2), for sending and for reading."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class MailSignIn(models.Model):
    """The user's own registration of the app at a provider, and the tokens it was given; one per administration. ``holds``: with
    the refresh token another access token can be had, as far as is known."""

    administration = Link("store.Administration", models.CASCADE)
    provider = models.CharField(max_length=12)  # mailroom.providers
    client_id = models.CharField(max_length=200)
    client_secret = models.TextField()  # sealed, as the tokens are
    tenant = models.CharField(max_length=36, blank=True)
    refresh_token = models.TextField(blank=True)
    access_token = models.TextField(blank=True)
    access_at = models.DateTimeField(null=True)
    access_until = models.DateTimeField(null=True)
    holds = models.BooleanField(default=False)
    trouble = models.JSONField(default=dict)  # a sentence: why it holds no more
    signed_in_at = models.DateTimeField(null=True)
    by = Link("store.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["administration"], name="mail_sign_in_once")]
