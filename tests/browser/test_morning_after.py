"""The morning after: the statement is dropped, the round rearranges, and nobody is called who has just paid."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from beluur.store.models import Debtor, Instalment, Payment
from tests.browser.desk import drop
from tests.morning import FRIDAY, Morning, before_the_statement, statement
from tests.statements import OTHER, Came, mt940
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def morning(world: World) -> Morning:
    return before_the_statement(world)


@pytest.fixture
def home(page: Any, live_server: Any, sign_in: Any, world: World, morning: Morning) -> str:
    """The address of *Vandaag*, on which the page stands."""
    sign_in(page, world.user)
    address = f"{live_server.url}/a/{world.slug}/"
    page.goto(address)
    return address


def read_in(page: Any, home: str, **files: bytes) -> None:
    page.goto(home + "inlezen/")
    drop(page, **files)
    page.get_by_role("button", name="Lees in").click()
    expect(page.locator("h1")).to_have_text("Klopt dit zo?")


def take_over(page: Any, home: str) -> None:
    page.get_by_role("button", name="Neem over").click()
    page.wait_for_url(home)


def test_the_statement_rearranges_the_day_and_saves_from_an_insult(page, home, axe, troubles):
    expect(page.locator(".next__name")).to_contain_text("Denkbeeldig Advies BV")
    colleague = page.context.new_page()
    colleague.goto(home)

    read_in(page, home, bank__sta=statement())
    row = page.locator(".statements tbody tr").first
    expect(row).to_contain_text("NL91 ABNA 0417 1643 00")
    expect(row).to_contain_text("€ 2.487,77")
    expect(page.get_by_text("Betalen klanten op rekening")).to_be_visible()
    axe(page)
    take_over(page, home)

    said = page.locator(".said")
    expect(said).to_contain_text("€ 2.487,77 binnen, 2 van 3 betalingen herkend")
    expect(said).to_contain_text("1 afspraak nagekomen, 1 verbroken")
    expect(said).to_contain_text("1 betaling wacht op u")
    expect(said).to_contain_text("Er kwam niets binnen tot en met vr 20 nov 2026")
    expect(page.locator(".today__bank")).to_have_text("Bank bekend tot en met vr 20 nov 2026")
    first = page.locator(".next")
    expect(first.locator(".next__name")).to_contain_text("Fictief Transport NV omhoog")
    expect(first).to_contain_text("Niet nagekomen")
    expect(first).to_contain_text("“Donderdag doe ik er vijfhonderd.”")
    expect(said.locator("[data-said-gone]")).to_contain_text("Proef Schilders VOF")
    axe(page)

    colleague.get_by_role("button", name="Bel Proef Schilders VOF").click()
    expect(colleague.locator("h2").first).to_have_text("Niet bellen: € 1.210,00 kwam vanochtend binnen")
    expect(colleague.locator("main")).to_contain_text("Geboekt op vr 20 nov 2026 van Proef Schilders VOF")
    expect(colleague.locator(".follow--next")).to_contain_text("Fictief Transport NV")
    axe(colleague)
    colleague.keyboard.press("Enter")
    colleague.wait_for_url("**/gesprek/*/")
    expect(colleague.locator("h1")).to_have_text("Fictief Transport NV")


def test_what_the_bank_said_stays_until_it_is_read(page, home):
    read_in(page, home, bank__sta=statement())
    take_over(page, home)
    page.goto(home)
    expect(page.locator(".next__name")).to_contain_text("omhoog")
    page.keyboard.press("x")
    expect(page.locator(".said")).to_have_count(0)
    expect(page.locator(".mark")).to_have_count(0)


COUNT_MOVES = """window.moves = 0;
const animate = Element.prototype.animate;
Element.prototype.animate = function (...how) { window.moves += 1; return animate.apply(this, how); };"""


@pytest.mark.parametrize("asked", ["no-preference", "reduce"])
def test_what_moves_moves_once_and_not_for_who_asked_for_no_movement(asked, page, home):
    page.emulate_media(reduced_motion=asked)
    page.add_init_script(COUNT_MOVES)
    read_in(page, home, bank__sta=statement())
    take_over(page, home)
    expect(page.locator(".mark").first).to_be_visible()
    assert (page.evaluate("window.moves") > 0) is (asked == "no-preference")
    page.reload()
    expect(page.locator(".mark").first).to_be_visible()
    assert page.evaluate("window.moves") == 0, "once it was seen"


def test_a_statement_that_does_not_add_up_is_looked_at_first(page, home, axe):
    read_in(page, home, ander__sta=mt940(Came(-12_00), day=FRIDAY, account=OTHER, off=3_50))
    expect(page.locator(".statements")).to_contain_text("er is een verschil van € 3,50")
    page.get_by_role("button", name="Neem over").click()
    expect(page.locator("#balance_seen_error")).to_be_visible()
    axe(page)
    page.get_by_label("Ik heb het verschil gezien").check()
    take_over(page, home)


def test_a_payment_that_may_be_his_stands_in_his_dossier_and_in_the_call(page, home, morning):
    debtor = Debtor.objects.get(id=morning.first)
    Payment.objects.create(
        administration_id=debtor.administration_id,
        amount_cents=700_00,
        left_cents=700_00,
        booked_on=FRIDAY,
        counterparty="Holding Denkbeeld",
        state="proposed",
        perhaps=debtor,
        at=debtor.created_at,
    )
    said = "€ 700,00 van Holding Denkbeeld kwam binnen op vr 20 nov 2026 en is misschien van deze klant"
    page.goto(f"{home}debiteuren/{debtor.id}/")
    expect(page.locator("main")).to_contain_text(said)
    page.locator("#bel").get_by_role("button", name="Bel", exact=False).last.click()
    page.wait_for_url("**/gesprek/*/")
    expect(page.locator("#call-foot")).to_contain_text(said)


def test_who_has_no_bank_files_looks_himself_by_keyboard(page, home, morning, axe, troubles):
    page.get_by_role("link", name="Kijk of 2 betalingen binnen zijn").click()
    rows = page.locator(".looks [data-row]")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Fictief Transport NV")
    expect(rows.nth(0).locator("[data-open]")).to_be_focused()
    axe(page)
    page.keyboard.press("j")
    expect(rows.nth(1).locator("[data-open]")).to_be_focused()
    page.keyboard.press("b")
    expect(page.locator("#messages")).to_contain_text("Genoteerd: binnen")
    expect(rows).to_have_count(1)
    expect(rows.nth(0).locator("[data-open]")).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator("#messages")).to_contain_text("Niet meer genoteerd")
    expect(rows).to_have_count(2)
    expect(rows.nth(1).locator("[data-open]")).to_be_focused()
    axe(page)
    page.keyboard.press("b")
    expect(page.locator("#messages")).to_contain_text("Genoteerd: binnen")
    expect(rows).to_have_count(1)
    expect(rows.nth(0).locator("[data-open]")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("h2")).to_contain_text(["Niets om na te kijken"])
    page.keyboard.press("Enter")
    expect(page.locator(".next__name")).to_contain_text("Fictief Transport NV")
    verdicts = dict(Instalment.objects.values_list("promise__debtor_id", "verdict"))
    assert verdicts == {morning.kept: "kept", morning.broken: "broken"}


def test_what_was_noted_by_mistake_is_taken_back_in_the_dossier(page, home, morning, troubles):
    page.goto(f"{home}debiteuren/{morning.kept}/")
    agreed = page.locator("section", has=page.locator("#agreed"))
    agreed.get_by_role("button", name="Is binnen").click()
    expect(page.locator("#messages")).to_contain_text("Genoteerd: binnen")
    page.locator("#messages [data-close]").click()
    agreed.get_by_role("button", name="Haal terug").click()
    expect(page.locator("#messages")).to_contain_text("Niet meer genoteerd")
    expect(agreed.get_by_role("button", name="Is binnen")).to_be_visible()
    expect(page.locator("main")).to_contain_text("binnen is")
