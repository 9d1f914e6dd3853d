"""A double click, a key that is held down, a reload and the button back record nothing twice, and nothing that was not meant."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from beluur.store.models import Administration, Call, Event, MailSignIn, Message, Payment, Promise
from beluur.store.sealing import seal
from beluur.values.sentence import say
from tests.actions.calls import hold_call, later, promise
from tests.bank_world import make_morning
from tests.browser.conftest import still
from tests.browser.test_call_journeys import call_the_first, stage, to_the_agreement
from tests.browser.test_conversation_journeys import copies
from tests.calls_world import business
from tests.web.mail_rows import make_mail, set_server
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def world() -> World:
    made = make_world()
    set_server(made)
    return made


def click_again(page: Any, where: dict[str, float]) -> None:
    """The second click of a double click, at the same place, when the page has changed already."""
    page.mouse.move(where["x"], where["y"])
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)


def click_once(page: Any, button: Any) -> dict[str, float]:
    """The first click, and where it was."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    page.mouse.click(where["x"], where["y"])
    return where


def arrived(page: Any, at: str) -> None:
    """Looked for until it is so: the second click takes the way of the first, which `wait_for_url` takes for a fault."""
    expect(page).to_have_url(re.compile(at))


def settled(page: Any) -> None:
    """What was clicked has gone to the server and its answer is there, a second one's too."""
    page.wait_for_timeout(500)
    page.wait_for_load_state()
    still(page)


def to_the_end(page: Any) -> None:
    """A call that just opened, to its summary."""
    to_the_agreement(page)
    page.fill("#f-a1", "500")
    page.fill("#f-d1", "27-11")
    page.get_by_label("De klant zei ja").check()
    page.get_by_role("button", name="Naar de samenvatting").click()
    stage(page, "Samenvatting")


# -- the call -----------------------------------------------------------------------------------------------------------


def test_a_call_is_opened_and_recorded_once(page, at_work, world):
    business(world)
    at_work()
    page.locator(".next__do button").dblclick()
    stage(page, "Wie is aan de lijn")
    settled(page)
    assert Call.objects.count() == 1
    to_the_end(page)
    page.get_by_role("button", name="Klopt, naar vastleggen").click()
    stage(page, "Vastleggen")
    page.locator("#call-form .button--big").dblclick()
    expect(page.locator(".ended__said")).to_be_visible()
    settled(page)
    recorded = (1, 1, 1)
    assert what_a_call_left() == recorded
    page.reload()
    expect(page.locator(".ended__said")).to_be_visible()
    page.go_back()
    settled(page)
    if (again := page.locator("#call-form .button--big")).is_visible():
        again.click()
        settled(page)
    assert what_a_call_left() == recorded


def what_a_call_left() -> tuple[int, int, int]:
    told = Event.objects.filter(kind="call_ended")
    return Promise.objects.count(), Message.objects.filter(kind="confirmation").count(), told.count()


def test_the_second_click_on_the_way_to_the_end_records_nothing_yet(page, at_work, world):
    business(world)
    call_the_first(page, at_work)
    to_the_end(page)
    page.get_by_role("button", name="Klopt, naar vastleggen").click()
    stage(page, "Vastleggen")
    button = page.locator("#call-form .button--big")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    click_again(page, {"x": box["x"] + 20, "y": box["y"] + 20})
    settled(page)
    assert Call.objects.get().state == "open"
    click_once(page, button)
    expect(page.locator(".ended__said")).to_be_visible()


def test_a_key_that_is_held_down_does_not_run_through_the_call(page, at_work, world):
    business(world)
    call_the_first(page, at_work)
    for _ in range(12):
        page.keyboard.down("Enter")
        page.wait_for_timeout(120)
    page.keyboard.up("Enter")
    settled(page)
    stage(page, "Opening")
    assert Call.objects.get().state == "open"


