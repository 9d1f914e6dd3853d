"""By hand: each short form says at its field what is wrong, keeps what was typed, and leads to the dossier once it is right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import expect

from beluur.store.models import Contact, Debtor, Event, Invoice, Payment, Reminder
from tests.browser.desk import fill
from tests.rows import make_debtor, make_invoice

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Form:
    """A short form: what is filled in, what is wrong at first and what is said of it, and what the dossier shows after."""

    path: str
    filled: dict[str, str]
    wrong: tuple[str, str]
    said: str
    shown: tuple[str, ...]
    made: dict[str, Any] = field(default_factory=dict)


FORMS = {
    "debtor": Form(
        "debiteuren/nieuw",
        {
            "name": "Nieuwe Klant BV",
            "number": "2001",
            "kind": "business",
            "country": "BE",
            "language": "nl-BE",
            "phone": "02 123 45 06",
            "vat_number": "BE0123456749",
            "agreements_note": "Betaalt altijd op de laatste vrijdag",
        },
        ("phone", "bel mij"),
        "“bel mij” is geen telefoonnummer",
        ("Nieuwe Klant BV", "2001", "laatste vrijdag"),
        {"phone": "02 123 45 06", "country": "BE"},
    ),
    "contact": Form(
        "debiteuren/{debtor}/contact",
        {
            "name": "Carla Contact",
            "role": "boekhouding",
            "phone": "020 123 45 07",
            "email": "carla@klant.example",
        },
        ("email", "carla.klant.example"),
        "“carla.klant.example” is geen e-mailadres",
        ("Carla Contact", "boekhouding", "020 123 4507"),
        {"email": "carla@klant.example"},
    ),
    "invoice": Form(
        "debiteuren/{debtor}/factuur",
        {"number": "H-1", "issued": "2026-10-14", "due": "2026-11-13", "amount_cents": "1.234,50"},
        ("amount_cents", "1.234,5x"),
        "“1.234,5x” is geen bedrag. Schrijf het als 1.234,50.",
        ("H-1", "€ 1.234,50"),
        {"open_cents": 123_450},
    ),
    "payment": Form(
        "debiteuren/{debtor}/betaling",
        {"cents": "40,00", "day": "2026-11-23", "way": "transfer", "text": "overgemaakt"},
        ("day", "2026-11-24"),
        "Deze dag moet nog komen; vandaag is het ma 23 nov 2026",
        ("€ 40,00", "€ 60,00"),
        {"amount_cents": 4_000},
    ),
    "reminder": Form(
        "debiteuren/{debtor}/herinnering",
        {"level": "1", "on": "2026-11-18", "channel": "letter"},
        ("on", ""),
        "Vul dit in",
        ("herinnering",),
        {"channel": "letter"},
    ),
    "note": Form(
        "debiteuren/{debtor}/notitie",
        {"text": "Levert in december opnieuw, <b>vraag</b> naar de planning"},
        ("text", ""),
        "Vul dit in",
        ("Levert in december opnieuw, <b>vraag</b> naar de planning",),
        {"kind": "note"},
    ),
}
MADE = {
    "debtor": Debtor,
    "contact": Contact,
    "invoice": Invoice,
    "payment": Payment,
    "reminder": Reminder,
    "note": Event,
}


@pytest.fixture
def house(page: Any, live_server: Any, administration: Any, caller: Any, sign_in: Any) -> str:
    """The address of an administration in which someone works."""
    sign_in(page, caller)
    return f"{live_server.url}/a/{administration.slug}/"


@pytest.mark.parametrize("name", FORMS)
def test_a_form_says_what_is_wrong_keeps_what_was_typed_and_is_done_once_it_is_right(
    name, page, house, administration, troubles, axe
):
    form = FORMS[name]
    debtor = make_debtor(administration)
    make_invoice(debtor, as_of="2026-11-16")
    before = MADE[name].objects.count()
    page.goto(house + form.path.format(debtor=debtor.id))
    wrong, value = form.wrong
    fill(page, **form.filled | {wrong: value})
    page.get_by_role("button", name="Bewaar").click()

    at_fault = page.locator(f"main [name={wrong}]")
    expect(at_fault).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#id_{wrong}_error")).to_contain_text(form.said)
    assert f"id_{wrong}_error" in at_fault.get_attribute("aria-describedby").split()
    for other, typed in (form.filled | {wrong: value}).items():
        expect(page.locator(f"main [name={other}]")).to_have_value(typed)
    axe(page)
    assert MADE[name].objects.count() == before

    troubles.clear()  # the browser notes that the answer was 422
    fill(page, **{wrong: form.filled[wrong]})
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_url("**/debiteuren/*/")
    for text in form.shown:
        expect(page.locator("main")).to_contain_text(text)
    assert MADE[name].objects.filter(**form.made).exists()


def test_a_payment_of_the_day_of_the_export_is_asked_about_before_it_is_booked(page, house, administration):
    debtor = make_debtor(administration)
    invoice = make_invoice(debtor, as_of="2026-11-23")
    page.goto(f"{house}debiteuren/{debtor.id}/betaling")
    fill(page, cents="40,00", day="2026-11-23")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("#id_counted_error")).to_contain_text("Is deze betaling er al af?")
    expect(page.locator("[name=cents]")).to_have_value("40,00")
    fill(page, counted="yes")
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_url("**/debiteuren/*/")
    invoice.refresh_from_db()
    assert invoice.open_cents == 10_000


def test_a_form_sent_twice_is_done_once(page, house, administration):
    debtor = make_debtor(administration)
    page.goto(f"{house}debiteuren/{debtor.id}/notitie")
    fill(page, text="Eenmaal")
    sent = page.locator("main form").evaluate(
        """async (form) => {
          const send = () => fetch(form.action || location.href, { method: "POST", body: new FormData(form) });
          return (await Promise.all([send(), send()])).map((answer) => answer.status);
        }"""
    )
    assert sent == [200, 200]
    assert Event.objects.filter(kind="note", debtor=debtor).count() == 1
