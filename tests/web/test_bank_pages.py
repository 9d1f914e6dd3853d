"""The pages on what the bank says: taking statements over, and what became of the agreements."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.store.models import BankAccount, Intake
from tests.statements import OURS, Came, mt940, stage
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


def test_an_account_that_is_not_for_customers_is_kept_so(world, client):
    intake = stage(world.doer, mt940(Came(500_00), day=FRIDAY))
    client.post(f"/a/{world.slug}/inlezen/{intake}/overnemen", {"key": "a", f"customers-{OURS}": "no"})
    assert not BankAccount.objects.get().in_use
