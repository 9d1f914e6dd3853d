"""A debtor with invoices in two currencies, and one who owes in another than the usual: never added together, never lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from beluur.actions.look_at_account import check_claim
from beluur.actions.plan_next_steps import plan_debtors
from beluur.actions.send_papers import send_statements
from beluur.domain.call_report import CallReport, ClaimSaid
from beluur.domain.case import Outcome
from beluur.queries.today import today
from beluur.store.models import Debtor, Invoice, Message, PaidClaim
from tests.actions.calls import hold_call, later
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world() -> World:
    return make_world()


def mixed(world: World) -> int:
    """One who owes 100 dollars, and 200 euros that are due later."""
    debtor = world.debtor("Gemengd BV", phone="020 123 45 01", email="a@gemengd.example")
    dollars = world.invoice(debtor, "D1", 100_00, late=30)
    Invoice.objects.filter(id=dollars).update(currency="USD")
    world.invoice(debtor, "E1", 200_00, late=10)
    return debtor


def in_dollars(world: World) -> int:
    debtor = world.debtor("Dollar Inc", phone="020 123 45 02")
    Debtor.objects.filter(id=debtor).update(currency="USD")
    world.invoice(debtor, "D2", 50_00, late=10)
    plan_debtors(world.id, [debtor], NOW)
    return debtor


def test_the_round_shows_dollars_and_adds_euros_only(world: World) -> None:
    mixed(world)
    in_dollars(world)
    plan_debtors(world.id, list(Debtor.objects.values_list("id", flat=True)), NOW)
    seen = today(world.id, NOW)
    assert seen.calls == 2
    assert seen.calls_total.cents == 200_00
    assert seen.late_total.cents == 200_00
    assert sum(g.total.cents for g in seen.groups) == 200_00


def test_a_payment_that_was_found_is_booked_in_the_debtors_currency(world: World) -> None:
    debtor = mixed(world)
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, received="yes", claim=ClaimSaid(150_00, None)))
    check_claim(later(world.doer, days=1), PaidClaim.objects.get().id, found=True)
    assert dict(Invoice.objects.values_list("number", "open_cents")) == {"D1": 100_00, "E1": 50_00}


@pytest.mark.parametrize(
    "name", ["dossier", "dossier-timeline", "today", "today-xlsx", "debtors", "debtors-xlsx"]
)
def test_the_pages_open(world: World, client: Client, name: str) -> None:
    debtor = mixed(world)
    client.force_login(world.user)
    own = {"debtor": debtor} if name.startswith("dossier") else {}
    page = client.get(reverse(name, kwargs={"administration": world.slug, **own}))
    assert page.status_code == 200
    if name == "dossier":
        assert "D1" in page.content.decode()


def test_a_statement_adds_no_dollars_to_euros(world: World) -> None:
    queued = send_statements(world.doer, [mixed(world)])
    text = Message.objects.get(id=queued.message_ids[0]).text
    assert "300,00" not in text
    assert "200,00" in text
    assert "100,00" in text
