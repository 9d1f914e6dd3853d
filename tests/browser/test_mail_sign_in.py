"""The journey of a sign-in: the settings, the page of the provider, back, and a mail to oneself that arrives."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from beluur.mailroom.providers import PROVIDERS
from beluur.store.models import MailSignIn
from tests.imap_server import USER, imap_server
from tests.token_server import CLIENT, SECRET, TENANT, smtp_by_token
from tests.world import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def servers(tokens, tmp_path: Path, monkeypatch):
    """The provider's two mail servers."""
    with smtp_by_token(tokens, tmp_path) as (mail, port), imap_server(f"{tokens.plain}/whose?token=") as imap:
        monkeypatch.setitem(PROVIDERS, "microsoft", tokens.provider(smtp=port, imap=imap.port))
        yield mail


def test_sign_in_at_the_provider_and_a_mail_arrives(page, live_server, sign_in, axe, tokens, servers):
    world = make_world()
    sign_in(page, world.user)
    page.goto(live_server.url + reverse("settings-mail", kwargs={"administration": world.slug}))
    page.get_by_role("navigation", name="Waar uw mail door gaat").get_by_role(
        "link", name="Microsoft 365"
    ).click()
    expect(page.get_by_text(f"{live_server.url}{reverse('mail-signed-in')}")).to_be_visible()
    page.get_by_label("Mailbox").fill(USER)
    page.get_by_label("Adres van de afzender").fill("bel@proef.example")
    page.get_by_label("Client-id").fill(CLIENT)
    page.get_by_label("Clientgeheim").fill(SECRET)
    page.get_by_label("Map-id (tenant)").fill(TENANT)
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Bewaard. Meld nu aan bij Microsoft").wait_for()
    axe(page)

    page.get_by_role("link", name="Aanmelden bij Microsoft").click()
    expect(page.get_by_text(USER)).to_be_visible()
    page.get_by_role("link", name="Weiger").click()
    page.get_by_text("Microsoft heeft u niet aangemeld: access_denied").wait_for()
    page.get_by_role("link", name="Aanmelden bij Microsoft").click()
    page.get_by_role("link", name="Sta toe").click()
    page.get_by_text("U bent aangemeld bij Microsoft 365").wait_for()
    assert "code=" not in page.url
    axe(page)

    page.get_by_role("button", name="Stuur mij een proefmail").click()
    page.get_by_text("Verzonden naar bel@proef.example").wait_for()
    (raw,) = servers.messages
    assert email.message_from_bytes(raw, policy=email.policy.default)["To"] == "bel@proef.example"

    page.goto(live_server.url + reverse("settings-replies", kwargs={"administration": world.slug}))
    page.get_by_role("link", name="Microsoft 365").click()
    page.get_by_role("button", name="Probeer de verbinding").click()
    page.get_by_text("is te lezen").wait_for()
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Antwoorden van klanten komen vanaf nu in hun dossier").wait_for()
    axe(page)

    tokens.revoke()
    MailSignIn.objects.update(access_until=None)
    page.goto(live_server.url + reverse("settings-mail", kwargs={"administration": world.slug}))
    page.get_by_role("button", name="Stuur mij een proefmail").click()
    page.get_by_text("De aanmelding bij Microsoft 365 geldt niet meer").first.wait_for()
    axe(page)
    page.get_by_role("link", name="Aanmelden bij Microsoft").click()
    page.get_by_role("link", name="Sta toe").click()
    page.get_by_text("U bent aangemeld bij Microsoft 365").wait_for()
    assert MailSignIn.objects.get().holds
