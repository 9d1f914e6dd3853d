"""A text is made one's own: changed, seen with a dossier that one looks for, and received as a test by oneself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from beluur.actions.send_next_message import handle_one
from beluur.store.models import MailTemplate, Message
from tests.actions.calls import with_mail_server
from tests.browser.conftest import still
from tests.world import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize("width", [1440, 390])
def test_a_text_is_changed_seen_and_tried(page, live_server, sign_in, axe, smtp, data_folder, width):
    world = make_world()
    with_mail_server(world, smtp.port)
    debtor = world.debtor("Slagerij Proefham", email="an@example.org")
    world.invoice(debtor, "2026-80", 640_00, late=30)
    world.debtor("Bakkerij Proefkruimel")
    sign_in(page, world.user)
    page.set_viewport_size({"width": width, "height": 900})
    text = {"administration": world.slug, "kind": "before_notice", "language": "nl"}
    page.goto(live_server.url + reverse("settings-text", kwargs=text))
    page.get_by_label("Onderwerp").fill("Voor wij u een brief sturen: {total}")
    page.get_by_label("Zoek een dossier").type("proefham")
    page.get_by_label("Bakkerij Proefkruimel").wait_for(state="detached")
    still(page)
    page.get_by_label("Slagerij Proefham").check()
    page.frame_locator("iframe").get_by_text("2026-80").first.wait_for()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Stuur mij een proef").click()
    page.get_by_text("De proef gaat naar").wait_for()
    expect(page.get_by_label("Onderwerp")).to_have_value("Voor wij u een brief sturen: {total}")
    expect(page.get_by_label("Slagerij Proefham")).to_be_checked()
    page.frame_locator("iframe").get_by_text("2026-80").first.wait_for()
    assert not MailTemplate.objects.exists()
    Message.objects.update(send_after=datetime.now(UTC) - timedelta(minutes=1))
    assert handle_one(datetime.now(UTC))
    (received,) = smtp.messages
    assert str(received["Subject"]).startswith(
        "[Proef] Voor wij u een brief sturen: € 640,00".replace("€ ", "€\u00a0")
    )
    page.get_by_label("Tekst").first.fill("Dag {contactt}\n\n{invoices_table}\n\n{payment}")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("bedoelt u contact?").wait_for()
    assert not MailTemplate.objects.exists()
    page.get_by_label("Tekst").first.fill("Dag {contact}\n\n{invoices_table}\n\n{payment}")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("De tekst is bewaard").wait_for()
    assert MailTemplate.objects.get().body.startswith("Dag {contact}")
