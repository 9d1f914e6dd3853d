"""The second export: the same file changes nothing and says so; a week later what is new, changed and gone; and undone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.stage_files import stage_files
from beluur.actions.once import Doer
from beluur.store.models import Invoice
from tests.browser.desk import drop
from tests.dropped import BOUW, LATER, SCHILDERS, TRANSPORT, open_items, people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_folder")]

WEEK_BEFORE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
FIRST = open_items(BOUW, TRANSPORT, SCHILDERS)
TRANSPORT_PAID_A_PART = TRANSPORT.replace("1.500,00", "700,00")
SCHILDERS_LATER = SCHILDERS.replace("19-11-2026", "03-12-2026")


@pytest.fixture
def intake(page: Any, live_server: Any, administration: Any, caller: Any, sign_in: Any) -> Any:
    """The page for files of someone who took over FIRST a week ago."""
    doer = Doer(administration.id, WEEK_BEFORE, caller.id, caller.name)
    first = stage_files(doer, [("open.csv", FIRST), ("klanten.csv", people())], today=WEEK_BEFORE.date())
    publish_intake(doer, first)
    assert publish_all(doer, first)
    sign_in(page, caller)
    page.goto(f"{live_server.url}/a/{administration.slug}/inlezen/")
    return page


def dropped(page: Any, content: bytes, name: str = "open") -> None:
    """The file is dropped and read in."""
    drop(page, **{f"{name}__csv": content})
    page.get_by_role("button", name="Lees in").click()
    expect(page.locator("h1")).to_have_text("Klopt dit zo?")


def tally(page: Any) -> list[int]:
    """New, changed, gone."""
    return [int(n) for n in page.locator(".tally__n").all_inner_texts()[:3]]


def row(page: Any, title: str, number: str) -> Locator:
    """The row of an invoice in the part that is called so."""
    part: Locator = page.locator("details", has=page.locator("summary", has_text=title))
    return part.locator("tr", has_text=number)


def take_over(page: Any) -> None:
    """The user agrees."""
    page.get_by_role("button", name="Neem over").click()
    page.wait_for_url("**/a/*/")


def opens() -> dict[str, int]:
    """What is open of each invoice."""
    return dict(Invoice.objects.values_list("number", "open_cents"))


def test_the_same_file_again_changes_nothing_and_says_so(intake, axe, troubles):
    before = opens()
    dropped(intake, FIRST)
    expect(intake.locator("main")).to_contain_text("Niets: alles wat hierin staat, was al bekend.")
    assert tally(intake) == [0, 0, 0]
    axe(intake)
    take_over(intake)
    assert opens() == before


def test_a_week_later_what_is_new_changed_and_gone_is_shown_and_taken_over(intake, axe, troubles):
    dropped(intake, open_items(LATER, TRANSPORT_PAID_A_PART, SCHILDERS_LATER))
    assert tally(intake) == [1, 2, 1]
    expect(row(intake, "Nieuw", "2026-0130")).to_have_count(1)
    changed = row(intake, "Gewijzigd", "2026-0119")
    expect(changed).to_contain_text("€ 1.500,00")
    expect(changed).to_contain_text("€ 700,00")
    expect(row(intake, "Gewijzigd", "2026-0121")).to_contain_text("vervalt do 3 dec 2026")
    expect(row(intake, "Verdwenen", "2026-0118")).to_contain_text("€ 12.340,50")
    expect(intake.get_by_text("Wat verdwenen is, is dat betaald?")).to_be_visible()
    axe(intake)
    assert opens()["2026-0119"] == 150_000, "nothing changes before the user agrees"
    take_over(intake)
    assert opens() == {"2026-0118": 0, "2026-0119": 70_000, "2026-0121": 48_000, "2026-0130": 90_000}


def test_what_is_gone_stays_open_when_the_user_says_so(intake):
    dropped(intake, open_items(TRANSPORT, SCHILDERS))
    intake.get_by_label("Nee, laat ze open staan").check()
    take_over(intake)
    assert opens()["2026-0118"] == 1_234_050


def test_what_is_gone_is_closed_from_now_on_for_this_source(intake):
    dropped(intake, open_items(TRANSPORT, SCHILDERS))
    intake.get_by_label("Ja, en voortaan altijd bij dit soort bestand").check()
    take_over(intake)
    assert opens()["2026-0118"] == 0
    intake.goto(f"{intake.url}inlezen/")
    dropped(intake, open_items(SCHILDERS))
    expect(intake.locator("[name=gone][value=always]")).to_be_checked()


def test_an_intake_is_undone_and_all_is_as_it_was(intake, axe):
    before = opens()
    dropped(intake, open_items(LATER, TRANSPORT_PAID_A_PART))
    take_over(intake)
    intake.get_by_role("link", name="Inlezen").click()
    axe(intake)
    intake.get_by_role("button", name="Draai terug").click()
    expect(intake.locator("#messages")).to_contain_text("Teruggedraaid")
    assert opens() == before


def test_sent_twice_it_is_taken_over_once(intake):
    dropped(intake, open_items(BOUW, LATER, TRANSPORT, SCHILDERS))
    form = intake.locator("form", has=intake.get_by_role("button", name="Neem over"))
    again = intake.context.new_page()
    again.goto(intake.url)
    key = form.locator("[name=key]").input_value()
    again.locator("main [name=key]").first.evaluate("(field, key) => { field.value = key }", key)
    take_over(intake)
    after = opens()
    again.get_by_role("button", name="Neem over").click()
    again.wait_for_load_state()
    assert opens() == after
    assert Invoice.objects.filter(number="2026-0130").count() == 1
