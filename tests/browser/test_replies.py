"""The journey of an answer: he answers by mail, a real mailbox is looked in, and the dossier says that he confirmed (E3)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from beluur.actions.look_in_mailbox import look_in_mailbox
from beluur.actions.send_next_message import handle_one
from beluur.store.models import Mailbox, MailIn
from tests.actions.calls import hold_call, promise, with_mail_server
from tests.imap_server import PASSWORD, USER
from tests.mail_in import raw_mail
from tests.world import NOW, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_an_answer_by_mail_confirms_what_was_agreed(page, live_server, sign_in, axe, imap, smtp, data_folder):
    world = make_world()
    debtor = world.debtor(phone="+31 20 123 45 00", email="jan@kruimel.example")
    world.invoice(debtor, "2026-1", 100_00, late=10)
    with_mail_server(world, smtp.port)
    hold_call(world.doer, debtor, promise())
    assert handle_one(NOW + timedelta(seconds=31))
    sign_in(page, world.user)
    page.goto(live_server.url + reverse("settings-replies", kwargs={"administration": world.slug}))
    page.get_by_label("Server", exact=True).fill(imap.host)
    page.get_by_label("Poort").fill(str(imap.port))
    page.get_by_label("Beveiliging").select_option("none")
    page.get_by_label("Gebruikersnaam").fill(USER)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Antwoorden van klanten komen vanaf nu in hun dossier").wait_for()
    axe(page)
    received = smtp.messages[0]
    Mailbox.objects.update(since=NOW.date())  # the server's clock is that of today
    imap.put(raw_mail("Akkoord.\n\nJan", answers=str(received["Message-ID"]).strip("<>")))
    proposal = raw_mail(
        "Liever 4 december.", answers=str(received["Message-ID"]).strip("<>"), message_id="r2@kruimel.example"
    )
    imap.put(proposal)
    assert look_in_mailbox(Mailbox.objects.get().next_look_at)
    assert sorted(MailIn.objects.values_list("kind", flat=True)) == ["agree", "proposes"]
    page.goto(live_server.url + reverse("dossier", kwargs={"administration": world.slug, "debtor": debtor}))
    page.get_by_text("schriftelijk bevestigd", exact=True).wait_for()
    page.goto(live_server.url + reverse("replies", kwargs={"administration": world.slug}))
    page.get_by_text("Liever 4 december.").wait_for()
    axe(page)
    page.get_by_role("link", name="Wijzig de toezegging").click()
    expect(page.get_by_label("Dag").first).to_have_value("2026-12-04")
    expect(page.get_by_label("Waarom")).to_have_value(re.compile("Voorstel in de mail van Jan Kruimel"))
    page.goto(live_server.url + reverse("replies", kwargs={"administration": world.slug}))
    page.get_by_role("link", name="Beantwoord").click()
    axe(page)
    page.get_by_label("Uw antwoord").fill("Dank voor uw bericht. Het mag tot 4 december.")
    page.get_by_role("button", name="Toon").click()
    expect(page.frame_locator("iframe").get_by_text("Het mag tot 4 december.")).to_be_visible()
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_text("Geen antwoord wacht op u").wait_for()
    assert handle_one(NOW + timedelta(minutes=5))
    answer = smtp.messages[-1]
    assert "<jan@kruimel.example>" in answer["To"]
    assert answer["In-Reply-To"] == "<r2@kruimel.example>"
