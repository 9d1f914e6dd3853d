"""The debtor on his phone, in French: from the mail in his mailbox to a yes, or to a no that becomes a dispute and work (J9)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from playwright.sync_api import expect

from beluur.actions.change_promise import change_promise
from beluur.actions.send_next_message import handle_one
from beluur.domain.call_report import PromiseSaid
from beluur.store.models import Dispute, Event, Invoice, Promise, Task, WrittenAnswer
from tests.actions.calls import FRIDAY, hold_call, promise
from tests.calls_world import business
from tests.personal import ADDRESS, with_address, with_copies
from tests.web.mail_rows import set_server
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
MOST_BYTES = 60_000


@pytest.fixture
def world(data_folder) -> World:
    caches["pages"].clear()
    return make_world()


@pytest.fixture
def path(world, smtp) -> str:
    """Where the link in the mail leads, taken from a real mailbox: he promised 1.500 in two parts."""
    with_address(world)
    set_server(world, host=smtp.host, port=smtp.port)
    debtor = business(world, language="fr", country="BE")
    with_copies(world, debtor)
    hold_call(world.doer, debtor, promise(1_000_00, FRIDAY, (FRIDAY + timedelta(days=28), 500_00)))
    assert handle_one(NOW + timedelta(seconds=31))
    said = smtp.messages[0].get_body(("plain",)).get_content()
    found = re.search(rf"{re.escape(ADDRESS)}(/k/[\w-]{{32}}/)", said)
    assert found
    return found.group(1)


@pytest.fixture
def phone(page, live_server, path) -> Any:
    """On his phone, at the cover."""
    page.set_viewport_size(PHONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + path)
    return page


def tap(page: Any) -> None:
    page.get_by_role("button", name="Toucher pour voir").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre accord avec Proefbedrijf")


def fits(page: Any) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"scrolls sideways by {wide} px"


def refused(troubles: list[str], status: int) -> None:
    """A form that is not taken has a status that the browser complains of; that, and nothing else, was meant."""
    (said,) = troubles
    assert f"status of {status}" in said
    troubles.clear()


def looks_right(page: Any, axe: Any) -> None:
    """On the phone and at a desk, in the light and in the dark."""
    for size, scheme in ((PHONE, "light"), (DESK, "dark"), (PHONE, "dark"), (DESK, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        axe(page)
        fits(page)
    page.set_viewport_size(PHONE)


def test_he_confirms_on_his_phone(phone, world, axe, troubles):
    expect(phone.locator("html")).to_have_attribute("lang", "fr")
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Proefbedrijf vous demande de regarder quelque chose"
    )
    assert "500" not in phone.content()
    looks_right(phone, axe)
    tap(phone)
    expect(phone.locator("table")).to_contain_text("vendredi 27 novembre 2026")
    looks_right(phone, axe)
    phone.get_by_role("button", name="C’est exact", exact=True).click()
    expect(phone.get_by_text("Vous avez confirmé ceci")).to_be_visible()
    looks_right(phone, axe)
    answer = WrittenAnswer.objects.get()
    assert (answer.kind, answer.promise, answer.name) == ("agree", Promise.objects.get(), "Marijke Fictief")
    phone.reload()
    expect(phone.get_by_text("Vous avez confirmé ceci")).to_be_visible()
    kinds = ["link_opened", "link_agree"]
    assert (
        list(Event.objects.filter(kind__startswith="link_").order_by("seq").values_list("kind", flat=True))
        == kinds
    )


def test_a_no_becomes_a_dispute_and_work(phone, world, axe, troubles, sign_in, live_server):
    tap(phone)
    phone.get_by_text("Ce n’est pas exact, car …").click()
    phone.locator("#answer").get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_role("alert")).to_contain_text("Écrivez en quelques mots")
    refused(troubles, 422)
    looks_right(phone, axe)
    phone.get_by_label("De quoi s’agit-il ?").first.select_option(label="Facture 2026-0412")
    phone.get_by_label("Qu’est-ce qui n’est pas exact ?").fill("Deux pièces manquaient.")
    phone.locator("#answer").get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_text("Vous avez écrit que ce n’est pas exact")).to_be_visible()
    assert Dispute.objects.get().invoice == Invoice.objects.get(number="2026-0412")
    assert Task.objects.get().owner == world.user
    sign_in(phone, world.user)
    phone.goto(f"{live_server.url}/a/{world.slug}/taken/")
    for owed in (f"#dispute-{Dispute.objects.get().id}", f"#own_promise-{Task.objects.get().id}"):
        expect(phone.locator(owed)).to_contain_text("Deux pièces manquaient.")


def test_he_copies_what_his_bank_asks_and_takes_the_papers(phone, axe, troubles):
    tap(phone)
    for line, plain in (("IBAN", "NL91ABNA0417164300"), ("Montant", "1000,00")):
        button = phone.get_by_role("button", name=f"Copier {line}")
        button.click()
        expect(phone.locator(f"[data-copy='{plain}']")).to_contain_text("Copié")
        assert phone.evaluate("navigator.clipboard.readText()") == plain
    phone.get_by_text("Payer avec le code QR, depuis un autre écran").click()
    expect(phone.locator(".letter__square")).to_be_visible()
    looks_right(phone, axe)
    with phone.expect_download() as copy:
        phone.get_by_role("link", name="Télécharger la facture 2026-0398").click()
    assert copy.value.suggested_filename == "2026-0398.pdf"
    with phone.expect_download() as days:
        phone.get_by_role("link", name="Mettre les dates dans votre agenda").click()
    assert days.value.path().read_text("utf-8").count("BEGIN:VEVENT") == 2
    assert Event.objects.filter(kind="link_invoice_opened").count() == 1


def test_a_correction_is_shown_before_he_can_confirm_it(phone, world, axe, troubles):
    tap(phone)
    said = PromiseSaid(((FRIDAY, 1_240_00),), yes=True)
    change_promise(world.doer, Promise.objects.get(active=True).id, said, why="in één keer")
    phone.get_by_role("button", name="C’est exact", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("L’accord a été corrigé entre-temps")
    refused(troubles, 409)
    expect(phone.get_by_role("heading", name="L’accord a été corrigé")).to_be_visible()
    looks_right(phone, axe)
    assert not WrittenAnswer.objects.exists()
    phone.get_by_role("button", name="C’est exact", exact=True).click()
    expect(phone.get_by_text("Vous avez confirmé ceci")).to_be_visible()
    assert WrittenAnswer.objects.get().promise.cents == 1_240_00


def test_the_wrong_person_closes_it(phone, axe, troubles):
    tap(phone)
    phone.get_by_text("Je ne suis pas la bonne personne").click()
    looks_right(phone, axe)
    phone.get_by_role("button", name="Ce n’est pas moi").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("La page est fermée")
    looks_right(phone, axe)


def test_the_page_is_light(page, live_server, path, world):
    """All that is fetched for it, not compressed."""
    page.set_viewport_size(PHONE)
    fetched: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: fetched.update({answer.url: len(answer.body()) if answer.status == 200 else 0}),
    )
    page.goto(live_server.url + path)
    tap(page)
    page.wait_for_load_state("networkidle")
    assert sum(fetched.values()) < MOST_BYTES, fetched
    assert not [url for url in fetched if "woff" in url]
