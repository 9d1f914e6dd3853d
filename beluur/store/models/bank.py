"""The bank: our own accounts, the statements of them that came in, and how far each account is known."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class BankAccount(models.Model):
    """One of our own accounts. Promises are judged to the day to which all accounts that are in use are known (J3)."""

    administration = Link("store.Administration", models.CASCADE)
    number = models.CharField(max_length=40)  # IBAN compact, or the bank's own number
    currency = models.CharField(max_length=3, default="EUR")
    holder = models.CharField(max_length=140, blank=True)
    in_use = models.BooleanField(default=True)  # customers pay on it
    reaches = models.DateField(null=True)  # the last day that is complete
    closing_cents = models.BigIntegerField(null=True)  # the balance at the end of that day
    sequence_year = models.SmallIntegerField(null=True)
    sequence = models.IntegerField(null=True)  # of the last statement, where the bank counts
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "number", "currency"], name="bank_account_once"
            ),
        ]


class BankStatement(models.Model):
    """One statement of one account as it was taken in; ``before`` is what the account was known to before it, for undoing."""

    administration = Link("store.Administration", models.CASCADE)
    account = models.ForeignKey(BankAccount, models.CASCADE, related_name="statements")
    intake = models.ForeignKey("store.Intake", models.CASCADE, related_name="statements")
    format = models.CharField(max_length=24)
    kind = models.CharField(max_length=10, default="statement")  # statement, interim, notice, list
    number = models.CharField(max_length=140, blank=True)
    opens = models.DateField(null=True)
    reaches = models.DateField(null=True)
    opening_cents = models.BigIntegerField(null=True)
    closing_cents = models.BigIntegerField(null=True)
    before = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["administration", "account", "reaches"], name="statement_account"),
        ]
