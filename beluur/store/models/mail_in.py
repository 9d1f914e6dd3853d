"""Mail that comes in: the mailbox that is looked in, and the answers that were found there (E3)."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class Mailbox(models.Model):
    """Where answers arrive; one per administration. What is read is after ``last_uid``, as long as ``uid_validity`` stays the
    same; nothing in the mailbox is changed. ``next_look_at`` is the claim of whoever looks."""

    administration = Link("store.Administration", models.CASCADE)
    host = models.CharField(max_length=200)
    port = models.IntegerField(default=993)
    security = models.CharField(max_length=10, default="tls")  # mailroom.send.Security
    sign_in = models.CharField(max_length=10, default="password")  # password, xoauth2 (MailSignIn)
    username = models.CharField(max_length=200)
    secret = models.TextField(blank=True)  # sealed
    folder = models.CharField(max_length=120, default="INBOX")
    authorities = models.TextField(blank=True)
    plus = models.BooleanField(default=False)  # name+token@domain arrives in it
    # the name under which its server says who sent a mail (Authentication-Results); empty: none is believed
    vouched_by = models.CharField(max_length=120, blank=True)
    since = models.DateField()  # older mail is not looked at
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    next_look_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)  # the last time that it worked
    trouble = models.JSONField(default=dict)  # a sentence; empty when the last look worked
    trouble_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)  # in vain, one after another

    class Meta:
        constraints = [models.UniqueConstraint(fields=["administration"], name="mailbox_once")]


BY_MACHINE = ("automatic", "bounce")  # kinds of MailIn: nobody's words, and never answered


class MailIn(models.Model):
    """A mail that answers one of ours; what answers nothing of ours is not kept. ``message`` is what it answers."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="mails_in")
    message = Link("store.Message", models.SET_NULL, null=True, related_name="answers")
    promise = Link("store.Promise", models.SET_NULL, null=True, related_name="answers")
    mail_id = models.CharField(max_length=250)  # its own Message-ID
    kind = models.CharField(max_length=10)  # agree, disagree, proposes, other, automatic, bounce
    because = models.JSONField(default=dict)  # a sentence
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=160, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)  # his own words
    whole = models.TextField(blank=True)  # with what he quotes
    vouched = models.CharField(
        max_length=8, blank=True
    )  # what our server says of the sender: importers.mail_vouched
    proposed = models.JSONField(default=list)  # [day, cents or null]
    documents = models.JSONField(default=list)  # ids of what hung on it
    problems = models.JSONField(default=list)  # sentences
    sent_at = models.DateTimeField(null=True)  # as he says
    at = models.DateTimeField()  # when we found it
    # open, taken (needs nobody), confirmed, noted, answered
    state = models.CharField(max_length=10, default="open")
    handled_by = Link("store.User", models.SET_NULL, null=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "mail_id"], name="mail_in_once"),
        ]
        indexes = [
            models.Index(fields=["administration", "debtor", "at"], name="mail_in_debtor"),
            models.Index(fields=["administration", "state", "at"], name="mail_in_state"),
            models.Index(fields=["administration", "promise"], name="mail_in_promise"),
        ]
