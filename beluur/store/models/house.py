"""Who works here: users, administrations (tenants), who may enter which, and the receipts of what was done."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from beluur.store.models.links import Link


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None, name: str) -> User:
        """A user who signs in with ``email``; no password means that he cannot sign in yet."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who works with Beluur. Rights come from his memberships."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)  # first and last name: he says it when he opens a call
    language = models.CharField(max_length=2, default="nl")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class Administration(models.Model):
    """A creditor whose books these are: one tenant. ``acts_for`` names the creditor for whom an agency collects."""

    class Kind(models.TextChoices):
        OWN = "own"
        AGENCY = "agency"
        PRACTICE = "practice"
        DEMO = "demo"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OWN)
    acts_for = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2, default="NL")  # the law it works under
    language = models.CharField(max_length=5, default="nl")
    time_zone = models.CharField(max_length=40, default="Europe/Amsterdam")
    currency = models.CharField(max_length=3, default="EUR")
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    company_number = models.CharField(max_length=20, blank=True)
    terms = Link("store.Document", models.SET_NULL, null=True, related_name="+")
    policy = models.JSONField(default=dict)  # what differs from domain.policy.Policy
    mandates = models.JSONField(default=dict)  # per role, what differs from domain.mandate (A2)
    # host, port, security, user, sender, copy_to, provider (MailSignIn); the secret is sealed
    smtp = models.JSONField(default=dict)
    public_address = models.CharField(max_length=200, blank=True)  # https://...: where debtors reach us (J9)
    payment_link = models.CharField(max_length=500, blank=True)  # with {amount} and {reference}
    created_at = models.DateTimeField()
    last_backup_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Who may enter an administration, and as what."""

    class Role(models.TextChoices):
        OWNER = "owner"
        LEAD = "lead"
        CALLER = "caller"

    administration = Link(Administration, models.CASCADE)
    user = models.ForeignKey(User, models.CASCADE)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.CALLER)
    mandate = models.JSONField(default=dict)  # what differs from his role's (A2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "user"], name="membership_once"),
        ]


class CallBlock(models.Model):
    """A fixed moment in a caller's week (A3); local time of the administration."""

    administration = Link(Administration, models.CASCADE)
    user = models.ForeignKey(User, models.CASCADE)
    weekday = models.SmallIntegerField()  # 0 is Monday
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        indexes = [models.Index(fields=["administration", "user", "weekday"], name="block_user_day")]


class Absence(models.Model):
    """When somebody is away, and who stands in for him; days of the administration, both included. ``deputy`` None: he has left,
    and the work is everyone's; ``ended_at``: back earlier, or it did not go through."""

    administration = Link(Administration, models.CASCADE)
    user = models.ForeignKey(User, models.CASCADE)
    first = models.DateField()
    last = models.DateField()
    deputy = Link(User, models.SET_NULL, null=True, related_name="+")
    by = Link(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["administration", "last"],
                name="absence_last",
                condition=models.Q(ended_at__isnull=True),
            ),
        ]


class Receipt(models.Model):
    """An idempotency key that was used, with what it led to: a repeated form changes nothing."""

    administration = Link(Administration, models.CASCADE)
    key = models.CharField(max_length=64)
    action = models.CharField(max_length=60)
    result = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["administration", "key"], name="receipt_once")]


class JobRun(models.Model):
    """A nightly job that ran; once per job and day for the whole house."""

    job = models.CharField(max_length=40)
    day = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "day"], name="jobrun_once")]


class AssignRule(models.Model):
    """Whose a new debtor becomes, as in `domain.assign_rule`; the first that fits holds, by ``position``. ``user`` None and not
    ``in_turn``: nobody's, also when that colleague has left."""

    administration = Link(Administration, models.CASCADE)
    position = models.SmallIntegerField()
    user = Link(User, models.SET_NULL, null=True, related_name="+")
    in_turn = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=5, blank=True)
    first_letter = models.CharField(max_length=1, blank=True)
    last_letter = models.CharField(max_length=1, blank=True)
    at_least_cents = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "position"], name="assign_rule_once"),
        ]
