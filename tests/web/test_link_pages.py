"""Our side of the debtor's page: its settings, what became of it, that he confirmed, and the tick while he is on the line."""

from __future__ import annotations

import pytest
from django.urls import reverse

from beluur.actions.once import Doer
from beluur.actions.open_link import open_link, open_link_invoice
from beluur.queries.call_screen import call_screen
from beluur.queries.mail_templates import text_of
from beluur.store.models import Administration, Call, Invoice, PersonalLink, Promise, WrittenAnswer
from beluur.web.pages import page_settings
from tests.actions.calls import later, opened
from tests.calls_world import business
from tests.personal import ADDRESS, confirmed, with_address, with_copies
from tests.web.mail_rows import set_server
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client, data_folder) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


def url(world: World, name: str, **rest) -> str:
    return reverse(name, kwargs={"administration": world.slug, **rest})


def kept(world: World) -> tuple[str, str]:
    return Administration.objects.values_list("public_address", "payment_link").get(id=world.id)


# -- the settings ------------------------------------------------------------------------------------------------------

ADDRESSES = [
    pytest.param("https://klant.proef.example", "https://klant.proef.example", id="a name"),
    pytest.param(
        " https://Klant.Proef.example/ ", "https://klant.proef.example", id="with a slash and capitals"
    ),
    pytest.param("https://klant.proef.example:8443", "https://klant.proef.example:8443", id="with a port"),
    pytest.param("", "", id="none"),
    pytest.param("http://klant.proef.example", None, id="not encrypted"),
    pytest.param("klant.proef.example", None, id="no https"),
    pytest.param("https://klant.proef.example/k/", None, id="something after it"),
    pytest.param("https://klant.proef.example?x=1", None, id="a question after it"),
    pytest.param("https://ik:weet@klant.proef.example", None, id="a password in it"),
    pytest.param("https://klant proef.example", None, id="a space in it"),
    pytest.param("https://klant.proef.example:poort", None, id="a port that is none"),
    pytest.param("https://[::1", None, id="half an address"),
    pytest.param("https://", None, id="nothing but https"),
    pytest.param("https://kläger.example", None, id="signs that a name cannot have"),
]


@pytest.mark.parametrize(("typed", "saved"), ADDRESSES)
def test_only_an_https_address_is_taken(client, world, typed, saved):
    form = {"public_address": typed, "payment_link": "", "do": "save", "key": "k"}
    answer = client.post(url(world, "settings-page"), form)
    assert answer.status_code == (422 if saved is None else 302)
    assert kept(world)[0] == (saved or "")


def test_a_payment_link_that_is_none_is_refused_at_its_field(client, world):
    form = {"public_address": "", "payment_link": "https://betaal.example/{bedrag}", "do": "save", "key": "k"}
    answer = client.post(url(world, "settings-page"), form)
    assert answer.status_code == 422
    assert "hier staat {bedrag}" in answer.content.decode()


def test_both_that_are_wrong_are_told_at_once(client, world):
    form = {"public_address": "klant.example", "payment_link": "https://b.example/{bedrag}", "do": "save"}
    answer = client.post(url(world, "settings-page"), {**form, "key": "k"})
    assert answer.context["form"].errors.keys() == {"public_address", "payment_link"}
    assert kept(world) == ("", "")


def test_without_an_address_the_settings_say_what_happens_and_what_to_do(client, world):
    page = client.get(url(world, "settings-page")).content.decode()
    assert "gaan bevestigingen zonder link weg en antwoordt de klant op de mail" in page
    assert "klant.uwbedrijf.nl {" in page


ANSWERS = [
    pytest.param(
        lambda nonce: page_settings.answer_to_knock(nonce), "antwoordt deze Beluur", id="we are there"
    ),
    pytest.param(lambda nonce: "", "antwoordt iets anders", id="something else is there"),
    pytest.param(
        lambda nonce: page_settings.answer_to_knock("x"), "antwoordt iets anders", id="another Beluur"
    ),
    pytest.param(lambda nonce: None, "antwoordt niets: weg", id="nobody is there"),
]


@pytest.mark.parametrize(("answer", "said"), ANSWERS)
def test_the_button_says_what_answers_and_saves_nothing(client, world, monkeypatch, answer, said):
    monkeypatch.setattr(page_settings, "reach", lambda address, nonce, header: (answer(nonce), "weg"))
    form = {"public_address": ADDRESS, "payment_link": "", "do": "try", "key": "k"}
    page = client.post(url(world, "settings-page"), form)
    assert said in page.content.decode()
    assert kept(world) == ("", "")


