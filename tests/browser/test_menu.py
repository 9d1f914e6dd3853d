"""The menu: beside each other on a desk; on a phone what one does all day under the thumb, and the rest behind *Meer*."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from beluur.store.models import BankAccount
from tests.rows import make_account
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
BAR = ".nav > .nav__link:visible, .nav__more > summary:visible"
REST = ["Inlezen", "Niet toegewezen", "Postvak uit", "Cijfers", "Instellingen"]


@pytest.fixture
def world() -> World:
    made = make_world()
    make_account(made.administration)
    assert BankAccount.objects.exists()
    return made


@pytest.fixture
def at_work(page, live_server, sign_in, world):
    sign_in(page, world.user)

    def go(size: dict[str, int], path: str = "") -> None:
        page.set_viewport_size(size)
        page.goto(f"{live_server.url}/a/{world.slug}/{path}")
        page.wait_for_load_state()

    return go


def names(page, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_inner_texts()]


def test_on_a_phone_the_bar_holds_five_at_most_and_the_rest_is_behind_more(page, at_work, axe, troubles):
    at_work(PHONE, "akkoord/")
    assert names(page, BAR) == ["Vandaag", "Taken", "Akkoord", "Klanten", "Meer"]
    for box in (one.bounding_box() for one in page.locator(BAR).all()):
        assert min(box["width"], box["height"]) >= 44, box
    axe(page)
    page.locator(".nav__more > summary").click()
    assert names(page, ".nav__more a:visible") == REST
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for box in (one.bounding_box() for one in page.locator(".nav__more a").all()):
        assert box["height"] >= 44, box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390, box
    page.get_by_role("link", name="Postvak uit").click()
    page.wait_for_url("**/postvak/")
    expect(page.locator(".nav__more > summary")).to_have_attribute("aria-current", "true")


def test_more_opens_and_closes_by_keyboard(page, at_work):
    at_work(PHONE)
    more = page.locator(".nav__more > summary")
    more.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Inlezen", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".nav__more > .menu__sheet")).to_be_hidden()
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inlezen/")


def test_without_a_script_more_opens_too(new_context, live_server, sign_in, world):
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size(PHONE)
    sign_in(page, world.user)
    page.goto(f"{live_server.url}/a/{world.slug}/")
    page.locator(".nav__more > summary").click()
    page.get_by_role("link", name="Instellingen").click()
    page.wait_for_url("**/instellingen/**")


def test_on_a_desk_all_stand_beside_each_other(page, at_work, axe):
    at_work(DESK, "akkoord/")
    assert page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link").count() == 9
    expect(page.locator(".nav__more")).to_be_hidden()
    axe(page)
