"""Practice as a learner lives it: by keyboard, from the menu to a customer who says yes, and to what to do better."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from beluur.store.models import Administration, Call, Message, Promise
from tests.browser.test_call_journeys import stage
from tests.world import NOW, World, make_world

YES = re.compile("waarmaken|dat red ik")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


@pytest.fixture
def practice(page, live_server, sign_in, world):
    """On the page *Oefenen*, reached from the user menu."""
    sign_in(page, world.user)
    page.goto(f"{live_server.url}/a/{world.slug}/")
    page.locator(".menu summary").last.press("Enter")
    page.get_by_role("link", name="Oefenen").press("Enter")
    expect(page.locator("h1")).to_have_text("Oefenen")


def begin(page, key: str, who: str) -> None:
    """Calls the one with this key; he picks up."""
    page.keyboard.press(key)
    stage(page, "Wie is aan de lijn")
    says(page, who)


def says(page, text: str) -> None:
    """Waits until the customer has said this."""
    expect(page.locator("#call-other .other__line")).to_contain_text(text)


def press(page, key: str, lit: str) -> None:
    page.keyboard.press(key)
    stage(page, lit)


def test_a_customer_short_of_cash_is_brought_to_three_parts_by_keyboard(
    page, practice, axe, troubles, monkeypatch, world
):
    axe(page)
    begin(page, "3", "Karim Fictief")
    expect(page.locator("#practice")).to_contain_text("U oefent.")
    axe(page)
    monkeypatch.setenv("BELUUR_NOW", (NOW + timedelta(seconds=30)).isoformat())
    for key, lit in (("Enter", "Opening"), ("Enter", "Ontvangen?"), ("Enter", "Wanneer betaalt u?")):
        press(page, key, lit)
    page.keyboard.press("r")
    page.keyboard.type("weinig geld")
    page.keyboard.press("Enter")
    stage(page, "Reden")
    press(page, "Enter", "Voorstel")
    says(page, "€ 960,00 per maand")
    page.fill("#f-d1", "vr 27-11")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    expect(page.locator("#call-other")).not_to_contain_text("€ 960,00")
    page.keyboard.press("3")
    expect(page.locator("#f-d3")).to_have_value(re.compile("jan"))
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    expect(page.locator("#call-other .other__line")).to_contain_text(YES)
    axe(page)
    press(page, "Escape", "Voorstel")
    press(page, "Enter", "Afspraak")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    press(page, "Enter", "Samenvatting")
    press(page, "Enter", "Vastleggen")
    expect(page.locator("#mail-title")).to_contain_text("u oefent, dus hij blijft hier")
    axe(page)
    page.keyboard.press("Enter")
    expect(page.locator("#score")).to_have_text("100 van de 100")
    axe(page)
    assert Call.objects.get().review["practice"]["talk"]["agreed"]
    assert not Message.objects.exists()
    assert not Promise.objects.exists()
    page.get_by_role("link", name="Stop met oefenen").press("Enter")
    page.wait_for_url(f"**/a/{world.slug}/")


def test_who_tells_the_wrong_person_sees_why_the_score_is_nothing(page, practice, axe, troubles):
    begin(page, "5", "Wies Denkbeeldig")
    for key, lit in (("Enter", "Opening"), ("Enter", "Ontvangen?"), ("Enter", "Wanneer betaalt u?")):
        press(page, key, lit)
    page.keyboard.press("c")
    expect(page.locator("#score")).to_have_text("0 van de 100")
    expect(page.locator("main")).to_contain_text("Iemand anders hoorde van de openstaande rekening")
    axe(page)
    page.keyboard.press("a")
    expect(page.locator("main")).to_contain_text("0 van de 100")
    begin(page, "5", "Wies Denkbeeldig")
    assert Call.objects.count() == 2
    assert not Message.objects.exists()
    assert not Promise.objects.exists()
    assert Administration.objects.filter(kind="practice").count() == 1


def test_who_tells_of_a_death_is_asked_nothing_more_and_the_score_is_whole(
    page, practice, axe, troubles, monkeypatch
):
    begin(page, "6", "Noor Sprookje")
    monkeypatch.setenv("BELUUR_NOW", (NOW + timedelta(seconds=30)).isoformat())
    for key, lit in (("Enter", "Opening"), ("Enter", "Ontvangen?")):
        press(page, key, lit)
    says(page, "overleden")
    page.keyboard.press("r")
    page.keyboard.type("overl")
    page.keyboard.press("Enter")
    stage(page, "Wij stoppen hier")
    axe(page)
    page.keyboard.press("Enter")
    expect(page.locator("#score")).to_have_text("100 van de 100")
    assert not Message.objects.exists()
