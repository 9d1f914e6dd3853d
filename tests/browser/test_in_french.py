"""A promise by keyboard with a debtor and a caller who both speak French: screen, lines, fields and mail are in French."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from beluur import clock
from beluur.actions.send_next_message import handle_one
from beluur.store.models import Promise
from tests.calls_world import business
from tests.web.mail_rows import set_server
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    made = make_world()
    made.user.language = "fr"
    made.user.save()
    return made


def stage(page, name: str) -> None:
    expect(page.locator("[aria-current=step]")).to_contain_text(name)


def fits(page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"


def test_a_promise_in_french_and_its_mail_arrives(page, live_server, sign_in, world, smtp, axe, troubles):
    business(world, language="fr")
    set_server(world, host=smtp.host, port=smtp.port)
    sign_in(page, world.user)
    page.goto(f"{live_server.url}/a/{world.slug}/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aujourd’hui, lundi 23 novembre")
    axe(page)
    fits(page)
    page.keyboard.press("Enter")
    stage(page, "Qui est en ligne")
    page.wait_for_load_state()
    assert "Marijke Fictief" in page.locator(".say__line").inner_text()
    axe(page)
    for key, lit in (
        ("Enter", "Ouverture"),
        ("Enter", "Reçue ?"),
        ("Enter", "Quand payez-vous ?"),
        ("b", "Accord"),
    ):
        page.keyboard.press(key)
        stage(page, lit)
    expect(page.locator("#f-d1")).to_be_focused()
    page.fill("#f-a1", "1 500,00")
    page.fill("#f-d1", "vendredi 27 novembre")
    expect(page.locator("#row-1")).to_contain_text("ven 27 nov 2026, contrôle")
    expect(page.locator("#f-a1")).not_to_have_attribute("aria-invalid", "true")
    axe(page)
    fits(page)
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.keyboard.press("Enter")
    stage(page, "Résumé")
    expect(page.locator(".recap")).to_contain_text("vendredi 27 novembre 2026")
    axe(page)
    page.keyboard.press("Enter")
    stage(page, "Enregistrer")
    expect(page.locator(".mail__text")).to_contain_text("500,00 €")
    axe(page)
    fits(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Retenir l’e-mail")).to_be_visible()
    axe(page)
    assert Promise.objects.get().cents == 150_000
    assert handle_one(clock.now() + timedelta(seconds=31))
    [mail] = smtp.messages
    said = mail.get_body(("plain",)).get_content()
    assert "27 novembre 2026" in said
    assert "1 500,00 €" in " ".join(said.replace("\u202f", " ").split())
