"""A dossier is handed to somebody outside: the PDF as it stands, with its proof, and on record to whom and why (A4)."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.db.models import Value
from django.db.models.functions import Replace
from django.urls import reverse
from pypdf import PdfReader

from beluur.actions.add_note import add_note
from beluur.actions.end_call import end_call
from beluur.actions.open_call import open_call
from beluur.actions.record_terms import record_terms
from beluur.actions.set_stop import lift_stop, set_stop
from beluur.domain.call_report import CallReport
from beluur.domain.case import Outcome, Stop
from beluur.domain.ladder_days import LAST_LEVEL, NOTICE_LEVEL, TRIED_LEVEL
from beluur.queries.chain import broken_chains
from beluur.store.models import Administration, Debtor, Dispute, Event, Instalment, Promise, Reminder
from tests.rows import make_user
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SAID = {"to": "Deurwaarder Verzonnen", "why": "dagvaarding voorbereiden", "language": "nl", "key": "een"}


@pytest.fixture
def world(data_folder, monkeypatch) -> World:
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    world = make_world()
    Administration.objects.update(
        address="Ketenlaan 3\n1000 AA Voorbeeldstad", company_number="12345678", iban="NL91ABNA0417164300"
    )
    return world


@pytest.fixture
def debtor(world) -> int:
    debtor = world.debtor(phone="020 123 45 00")
    invoice = world.invoice(debtor, "F-2026-17", 500_00, late=20, description="meelzakken")
    world.contact(debtor, "An Voorbeeld", role="boekhouding")
    promise = Promise.objects.create(
        administration_id=world.id, debtor_id=debtor, made_at=NOW - timedelta(days=9), cents=300_00
    )
    Instalment.objects.create(
        administration_id=world.id, promise=promise, number=1, due=TODAY - timedelta(days=4), cents=300_00,
        control=TODAY, verdict="broken",
    )  # fmt: skip
    Dispute.objects.create(
        administration_id=world.id, debtor_id=debtor, invoice_id=invoice, cents=40_00, code="quality",
        what="nat geleverd", made_at=NOW,
    )  # fmt: skip
    record_terms(
        world.doer, debtor_id=debtor, on=TODAY, how="quote", today=TODAY, name="av.pdf", content=b"%PDF-1.7"
    )
    add_note(world.doer, debtor_id=debtor, text="Hij belde uit het ziekenhuis")
    return debtor


def ask(client, world, debtor, **said):
    url = reverse("hand-over", kwargs={"administration": world.slug, "debtor": debtor})
    return client.post(url, SAID | said)


def text_of(response) -> str:
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def desk(client, world):
    client.force_login(world.user)
    return client


def test_all_that_is_known_stands_on_it_and_the_handing_over_is_its_last_event(desk, world, debtor):
    text = text_of(ask(desk, world, debtor))
    head = Debtor.objects.get(id=debtor)
    for expected in (
        "Bakkerij Proefkruimel", "An Voorbeeld", "F-2026-17", "500,00", "300,00", "nat geleverd", "av.pdf",
        "F-2026-17 · meelzakken", "Schuldeiser", "Ketenlaan 3, 1000 AA Voorbeeldstad", "KvK 12345678", "NL91 ABNA 0417 1643 00",
        "Hij belde uit het ziekenhuis", "Deurwaarder Verzonnen", "dagvaarding voorbereiden", "pagina 1 van",
        f"gebeurtenis {head.event_seq} is de laatste", "niet binnen", "bij de offerte",
    ):  # fmt: skip
        assert expected in text
    assert head.event_hash in text.replace(" ", "")
    last = Event.objects.filter(debtor_id=debtor).order_by("-seq")[0]
    assert (last.kind, last.hash) == ("handed_to", head.event_hash)


def chains_of(response) -> list[dict]:
    files = PdfReader(BytesIO(response.content)).attachments
    return json.loads(files["timeline.json"][0])["chains"] if "timeline.json" in files else []


def last_hash(chain: dict) -> str:
    """As a reader without the product works it out: by what the file itself says of how."""
    last = "0" * 64
    for e in chain["events"]:
        payload = sha256((e["salt"] + e["payload"]).encode()).hexdigest() if e["salt"] else e["payload_hash"]
        parts = (
            last,
            chain["administration"],
            chain["debtor"],
            e["seq"],
            e["at"],
            e["kind"],
            e["actor"],
            payload,
        )
        last = sha256("\n".join(map(str, parts)).encode()).hexdigest()
        if last != e["hash"]:
            return f"event {e['seq']} was changed"
    return last


def test_its_proof_is_verified_without_the_product(desk, world, debtor):
    (chain,) = chains_of(answer := ask(desk, world, debtor))
    assert last_hash(chain) == Debtor.objects.get(id=debtor).event_hash
    assert "timeline.json" in text_of(answer)
    assert "Hij belde uit het ziekenhuis" in chain["events"][-2]["payload"]


@pytest.mark.parametrize("column", ["payload", "kind", "actor_name", "hash"])
def test_what_was_changed_in_the_database_shows(desk, world, debtor, column):
    changed = Event.objects.filter(debtor_id=debtor).order_by("seq")[1]
    other = changed.payload.replace('"note":"', '"note":"anders') if column == "payload" else "anders"
    assert Event.objects.filter(id=changed.id).exclude(**{column: other}).update(**{column: other})
    (chain,) = chains_of(ask(desk, world, debtor))
    assert last_hash(chain) == f"event {changed.seq} was changed"


def test_what_was_erased_leaves_the_chain_whole(desk, world, debtor):
    Event.objects.filter(debtor_id=debtor, seq=2).update(payload="", salt="")
    (chain,) = chains_of(ask(desk, world, debtor))
    assert last_hash(chain) == Debtor.objects.get(id=debtor).event_hash


TAMPERED = {
    "nothing": (lambda events: None, "geen gebeurtenis is sinds zij werd vastgelegd veranderd"),
    "a word": (
        lambda events: events.filter(seq=2).update(payload=Replace("payload", Value("F-2026"), Value("G-2026"))),
        "de keten klopt niet vanaf gebeurtenis 2;",
    ),
    "a moment": (
        lambda events: events.filter(seq=3).update(at=NOW - timedelta(days=3)), "klopt niet vanaf gebeurtenis 3;",
    ),
    "one taken away": (lambda events: events.filter(seq=2).delete(), "klopt niet vanaf gebeurtenis 2;"),
}  # fmt: skip


@pytest.mark.parametrize(("tamper", "said"), TAMPERED.values(), ids=TAMPERED)
def test_who_changes_the_timeline_is_found_out_on_paper(desk, world, debtor, tamper, said):
    tamper(Event.objects.filter(debtor_id=debtor))
    assert said in text_of(ask(desk, world, debtor))


def test_the_end_that_was_taken_away_is_missed(world, debtor):
    head = Debtor.objects.get(id=debtor)
    ends = {debtor: (head.event_seq, head.event_hash)}
    assert broken_chains(world.id, ends) == {}
    Event.objects.filter(debtor_id=debtor, seq=head.event_seq).delete()
    assert broken_chains(world.id, ends) == {debtor: head.event_seq}


ENDED = [
    pytest.param("kept", "kept", "nagekomen", id="one that was kept ended as kept"),
    pytest.param("late", "late", "te laat", id="one that came late ended as late"),
    pytest.param("broken", "replaced", "vervangen of ingetrokken", id="one that was replaced is no promise"),
    pytest.param("broken", "corrected", "vervangen of ingetrokken", id="nor one that was corrected"),
]


@pytest.mark.parametrize(("verdict", "because", "word"), ENDED)
def test_what_became_of_a_promise_is_told_as_it_was(desk, world, debtor, verdict, because, word):
    Promise.objects.update(active=False, ended_because=because)
    Instalment.objects.update(verdict=verdict)
    text = text_of(ask(desk, world, debtor))
    assert word in text.split("Toezeggingen")[1].split("Betwistingen")[0]


SENT = [
    pytest.param(TRIED_LEVEL, "probeerden u te bereiken", "Bericht dat bellen niet lukt", id="we tried to reach you"),
    pytest.param(1, "Herinnering 1", "Eerste herinnering", id="a first reminder"),
    pytest.param(LAST_LEVEL, "Laatste herinnering", "Laatste herinnering", id="the one before the notice"),
    pytest.param(NOTICE_LEVEL, "Aanmaning", "Aanmaning", id="a formal notice"),
    pytest.param(NOTICE_LEVEL + 1, "Aanmaning", "Aanmaning", id="what an export counts beyond it"),
]  # fmt: skip


@pytest.mark.parametrize(("level", "told", "shown"), SENT)
def test_what_was_sent_is_called_by_its_name(desk, world, debtor, level, told, shown):
    Reminder.objects.create(
        administration_id=world.id, debtor_id=debtor, level=level, on=TODAY, channel="letter", at=NOW
    )
    assert told in text_of(ask(desk, world, debtor))
    page = desk.get(reverse("dossier", kwargs={"administration": world.slug, "debtor": debtor}))
    assert f"<li>{shown}, " in page.content.decode()


def test_the_same_form_again_is_one_handing_over(desk, world, debtor):
    for _ in range(2):
        ask(desk, world, debtor)
    assert Event.objects.filter(kind="handed_to").count() == 1


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "Openstaande facturen"), ("fr", "Factures ouvertes"), ("en", "Open invoices")],
)
def test_it_is_in_the_language_of_the_reader(desk, world, debtor, language, title):
    text = text_of(ask(desk, world, debtor, language=language))
    assert title in text
    assert "[" not in text


@pytest.mark.parametrize("still", [True, False], ids=["who is vulnerable", "who was and is not any more"])
def test_of_who_is_vulnerable_nothing_of_it_goes_out(desk, world, debtor, still):
    opened = open_call(world.doer, debtor)
    end_call(world.doer, opened.call_id, CallReport(outcome=Outcome.REACHED, stop=Stop.VULNERABLE))
    set_stop(world.doer, debtor_id=debtor, stop="vulnerable", reason="zijn vrouw is overleden")
    if not still:
        lift_stop(world.doer, debtor_id=debtor, reason="hij is weer beter")
    text = text_of(answer := ask(desk, world, debtor))
    assert chains_of(answer) == []
    assert "timeline.json" not in text
    for secret in ("kwetsba", "overleden", "weer beter", "ziekenhuis", "nat geleverd", "stopt", "meelzakken"):
        assert secret not in text.lower()
    assert "alles wat is getypt, is weggelaten" in text
    assert "F-2026-17" in text


@pytest.mark.parametrize(
    "said",
    [{"to": " "}, {"why": ""}, {"language": "de"}],
    ids=["without a name", "without a reason", "in another language"],
)
def test_nothing_leaves(desk, world, debtor, said):
    assert ask(desk, world, debtor, **said).status_code == 422
    assert not Event.objects.filter(kind="handed_to").exists()


def test_a_caller_cannot_hand_it_over(client, world, debtor):
    client.force_login(make_user(world.administration, "caller"))
    assert ask(client, world, debtor).status_code == 403
