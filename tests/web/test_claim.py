"""*Rente en kosten*: the page with the calculation, reached from the dossier, and the same on paper (H3)."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from pypdf import PdfReader

from beluur.store.models import Dispute, Membership
from tests.world import NOW, PASSWORD, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world(data_folder, monkeypatch) -> World:
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    return make_world()


@pytest.fixture
def debtor(world) -> int:
    debtor = world.debtor(kind="business")
    world.invoice(debtor, "F-2026-17", 1000_00, late=20, term_agreed="terms")
    return debtor


@pytest.fixture
def reader(client, world):
    client.login(email=world.user.email, password=PASSWORD)
    return client


def page(reader, world, debtor, name="interest-and-costs"):
    answer = reader.get(reverse(name, kwargs={"administration": world.slug, "debtor": debtor}))
    assert answer.status_code == 200
    return answer.content.decode()


def words(html):
    return " ".join(strip_tags(html.replace("<", " <")).replace("\u00a0", " ").split())


def test_the_page_shows_the_calculation_to_the_cent(reader, world, debtor):
    said = words(page(reader, world, debtor))
    assert "€ 1.000,00 × 10,40% × 20 dagen / 365 € 5,6986" in said
    assert "Rente, afgerond op hele centen € 5,70" in said
    assert "Hoofdsom te late facturen € 1.000,00 Rente € 5,70 Incassokosten € 40,00 Samen € 1.045,70" in said
    assert "Rente en kosten worden niet gevraagd zolang een aanmaning het niet zegt." in said
    assert "10,40% per jaar vanaf wo 1 jul 2026: BW 6:120 lid 2" in said


def test_the_dossier_leads_to_it_when_something_is_late(reader, world, debtor):
    link = reverse("interest-and-costs", kwargs={"administration": world.slug, "debtor": debtor})
    assert link in page(reader, world, debtor, "dossier")
    calm = world.debtor("Op tijd")
    world.invoice(calm, "F2", late=-5)
    assert "rente-en-kosten" not in page(reader, world, calm, "dossier")
    assert "Er is niets te laat" in words(page(reader, world, calm))


def test_a_consumer_reads_why_there_are_no_costs(reader, world):
    debtor = world.debtor("Jan Voorbeeld", kind="consumer")
    world.invoice(debtor, "F3", 300_00, late=20)
    said = words(page(reader, world, debtor))
    assert "Geen kosten: de 14-dagenbrief ging nog niet" in said
    assert "Geen rente: er is geen betaaltermijn afgesproken" in said


def test_what_is_contested_stands_apart(reader, world):
    debtor = world.debtor(kind="business")
    invoice = world.invoice(debtor, "F4", 300_00, late=20, term_agreed="terms")
    Dispute.objects.create(
        administration_id=world.id,
        debtor_id=debtor,
        invoice_id=invoice,
        cents=100_00,
        code="price",
        made_at=NOW,
    )
    said = words(page(reader, world, debtor))
    assert "€ 100,00 is betwist en telt niet mee" in said
    assert "Hoofdsom te late facturen € 200,00" in said


def test_a_belgian_consumer_reads_that_it_needs_a_clause(reader, world):
    debtor = world.debtor("Jan Voorbeeld", kind="consumer", country="BE")
    world.invoice(debtor, "F5", 300_00, late=20)
    said = words(page(reader, world, debtor))
    assert "Geen kosten: zonder beding in de voorwaarden" in said


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "Rente en kosten"), ("fr", "Intérêts et frais"), ("en", "Interest and costs")],
)
def test_the_paper_carries_the_same(reader, world, debtor, language, said):
    address = reverse("hand-over", kwargs={"administration": world.slug, "debtor": debtor})
    told = {"to": "Deurwaarder Verzonnen", "why": "dagvaarding", "language": language, "key": "een"}
    pdf = PdfReader(BytesIO(reader.post(address, told).content))
    text = " ".join(" ".join(p.extract_text() for p in pdf.pages).replace("\u00a0", " ").split())
    assert said in text
    assert "365" in text
    assert {"nl": "€ 1.045,70", "fr": "1 045,70 €", "en": "€1,045.70"}[language] in text


def test_who_may_read_the_dossier_may_read_it(reader, world, debtor):
    Membership.objects.filter(user=world.user).update(role="caller")
    assert "€ 5,70" in page(reader, world, debtor).replace("\u00a0", " ")
