"""Debtors: who they are, by which keys they are known, whom to speak, and what happens next with them."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class PayerGroup(models.Model):
    """Several debtors that one desk pays for: one call for all (B6)."""

    administration = Link("store.Administration", models.CASCADE)
    name = models.CharField(max_length=160)


class Debtor(models.Model):
    """Who owes. The block `step_*` is the stored answer of `domain.next_step`; `event_*` the head of his event chain."""

    administration = Link("store.Administration", models.CASCADE)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, default="business")
    kind_known = models.BooleanField(default=False)  # False: assumed, ask
    country = models.CharField(max_length=2, default="NL")
    language = models.CharField(max_length=5, default="nl")
    formality = models.CharField(max_length=2, default="u")  # u or je
    time_zone = models.CharField(max_length=40, default="Europe/Amsterdam")
    currency = models.CharField(max_length=3, default="EUR")
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)  # the switchboard, as written
    email = models.CharField(max_length=254, blank=True)
    email_bad_at = models.DateTimeField(null=True)  # when a mail to it came back
    vat_number = models.CharField(max_length=20, blank=True)
    company_number = models.CharField(max_length=20, blank=True)
    agreements_note = models.TextField(blank=True)  # C8: special agreements with this customer
    delivery_note = models.TextField(blank=True)  # C3: how the delivery went
    responsible = models.CharField(max_length=120, blank=True)  # C3: who was responsible for it
    payer_group = Link(PayerGroup, models.SET_NULL, null=True)
    assigned_to = Link("store.User", models.SET_NULL, null=True)
    stop = models.CharField(max_length=12, blank=True)  # domain.case.Stop
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    created_at = models.DateTimeField()

    open_cents = models.BigIntegerField(default=0)
    overdue_cents = models.BigIntegerField(default=0)
    oldest_due = models.DateField(null=True)
    step = models.CharField(max_length=16, default="none")  # domain.steps.Step
    step_on = models.DateField(null=True)
    step_at = models.DateTimeField(null=True)
    step_tier = models.SmallIntegerField(default=9)
    step_place = models.CharField(
        max_length=48, blank=True
    )  # his place in the order of the calls, "" when not called
    step_cents = models.BigIntegerField(default=0)  # what would be asked for
    step_invoices = models.IntegerField(default=0)  # on how many invoices
    step_week_ends = models.DateField(null=True)  # last day of the week rule (B1)
    step_because = models.JSONField(default=list)  # sentences
    step_about = models.JSONField(default=list)  # [kind, id] of the call-back, promise, claim or dispute
    step_valid_until = models.DateField(null=True)
    step_stale = models.BooleanField(default=True)
    without_email = models.BooleanField(
        default=False
    )  # no address for mail was known when his step was decided
    reached_slots = models.JSONField(
        default=list
    )  # indexes of half golden hours where he was reached, last first
    avoid_slots = models.JSONField(default=list)  # where he was missed twice in a row

    event_seq = models.IntegerField(default=0)
    event_hash = models.CharField(max_length=64, blank=True)
    search_text = models.TextField(blank=True)  # one document per debtor: names, numbers, invoices, phones

    class Meta:
        indexes = [
            # The order of the calls, with what is asked of each before his row is looked up: a row is wide.
            models.Index(
                fields=["administration", "step_place", "id", "step_on", "merged_into"], name="debtor_place"
            ),
            models.Index(fields=["administration", "-open_cents"], name="debtor_open"),
            models.Index(fields=["administration", "step", "step_on"], name="debtor_step"),
            # The order of who is not called, with what is asked of each before his row is looked up.
            models.Index(
                fields=[
                    *("administration", "-overdue_cents", "-open_cents", "id"),
                    *("step_tier", "step_on", "merged_into"),
                ],
                name="debtor_overdue",
            ),
            # The same of those that no day brings into the round: few among many as a rule.
            models.Index(
                fields=["administration", "-overdue_cents", "-open_cents", "id"],
                name="debtor_left",
                condition=models.Q(step_tier=9, open_cents__gt=0),
            ),
            models.Index(
                fields=["administration", "step_valid_until"],
                name="debtor_valid",
                condition=models.Q(step_valid_until__isnull=False),
            ),
            models.Index(
                fields=["administration", "merged_into"],
                name="debtor_stale",
                condition=models.Q(step_stale=True),
            ),
            models.Index(fields=["administration", "name"], name="debtor_name"),
            models.Index(
                fields=["administration", "-overdue_cents", "id"],
                name="debtor_without_email",
                condition=models.Q(without_email=True, overdue_cents__gt=0),
            ),
            # Who owes, by the ladder he is on, counted without looking up a row.
            models.Index(
                fields=["administration", "country", "kind", "merged_into", "open_cents"],
                name="debtor_kinds",
                condition=models.Q(open_cents__gt=0),
            ),
            models.Index(
                fields=["administration", "payer_group"],
                name="debtor_group",
                condition=models.Q(payer_group__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DebtorTally(models.Model):
    """How many debtors stand at a step, and with how much; the database keeps it (`store.tally_sql`). ``day`` is their
    ``step_on``, 9999-12-31 without one. Of one sum there may be several rows, to be added; amounts are cents of ``currency``."""

    administration = Link(
        "store.Administration", models.CASCADE, db_constraint=False
    )  # a last row may outlive it
    currency = models.CharField(max_length=3)
    step = models.CharField(max_length=16)
    tier = models.SmallIntegerField()
    day = models.DateField()
    debtors = models.IntegerField()
    open_debtors = models.IntegerField()  # with something open
    asked_cents = models.BigIntegerField()
    open_cents = models.BigIntegerField()
    late_cents = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["administration"], name="debtor_tally")]

    def __str__(self) -> str:
        return f"{self.debtors} {self.step}"


class DebtorKey(models.Model):
    """A key by which a debtor is known: customer number per source, VAT, company number, IBAN, e-mail, name."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey(Debtor, models.CASCADE, related_name="keys", db_index=False)
    kind = models.CharField(max_length=12)  # number, vat, company, iban, email, name
    scope = models.CharField(max_length=40, blank=True)  # the source of a customer number
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "kind", "scope", "value", "debtor"], name="key_once"
            ),
        ]
        indexes = [models.Index(fields=["debtor", "administration"], name="key_debtor")]


class Contact(models.Model):
    """A person or desk at a debtor."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey(Debtor, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    mobile = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5, blank=True)
    for_payments = models.BooleanField(default=False)
    phone_invalid = models.BooleanField(default=False)
    email_bad_at = models.DateTimeField(null=True)  # when a mail to it came back
    position = models.IntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["administration", "debtor"], name="contact_debtor")]


class Merge(models.Model):
    """Two debtors that were one, and what moved, so that it can be undone."""

    administration = Link("store.Administration", models.CASCADE)
    kept = models.ForeignKey(Debtor, models.CASCADE, related_name="+")
    gone = models.ForeignKey(Debtor, models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)  # table -> ids
    by = Link("store.User", models.SET_NULL, null=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["administration", "kept"], name="merge_kept")]
