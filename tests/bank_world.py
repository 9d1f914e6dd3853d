"""A morning with a statement: what the bank sent of a few invented customers, and how much of it is plain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from beluur.store.models import Payment
from tests.statement import IBANS, Line, take_in
from tests.world import TODAY, World

KNOWN = date(2026, 11, 16)  # the day of the export
BEFORE, LATER = date(2026, 11, 18), date(2026, 11, 20)


@dataclass
class Morning:
    """The debtors by their names, the payments by what they are."""

    world: World
    bouw: int
    transport: int
    schilders: int
    advies: int

    def payment(self, cents: int, payer: str = "") -> Any:
        """The payment of that amount."""
        found = Payment.objects.filter(administration_id=self.world.id, amount_cents=cents)
        return found.get(counterparty__startswith=payer) if payer else found.get()

    @property
    def certain(self) -> Any:
        """By its number and to the cent: booked."""
        return self.payment(12_340_50)

    @property
    def two_ways(self) -> Any:
        """Two invoices have its amount."""
        return self.payment(500_00)

    @property
    def over(self) -> Any:
        """More than is open."""
        return self.payment(1_600_00)

    @property
    def alike(self) -> Any:
        """By its amount, from a name that is only like it."""
        return self.payment(480_00)

    @property
    def unknown(self) -> Any:
        """From nobody we know."""
        return self.payment(750_00)

    @property
    def costs(self) -> Any:
        """What the bank takes."""
        return self.payment(-12_50)

    @property
    def back(self) -> Any:
        """A direct debit that came back, of which two payments can be the one."""
        return self.payment(-605_00)


def make_morning(world: World) -> Morning:
    """Four debtors with invoices, and the statement of that morning taken in."""
    bouw = world.debtor("Voorbeeld Bouw BV", city="Utrecht")
    for number, cents in (("2026-0118", 12_340_50), ("2026-0119", 500_00), ("2026-0120", 500_00)):
        world.invoice(bouw, number, cents, as_of=KNOWN)
    transport = world.debtor("Fictief Transport NV", city="Gent")
    world.invoice(transport, "2026-0121", 1_500_00, as_of=KNOWN)
    schilders = world.debtor("Proef Schilders VOF", city="Breda")
    world.invoice(schilders, "2026-0122", 480_00, as_of=KNOWN)
    world.invoice(schilders, "2026-0123", 350_00, as_of=KNOWN)
    advies = world.debtor("Denkbeeldig Advies BV", city="Zwolle")
    world.invoice(advies, "2026-0125", 605_00, as_of=KNOWN)
    world.invoice(advies, "2026-0126", 605_00, as_of=KNOWN)
    world.invoice(advies, "C-0007", 100_00, as_of=KNOWN, kind="credit_note")
    lines = (
        Line(12_340_50, "Voorbeeld Bouw BV", "factuur 2026-0118", IBANS[0]),
        Line(500_00, "Voorbeeld Bouw B.V.", "betaling", IBANS[0], LATER),
        Line(1_600_00, "Fictief Transport NV", "2026-0121", IBANS[4], LATER),
        Line(480_00, "P. Schilders", "", IBANS[2], LATER),
        Line(750_00, "Stichting Nergens Bekend", "diverse facturen, zie mail", IBANS[3], LATER),
        Line(-12_50, "Bank", "kosten november", "", LATER),
        Line(605_00, "Denkbeeldig Advies BV", "2026-0125", IBANS[1], BEFORE),
        Line(605_00, "Denkbeeldig Advies BV", "2026-0126", IBANS[1], BEFORE),
        Line(-605_00, "Denkbeeldig Advies BV", "storno", IBANS[1], LATER, "MD06"),
    )
    take_in(world.doer, TODAY, *lines)
    return Morning(world, bouw, transport, schilders, advies)