def test_a_knock_is_answered_as_the_settings_expect(client):
    answer = client.get("/k/?n=abc")
    assert answer[page_settings.KNOCK] == page_settings.answer_to_knock("abc")
    assert answer.status_code == 404


def test_the_editor_of_texts_knows_the_way_to_the_page(world):
    with_address(world)
    from beluur.mailroom.texts_file import MailKind

    assert "{link}" in text_of(world.id, MailKind.CONFIRM_PROMISE, "nl").template.body


# -- the mail, the dossier ---------------------------------------------------------------------------------------------


def he(world: World) -> Doer:
    return Doer(world.id, NOW, name="Marijke Fictief")


def test_the_mail_tells_whether_its_page_was_opened_and_takes_it_back(client, world):
    link = confirmed(world)
    page = client.get(url(world, "message", message=link.message_id)).content.decode()
    assert "nog niet" in page
    open_link(he(world), link.id)
    open_link_invoice(he(world), link.id, link.invoices[0])
    page = client.get(url(world, "message", message=link.message_id)).content.decode()
    assert page.count("ma 23 nov 2026, 09:35") >= 3
    client.post(url(world, "link-revoke", message=link.message_id), {"key": "k"})
    link.refresh_from_db()
    assert link.revoked_at == NOW
    assert (
        "Trek de link in" not in client.get(url(world, "message", message=link.message_id)).content.decode()
    )


def test_the_dossier_tells_whether_he_confirmed(client, world):
    link = confirmed(world)
    here = url(world, "dossier", debtor=link.debtor_id)
    assert "nog niet schriftelijk bevestigd" in client.get(here).content.decode()
    client.post(url(world, "promise-confirmed", promise=Promise.objects.get().id), {"key": "k"})
    assert WrittenAnswer.objects.get().by == world.user
    page = client.get(here).content.decode()
    assert "nog niet schriftelijk bevestigd" not in page
    assert "schriftelijk bevestigd" in page


# -- the tick in the call ------------------------------------------------------------------------------------------------


@pytest.fixture
def mailed(client, world) -> int:
    """A call in which the copies just left."""
    with_address(world)
    set_server(world)
    debtor = business(world)
    with_copies(world, debtor)
    call = opened(world.doer, debtor)
    draft = {"outcome": "reached", "stage": "reason", "reason": "not_received"}
    Call.objects.filter(id=call).update(draft=draft)
    answer = client.post(url(world, "call-note", call=call), {"go": "act", "version": "0", "key": "k"})
    assert answer.status_code in (200, 302)
    return call


def test_a_tick_shows_that_he_opened_it(client, world, mailed):
    here, link = url(world, "call-opened", call=mailed), PersonalLink.objects.get()
    assert "Nog niet geopend." in client.get(url(world, "call", call=mailed)).content.decode()
    assert client.get(here).status_code == 204
    open_link(later(he(world), minutes=1), link.id)
    first = client.get(here).content.decode()
    assert "De pagina met de facturen is geopend om 09:36" in first
    assert "?known=page" in first
    assert client.get(f"{here}?known=page").status_code == 204
    invoice = Invoice.objects.get(number="2026-0412")
    open_link_invoice(later(he(world), minutes=2), link.id, invoice.id)
    last = client.get(f"{here}?known=page").content.decode()
    assert "Factuur 2026-0412 is geopend om 09:37" in last
    assert "hx-get" not in last
    assert "Fijn, u hebt het voor u. Op welke dag staat het op onze rekening?" in last
    assert "reason-ask" not in first
    page = client.get(url(world, "call", call=mailed)).content.decode()
    assert page.count('id="reason-ask"') == 1
    assert "Ziet u de factuur staan?" not in page
    rows = {i.number: i.opened_at for i in call_screen(world.id, mailed, NOW).invoices}
    assert (rows["2026-0412"] is not None, rows["2026-0398"]) == (True, None)
    assert "geopend door de klant" in client.get(url(world, "call", call=mailed)).content.decode()


def test_without_pages_nothing_waits_for_a_tick(client, world, mailed):
    Administration.objects.filter(id=world.id).update(public_address="")
    page = client.get(url(world, "call", call=mailed)).content.decode()
    assert "zijn gemaild aan" in page
    assert "call-opened" not in page
