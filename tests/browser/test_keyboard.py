"""By keyboard alone: search, lists, help, and the round from *Vandaag* to the next call. Esc never loses text."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from beluur.store.models import Call, Debtor
from tests.browser.desk import has_focus, headline

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def today(page: Any, live_server: Any, demo: Any, demo_user: Any, sign_in: Any, troubles: Any) -> Any:
    """*Vandaag* of the demo."""
    sign_in(page, demo_user)
    page.goto(f"{live_server.url}/a/{demo.slug}/")
    return page


def press(page: Any, *keys: str) -> None:
    """Keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def focused(page: Any) -> str:
    """The text of what has the focus."""
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_search_from_anywhere_and_open_the_first(today, axe):
    debtor = Debtor.objects.order_by("-id")[0]
    press(today, "/")
    assert has_focus(today, "#search")
    today.keyboard.type(debtor.name)
    expect(today.locator("#search-results [data-open]").first).to_contain_text(debtor.name)
    axe(today)
    press(today, "Enter")
    today.wait_for_url("**/debiteuren/*/")
    assert debtor.name in headline(today)


def test_arrows_go_through_what_was_found_and_escape_goes_back_to_the_text(today):
    press(today, "/")
    today.keyboard.type("voor")
    hits = today.locator("#search-results [data-open]")
    expect(hits.nth(1)).to_be_visible()
    press(today, "ArrowDown", "ArrowDown")
    second = hits.nth(1).get_attribute("href")
    assert today.evaluate("document.activeElement.getAttribute('href')") == second
    press(today, "Escape")
    assert has_focus(today, "#search")
    expect(today.locator("#search")).to_have_value("voor")
    press(today, "ArrowDown", "ArrowDown", "Enter")
    today.wait_for_url(f"**{second}")


def test_the_help_sheet_names_the_keys_of_the_page_and_closes(today, axe):
    press(today, "?")
    sheet = today.locator("#help-sheet")
    expect(sheet).to_be_visible()
    for name, key in (("Bel", "↵"), ("Zoeken", "/"), ("Dossier", "d"), ("Zoek in de lijst", "f")):
        expect(
            sheet.locator("li", has_text=name).filter(has=today.locator("kbd", has_text=key))
        ).not_to_have_count(0)
    axe(today)
    press(today, "d")
    expect(sheet).to_be_visible()
    press(today, "Escape")
    expect(sheet).to_be_hidden()


def test_j_and_k_move_through_the_list_and_enter_opens(today):
    names = today.locator("#calls [data-open]").all_inner_texts()
    press(today, "j")
    assert focused(today) == names[0]
    press(today, "j", "j", "k")
    assert focused(today) == names[1]
    press(today, "Enter")
    today.wait_for_url("**/debiteuren/*/")
    assert names[1] in headline(today)


def test_a_key_is_a_letter_while_one_types(today):
    press(today, "f")
    assert has_focus(today, "#find")
    today.keyboard.type("djk?/")
    expect(today.locator("#find")).to_have_value("djk?/")
    expect(today.locator("#help-sheet")).to_be_hidden()


def test_the_list_is_filtered_while_one_types_and_escape_keeps_the_text(today):
    name = today.locator("#calls [data-open]").nth(3).inner_text()
    press(today, "f")
    today.keyboard.type(name)
    expect(today.locator("#calls [data-row]:visible")).to_have_count(1)
    press(today, "Escape")
    expect(today.locator("#find")).to_have_value(name)
    assert not has_focus(today, "#find")
    press(today, "j")
    assert focused(today) == name


def test_escape_leaves_a_form_as_it_was_typed(today, live_server, demo):
    debtor = Debtor.objects.order_by("id")[0]
    today.goto(f"{live_server.url}/a/{demo.slug}/debiteuren/{debtor.id}/notitie")
    text = today.locator("[name=text]")
    text.press_sequentially("Belt morgen")
    press(today, "Escape", "Escape")
    expect(text).to_have_value("Belt morgen")
    assert headline(today).startswith(debtor.name)


def test_the_round_by_keyboard_from_one_call_to_the_next(today):
    first = today.locator(".next__name").inner_text()
    press(today, "Enter")
    today.wait_for_url("**/gesprek/*/")
    expect(today.locator(".call__name")).to_have_text(first)
    press(today, "n")
    today.keyboard.type("Bandje: dicht tot morgen")
    press(today, "Escape")
    expect(today.locator("#note")).to_have_value("Bandje: dicht tot morgen")
    press(today, "5")
    expect(today.locator("#call-talk").get_by_role("button", name="Vastleggen")).to_be_visible()
    press(today, "Enter")
    expect(today.locator("#done")).to_have_text("Vastgelegd")
    ended = Call.objects.get(debtor__name=first, state="ended", outcome="no_answer", note__contains="Bandje")
    assert ended.note == "Bandje: dicht tot morgen"
    following = today.locator(".follow--next b").inner_text()
    assert following != first
    press(today, "Enter")
    expect(today.locator(".call__name")).to_have_text(following)


def test_the_first_page_is_answered_with_enter(page, live_server, db):
    page.goto(live_server.url)
    press(page, "Enter")
    page.wait_for_url("**/begin")


def test_tab_reaches_the_content_first(today):
    press(today, "Tab")
    assert has_focus(today, ".skip")
    press(today, "Enter")
    assert has_focus(today, "#content")