def test_copies_leave_once_however_often_one_clicks(page, at_work, world):
    business(world)
    copies(world)
    call_the_first(page, at_work)
    page.keyboard.press("Enter")
    stage(page, "Opening")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("fact nooit ontvangen")
    expect(page.locator("#call-heard")).to_contain_text("Factuur niet ontvangen")
    page.keyboard.press("Alt+1")
    stage(page, "Reden")
    page.get_by_role("button", name="Mail de factuur nu").dblclick()
    expect(page.locator(".say__line")).to_contain_text("Het staat nu in uw mailbox")
    settled(page)
    page.reload()
    settled(page)
    assert Message.objects.filter(kind="invoice_copy").count() == 1


# -- agreements ---------------------------------------------------------------------------------------------------------


def test_one_look_at_the_account_is_one_also_when_the_next_row_moves_up(page, at_work, world):
    for n in range(2):
        debtor = world.debtor(f"Klant {n}", phone=f"+31 20 123 45 0{n}")
        world.invoice(debtor, f"F-{debtor}", 500_00, late=30)
        hold_call(later(world.doer, days=-6), debtor, promise(500_00, on=TODAY), overrule="proef")
    at_work("afspraken/")
    rows = page.locator(".looks > li")
    expect(rows).to_have_count(2)
    where = click_once(page, rows.first.get_by_role("button", name="Binnen", exact=False).first)
    expect(rows).to_have_count(1)
    settled(page)
    click_again(page, where)
    settled(page)
    expect(rows).to_have_count(1)
    page.reload()
    page.go_back()
    settled(page)
    assert Event.objects.filter(kind="looked").count() == 1


def test_a_correction_is_made_once(page, at_work, world):
    debtor = business(world)
    hold_call(world.doer, debtor, promise(500_00))
    at_work(f"toezeggingen/{Promise.objects.get().id}")
    page.fill("[name=a1]", "600")
    page.fill("[name=why]", "Hij mailde het")
    page.locator("main form button.button--primary").first.dblclick()
    arrived(page, "/debiteuren/")
    settled(page)
    page.reload()
    assert Promise.objects.count() == 2
    page.go_back()
    settled(page)
    if "toezeggingen" in page.url:
        page.locator("main form button.button--primary").first.click()
        settled(page)
    assert Promise.objects.filter(active=True).count() == 1
    assert Promise.objects.count() == 2


# -- mail ---------------------------------------------------------------------------------------------------------------


def test_reminders_go_once(page, at_work, world):
    for n in range(3):
        debtor = world.debtor(f"Klant {n}", email=f"k{n}@example.org")
        world.invoice(debtor, f"F-{n}", late=2)
    at_work("herinneringen/")
    page.get_by_role("button", name="Verstuur de aangevinkte").dblclick()
    arrived(page, "/postvak/")
    settled(page)
    page.reload()
    page.go_back()
    settled(page)
    if (send := page.get_by_role("button", name="Verstuur de aangevinkte")).is_visible():
        send.click()
        settled(page)
    assert Message.objects.filter(kind="reminder_1").count() == 3


def test_a_statement_goes_once_also_by_the_button_back(page, at_work, world):
    debtor = business(world)
    at_work(f"debiteuren/{debtor}/overzicht/")
    page.get_by_role("button", name="Verstuur", exact=True).dblclick()
    arrived(page, "/postvak/")
    settled(page)
    page.reload()
    page.go_back()
    expect(page.get_by_role("link", name="Dit overzicht is al gemaakt")).to_be_visible()
    expect(page.get_by_role("button", name="Verstuur")).to_have_count(0)
    assert Message.objects.filter(kind="statement").count() == 1


def test_a_mail_is_sent_again_once(page, at_work, world):
    message = make_mail(world, "failed", business(world))
    at_work("postvak/")
    page.get_by_role("button", name="Opnieuw sturen").dblclick()
    settled(page)
    page.reload()
    assert Event.objects.filter(kind="mail_again").count() == 1
    message.refresh_from_db()
    assert (message.state, message.tries) == ("queued", 0)


