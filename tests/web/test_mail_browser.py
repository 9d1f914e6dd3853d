"""The pages around mail in a browser: accessible, and of use without scripts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from beluur.actions.keep_document import keep_document
from beluur.actions.make_letters import make_letters
from beluur.store.models import Debtor, Message
from tests.web.mail_rows import make_mail
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def world(monkeypatch) -> World:
    monkeypatch.setattr("beluur.clock.now", lambda: NOW)
    return make_world()


def late(world: World) -> int:
    debtor = world.debtor(email="an@example.org")
    invoice = world.invoice(debtor, "F-1", 640_00, late=2)
    keep_document(world.doer, name="F-1.pdf", content=b"%PDF-1.7", invoice_id=invoice)
    return debtor


@pytest.mark.parametrize("width", [1440, 390])
def test_each_page_is_accessible_and_fits(page, live_server, sign_in, world, axe, width):
    sign_in(page, world.user)
    page.set_viewport_size({"width": width, "height": 900})
    debtor = late(world)
    for name, street in (("Proefbrood", "Dorpsstraat 1"), ("Proefkaas", "Dorpsstraat 2"), ("Proefmelk", "")):
        owes = world.debtor(name, street=street, postcode="1234 AB", city="Proefdorp")
        world.invoice(owes, f"F-{name}", 640_00, late=9)
    make_letters(world.doer, [Debtor.objects.get(name="Proefbrood").id])
    mails = [make_mail(world, state, debtor) for state in ("held", "failed", "uncertain", "not_sent", "sent")]
    named = [
        *[
            (name, {})
            for name in ("outbox", "settings-mail", "settings-texts", "settings-terms", "phone-help")
        ],
        ("settings-text", {"kind": "reminder_1", "language": "nl"}),
        *[("message", {"message": mail.id}) for mail in mails[1:3]],
        ("reminders", {}),
        ("letters", {}),
        ("reminder", {"debtor": debtor, "level": 1}),
        ("statement-send", {"debtor": debtor}),
        ("invoice-copy-send", {"debtor": debtor}),
    ]
    refused = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    for name, rest in named:
        address = reverse(name, kwargs={"administration": world.slug, **rest})
        assert page.goto(live_server.url + address).ok, name
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert refused == []


def test_without_scripts_a_text_is_shown_and_a_mail_taken_back(browser, live_server, client, world):
    mail = make_mail(world, "held", late(world))
    client.force_login(world.user)
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    text = reverse(
        "settings-text", kwargs={"administration": world.slug, "kind": "reminder_1", "language": "nl"}
    )
    page.goto(live_server.url + text)
    page.get_by_label("Onderwerp").fill("Over {invoice_numbers}")
    page.get_by_label("Zoek een dossier").fill("proefkruimel")
    page.get_by_role("button", name="Zoek", exact=True).last.click()
    page.get_by_label("Bakkerij Proefkruimel").check()
    page.get_by_role("button", name="Toon").click()
    page.frame_locator("iframe").get_by_text("F-1").first.wait_for()
    page.goto(live_server.url + reverse("outbox", kwargs={"administration": world.slug}))
    page.get_by_role("button", name="Houd tegen").click()
    page.get_by_text("Ingetrokken: deze mail gaat niet weg").wait_for()
    context.close()
    assert Message.objects.get(id=mail.id).state == "withdrawn"
