"""The Monday after: promises for last Thursday, and the bank's statement to Friday. All invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from beluur.actions.plan_next_steps import plan_next_steps
from beluur.store.models import Cover, Instalment, Promise
from tests.statements import Came, mt940
from tests.world import TODAY, World

TUESDAY, THURSDAY, FRIDAY = (TODAY - timedelta(days=n) for n in (6, 4, 3))
BEFORE = TODAY - timedelta(days=10)  # the export is of that day
WORDS = "Donderdag doe ik er vijfhonderd."


class Morning(NamedTuple):
    """Ids of debtors: who kept his promise, who did not, who just paid, and who is called first until the statement comes."""

    kept: int
    broken: int
    paid: int
    first: int


def before_the_statement(world: World) -> Morning:
    """Four debtors who are late; two promised 500 for Thursday."""
    ids = []
    for n, (name, cents) in enumerate(
        (
            ("Voorbeeld Bouw BV", 500_00),
            ("Fictief Transport NV", 1_500_00),
            ("Proef Schilders VOF", 1_210_00),
            ("Denkbeeldig Advies BV", 9_000_00),
        )
    ):
        debtor = world.debtor(name, phone=f"+31 20 123 45 0{n}", email=f"info{n}@example.org")
        world.contact(debtor, f"Carla Contact {n}", phone=f"020 123 45 1{n}", for_payments=True)
        world.invoice(debtor, f"2026-011{n}", cents, late=16, as_of=BEFORE)
        ids.append(debtor)
    morning = Morning(*ids)
    promise(world, morning.kept)
    promise(world, morning.broken, words=WORDS)
    plan_next_steps(world.id, world.now)
    return morning


def promise(world: World, debtor: int, cents: int = 500_00, due: date = THURSDAY, words: str = "") -> int:
    """On Tuesday he promised ``cents`` for ``due``; to be on the account the day after. Gives the promise's id."""
    from beluur.store.models import Invoice

    made = Promise.objects.create(
        administration=world.administration,
        debtor_id=debtor,
        made_at=world.now - timedelta(days=6),
        cents=cents,
        words=words,
        by=world.user,
    )
    invoice = Invoice.objects.filter(administration_id=world.id, debtor_id=debtor).order_by("due")[0]
    Instalment.objects.create(
        administration=world.administration,
        promise=made,
        number=1,
        due=due,
        cents=cents,
        control=due + timedelta(days=1),
    )
    Cover.objects.create(
        administration=world.administration,
        promise=made,
        invoice=invoice,
        cents=cents,
        open_then_cents=invoice.open_cents,
    )
    return made.id


def statement(*more: Came) -> bytes:
    """To Friday: one kept his promise, one paid all, and one payment says nothing."""
    return mt940(
        Came(500_00, "Voorbeeld Bouw BV", "factuur 2026-0110", iban="NL44RABO0123456789"),
        Came(1_210_00, "Proef Schilders VOF", "factuur 2026-0112", iban="NL18RABO0123459876"),
        Came(777_77, "Onbekende Betaler", "met dank", iban="NL20INGB0001234567"),
        *more,
        opens=BEFORE,
        day=FRIDAY,
    )
