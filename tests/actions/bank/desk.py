"""A desk at which statements come in, by the road that people use, and short ways to look at what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Sum

from beluur.actions.audit_open import audit_open
from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.stage_files import stage_files
from beluur.actions.once import Doer
from beluur.domain.booking import Moved, counted
from beluur.store.models import Allocation, BankAccount, IntakeFile, Invoice, Payment
from tests.world import World, make_world

FRIDAY = date(2026, 11, 27)


@dataclass
class Desk:
    """One administration; ``who`` are its debtors by name."""

    world: World = field(default_factory=make_world)
    who: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.world.id

    def doer(self, on: date = FRIDAY, hour: int = 9) -> Doer:
        at = datetime(on.year, on.month, on.day, hour, 0, tzinfo=UTC)
        return replace(self.world.doer, at=at)

    def owes(self, name: str, *invoices: tuple[str, int], **facts: Any) -> int:
        """A debtor with these invoices (number, cents); gives his id."""
        as_of = facts.pop("as_of", None)
        known = {"as_of": as_of} if as_of else {}
        if name not in self.who:
            self.who[name] = self.world.debtor(name, phone="+31 20 123 45 00", **facts)
        for number, cents in invoices:
            kind = "credit_note" if cents < 0 else "invoice"
            self.world.invoice(self.who[name], number, abs(cents), kind=kind, **known)
        return self.who[name]

    def stage(self, *files: str | bytes, on: date = FRIDAY) -> int:
        named = [
            (f"bestand-{n}", f if isinstance(f, bytes) else f.encode("cp1252")) for n, f in enumerate(files)
        ]
        return stage_files(self.doer(on), named, today=on)

    def publish(self, intake_id: int, on: date = FRIDAY, **options: Any) -> None:
        publish_intake(self.doer(on), intake_id, **{"balance_seen": True} | options)
        assert publish_all(self.doer(on), intake_id)

    def take(self, *files: str | bytes, on: date = FRIDAY, **options: Any) -> int:
        """Stages and publishes; gives the id of the intake."""
        intake_id = self.stage(*files, on=on)
        self.publish(intake_id, on, **options)
        return intake_id


def opens() -> dict[str, int]:
    """What is open, by number."""
    return dict(Invoice.objects.values_list("number", "open_cents"))


def states() -> list[tuple[int, str]]:
    """Amount and state of each booking, in order of day."""
    rows = Payment.objects.filter(account__isnull=False).order_by("booked_on", "id")
    return list(rows.values_list("amount_cents", "state"))


def one(**where: Any) -> Payment:
    """The one booking."""
    return Payment.objects.get(account__isnull=False, **where)


def reach(number: str = "") -> date | None:
    """How far the account is known."""
    rows = BankAccount.objects.filter(number=number) if number else BankAccount.objects.all()
    return rows.get().reaches


def warned(intake_id: int) -> list[str]:
    """The codes of all problems of the intake's files."""
    rows = IntakeFile.objects.filter(intake_id=intake_id).order_by("id").values_list("problems", flat=True)
    return [problem["sentence"]["code"] for problems in rows for problem in problems]


def check_sums(administration_id: int) -> None:
    """What always holds: each payment is its parts and what is left; each invoice what was stated less what still counts."""
    here = {"administration_id": administration_id}
    parts = Allocation.objects.filter(**here).order_by()
    used = dict(parts.values_list("payment").annotate(sum=Sum("cents")))
    backs = Payment.objects.filter(**here, takes_back__isnull=False).order_by().values_list("takes_back_id")
    gone = {i: sums for i, *sums in backs.annotate(whole=Sum("amount_cents"), of_rest=Sum("left_cents"))}
    for payment in Payment.objects.filter(**here).exclude(state="undone"):
        told = f"payment {payment.id} {payment.state} of {payment.amount_cents}"
        whole, of_rest = gone.get(payment.id, (0, 0))
        assert payment.amount_cents == used.get(payment.id, 0) + payment.left_cents - of_rest, told
        assert payment.amount_cents + whole >= 0 or not whole, f"{told}: more went back than came"
        assert payment.amount_cents + whole or not payment.left_cents or not whole, told
        _check_state(payment, used.get(payment.id, 0), told)
    for invoice in Invoice.objects.filter(**here):
        _check_invoice(invoice)
    assert audit_open(administration_id, datetime(2026, 11, 27, tzinfo=UTC)) == 0
    keys = list(Payment.objects.filter(**here, line_key__isnull=False).values_list("account_id", "line_key"))
    assert len(keys) == len(set(keys))


def _check_state(payment: Payment, used: int, told: str) -> None:
    returned = payment.takes_back_id or payment.taken_back_by.exists()
    kept = payment.perhaps_id is not None and payment.perhaps_id == payment.debtor_id
    if payment.account_id is None or returned:
        return
    if payment.state == "explained":
        assert payment.left_cents == 0 or kept, told
    if payment.state == "rest":
        assert used != 0 != payment.left_cents, told
    if payment.state in ("proposed", "unexplained", "pending", "earlier"):
        assert used == 0, told


def _check_invoice(invoice: Invoice) -> None:
    rows = Allocation.objects.filter(invoice=invoice, lowers=True).values_list(
        "payment_id", "payment__takes_back_id", "payment__reverses_id", "cents", "payment__booked_on", "held"
    )
    days = [Moved(back or reverses or i, *row) for i, back, reverses, *row in rows]
    counts = counted(days, invoice.amount_cents, invoice.stated_open_cents, invoice.as_of)
    told = f"invoice {invoice.number}: stated {invoice.stated_open_cents} on {invoice.as_of}, booked {days}"
    assert invoice.booked_cents == counts, f"{told}, counted {invoice.booked_cents}"
    still = invoice.stated_open_cents - invoice.booked_cents
    expected = max(0, still) if invoice.amount_cents >= 0 else min(0, still)
    assert invoice.open_cents == expected, f"{told}, open {invoice.open_cents}"
    assert abs(invoice.open_cents) <= max(abs(invoice.amount_cents), abs(invoice.stated_open_cents)), told
    assert (invoice.closed_on is not None) <= (invoice.open_cents == 0), told
