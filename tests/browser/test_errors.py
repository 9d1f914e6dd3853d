"""What is not there, not allowed, no longer valid or broken is said on a page of the house, with the way on."""

from __future__ import annotations

import pytest
from django.test import Client
from django.views.defaults import server_error
from playwright.sync_api import expect

from tests.rows import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_not_there(page, live_server, administration, caller, sign_in, axe):
    sign_in(page, caller)
    for path in ("/nergens", "/a/een-ander/", f"/a/{administration.slug}/debiteuren/987654/"):
        assert page.goto(live_server.url + path).status == 404
        expect(page.locator("h1")).to_have_text("Hier staat niets")
    axe(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/a/{administration.slug}/")


def test_what_is_for_the_owner_only(page, live_server, administration, sign_in, axe):
    sign_in(page, make_user(administration, role="caller"))
    assert page.goto(f"{live_server.url}/a/{administration.slug}/instellingen/e-mail").status == 403
    expect(page.locator("h1")).to_have_text("Dit is niet aan u")
    axe(page)


def test_a_form_that_is_no_longer_valid(administration, caller):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(caller)
    answer = strict.post(f"/a/{administration.slug}/debiteuren/nieuw", {"name": "Proef"})
    assert answer.status_code == 403
    assert "Dit formulier is verlopen" in answer.content.decode()


def test_our_own_fault(rf):
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Er ging bij ons iets mis" in answer.content.decode()
