"""The first two minutes: from the first page to the first call, with the files that a newcomer really has."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import drop, fill, headline
from tests.dropped import BOUW, LATER, SCHILDERS, TRANSPORT, e_invoice, open_items, people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_folder")]


def begin(page: Any, live_server: Any) -> None:
    """From the first page, by the short form, to the page for files."""
    page.goto(live_server.url)
    page.get_by_role("link", name="Begin met mijn eigen bestanden").click()
    fill(
        page,
        name="Ons Bedrijf BV",
        iban="NL91 ABNA 0417 1643 00",
        person="Bo Beller",
        email="bo@example.org",
        password="een lange zin als wachtwoord",
    )
    page.get_by_role("button", name="Naar mijn bestanden").click()
    page.wait_for_url("**/inlezen/")


def test_from_the_first_page_to_the_first_call(page, live_server, troubles, axe):
    page.goto(live_server.url)
    expect(page.locator("h1")).to_have_text("Wie belt u vandaag, en wat zegt u dan?")
    axe(page)
    page.get_by_role("link", name="Begin met mijn eigen bestanden").click()
    axe(page)

    begin(page, live_server)
    assert headline(page) == "Inlezen"
    drop(
        page,
        open__csv=open_items(BOUW, TRANSPORT, SCHILDERS, LATER),
        klanten__csv=people(),
        factuur__xml=e_invoice(),
    )
    expect(page.locator("[data-drop-list] li")).to_have_text(["open.csv", "klanten.csv", "factuur.xml"])
    axe(page)
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Klopt dit zo?")
    expect(page.locator("dl.tally")).to_contain_text("5\nnieuwe facturen", use_inner_text=True)
    for name in ("open.csv", "klanten.csv", "factuur.xml"):
        expect(page.locator("ul.lines").get_by_text(name)).to_be_visible()
    expect(page.get_by_label("Debiteurnr").first).to_have_value("customer_number")
    axe(page)
    page.get_by_role("button", name="Neem over").click()

    page.wait_for_url("**/a/ons-bedrijf-bv/")
    expect(page.locator(".today__sum")).to_contain_text(
        "€ 14.925,50 te laat. Bel vandaag deze 4, samen € 14.925,50."
    )
    expect(page.locator(".today__figures")).to_contain_text("4 te gaan")
    first = page.locator("section.next")
    expect(first.locator(".next__name")).to_have_text("Fictief Transport NV")
    expect(first).to_contain_text("Frans Fictief, boekhouding")
    expect(first.locator(".next__phone")).to_have_attribute("href", "tel:+3221234502")
    expect(first.locator(".next__why")).to_contain_text("€ 1.500,00 te laat, 1 factuur")
    expect(first.locator(".next__why")).to_contain_text("Nu is een gouden beluur")
    expect(page.locator("table.calls [data-row]")).to_have_count(3)
    axe(page)

    page.keyboard.press("Enter")
    page.wait_for_url("**/gesprek/*/")
    expect(page.locator(".say__line")).to_contain_text("Bo Beller")
    expect(page.locator(".say__line")).to_contain_text("Ons Bedrijf BV")
    expect(page.locator(".say__line")).to_contain_text("Frans Fictief")
    expect(page.locator(".say__line")).not_to_contain_text("1.500")
    expect(page.locator(".call__number")).to_have_attribute("href", "tel:+3221234502")
    axe(page)


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(page, live_server, axe):
    page.goto(f"{live_server.url}/begin")
    fill(
        page,
        name="Ons Bedrijf BV",
        iban="NL91ABNA0417164301",
        person="Bo Beller",
        email="bo",
        password="kort",
    )
    page.get_by_role("button", name="Naar mijn bestanden").click()
    wrong = page.locator("[aria-invalid=true]")
    expect(wrong.first).to_be_visible()
    said = page.locator(".field__error")
    assert said.count() == wrong.count() > 0
    expect(page.locator("[name=name]")).to_have_value("Ons Bedrijf BV")
    expect(page.locator("[name=iban]")).to_have_value("NL91ABNA0417164301")
    axe(page)


def test_a_file_that_is_no_table_is_refused_with_its_sentence_beside_one_that_is(page, live_server, axe):
    begin(page, live_server)
    drop(page, open__csv=open_items(BOUW), foto__csv=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 40, leeg__csv=b"")
    page.get_by_role("button", name="Lees in").click()
    expect(page.locator("h1")).to_have_text("Klopt dit zo?")
    expect(page.locator("ul.lines li", has_text="foto.csv")).to_contain_text("geweigerd")
    expect(page.locator(".problem", has_text="foto.csv")).to_be_visible()
    expect(page.locator(".problem", has_text="leeg.csv")).to_be_visible()
    expect(page.locator("dl.tally")).to_contain_text("1\nnieuwe facturen", use_inner_text=True)
    axe(page)
    page.get_by_role("button", name="Niets doen").click()
    expect(page.locator("#messages")).not_to_be_empty()
    expect(page.get_by_text("niet overgenomen")).to_be_visible()


def test_without_numbers_it_says_so_where_the_number_would_stand(page, live_server):
    begin(page, live_server)
    drop(page, open__csv=open_items(BOUW))
    page.get_by_role("button", name="Lees in").click()
    page.get_by_role("button", name="Neem over").click()
    page.wait_for_url("**/a/ons-bedrijf-bv/")
    expect(page.locator(".today__sum")).to_contain_text("€ 12.340,50 te laat.")
    expect(page.locator("main")).to_contain_text("Voorbeeld Bouw BV")
    expect(page.locator("main")).to_contain_text("nummer")


def test_a_column_put_right_is_remembered_for_this_kind_of_file(page, live_server):
    begin(page, live_server)
    number, tally = page.get_by_label("Zaaknr"), page.locator("dl.tally")
    drop(page, zaken__csv=open_items(BOUW).replace(b"Factuurnummer", b"Zaaknr"))
    page.get_by_role("button", name="Lees in").click()
    number.select_option("number")
    page.get_by_role("button", name="Lees opnieuw met deze kolommen").click()
    expect(number).to_have_value("number")
    expect(tally).to_contain_text("1\nnieuwe facturen", use_inner_text=True)
    page.get_by_role("button", name="Neem over").click()
    page.wait_for_url("**/a/ons-bedrijf-bv/")

    page.goto(f"{page.url}inlezen/")
    drop(page, zaken__csv=open_items(BOUW, TRANSPORT).replace(b"Factuurnummer", b"Zaaknr"))
    page.get_by_role("button", name="Lees in").click()
    expect(number).to_have_value("number")
    expect(tally).to_contain_text("1\nnieuwe facturen", use_inner_text=True)
