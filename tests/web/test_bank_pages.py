"""The pages on what the bank says: taking statements over, and what became of the agreements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse

from beluur.store.models import BankAccount, Instalment, Intake, PaidClaim, Payment
from tests.morning import before_the_statement, promise, statement
from tests.statements import OURS, Came, mt940, stage, take_in
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

FRIDAY = TODAY - timedelta(days=3)


@pytest.fixture
def world(client, monkeypatch) -> World:
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    made = make_world()
    client.force_login(made.user)
    return made


def text(answer) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_bank_files_alone_do_not_ask_for_the_day_of_an_export(world, client):
    intake = stage(world.doer, mt940(Came(500_00), day=FRIDAY))
    shown = text(client.get(f"/a/{world.slug}/inlezen/{intake}/"))
    assert "NL91 ABNA 0417 1643 00" in shown
    assert "Betalen klanten op rekening" in shown
    assert "stand van" not in shown
    assert "nieuwe facturen" not in shown


def test_what_does_not_add_up_asks_for_a_tick_at_its_field(world, client):
    intake = stage(world.doer, mt940(Came(500_00), day=FRIDAY, off=1_00))
    address = f"/a/{world.slug}/inlezen/{intake}/"
    answer = client.post(address + "overnemen", {"key": "a"})
    assert answer.status_code == 422
    assert 'aria-describedby="balance_seen_error"' in text(answer)
    assert Intake.objects.get(id=intake).state == "staged"
    answer = client.post(address + "overnemen", {"key": "b", "balance_seen": "1"})
    assert answer.status_code == 302
    assert Intake.objects.get(id=intake).state == "published"


def test_of_files_that_are_all_refused_nothing_is_taken_over(world, client):
    """Nothing of it "was known already", and there is nothing to agree with."""
    intake = stage(world.doer, b"zomaar een zin")
    shown = text(client.get(f"/a/{world.slug}/inlezen/{intake}/"))
    assert "Hier valt niets uit over te nemen" in shown
    assert "was al bekend" not in shown
    assert f"/inlezen/{intake}/overnemen" not in shown
    client.post(f"/a/{world.slug}/inlezen/{intake}/annuleren", {"key": "a"})
    assert Intake.objects.get(id=intake).state == "cancelled"


def test_the_history_of_a_statement_tells_its_bookings_and_its_day_and_nothing_of_invoices(world, client):
    take_in(world.doer, mt940(Came(500_00), day=FRIDAY))
    shown = text(client.get(f"/a/{world.slug}/inlezen/"))
    assert "1 boeking" in shown
    assert "0 nieuw" not in shown
    assert "vr 20 nov 2026" in shown


def test_an_account_that_is_not_for_customers_is_kept_so(world, client):
    intake = stage(world.doer, mt940(Came(500_00), day=FRIDAY))
    client.post(f"/a/{world.slug}/inlezen/{intake}/overnemen", {"key": "a", f"customers-{OURS}": "no"})
    assert not BankAccount.objects.get().in_use


def test_not_in_is_refused_before_the_control_date_and_says_why(world, client):
    debtor = world.debtor()
    world.invoice(debtor, "F1", 500_00)
    promise(world, debtor, due=TODAY)
    part = Instalment.objects.get()
    address = f"/a/{world.slug}/afspraken/termijn/{part.id}"
    shown = text(client.post(address, {"key": "a", "in": "no", "at": "0"}, follow=True))
    assert "hoeft er pas op di 24 nov 2026 te zijn" in shown
    assert "“niet binnen” kan pas na di 24 nov 2026" in shown
    part.refresh_from_db()
    assert part.verdict == "open"


def test_what_he_says_he_paid_is_found(world, client):
    debtor = world.debtor()
    world.invoice(debtor, "F1", 500_00)
    claim = PaidClaim.objects.create(
        administration_id=world.id, debtor_id=debtor, cents=500_00, check_on=TODAY, made_at=NOW
    )
    answer = client.post(
        f"/a/{world.slug}/afspraken/betaald/{claim.id}", {"key": "a", "in": "yes", "on": "2026-11-20"}
    )
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert claim.state == "found"
    assert Payment.objects.get().booked_on == FRIDAY


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param("termijn/1", "misschien", id="neither in nor out"),
        pytest.param("anders/1", "yes", id="another kind"),
        pytest.param("termijn/1", "yes", id="of nobody"),
    ],
)
def test_what_cannot_be_answered_is_not_there(path, said, world, client):
    assert client.post(f"/a/{world.slug}/afspraken/{path}", {"key": "a", "in": said}).status_code == 404


def test_waiting_payments_are_linked_once_their_page_is_there(world, client):
    before_the_statement(world)
    intake = stage(world.doer, statement())
    client.post(f"/a/{world.slug}/inlezen/{intake}/overnemen", {"key": "a"})
    shown = text(client.get(f"/a/{world.slug}/"))
    assert "1 betaling wacht op u" in shown
    try:
        address = reverse("payments", kwargs={"administration": world.slug})
    except NoReverseMatch:
        return
    assert f'href="{address}"' in shown
