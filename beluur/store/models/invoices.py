"""Invoices and what was paid on them. Open amounts carry the day to which they are known (`as_of`)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from beluur.store.models.links import Link, NumberKey


class Document(models.Model):
    """A file kept by its hash: an invoice copy, the general terms. The bytes stand beside the database."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, null=True)
    kind = models.CharField(max_length=20)  # invoice_copy, terms, other
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    media_type = models.CharField(max_length=60, default="application/pdf")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["administration", "debtor"], name="document_debtor")]


class Invoice(models.Model):
    """One invoice or credit note. ``open = stated_open - booked``, where booked counts what came in after ``as_of``."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="invoices")
    number = models.CharField(max_length=60)
    number_key = NumberKey(max_length=60, blank=True)
    kind = models.CharField(max_length=12, default="invoice")  # invoice, credit_note
    issued = models.DateField(null=True)
    due = models.DateField(null=True)
    currency = models.CharField(max_length=3, default="EUR")
    amount_cents = models.BigIntegerField()
    stated_open_cents = models.BigIntegerField()
    as_of = models.DateField(null=True)  # the day to which the stated open amount is known
    booked_cents = models.BigIntegerField(default=0)
    open_cents = models.BigIntegerField()
    reference = models.CharField(max_length=40, blank=True)  # structured, compact
    your_reference = models.CharField(max_length=80, blank=True)
    description = models.CharField(max_length=500, blank=True)  # C2
    delivery_note = models.TextField(blank=True)  # C3
    responsible = models.CharField(max_length=120, blank=True)
    term_days = models.IntegerField(null=True)
    term_agreed = models.CharField(
        max_length=12, blank=True
    )  # contract, terms, quote, invoice: where it was agreed
    exemption = models.CharField(max_length=14, blank=True)  # domain.case.Exemption
    exempt_cents = models.BigIntegerField(default=0)
    copy = Link(Document, models.SET_NULL, null=True, related_name="+")
    source = Link("store.Source", models.SET_NULL, null=True)
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=20, blank=True)  # paid, gone, credited, written_off

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "debtor", "number"], name="invoice_once"),
            models.CheckConstraint(
                condition=Q(amount_cents__gte=0, open_cents__gte=0)
                | Q(amount_cents__lt=0, open_cents__lte=0),
                name="invoice_open_has_its_sign",
            ),
        ]
        indexes = [
            models.Index(fields=["administration", "number"], name="invoice_number"),
            models.Index(fields=["administration", "number_key"], name="invoice_number_key"),
            models.Index(
                fields=["administration", "reference"], name="invoice_reference", condition=~Q(reference="")
            ),
            models.Index(
                fields=["administration", "debtor", "due"], name="invoice_open", condition=~Q(open_cents=0)
            ),
            models.Index(
                fields=["administration", "source"], name="invoice_source_open", condition=~Q(open_cents=0)
            ),
        ]


class Payment(models.Model):
    """Money that came in or went out: by hand, or one booking of a bank statement. Reversed by rows, never edited: what it
    pays are its allocations, and ``left_cents`` is what of it they do not explain yet."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey(
        "store.Debtor", models.CASCADE, null=True, related_name="payments", db_index=False
    )  # whose index is among those below: with one of its own each payment is looked up and written twice
    booked_on = models.DateField()
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="EUR")
    way = models.CharField(max_length=12, default="transfer")  # transfer, cash, card, set_off
    text = models.CharField(max_length=500, blank=True)
    reverses = models.OneToOneField("self", models.CASCADE, null=True, related_name="reversed_by")
    by = Link("store.User", models.SET_NULL, null=True)
    at = models.DateTimeField()
    left_cents = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12, default="explained")  # domain.payment_state.PaymentState

    account = Link(
        "store.BankAccount", models.CASCADE, null=True
    )  # and all that follows: of a bank's booking
    statement = models.ForeignKey("store.BankStatement", models.SET_NULL, null=True, related_name="payments")
    line_key = models.CharField(max_length=200, null=True)  # noqa: DJ001 - by which the same booking is known again
    valued_on = models.DateField(null=True)
    counterparty = models.CharField(max_length=140, blank=True)
    iban = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=140, blank=True)
    end_to_end = models.CharField(max_length=140, blank=True)
    bank_reference = models.CharField(max_length=140, blank=True)
    bank_text = models.CharField(max_length=500, blank=True)
    code = models.CharField(max_length=40, blank=True)
    returned = models.CharField(max_length=40, blank=True)
    reversal = models.BooleanField(default=False)
    batch = models.CharField(max_length=140, blank=True)
    batch_cents = models.BigIntegerField(default=0)
    pending = models.BooleanField(default=False)  # announced by the bank, not booked
    takes_back = Link("self", models.SET_NULL, null=True, related_name="taken_back_by")
    proposal = models.JSONField(default=dict)  # what the engine thinks, when it was not booked by itself
    perhaps = models.ForeignKey(
        "store.Debtor", models.SET_NULL, null=True, related_name="perhaps_payments", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "account", "line_key"], name="bank_line_once"),
        ]
        indexes = [
            models.Index(fields=["debtor", "administration", "booked_on"], name="payment_debtor"),
            models.Index(
                fields=["administration", "state", "booked_on"],
                name="payment_waits",
                condition=Q(state__in=("proposed", "unexplained", "rest", "pending")),
            ),
            models.Index(
                fields=["administration", "account", "booked_on"],
                name="payment_account",
                condition=Q(account__isnull=False),
            ),
            models.Index(
                fields=["perhaps", "administration"],
                name="payment_perhaps",
                condition=Q(perhaps__isnull=False),
            ),
            models.Index(  # proposed for several
                fields=["administration", "state"],
                name="payment_shared",
                condition=Q(state="proposed", proposal__has_key="also"),
            ),
            models.Index(fields=["administration", "iban"], name="payment_iban", condition=~Q(iban="")),
            models.Index(
                fields=["administration", "end_to_end"], name="payment_own_id", condition=~Q(end_to_end="")
            ),
            models.Index(
                fields=["administration", "takes_back"],
                name="payment_takes_back",
                condition=Q(takes_back__isnull=False),
            ),
        ]


