"""The conversation as a caller lives it: a reason answered with the invoice in his mailbox, words that become an agreement, a
complaint about a part, and somebody who needs care first."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from beluur import clock
from beluur.actions.keep_document import keep_document
from beluur.actions.once import Doer
from beluur.actions.send_next_message import handle_one
from beluur.store.models import (
    Approval,
    Call,
    CallReason,
    Debtor,
    Dispute,
    Event,
    Invoice,
    Membership,
    Message,
    Promise,
    Task,
    User,
)
from tests.browser.test_call_journeys import call_the_first, line, stage
from tests.calls_world import business, consumer
from tests.web.mail_rows import set_server
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)


def copies(world: World) -> None:
    """A copy with each invoice."""
    doer = Doer(world.id, NOW, user_id=world.user.id, name=world.user.name)
    for invoice in Invoice.objects.all():
        keep_document(doer, content=b"%PDF-1.4 proef", name=f"{invoice.number}.pdf", invoice_id=invoice.id)


def heard(page, text: str) -> None:
    """Types what is said on a new line of the note."""
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type(text)


def test_never_got_it_is_mailed_while_he_is_on_the_line_and_his_words_become_the_agreement(
    page, at_work, world, smtp, axe, troubles
):
    business(world)
    copies(world)
    set_server(world, host=smtp.host, port=smtp.port)
    call_the_first(page, at_work)
    page.keyboard.press("Enter")
    stage(page, "Opening")
    heard(page, "fact nooit ontvangen")
    expect(page.locator("#call-heard")).to_contain_text("Factuur niet ontvangen")
    axe(page)
    page.keyboard.press("Alt+1")
    stage(page, "Reden")
    assert "Dan mail ik de factuur nu" in line(page)
    axe(page)
    page.keyboard.press("Enter")
    expect(page.locator(".say__line")).to_contain_text("Het staat nu in uw mailbox, op m@example.org")
    assert handle_one(clock.now())
    [mail] = smtp.messages
    assert [part.get_filename() for part in mail.iter_attachments()]
    page.keyboard.press("Enter")
    stage(page, "Wanneer betaalt u?")
    heard(page, "\nvr 500 rest eind vd maand")
    expect(page.locator("#call-heard")).to_contain_text(
        "€ 500,00 op vr 27 nov 2026 en de rest op ma 30 nov 2026"
    )
    page.keyboard.press("Alt+Enter")
    stage(page, "Afspraak")
    expect(page.locator("#bar")).to_contain_text("€ 0,00 niet gedekt")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.keyboard.press("Enter")
    stage(page, "Samenvatting")
    page.keyboard.press("Enter")
    stage(page, "Vastleggen")
    page.keyboard.press("Enter")
    expect(page.locator(".ended__said")).to_be_visible()
    assert [p.cents for p in Promise.objects.get().instalments.order_by("number")] == [50_000, 164_000]
    assert CallReason.objects.get().code == "not_received"


def test_a_complaint_about_a_part_leaves_the_rest_to_be_promised(page, at_work, world, axe, troubles):
    business(world)
    call_the_first(page, at_work)
    page.keyboard.press("Enter")
    stage(page, "Opening")
    page.keyboard.press("r")
    expect(page.locator("#reasons-find")).to_be_focused()
    axe(page)
    page.keyboard.type("niet goed")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.press("9")
    stage(page, "Reden")
    page.keyboard.press("Enter")
    stage(page, "Afspraak")
    row = page.locator(".disputed__row").first
    row.locator("input[type=checkbox]").check()
    page.locator("[name=d_what]").fill("De planken zijn krom")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(page.locator("#f-d1")).to_be_visible()
    page.fill("#f-d1", "27-11-2026")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    axe(page)
    page.keyboard.press("Enter")
    stage(page, "Samenvatting")
    page.keyboard.press("Enter")
    stage(page, "Vastleggen")
    page.keyboard.press("Enter")
    expect(page.locator(".ended__said")).to_be_visible()
    assert Dispute.objects.get().cents + Promise.objects.get().cents == 214_000


def test_who_needs_care_first_is_asked_nothing_and_nothing_is_kept(page, at_work, world, axe, troubles):
    consumer(world)
    call_the_first(page, at_work)
    page.keyboard.press("Enter")
    stage(page, "Opening")
    heard(page, "zijn vrouw is vorige week overleden")
    expect(page.locator("#call-heard button").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("ziek")
    page.keyboard.press("Enter")
    stage(page, "Wij stoppen hier")
    assert "vraag u vandaag niets" in line(page)
    axe(page)
    page.keyboard.press("Enter")
    expect(page.locator(".ended__said")).to_be_visible()
    expect(page.locator("#call-head")).to_have_count(0)
    assert Debtor.objects.get().stop == "vulnerable"
    assert (Call.objects.get().note, Call.objects.get().draft) == ("", {})
    assert not [e for e in Event.objects.all() if "overleden" in (e.payload or "")]
    assert not Message.objects.exists()


def test_beyond_the_mandate_a_colleague_decides_while_he_waits(
    page, at_work, world, new_context, sign_in, live_server, axe, troubles
):
    Membership.objects.filter(user=world.user).update(role="caller")
    lead = User.objects.create_user("lead@example.org", None, "Lies Leider")
    Membership.objects.create(administration=world.administration, user=lead, role="owner")
    business(world)
    call_the_first(page, at_work)
    page.keyboard.press("Enter")
    stage(page, "Opening")
    page.get_by_role("button", name="Voorstel").click()
    stage(page, "Voorstel")
    page.fill("#f-a1", "2140")
    page.fill("#f-d1", "26-2-2027")
    expect(page.locator("#call-offer")).to_contain_text("later dan u zelf mag toestaan")
    axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.keyboard.press("k")
    expect(page.locator("#call-approval")).to_contain_text("Gevraagd aan wie verder mag gaan")
    expect(page.locator("#bar")).to_contain_text("Gevraagd aan een collega")
    other = new_context().new_page()
    sign_in(other, lead)
    other.goto(f"{live_server.url}/a/{world.slug}/akkoord/")
    other.get_by_role("link", name="Voorbeeld Bouw").click()
    axe(other)
    other.get_by_role("button", name="Akkoord").first.click()
    expect(page.locator("#call-approval")).to_contain_text("Lies Leider gaat akkoord")
    expect(page.locator("#bar")).to_contain_text("Een collega gaat akkoord")
    expect(page.locator("#call-offer")).not_to_contain_text("later dan u zelf mag toestaan")
    expect(page.locator("#f-d1")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    stage(page, "Samenvatting")
    page.keyboard.press("Enter")
    stage(page, "Vastleggen")
    page.keyboard.press("Enter")
    expect(page.locator(".ended__said")).to_be_visible()
    assert Promise.objects.get().cents == 214_000
    assert Approval.objects.get().state == "used"


def test_what_he_asks_gets_an_hour_and_what_he_offers_is_worked_out(page, at_work, world, axe, troubles):
    business(world)
    call_the_first(page, at_work)
    for lit in ("Opening", "Ontvangen?"):
        page.keyboard.press("Enter")
        stage(page, lit)
    page.keyboard.press("f")
    expect(page.locator("#f-o_what")).to_be_focused()
    assert "Dat zoek ik voor u uit" in line(page)
    page.keyboard.type("De werkbonnen van oktober")
    page.fill("#f-o_day", "morgen")
    page.keyboard.press("Enter")
    expect(page.locator("#e-o_hour")).to_be_visible()
    axe(page)
    page.fill("#f-o_hour", "10:00")
    page.press("#f-o_hour", "Enter")
    expect(page.locator(".say__line")).to_contain_text("ik bel u op dinsdag 24 november 2026 om 10:00 terug")
    stage(page, "Ontvangen?")
    page.keyboard.press("b")
    stage(page, "Afspraak")
    expect(page.locator("#f-d1")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    expect(page.locator("#f-p_each")).to_be_focused()
    page.keyboard.type("1100")
    page.fill("#f-p_first", "27-11-2026")
    axe(page)
    page.press("#f-p_first", "Enter")
    expect(page.locator("#f-a2")).to_have_value("1.040,00")
    expect(page.locator("#call-offer")).to_contain_text("€ 1.100,00 per maand")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.keyboard.press("Enter")
    stage(page, "Samenvatting")
    expect(page.locator(".recap")).to_contain_text("De werkbonnen van oktober")
    page.keyboard.press("Enter")
    stage(page, "Vastleggen")
    page.keyboard.press("Enter")
    expect(page.locator(".ended__said")).to_be_visible()
    assert [p.cents for p in Promise.objects.get().instalments.order_by("number")] == [110_000, 104_000]
    assert Task.objects.get().what == "De werkbonnen van oktober"