def test_what_waited_for_a_sign_in_leaves_once(page, at_work, world, axe):
    smtp = world.administration.smtp | {"provider": "microsoft", "sign_in": "xoauth2"}
    Administration.objects.filter(id=world.id).update(smtp=smtp)
    signed = {
        "provider": "microsoft",
        "client_id": "x",
        "client_secret": seal("y"),
        "refresh_token": seal("z"),
    }
    MailSignIn.objects.create(administration_id=world.id, holds=True, signed_in_at=NOW, **signed)
    why = say("mail.sign_in.ended", provider="Microsoft 365").to_json()
    debtor = business(world)
    make_mail(world, "not_sent", debtor, problem=why, kind="invoice_copy")
    make_mail(world, "not_sent", debtor, problem=why, created_at=NOW - timedelta(days=2))
    at_work("postvak/")
    axe(page)
    page.get_by_role("button", name="Laat ze vertrekken").dblclick()
    expect(page.locator("#messages")).to_contain_text("1 mail vertrekt nu. Naar 1 andere kijkt u eerst")
    expect(page.locator("#mails")).to_contain_text("Sindsdien gebeurde er iets in het dossier")
    page.reload()
    axe(page)
    assert Event.objects.filter(kind="mail_again").count() == 1
    assert Message.objects.filter(state="queued").count() == 1


# -- not assigned -------------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(at_work, world) -> Any:
    made = make_morning(world)
    at_work("betalingen/")
    return made


def decided() -> int:
    """How many payments have an allocation that a person made on this page."""
    return Payment.objects.exclude(state__in=("proposed", "unexplained")).count()


def test_the_second_click_does_not_take_the_proposal_of_the_next_payment(page, waiting):
    before, waits = decided(), page.locator(".queue__row").count()
    first = page.locator(".paid:visible h2").inner_text()
    where = click_once(page, page.locator(".paid:visible .proposal button").first)
    expect(page.locator(".paid:visible h2")).not_to_have_text(first)
    for button in page.locator(".paid:visible button").all():
        box = button.bounding_box()
        if box:
            click_again(page, {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2})
    click_again(page, where)
    settled(page)
    assert decided() == before + 1
    assert page.locator(".queue__row").count() == waits - 1


def test_a_payment_is_assigned_once_however_often_one_clicks_or_reloads(page, waiting):
    before = decided()
    page.locator(".paid:visible .proposal button").first.dblclick()
    settled(page)
    page.reload()
    page.go_back()
    settled(page)
    assert decided() == before + 1


def test_a_key_that_is_held_down_assigns_one_payment(page, waiting):
    before = decided()
    for _ in range(10):
        page.keyboard.down("1")
        page.wait_for_timeout(120)
    page.keyboard.up("1")
    settled(page)
    assert decided() == before + 1


# -- what is meant twice -------------------------------------------------------------------------------------------------


def test_a_form_that_comes_back_to_itself_may_say_the_same_again(page, at_work, world):
    at_work("instellingen/")
    for name in ("Eerste BV", "Tweede BV", "Eerste BV", "Tweede BV"):
        page.fill("[name=name]", name)
        page.get_by_role("button", name="Bewaar").click()
        settled(page)
        world.administration.refresh_from_db()
        assert world.administration.name == name


def test_who_goes_back_and_sends_something_else_sends_it(page, at_work, world):
    debtor = business(world)
    copies(world)
    at_work(f"debiteuren/{debtor}/factuurkopie/")
    for to in ("een@example.org", "twee@example.org", "een@example.org"):
        page.locator("[name=invoice]").first.check()
        page.fill("[name=to]", to)
        page.locator("main form button.button--primary").click()
        arrived(page, "/postvak/")
        page.go_back()
        settled(page)
    assert list(Message.objects.order_by("id").values_list("to", flat=True)) == [
        "een@example.org",
        "twee@example.org",
    ]
