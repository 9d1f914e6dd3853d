"""The call as a caller lives it: by keyboard alone, to a mail in a real mailbox, and back when the debtor rings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from beluur import clock
from beluur.actions.send_next_message import handle_one
from beluur.store.models import Call, Callback, Message, Promise
from tests.calls_world import broken_promise, business, consumer, voicemail
from tests.web.mail_rows import set_server
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def call_the_first(page, at_work) -> None:
    """From *Vandaag* to the call that stands large."""
    at_work()
    page.keyboard.press("Enter")
    stage(page, "Wie is aan de lijn")


def to_the_agreement(page) -> None:
    """A call that just opened, to the first day of its agreement."""
    for key, lit in (
        ("Enter", "Opening"),
        ("Enter", "Ontvangen?"),
        ("Enter", "Wanneer betaalt u?"),
        ("b", "Afspraak"),
    ):
        page.keyboard.press(key)
        stage(page, lit)
    expect(page.locator("#f-d1")).to_be_focused()


def line(page) -> str:
    return page.locator(".say__line").inner_text().replace("\xa0", " ")


def stage(page, name: str) -> None:
    expect(page.locator("[aria-current=step]")).to_contain_text(name)


def test_a_promise_by_keyboard_and_its_mail_arrives(page, at_work, world, smtp, axe, troubles):
    business(world)
    set_server(world, host=smtp.host, port=smtp.port)
    call_the_first(page, at_work)
    assert "Spreek ik met Marijke Fictief?" in line(page)
    axe(page)
    to_the_agreement(page)
    page.keyboard.type("zsm")
    page.keyboard.press("Enter")
    expect(page.locator("#row-1")).to_contain_text("op welke dag precies?")
    expect(page.locator("#f-d1")).to_have_attribute("aria-invalid", "true")
    axe(page)
    page.fill("#f-a1", "500")
    page.fill("#f-d1", "vr 27-11")
    expect(page.locator("#bar")).to_contain_text("1.640,00")
    expect(page.locator("#row-1")).to_contain_text("vr 27 nov 2026, controle")
    expect(page.locator("#f-d1")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator(".instalment__note--vague")).to_have_count(0)
    page.press("#f-d1", "Enter")
    expect(page.locator("#f-yes")).to_be_focused()
    expect(page.locator("#e-yes")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.keyboard.press("Enter")
    stage(page, "Samenvatting")
    expect(page.locator(".recap")).to_contain_text("vrijdag 27 november 2026")
    axe(page)
    page.keyboard.press("Enter")
    stage(page, "Vastleggen")
    expect(page.locator(".mail__text")).to_contain_text("500,00")
    axe(page)
    page.keyboard.press("Enter")
    expect(page.locator(".ended__said")).to_be_visible()
    expect(page.get_by_role("button", name="Houd de mail tegen")).to_be_visible()
    axe(page)
    assert Promise.objects.get().cents == 50_000
    later = clock.now() + timedelta(seconds=31)
    assert handle_one(later)
    [mail] = smtp.messages
    assert mail["To"].addresses[0].addr_spec == "m@example.org"
    assert "NL91 ABNA 0417 1643 00" in mail.get_body(("plain",)).get_content()


def test_the_mail_is_held_back_with_one_key(page, at_work, world, smtp):
    business(world)
    set_server(world, host=smtp.host, port=smtp.port)
    call_the_first(page, at_work)
    for key, lit in (
        ("Enter", "Opening"),
        ("0", "Afspraak"),
        ("Enter", "Samenvatting"),
        ("Enter", "Vastleggen"),
    ):
        page.keyboard.press(key)
        stage(page, lit)
    page.keyboard.press("Enter")
    expect(page.locator(".ended__said")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("tegengehouden").or_(page.get_by_text("Ingetrokken")).first).to_be_visible()
    assert Message.objects.get().state == "withdrawn"


def test_the_gatekeeper_leads_to_a_call_back(page, at_work, world, axe, troubles):
    business(world)
    call_the_first(page, at_work)
    page.keyboard.press("2")
    expect(page.locator("#f-g_name")).to_be_focused()
    page.keyboard.type("Jo Fictief")
    page.fill("#f-g_phone", "020 123 45 55")
    page.fill("#f-cb_day", "morgen")
    page.fill("#f-cb_hour", "10:30")
    expect(page.locator("#call-next")).to_contain_text("di 24 nov 2026, 10:30")
    axe(page)
    page.keyboard.press("Enter")
    expect(page.locator(".ended")).to_contain_text("Terugbellen")
    back = Callback.objects.get()
    assert (back.who, back.at) == ("Jo Fictief", NOW.replace(day=24, hour=9, minute=30))


def test_the_debtor_rings_back(page, at_work, world, axe, troubles):
    debtor = business(world)
    broken_promise(world, debtor)
    voicemail(world, debtor)
    at_work()
    page.keyboard.press("/")
    page.keyboard.type("voorb")
    hit = page.locator("#search-results form, #search-results a").first
    expect(hit).to_be_visible()
    page.locator("#search-results").get_by_role("button").first.click()
    stage(page, "Wie is aan de lijn")
    assert "Met wie spreek ik?" in line(page)
    expect(page.locator(".call__last")).to_contain_text("niet binnen")
    axe(page)
    page.keyboard.type("Marijke Fictief")
    page.keyboard.press("Enter")
    stage(page, "Opening")
    assert line(page).startswith("Op dinsdag 17 november 2026 spraken we af")
    page.keyboard.press("a")
    stage(page, "Afspraak")
    page.fill("#f-c_day", "20-11")
    page.keyboard.press("Enter")
    stage(page, "Samenvatting")
    page.keyboard.press("Enter")
    stage(page, "Vastleggen")
    page.keyboard.press("Enter")
    expect(page.locator(".ended__said")).to_be_visible()
    call = Call.objects.get(state="ended", incoming=True)
    assert call.result == "claims_paid"


def test_a_correction_right_after_the_call(page, at_work, world, axe):
    business(world)
    call_the_first(page, at_work)
    page.keyboard.press("5")
    stage(page, "Vastleggen")
    page.keyboard.press("Enter")
    expect(page.locator(".ended__said")).to_be_visible()
    page.keyboard.press("c")
    expect(page.get_by_label("Uitkomst")).to_be_visible()
    axe(page)
    page.get_by_label("Uitkomst").select_option("voicemail")
    page.get_by_label("Waarom").fill("Het was toch de voicemail")
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_url("**/debiteuren/**")
    assert Call.objects.filter(outcome="voicemail", corrected_by=None).count() == 1


def test_what_is_typed_survives_a_session_that_is_gone(page, at_work, world):
    business(world)
    call_the_first(page, at_work)
    page.keyboard.press("Enter")
    stage(page, "Opening")
    page.keyboard.press("n")
    page.keyboard.type("Wacht op de opdrachtgever")
    expect(page.locator("[data-saved]")).to_contain_text("bewaard")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.type(", half december")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/aanmelden**")
    page.fill("[type=email], [name=username]", world.user.email)
    page.fill("[type=password]", "een lange zin als wachtwoord")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gesprek/**")
    expect(page.locator("#note")).to_have_value("Wacht op de opdrachtgever, half december")


@pytest.fixture
def phone(browser, browser_context_args, sign_in, world):
    """A phone in somebody's hand."""
    small = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**browser_context_args | small)
    page = context.new_page()
    sign_in(page, world.user)
    yield page
    context.close()


