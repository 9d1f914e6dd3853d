"""Dossiers to call about: a business with three invoices, a promise that was broken, and a consumer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from beluur.actions.plan_next_steps import plan_debtors
from beluur.store.models import Call, Cover, Instalment, Invoice, Promise
from tests.world import TODAY, World

IN_TIME = TODAY  # the books are known to today


def business(world: World, **facts: Any) -> int:
    """Three invoices late, a contact for payments; gives the debtor's id."""
    debtor = world.debtor("Voorbeeld Bouw", phone="+31 20 123 45 01", email="info@example.org", **facts)
    world.contact(
        debtor,
        "Marijke Fictief",
        role="crediteuren",
        phone="020 123 45 10",
        email="m@example.org",
        for_payments=True,
    )
    for number, cents, late in (
        ("2026-0398", 64_000, 19),
        ("2026-0412", 124_000, 12),
        ("2026-0431", 26_000, 6),
    ):
        world.invoice(debtor, number, cents, late=late, description=f"Steigerwerk {number}", as_of=IN_TIME)
    plan_debtors(world.id, [debtor], world.now)
    return debtor


def consumer(world: World) -> int:
    """One invoice late, nobody but himself to speak."""
    debtor = world.debtor("Piet Particulier", kind="consumer", phone="+31 20 123 45 02")
    world.invoice(debtor, "2026-0500", 48_000, late=6, description="Reparatie dakgoot", as_of=IN_TIME)
    plan_debtors(world.id, [debtor], world.now)
    return debtor


def broken_promise(world: World, debtor: int) -> int:
    """Six days ago he promised 500 for three days ago, and it is not in; gives the promise's id."""
    at = world.now - timedelta(days=6)
    invoice = _oldest(world, debtor)
    call = Call.objects.create(
        administration=world.administration,
        debtor_id=debtor,
        caller=world.user,
        state="ended",
        opened_at=at,
        lease_until=at,
        ended_at=at,
        outcome="reached",
        result="promise",
    )
    promise = Promise.objects.create(
        administration=world.administration,
        debtor_id=debtor,
        call=call,
        made_at=at,
        cents=50_000,
        said="received_on",
        words="Vrijdag doe ik er vijfhonderd.",
        by=world.user,
    )
    due = TODAY - timedelta(days=3)
    Instalment.objects.create(
        administration=world.administration,
        promise=promise,
        number=1,
        due=due,
        cents=50_000,
        control=due,
        verdict="broken",
    )
    Cover.objects.create(
        administration=world.administration,
        promise=promise,
        invoice_id=invoice,
        cents=50_000,
        open_then_cents=64_000,
    )
    plan_debtors(world.id, [debtor], world.now)
    return promise.id


def voicemail(world: World, debtor: int, *, days_ago: int = 4) -> None:
    """A call that reached his voicemail."""
    at = world.now - timedelta(days=days_ago)
    Call.objects.create(
        administration=world.administration,
        debtor_id=debtor,
        caller=world.user,
        state="ended",
        opened_at=at,
        lease_until=at,
        ended_at=at,
        outcome="voicemail",
    )


def _oldest(world: World, debtor: int) -> int:
    rows = Invoice.objects.filter(administration_id=world.id, debtor_id=debtor).order_by("due")
    return int(rows.values_list("id", flat=True)[0])
