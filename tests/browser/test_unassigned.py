"""*Niet toegewezen* by keyboard alone: one key a payment, one divided by a search, one set aside, one undone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from beluur.store.models import Allocation, Invoice
from tests.bank_world import Morning, make_morning
from tests.browser.desk import has_focus
from tests.world import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def morning(page: Any, live_server: Any, sign_in: Any, troubles: Any) -> Morning:
    """The page on the morning of a statement."""
    made = make_morning(make_world())
    sign_in(page, made.world.user)
    page.goto(f"{live_server.url}/a/{made.world.slug}/betalingen/")
    return made


def press(page: Any, *keys: str) -> None:
    """Keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def shown(page: Any) -> Any:
    """The payment that stands large."""
    return page.locator(".paid:visible")


def go_to(page: Any, name: str) -> None:
    """Down the list to the payment of ``name``."""
    rows = page.locator(".queue__row").all_inner_texts()
    at = next(n for n, row in enumerate(rows) if name in row)
    here = page.locator(".queue__row").evaluate_all("(rows) => rows.findIndex((row) => row.ariaCurrent)")
    press(page, *(["j"] * (at - here) if at > here else ["k"] * (here - at)))
    expect(shown(page).locator("h2")).to_contain_text(name)


def open_of(number: str) -> int:
    return Invoice.objects.get(number=number).open_cents


def test_a_morning_by_keyboard_alone(page, morning, axe):
    axe(page)
    page.evaluate("window.stays = true")
    go_to(page, "P. Schilders")
    press(page, "1")
    expect(page.locator(".waiting__done")).to_contain_text("op 2026-0122 van Proef Schilders VOF")
    expect(page.locator(".nav__count")).to_have_text(["4", "4"])  # beside the others, and behind Meer
    assert open_of("2026-0122") == 0
    expect(shown(page).locator("h2")).to_contain_text("Voorbeeld Bouw")
    axe(page)

    press(page, "2")
    expect(page.locator(".waiting__done")).to_contain_text("op 2026-0120 van Voorbeeld Bouw BV")
    assert (open_of("2026-0119"), open_of("2026-0120")) == (500_00, 0)

    expect(shown(page).locator("h2")).to_contain_text("Nergens Bekend")
    press(page, "z")
    expect(page.locator("[data-split-find]")).to_be_focused()
    page.keyboard.type("2026-0123")
    expect(page.locator(".split__line")).to_have_count(1)
    press(page, "Enter", "1")
    expect(page.locator("[data-split-amount]").first).to_have_value("350,00")
    expect(page.locator("[data-split-left]")).to_have_text("€ 400,00 nog te verdelen")
    press(page, "z")
    page.keyboard.type("bouw")
    expect(page.locator(".split__debtor")).to_have_count(2)
    expect(page.locator("[data-split-tick]:checked")).to_have_count(1)
    axe(page)
    press(page, "Enter", "2")
    expect(page.locator("[data-split-left]")).to_have_text("precies verdeeld")
    press(page, "Enter")
    expect(page.locator(".waiting__done")).to_contain_text("van Stichting Nergens Bekend: op ")
    assert (open_of("2026-0123"), open_of("2026-0119")) == (0, 100_00)

    go_to(page, "Fictief Transport")
    press(page, "x")
    expect(page.locator(".waiting__done")).to_contain_text("opzij gelegd")
    assert morning.over.state == "not_ours"
    press(page, "u")
    expect(page.locator("#messages")).to_contain_text("wacht weer")
    expect(shown(page).locator("h2")).to_contain_text("Fictief Transport")
    assert morning.over.state == "rest"
    assert page.evaluate("window.stays")


def test_the_question_of_the_day_of_the_export_is_answered_with_a_key(page, morning, axe):
    Invoice.objects.filter(number="2026-0122").update(as_of=morning.alike.booked_on)
    page.reload()
    go_to(page, "P. Schilders")
    press(page, "1")
    expect(shown(page).locator(".proposal__ask")).to_contain_text("al in het openstaande bedrag?")
    assert page.url.endswith(f"?betaling={morning.alike.id}")
    axe(page)
    press(page, "n")
    expect(page.locator(".waiting__done")).to_contain_text("2026-0122")
    assert open_of("2026-0122") == 0


def test_the_button_beside_the_search_looks_too_and_stays_on_the_page(page, morning):
    go_to(page, "Nergens Bekend")
    press(page, "z")
    expect(page.locator("[data-split-find]")).to_be_focused()
    page.locator("[data-split-find]").fill("schilders")
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.locator(".split__line")).to_have_count(2)
    page.wait_for_timeout(400)
    expect(page.locator(".queue__row")).to_have_count(5)


def test_escape_leaves_the_search_and_changes_nothing(page, morning):
    go_to(page, "Nergens Bekend")
    press(page, "z")
    expect(page.locator("[data-split-find]")).to_be_focused()
    page.keyboard.type("schilders")
    expect(page.locator(".split__line")).to_have_count(2)
    press(page, "Escape", "Escape")
    expect(page.locator(".split")).to_have_count(0)
    expect(shown(page).locator("h2")).to_contain_text("Nergens Bekend")
    assert morning.unknown.state == "unexplained"


def test_an_amount_that_is_wrong_is_said_where_it_stands(page, morning, axe):
    go_to(page, "Nergens Bekend")
    press(page, "z")
    expect(page.locator("[data-split-find]")).to_be_focused()
    page.keyboard.type("schilders")
    expect(page.locator(".split__line")).to_have_count(2)
    press(page, "Enter", "Tab")
    page.keyboard.type("999")
    expect(page.locator("[data-split-left]")).to_have_text("€ 249,00 te veel verdeeld")
    press(page, "Enter")
    expect(page.locator(".field__error")).to_contain_text("staat nog")
    expect(page.locator("[data-split-amount]").first).to_have_value("999")
    axe(page)
    assert not Allocation.objects.filter(payment=morning.unknown).exists()


def test_enter_on_a_row_opens_the_payment_whole(page, morning):
    go_to(page, "Fictief Transport")
    press(page, "Enter")
    page.wait_for_url(f"**/betalingen/{morning.over.id}/")
    assert not has_focus(page, ".queue__row")


def test_on_a_phone_one_payment_at_a_time(page, morning, axe):
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    first = shown(page).locator("h2").inner_text()
    shown(page).get_by_role("link", name="Volgende").click()
    expect(shown(page)).to_have_count(1)
    assert shown(page).locator("h2").inner_text() != first
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    shown(page).get_by_role("button", name="Niet van een klant").click()
    expect(page.locator(".waiting__done")).to_contain_text("opzij gelegd")


def test_without_a_script_it_works_as_well(browser, live_server, client):
    made = make_morning(make_world())
    client.force_login(made.world.user)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/a/{made.world.slug}/betalingen/")
    page.locator(".queue__row", has_text="Nergens Bekend").click()
    page.locator(".paid:visible").get_by_role("link", name="Zoek en verdeel").click()
    page.locator("[name=zoek]").fill("schilders")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.locator("[name=invoice]").first.check()
    page.get_by_role("button", name="Wijs toe").click()
    expect(page.locator(".waiting__done")).to_contain_text("op 2026-0122")
    context.close()