def test_on_a_phone_the_outcome_is_under_the_thumb(phone, live_server, world, axe):
    consumer(world)
    phone.goto(f"{live_server.url}/a/{world.slug}/")
    phone.get_by_role("button", name="Bel", exact=False).first.click()
    expect(phone.locator(".call__number")).to_have_attribute("href", "tel:+31201234502")
    expect(phone.locator(".thumbs button")).to_have_count(5)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(phone)
    phone.locator(".thumbs button", has_text="Voicemail").tap()
    expect(phone.locator("#call-next")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("button", name="Vastleggen").tap()
    expect(phone.locator(".ended__said")).to_be_visible()
    axe(phone)


def test_on_a_phone_one_sees_where_one_is_goes_back_and_is_cut_off(phone, live_server, world, axe):
    business(world)
    phone.goto(f"{live_server.url}/a/{world.slug}/")
    phone.get_by_role("button", name="Bel", exact=False).first.click()
    stage(phone, "Wie is aan de lijn")
    expect(phone.get_by_role("button", name="Nummer klopt niet")).to_be_visible()
    expect(phone.get_by_role("button", name="Iemand anders")).to_be_visible()
    expect(phone.get_by_role("button", name="Receptie")).to_have_count(1)
    phone.locator(".thumbs button", has_text="Gesproken").tap()
    stage(phone, "Opening")
    phone.locator("#call-path").get_by_role("button", name="Afspraak").tap()
    stage(phone, "Afspraak")
    expect(phone.locator("[aria-current=step]")).to_be_in_viewport()
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.locator("#call-path").get_by_role("button", name="Opening").tap()
    stage(phone, "Opening")
    phone.get_by_role("button", name="Hij hing op").tap()
    expect(phone.locator(".say__line")).to_have_text("De verbinding is weg.")


def three_rows(page) -> None:
    page.get_by_role("button", name="in 3", exact=False).click()
    expect(page.locator(".instalment")).to_have_count(3)  # the first is filled in anew: type only then
    for n, (amount, day) in enumerate((("500", "27-11"), ("400", "4-12"), ("300", "11-12")), 1):
        page.fill(f"#f-a{n}", amount)
        page.fill(f"#f-d{n}", day)


def rows(page) -> list[str]:
    return [field.input_value() for field in page.locator(".instalment .input--amount").all()]


def test_on_a_phone_a_row_of_instalments_goes_by_thumb_and_by_key(phone, live_server, world, axe):
    business(world)
    phone.goto(f"{live_server.url}/a/{world.slug}/")
    phone.get_by_role("button", name="Bel", exact=False).first.click()
    phone.locator(".thumbs button", has_text="Gesproken").tap()
    stage(phone, "Opening")
    phone.locator("#call-path").get_by_role("button", name="Afspraak").tap()
    stage(phone, "Afspraak")
    phone.get_by_role("button", name="Betaalt", exact=True).tap()
    expect(phone.locator("#f-a1")).to_be_visible()
    three_rows(phone)
    off = phone.get_by_role("button", name="Termijn 2 weg")
    box = off.bounding_box()
    assert min(box["width"], box["height"]) >= 44, box
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    off.tap()
    expect(phone.locator(".instalment")).to_have_count(2)
    assert rows(phone) == ["500", "300"]
    phone.locator("#f-d2").press("Tab")
    expect(phone.get_by_role("button", name="Termijn 2 weg")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator(".instalment")).to_have_count(1)
    assert rows(phone) == ["500"]
    expect(phone.locator("#call-talk:focus-within")).to_be_visible()


def test_without_a_script_a_row_of_instalments_goes_too(new_context, live_server, sign_in, world):
    business(world)
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, world.user)
    page.goto(f"{live_server.url}/a/{world.slug}/")
    page.locator(".next__do button").click()
    page.locator(".thumbs button", has_text="Gesproken").click()
    page.get_by_role("button", name="Betaalt", exact=True).click()
    three_rows(page)
    page.get_by_role("button", name="Termijn 1 weg").click()
    expect(page.locator(".instalment")).to_have_count(2)
    assert rows(page) == ["400", "300"]


def test_without_a_script_the_essentials_work(new_context, live_server, sign_in, world):
    business(world)
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, world.user)
    page.goto(f"{live_server.url}/a/{world.slug}/")
    page.locator(".next__do button").click()
    page.get_by_role("button", name="Ja, die is het").click()
    page.get_by_role("button", name="Betaalt", exact=True).click()
    page.fill("#f-a1", "500")
    page.fill("#f-d1", "27-11")
    page.get_by_label("De klant zei ja").check()
    page.get_by_role("button", name="Naar de samenvatting").click()
    page.get_by_role("button", name="Klopt, naar vastleggen").click()
    page.get_by_role("button", name="Vastleggen", exact=False).last.click()
    expect(page.locator(".ended__said")).to_be_visible()
    assert Promise.objects.get().cents == 50_000