class Allocation(models.Model):
    """Part of a payment on an invoice: append-only. ``lowers`` is False when the stated open amount already holds it.
    ``held``: what was stated open on the very day of the payment holds it; the one thing that changes in a row."""

    administration = Link("store.Administration", models.CASCADE)
    payment = models.ForeignKey(Payment, models.CASCADE, related_name="allocations")
    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="allocations")
    cents = models.BigIntegerField()
    lowers = models.BooleanField(default=True)
    held = models.BooleanField(default=False)
    at = models.DateTimeField()


class Reminder(models.Model):
    """A written nudge that was sent, by us or before us (C4)."""

    administration = Link("store.Administration", models.CASCADE)
    debtor = models.ForeignKey("store.Debtor", models.CASCADE, related_name="reminders")
    level = models.SmallIntegerField()  # 1, 2; 0 is "we tried to reach you"
    on = models.DateField()
    channel = models.CharField(max_length=10, default="mail")
    invoice_numbers = models.JSONField(default=list)
    message = Link("store.Message", models.SET_NULL, null=True)
    intake = Link(
        "store.Intake", models.SET_NULL, null=True
    )  # an export told of it: `on` is the day of the export
    withdrawn_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["administration", "debtor", "on"], name="reminder_debtor")]


class OffInvoice(models.Model):
    """An invoice of which, when last looked at, the open amount was not what its rows say: for the owner, nothing follows."""

    administration = Link("store.Administration", models.CASCADE)
    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="+")
    found_at = models.DateTimeField()
    open_cents = models.BigIntegerField()
    booked_cents = models.BigIntegerField()
    counted_cents = models.BigIntegerField()  # what its rows come to
    should_cents = models.BigIntegerField()  # and what would be open then

    class Meta:
        indexes = [models.Index(fields=["administration", "invoice"], name="off_invoice")]
