"""What binds: promises with their instalments, call-backs, disputes, claims of payment, holds and our own tasks."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class Promise(models.Model):
    """A promise to pay. A change makes a new row; ``replaced_by`` keeps both in the history."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="promises")
    call = Link("store.Call", models.SET_NULL, null=True, related_name="promises")
    made_at = models.DateTimeField()
    cents = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="EUR")
    said = models.CharField(max_length=12, default="pays_on")  # pays_on, received_on
    way = models.CharField(max_length=12, default="transfer")
    words = models.CharField(max_length=500, blank=True)
    proposed_by = models.CharField(max_length=8, blank=True)  # debtor, us (D10)
    reserved = models.BooleanField(default=False)  # beyond the mandate: under reservation, we call back (A2)
    active = models.BooleanField(default=True)
    replaced_by = Link("self", models.SET_NULL, null=True, related_name="replaces")
    ended_because = models.CharField(max_length=20, blank=True)  # corrected, withdrawn, kept
    by = Link("store.User", models.SET_NULL, null=True)

    class Meta:
        indexes = [models.Index(fields=["administration", "debtor", "active"], name="promise_debtor")]


class Instalment(models.Model):
    """One dated part; ``verdict`` is domain.case.Verdict as last judged, ``judged_by`` the rule or the person."""

    administration = Link("store.Administration", models.CASCADE)
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="instalments")
    number = models.SmallIntegerField()
    due = models.DateField()
    cents = models.BigIntegerField()
    control = models.DateField()
    verdict = models.CharField(max_length=10, default="open")
    judged_at = models.DateTimeField(null=True)
    looked_by = Link("store.User", models.SET_NULL, null=True)  # said "in" or "not in" himself

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "promise", "number"], name="instalment_once"),
        ]
        indexes = [models.Index(fields=["administration", "verdict", "control"], name="instalment_control")]


class Cover(models.Model):
    """Which invoice a promise covers, for how much, and what was open then."""

    administration = Link("store.Administration", models.CASCADE)
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="covers")
    invoice = models.ForeignKey("store.Invoice", models.CASCADE, related_name="covers")
    cents = models.BigIntegerField()
    open_then_cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "promise", "invoice"], name="cover_once"),
        ]


class Callback(models.Model):
    """An agreed call-back at a moment (UTC)."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="callbacks")
    call = Link("store.Call", models.SET_NULL, null=True, related_name="callbacks")
    at = models.DateTimeField()
    who = models.CharField(max_length=160, blank=True)
    number = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, default="open")  # open, done, corrected
    by = Link("store.User", models.SET_NULL, null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["administration", "debtor", "state"], name="callback_debtor"),
            models.Index(
                fields=["administration", "at"], name="callback_open", condition=models.Q(state="open")
            ),
        ]


class Dispute(models.Model):
    """A contested invoice, or part of it (D8, J6)."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="disputes")
    invoice = models.ForeignKey("store.Invoice", models.CASCADE, related_name="disputes")
    call = Link("store.Call", models.SET_NULL, null=True, related_name="disputes")
    cents = models.BigIntegerField()
    code = models.CharField(max_length=12)
    what = models.TextField(blank=True)
    wants = models.TextField(blank=True)  # what would settle it, in his words
    evidence = models.TextField(blank=True)  # what there is to show for it, and where
    owner = models.CharField(max_length=120, blank=True)
    owner_user = Link("store.User", models.SET_NULL, null=True, related_name="+")
    answer_by = models.DateField(null=True)
    state = models.CharField(max_length=10, default="open")  # open, solved, rejected, corrected
    answer = models.TextField(blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["administration", "debtor", "state"], name="dispute_debtor"),
            models.Index(
                fields=["administration", "owner_user", "answer_by"],
                name="dispute_owner",
                condition=models.Q(state="open"),
            ),
        ]


class PaidClaim(models.Model):
    """The debtor says that he has paid; the account decides."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="claims")
    call = Link("store.Call", models.SET_NULL, null=True, related_name="claims")
    paid_on = models.DateField(null=True)
    cents = models.BigIntegerField()
    check_on = models.DateField()
    state = models.CharField(max_length=10, default="open")  # open, found, not_found, corrected
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["administration", "debtor", "state"], name="claim_debtor")]


class Hold(models.Model):
    """No chasing until a day (inclusive), with a reason; resumes by itself."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="holds")
    until = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    by = Link("store.User", models.SET_NULL, null=True)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["administration", "debtor", "lifted_at"], name="hold_debtor"),
            models.Index(
                fields=["administration", "until"],
                name="hold_until",
                condition=models.Q(lifted_at__isnull=True),
            ),
        ]


class Task(models.Model):
    """What we promised ourselves, with its hour (D9), or something a colleague must look at."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="tasks")
    call = Link("store.Call", models.SET_NULL, null=True, related_name="tasks")
    kind = models.CharField(max_length=14, default="own_promise")  # own_promise, delivery
    what = models.CharField(max_length=500)
    asked = models.CharField(max_length=120, blank=True)  # the colleague who knows (C3)
    invoice = Link(
        "store.Invoice", models.SET_NULL, null=True, related_name="+"
    )  # the delivery that is asked about
    at = models.DateTimeField()
    owner = Link("store.User", models.SET_NULL, null=True)
    done_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["administration", "debtor", "done_at"], name="task_debtor"),
            models.Index(
                fields=["administration", "owner", "at"],
                name="task_open",
                condition=models.Q(done_at__isnull=True),
            ),
        ]


class TermsGiven(models.Model):
    """He was given the general terms before the deal (I1): when, how, which text. ``how`` is `actions.record_terms`'s."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="terms_given")
    on = models.DateField()
    how = models.CharField(max_length=12)
    document = Link("store.Document", models.SET_NULL, null=True, related_name="+")
    by = Link("store.User", models.SET_NULL, null=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["administration", "debtor"], name="terms_debtor")]
