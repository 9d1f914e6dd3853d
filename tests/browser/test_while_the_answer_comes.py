"""On a slow line: what is typed while the answer to a button is on its way."""

from __future__ import annotations

import re
from time import sleep

import pytest
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from playwright.sync_api import expect

from beluur.store.models import Call
from tests.browser.test_call_journeys import call_the_first, stage, to_the_agreement
from tests.calls_world import business

pytestmark = pytest.mark.django_db(transaction=True)
LATE = 1.5  # seconds


@pytest.fixture
def slow_line(monkeypatch):
    """From when it is called, each answer to a button of the call is late."""
    at_once = BaseHandler.get_response

    def later(handler: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        answer = at_once(handler, request)
        if "HX-Request" in request.headers:
            sleep(LATE)
        return answer

    return lambda: monkeypatch.setattr(BaseHandler, "get_response", later)


def kept(page) -> None:
    """Until what was typed is with the server, so that no copy waits in this browser."""
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    page.wait_for_function("!Object.keys(localStorage).some((name) => name.startsWith('beluur:autosave:'))")


@pytest.mark.parametrize(
    "before", ["", "Wacht op "], ids=["nothing was typed before", "something was typed before"]
)
def test_a_note_typed_meanwhile_stays_and_is_saved(page, at_work, world, slow_line, before):
    business(world)
    call_the_first(page, at_work)
    page.keyboard.press("Enter")
    stage(page, "Opening")
    page.keyboard.press("n")
    page.keyboard.type(before)
    slow_line()
    page.locator("#call-path").get_by_role("button", name="Afspraak").click()
    page.locator("#note").focus()
    assert page.locator("[aria-current=step]").inner_text() != "Afspraak"
    for letters in ("de ", "opdracht", "gever"):
        page.keyboard.insert_text(letters)
    stage(page, "Afspraak")
    expect(page.locator("#note")).to_have_value(f"{before}de opdrachtgever")
    kept(page)
    page.reload()
    stage(page, "Afspraak")
    expect(page.locator("#note")).to_have_value(f"{before}de opdrachtgever")
    assert "In een ander venster" not in page.locator("#call-talk").inner_text()
    assert Call.objects.get().state == "open"


def test_an_amount_typed_meanwhile_stays_beside_the_new_rows(page, at_work, world, slow_line):
    business(world)
    call_the_first(page, at_work)
    to_the_agreement(page)
    saves = list[str]()
    page.on("request", lambda sent: "x-autosave" in sent.headers and saves.append(sent.post_data or ""))
    slow_line()
    page.get_by_role("button", name="in 3", exact=False).click()
    page.locator("#f-a1").select_text()
    page.keyboard.insert_text("500")
    expect(page.locator(".instalment")).to_have_count(1)
    expect(page.locator(".instalment")).to_have_count(3)
    amounts = page.locator(".instalment .input--amount")
    expect(amounts.nth(0)).to_have_value("500")
    rest = amounts.nth(2).input_value()
    kept(page)
    assert saves
    assert {re.search(r'name="parts"\s+(\d+)', sent)[1] for sent in saves} == {"3"}, (
        "the old row would come over the new ones"
    )
    page.reload()
    expect(amounts.nth(0)).to_have_value("500")
    expect(amounts.nth(2)).to_have_value(rest)
