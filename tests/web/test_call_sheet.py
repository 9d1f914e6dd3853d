"""The briefing on paper has all that the call screen knows (C1-C13)."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from beluur.actions.add_note import add_note
from beluur.store.models import Call, CallReason, Debtor, Invoice
from tests.calls_world import broken_promise, business, voicemail
from tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


def paper(client, world: World, debtor: int) -> str:
    answer = client.get(reverse("call-sheet", kwargs={"administration": world.slug, "debtor": debtor}))
    (page,) = PdfReader(BytesIO(answer.content)).pages
    return " ".join(page.extract_text().replace("\xa0", " ").split())


def reason(world: World, debtor: int, code: str, *, days_ago: int) -> None:
    at = world.now - timedelta(days=days_ago)
    call = Call.objects.create(
        administration_id=world.id, debtor_id=debtor, state="ended", opened_at=at, lease_until=at
    )
    CallReason.objects.create(administration_id=world.id, debtor_id=debtor, call=call, code=code, at=at)


def test_it_tells_what_happened_and_what_was_said(client, world):
    debtor = business(world)
    broken_promise(world, debtor)
    voicemail(world, debtor)
    add_note(world.doer, debtor_id=debtor, text="Klant mailde: het werk is naar wens.")
    text = paper(client, world, debtor)
    for part in (
        "di 17 nov 2026: Zegde € 500,00 toe voor vr 20 nov 2026: niet binnen",
        "Vrijdag doe ik er vijfhonderd.",
        "do 19 nov 2026: Voicemail",
        "Klant mailde: het werk is naar wens.",
        "U zou € 500,00 betalen op vr 20 nov 2026; dat is er niet.",
    ):
        assert part in text, part


def test_who_has_nothing_to_pay_yet_is_not_asked_for_nothing(client, world):
    debtor = business(world)
    Invoice.objects.filter(debtor_id=debtor).update(due="2026-12-20")
    text = paper(client, world, debtor)
    assert "€ 0,00" not in text
    assert "0 facturen" not in text


def test_what_was_sold_stands_there_in_full_while_there_is_room(client, world):
    debtor = business(world)
    Invoice.objects.filter(debtor_id=debtor).update(
        description="Onderhoudscontract twintigste periode, met rapport"
    )
    assert "Onderhoudscontract twintigste periode, met rapport" in paper(client, world, debtor)


def test_it_tells_of_the_delivery_and_who_was_responsible(client, world):
    debtor = business(world)
    Invoice.objects.filter(number="2026-0398").update(delivery_note="Zonder opmerkingen.", responsible="Piet")
    Debtor.objects.filter(id=debtor).update(agreements_note="Betaalt op de laatste vrijdag")
    text = paper(client, world, debtor)
    assert "2026-0398: Zonder opmerkingen (vraag Piet)" in text
    assert "Betaalt op de laatste vrijdag" in text


def test_a_reason_that_was_given_before_is_asked_about(client, world):
    debtor = business(world)
    reason(world, debtor, "awaits_approval", days_ago=11)
    reason(world, debtor, "awaits_approval", days_ago=4)
    reason(world, debtor, "busy_now", days_ago=2)
    text = paper(client, world, debtor)
    assert "Wacht op akkoord: 2 keer, laatst op do 19 nov 2026" in text
    assert "Nu geen tijd: op za 21 nov 2026" in text
    assert "Eerder was de reden: Wacht op akkoord. Is dat nu opgelost?" in text


def test_what_is_missing_says_how_to_get_it_and_is_asked(client, world):
    debtor = world.debtor("Onbekend bv", phone="+31 20 123 45 09")
    world.invoice(debtor, "2026-0700", 90_000, late=9)
    text = paper(client, world, debtor)
    assert "Vraag de receptie naar naam en direct nummer" in text
    assert "Wie gaat er over de betalingen, en op welk nummer?" in text
    assert "Naar welk e-mailadres stuur ik de bevestiging?" in text
    assert "Spreek ik met de persoon die over de betalingen gaat?" not in text
