"""What was brought in: a drop of files, read and staged, then published, and if need be undone."""

from __future__ import annotations

from django.db import models

from beluur.store.models.links import Link


class Source(models.Model):
    """Where a kind of file comes from: its shape, the mapping the user confirmed, and what to do with what is gone."""

    administration = Link("store.Administration", models.CASCADE)
    name = models.CharField(max_length=160)
    format = models.CharField(max_length=24)
    shape = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)  # header -> role
    gone_rule = models.CharField(max_length=6, default="ask")  # ask, trust
    as_of = models.DateField(null=True)  # the day of the last export taken in

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "format", "shape"], name="source_shape"),
        ]


class Intake(models.Model):
    """One drop of files: staged, nothing visible; then published in slices; cancellable until then."""

    administration = Link("store.Administration", models.CASCADE)
    state = models.CharField(
        max_length=12, default="reading"
    )  # reading, staged, publishing, published, cancelled, undone
    by = Link("store.User", models.SET_NULL, null=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_to = models.BigIntegerField(default=0)  # the last staged row that was published: they go by id
    undone_at = models.DateTimeField(null=True)
    summary = models.JSONField(default=dict)
    close_gone = models.BooleanField(default=False)
    take_changes = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["administration", "-created_at"], name="intake_recent")]


class IntakeFile(models.Model):
    """One file of a drop; the bytes stand beside the database by their hash until it is published."""

    administration = Link("store.Administration", models.CASCADE)
    intake = models.ForeignKey(Intake, models.CASCADE, related_name="files")
    source = Link(Source, models.SET_NULL, null=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    format = models.CharField(max_length=24, blank=True)
    shape = models.CharField(max_length=64, blank=True)
    as_of = models.DateField(null=True)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    refused = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["administration", "intake"], name="intakefile_intake")]


class StagedRow(models.Model):
    """One record that waits to be published, and afterwards what it did, so that it can be undone."""

    administration = Link("store.Administration", models.CASCADE)
    intake = models.ForeignKey(Intake, models.CASCADE, related_name="rows")
    file = models.ForeignKey(IntakeFile, models.CASCADE, null=True)
    kind = models.CharField(max_length=10)  # debtor, known_to, lines, details, reach
    change = models.CharField(max_length=10)  # new, changed, same, gone, conflict
    line = models.IntegerField(null=True)
    key = models.CharField(max_length=260, blank=True)  # which debtor within this intake
    record = models.JSONField(default=dict)
    before = models.JSONField(default=dict)  # what was there, for showing and undoing
    debtor = models.ForeignKey("store.Debtor", models.SET_NULL, null=True)
    target_id = models.BigIntegerField(null=True)  # of a debtor who is new: the id that was reserved for him

    class Meta:
        indexes = [models.Index(fields=["administration", "intake", "id"], name="staged_next")]


class PassingLine(models.Model):
    """By what a bank line that waits names a debtor; from when it is staged until its intake is published, so that whoever is
    called meanwhile is looked up and not looked for."""

    administration = Link("store.Administration", models.CASCADE)
    intake = Link(Intake, models.CASCADE, related_name="passing")
    kind = models.CharField(max_length=1)  # a: an account, r: a reference, n: the key of an invoice number
    value = models.CharField(max_length=160)
    account_number = models.CharField(max_length=60)  # ours
    account_currency = models.CharField(max_length=3)
    line_key = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    cents = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["administration", "kind", "value"], name="passing_named")]
