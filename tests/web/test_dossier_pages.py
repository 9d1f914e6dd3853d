"""The dossier, its forms, the list and search, as a browser without scripts asks for them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from beluur.queries.dossier import SHOWN
from beluur.store.models import (
    Contact,
    Debtor,
    Document,
    Event,
    Hold,
    Invoice,
    PayerGroup,
    Payment,
    Reminder,
    Task,
)
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


@pytest.fixture
def client(world) -> Client:
    client = Client()
    client.force_login(world.user)
    return client


@pytest.fixture
def debtor(world) -> int:
    i = world.debtor("Bakkerij Proefkruimel", number="10023", phone="020 123 45 00", city="Delft")
    world.invoice(i, "F1", 100_00, description="<script>alert(1)</script>")
    return i


def at(world: World, name: str, **rest) -> str:
    return reverse(name, kwargs={"administration": world.slug, **rest})


def text(response) -> str:
    return response.content.decode()


def test_the_dossier_says_what_happened_and_what_is_next(client, world, debtor):
    page = text(client.get(at(world, "dossier", debtor=debtor)))
    for part in ("Bakkerij Proefkruimel", "Volgende stap", "F1", "€\xa0100,00", "Met de hand ingevoerd"):
        assert part in page
    assert "<script>alert" not in page


def test_a_merged_debtor_leads_to_the_other(client, world, debtor):
    other = world.debtor("Bakkerij Kruimel")
    client.post(at(world, "merge", debtor=debtor), {"other": other, "key": "m1"})
    assert client.get(at(world, "dossier", debtor=other)).url == at(world, "dossier", debtor=debtor)
    page = text(client.get(at(world, "dossier", debtor=debtor)))
    assert "Samengevoegd met Bakkerij Kruimel" in page


def test_merging_shows_both_first(client, world, debtor):
    other = world.debtor("Bakkerij Kruimel")
    page = text(client.get(at(world, "merge", debtor=debtor), {"other": other}))
    assert "Gaat erin op" in page
    assert Debtor.objects.get(id=other).merged_into is None
    found = text(client.get(at(world, "merge", debtor=debtor), {"q": "kruimel"}))
    assert f"?other={other}" in found


def test_a_refused_merge_stays_on_its_page(client, world, debtor):
    other = world.debtor("Bakkerij Kruimel")
    world.invoice(other, "F1")
    response = client.post(at(world, "merge", debtor=debtor), {"other": other})
    assert response.status_code == 422
    assert "hetzelfde nummer" in text(response)


DONE = {
    "debtor-edit": ({"name": "Nieuw", "kind": "business", "country": "NL", "language": "nl", "formality": "u"},
                    lambda d: Debtor.objects.get(id=d).name == "Nieuw"),
    "contact-new": ({"name": "An Voorbeeld", "phone": "020 123 45 01", "for_payments": "on"},
                    lambda d: Contact.objects.get().for_payments),
    "invoice-new": ({"kind": "invoice", "number": "F2", "issued": "23-10-2026", "term_days": "30", "amount_cents": "1.234,50"},
                    lambda d: Invoice.objects.get(number="F2").due.isoformat() == "2026-11-22"),
    "payment-new": ({"cents": "25", "day": "2026-11-23", "way": "transfer"},
                    lambda d: Invoice.objects.get(number="F1").open_cents == 75_00),
    "reminder-new": ({"level": "1", "on": "2026-11-20", "channel": "letter"},
                     lambda d: Reminder.objects.get().invoice_numbers == ["F1"]),
    "note-new": ({"text": "belt terug"}, lambda d: Event.objects.filter(kind="note").exists()),
    "hold": ({"until": "2026-12-01", "reason": "levering"}, lambda d: Hold.objects.get().until.isoformat() == "2026-12-01"),
    "stop": ({"stop": "vulnerable", "reason": "ziek"}, lambda d: Debtor.objects.get(id=d).stop == "vulnerable"),
    "assign": ({"user": ""}, lambda d: Debtor.objects.get(id=d).assigned_to is None),
    "payer-group": ({"name": "Holding"}, lambda d: PayerGroup.objects.get().name == "Holding"),
}  # fmt: skip


@pytest.mark.parametrize("name", DONE)
def test_a_form_is_done_once_and_leads_back_to_the_dossier(client, world, debtor, name):
    typed, happened = DONE[name]
    where = at(world, name, debtor=debtor)
    assert 'name="key"' in text(client.get(where))
    for _ in range(2):
        response = client.post(where, {**typed, "key": "een"})
        assert response.status_code == 302, response.context["form"].errors
        assert response.url == at(world, "dossier", debtor=debtor)
    assert happened(debtor)


WRONG = {
    "a debtor without a name": ("debtor-edit", {"name": ""}, "name"),
    "a phone number of letters": ("contact-new", {"phone": "bel maar"}, "phone"),
    "an amount with a letter": ("invoice-new", {"amount_cents": "1.234,5x"}, "amount_cents"),
    "the 31st of February": ("invoice-new", {"issued": "31-02-2026"}, "issued"),
    "a payment of tomorrow": ("payment-new", {"cents": "5", "day": "2026-11-24", "way": "cash"}, "day"),
    "a payment of the day of the export": (
        "payment-new",
        {"cents": "5", "day": "2026-11-20", "way": "cash"},
        "counted",
    ),
    "a reminder of no level": ("reminder-new", {"level": "7"}, "level"),
    "an empty note": ("note-new", {"text": " "}, "text"),
    "a pause until yesterday": ("hold", {"until": "2026-11-22", "reason": "x"}, "until"),
    "a stop for no reason": ("stop", {"stop": "insolvent"}, "reason"),
    "a colleague of elsewhere": ("assign", {"user": "999"}, "user"),
}


@pytest.mark.parametrize(("name", "typed", "field"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_stands_at_its_field(client, world, debtor, name, typed, field):
    before = Event.objects.count()
    response = client.post(at(world, name, debtor=debtor), typed)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert f'id="id_{field}_error"' in text(response) or field == "counted"
    assert Event.objects.count() == before


def test_the_question_about_a_payment_can_be_answered(client, world, debtor):
    where, typed = at(world, "payment-new", debtor=debtor), {"cents": "5", "day": "2026-11-20", "way": "cash"}
    assert "counted" not in text(client.get(where))
    assert 'name="counted"' in text(client.post(where, typed))
    assert client.post(where, {**typed, "counted": "yes"}).status_code == 302
    assert Invoice.objects.get().open_cents == 100_00
    assert client.post(where, {**typed, "counted": "no"}).status_code == 302
    assert Invoice.objects.get().open_cents == 95_00


def test_a_payment_is_reversed_with_a_reason(client, world, debtor):
    client.post(at(world, "payment-new", debtor=debtor), {"cents": "5", "day": "2026-11-23", "way": "cash"})
    where = at(world, "payment-reverse", payment=Payment.objects.get().id)
    assert client.post(where, {"reason": ""}).status_code == 422
    client.post(where, {"reason": "gestorneerd"})
    assert Invoice.objects.get().open_cents == 100_00


def test_a_new_debtor_opens_his_dossier(client, world):
    typed = {
        "name": "Nieuw",
        "kind": "consumer",
        "country": "BE",
        "language": "fr",
        "formality": "u",
        "kind_known": "on",
    }
    response = client.post(at(world, "debtor-new"), typed)
    assert response.url == at(world, "dossier", debtor=Debtor.objects.get().id)


def test_a_document_is_shown_and_never_run(client, world, debtor):
    file = SimpleUploadedFile("f1.pdf", b"%PDF-1.7 x", "text/html")
    invoice = Invoice.objects.get().id
    client.post(at(world, "document-new", debtor=debtor), {"file": file, "invoice": invoice})
    response = client.get(at(world, "document", document=Document.objects.get().id))
    assert response.content == b"%PDF-1.7 x"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    wrong = SimpleUploadedFile("f1.pdf", b"<html>", "application/pdf")
    assert client.post(at(world, "document-new", debtor=debtor), {"file": wrong}).status_code == 422


def test_the_field_for_a_file_can_be_seen(client, world, debtor):
    """Only where one drops files is the field itself hidden, behind a button of its own."""
    page = client.get(at(world, "document-new", debtor=debtor)).content.decode()
    assert 'type="file"' in page
    assert "drop__input" not in page


def test_a_task_that_is_done_goes_off_the_dossier(client, world, debtor):
    here = {"administration_id": world.id, "debtor_id": debtor}
    task = Task.objects.create(**here, what="Navragen bij Jan", at=NOW, made_at=NOW)
    assert "Navragen bij Jan" in text(client.get(at(world, "dossier", debtor=debtor)))
    client.post(at(world, "task-done", task=task.id))
    task.refresh_from_db()
    assert task.done_at == NOW


def test_older_events_come_when_asked_for(client, world, debtor):
    for n in range(45):
        client.post(at(world, "note-new", debtor=debtor), {"text": f"notitie {n}"})
    page = client.get(at(world, "dossier", debtor=debtor))
    assert "“notitie 44”" in text(page)
    assert "“notitie 0”" not in text(page)
    older = client.get(at(world, "dossier-timeline", debtor=debtor), {"before": page.context["older"]})
    assert "“notitie 0”" in text(older)


def test_search_answers_under_the_box_and_as_a_page(client, world, debtor):
    world.debtor("Bakkerij Tweede")
    part = text(client.get(at(world, "search"), {"q": "bakk"}, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert at(world, "dossier", debtor=debtor) in part
    assert at(world, "call-open", debtor=debtor) in part
    assert "<h1>" in text(client.get(at(world, "search"), {"q": "bakk"}))
    assert client.get(at(world, "search"), {"q": "4500"}).url == at(world, "dossier", debtor=debtor)
    assert "Niemand gevonden" in text(client.get(at(world, "search"), {"q": "<b>zzz"}))


def test_the_list_pages_filters_and_shows_why(client, world, debtor):
    for n in range(60):
        world.invoice(world.debtor(f"Proef {n:02d}"), f"P{n}", 1000 + n)
    page = client.get(at(world, "debtors"))
    assert len(page.context["rows"]) == 50
    second = client.get(at(world, "debtors") + "?" + page.context["next_page"])
    assert len(second.context["rows"]) == 11
    assert [v["row"].name for v in client.get(at(world, "debtors"), {"min": "99"}).context["rows"]] == [
        "Bakkerij Proefkruimel"
    ]
    assert "Niemand gevonden" in text(client.get(at(world, "debtors"), {"kind": "government"}))


def test_several_at_once(client, world, debtor):
    other = world.debtor("Tweede")
    ids = {"debtor": [debtor, other], "next": at(world, "today")}
    where = at(world, "debtors-bulk")
    assert client.post(where, {**ids, "do": "hold", "until": "2026-12-01"}).url == at(world, "today")
    assert Hold.objects.filter(lifted_at=None).count() == 2
    client.post(where, {**ids, "do": "assign", "user": world.user.id})
    assert Debtor.objects.filter(assigned_to=world.user).count() == 2
    client.post(where, {"do": "hold", "until": "2026-12-01"})
    client.post(where, {**ids, "do": "hold", "until": "gisteren"})
    said = text(client.get(at(world, "debtors")))
    assert "Kies eerst een of meer debiteuren" in said
    assert "is geen datum" in said


def test_the_sheet_holds_text_as_text_and_amounts_as_numbers(client, world):
    for n, name in enumerate(("=1+1", "+31", "-2", "@som", "Gewoon\x07")):
        world.invoice(world.debtor(name), f"F{n}", 12_34, due=TODAY - timedelta(days=9))
    response = client.get(at(world, "debtors-xlsx"))
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    rows = list(sheet.iter_rows(min_row=2))
    assert {row[0].value for row in rows} == {"=1+1", "+31", "-2", "@som", "Gewoon"}
    assert {row[0].data_type for row in rows} == {"s"}
    assert {row[3].value for row in rows} == {12.34}


def test_what_a_form_names_is_looked_for_in_this_administration_only(client, world, debtor):
    other = make_world("ander")
    theirs = other.debtor("Van een ander")
    invoice = other.invoice(theirs, "X1")
    client.post(at(world, "debtors-bulk"), {"debtor": [theirs], "do": "hold", "until": "2026-12-01"})
    client.post(at(world, "debtors-bulk"), {"debtor": [theirs], "do": "assign", "user": world.user.id})
    client.post(at(world, "debtors-bulk"), {"debtor": [theirs], "do": "statement"})
    assert client.post(at(world, "merge", debtor=debtor), {"other": theirs}).status_code == 404
    paid = {"cents": "5", "day": "2026-11-23", "way": "cash", "invoice_ids": [invoice]}
    assert client.post(at(world, "payment-new", debtor=debtor), paid).status_code == 422
    assert client.post(at(world, "assign", debtor=debtor), {"user": other.user.id}).status_code == 422
    assert Event.objects.filter(debtor_id=theirs).count() == 2, "only what his own people did"
    row = Debtor.objects.get(id=theirs)
    assert (row.assigned_to, row.merged_into) == (None, None)
    assert not Hold.objects.exists()


def test_of_thousands_of_invoices_and_files_the_first_are_shown_and_all_when_asked(client, world, debtor):
    for n in range(SHOWN + 5):
        world.invoice(debtor, f"Z{n:04d}", 10_00)
    kept = {
        "administration": world.administration,
        "debtor_id": debtor,
        "kind": "other",
        "size": 1,
        "created_at": NOW,
    }
    Document.objects.bulk_create(Document(name=f"stuk{n}.pdf", sha256="0", **kept) for n in range(SHOWN + 5))
    page = text(client.get(at(world, "dossier", debtor=debtor)))
    assert page.count("stuk") == SHOWN
    assert page.count('id="why-') <= SHOWN + 5
    assert "?alles=1" in page
    whole = text(client.get(at(world, "dossier", debtor=debtor), {"alles": "1"}))
    assert whole.count("stuk") == SHOWN + 5
    assert all(f">Z{n:04d}<" in whole for n in range(SHOWN + 5))
    assert "?alles=1" not in whole
