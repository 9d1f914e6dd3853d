"""*Gesprek*, without a script: each button is a form, nothing typed is lost, a refusal stands at its field."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from beluur.actions.open_call import open_call
from beluur.actions.plan_next_steps import plan_debtors
from beluur.actions.record_payment import record_payment
from beluur.store.models import (
    Call,
    Callback,
    Contact,
    Debtor,
    Dispute,
    Document,
    Event,
    Membership,
    Message,
    PaidClaim,
    Promise,
    User,
)
from tests.calls_world import broken_promise, business, consumer, voicemail
from tests.web.call_desk import Caller, current, plain, said
from tests.web.mail_rows import set_server
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client) -> World:
    made = make_world()
    made.administration.phone = "+31 20 123 45 00"
    made.administration.save()
    client.force_login(made.user)
    return made


def promise_until_recap(caller: Caller, **fields: str) -> str:
    caller.go("outcome:reached")
    caller.go("pick:promise")
    return caller.go("stage:recap", **{"a1": "500", "d1": "27-11-2026", "parts": "1", "yes": "1", **fields})


# -- the way of a promise ---------------------------------------------------------------------------------------------


def test_the_right_person_comes_before_money(client, world):
    page = Caller(client, world, business(world)).page()
    assert (
        said(page)
        == "Goedemorgen, u spreekt met Eva Eigenaar van Proefbedrijf. Spreek ik met Marijke Fictief?"
    )
    assert current(page) == "Wie is aan de lijn"


def test_the_screen_leads_from_who_to_when(client, world):
    caller = Caller(client, world, business(world))
    page = caller.go("outcome:reached")
    assert said(page) == "Ik bel u over Steigerwerk 2026-0398. Hebt u even tijd?"
    assert said(caller.go("next")) == "Hebt u Steigerwerk 2026-0398 in goede orde ontvangen?"
    page = caller.go("received:yes")
    assert "€ 2.140,00 open, 3 facturen" in said(page).replace("\xa0", " ")
    assert current(page) == "Wanneer betaalt u?"


def test_after_a_broken_promise_its_words_open_the_call(client, world):
    debtor = business(world)
    broken_promise(world, debtor)
    page = Caller(client, world, debtor).go("outcome:reached")
    assert said(page).startswith("Op dinsdag 17 november 2026 spraken we af dat")
    assert "Vrijdag doe ik er vijfhonderd." in page


def test_a_promise_is_recorded_with_its_mail_and_next_step(client, world):
    debtor = business(world)
    caller = Caller(client, world, debtor)
    page = promise_until_recap(caller, said="received_on")
    assert "Op <b>vrijdag 27 november 2026</b> staat" in page
    assert "m@example.org" in page
    page = caller.go("stage:save", k_name="Marijke Fictief", k_id="1", confirm_to="m@example.org", send="1")
    assert "Opnieuw bellen" in page  # about the rest, which is not promised
    assert "Geachte" in page
    page = caller.end()
    assert "Vastgelegd" in page
    promise = Promise.objects.get()
    assert (promise.cents, promise.said) == (50_000, "received_on")
    assert promise.covers.get().invoice.number == "2026-0398"
    mail = Message.objects.get()
    assert (mail.to, mail.kind) == ("m@example.org", "confirmation")
    assert Debtor.objects.get(id=debtor).step == "call_again"


def test_the_rest_of_the_round_is_offered(client, world):
    business(world)
    caller = Caller(client, world, consumer(world))
    caller.go("outcome:no_answer")
    page = caller.end()
    assert "De volgende" in page
    assert "Voorbeeld Bouw" in page


REFUSALS = {
    "no amount": ({"a1": ""}, "a1"),
    "an amount that is none": ({"a1": "1.234,5x"}, "a1"),
    "no day": ({"d1": ""}, "d1"),
    "as soon as possible": ({"d1": "zsm"}, "d1"),
    "31 February": ({"d1": "31-02-2027"}, "d1"),
    "a day that has been": ({"d1": "20-11-2026"}, "d1"),
    "no yes": ({"yes": ""}, "yes"),
    "more than is open": ({"a1": "9.000"}, "total"),
}


@pytest.mark.parametrize(("typed", "field"), REFUSALS.values(), ids=REFUSALS)
def test_a_promise_is_refused_at_its_field_and_nothing_is_lost_with(client, world, typed, field):
    caller = Caller(client, world, business(world))
    page = promise_until_recap(caller, note="Wacht op opdrachtgever", **typed)
    assert current(page) == "Afspraak"
    place = f'id="row-{field[1:]}"' if field[0] in "ad" and field[1:].isdigit() else f'id="e-{field}"'
    at = page.index(place)
    assert "circle-alert" in page[at : at + 400]
    assert "Wacht op opdrachtgever" in page
    for value in typed.values():
        assert value in page
    caller.go("stage:save")
    assert current(caller.page()) == "Afspraak"
    caller.end()
    assert not Promise.objects.exists()
    assert Call.objects.get(id=caller.call).state == "open"


def test_instalments_add_up_to_the_cent(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:reached")
    caller.go("pick:promise")
    caller.go("split:3", d1="27-11-2026", a1="2.140,00", parts="1")
    draft = caller.draft
    assert [draft[f"a{n}"] for n in (1, 2, 3)] == ["713,33", "713,33", "713,34"]
    assert draft["d3"].endswith("27 jan 2027")
    caller.go("row:2", **{k: draft[k] for k in ("a1", "a2", "a3", "d1", "d2", "d3")}, parts="3")
    assert (caller.draft["parts"], caller.draft["a2"]) == ("2", "713,34")


def test_a_dispute_and_a_promise_for_the_rest(client, world):
    debtor = business(world)
    caller = Caller(client, world, debtor)
    caller.go("outcome:reached")
    caller.go("pick:dispute")
    invoice = caller.world.administration.invoice_set.get(number="2026-0431")
    page = caller.go(
        "pick:promise",
        di=str(invoice.id),
        d_code="quality",
        d_what="Lekt",
        d_wants="Een nieuwe pomp",
        d_evidence="Foto's in zijn mail van gisteren",
        d_owner="Pieter",
        d_by="26-11-2026",
    )
    assert "Dan blijft € 1.880,00 over" in said(page).replace("\xa0", " ")
    page = caller.go("stage:recap", a1="1.880,00", d1="27-11-2026", yes="1", parts="1")
    assert current(page) == "Samenvatting"
    caller.go("stage:save", send="")
    caller.end()
    noted = Dispute.objects.get()
    assert (noted.cents, noted.wants) == (26_000, "Een nieuwe pomp")
    assert noted.evidence == "Foto's in zijn mail van gisteren"
    assert Promise.objects.get().cents == 188_000
    assert not Message.objects.exists()


ANSWERS = {
    "a call-back": ("callback", {"cb_day": "24-11-2026", "cb_hour": "14u30"}, Callback),
    "already paid": ("paid", {"c_day": "20-11-2026", "c_amount": "640"}, PaidClaim),
    "he passes it on": ("forward", {"f_who": "De boekhouder"}, None),
    "he refuses": ("refusal", {"r_words": "Eerst een creditnota"}, None),
    "nothing agreed": ("nothing", {}, None),
}


@pytest.mark.parametrize(("answer", "typed", "table"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_ends_concretely(client, world, answer, typed, table):
    caller = Caller(client, world, business(world))
    caller.go("outcome:reached")
    caller.go(f"pick:{answer}")
    assert current(caller.go("stage:recap", **typed)) == "Samenvatting"
    caller.go("stage:save", confirm_to="m@example.org")
    caller.end()
    assert Call.objects.get(id=caller.call).state == "ended"
    assert Message.objects.get().to == "m@example.org"  # also without an agreement
    assert table is None or table.objects.count() == 1


def test_without_an_answer_there_is_nothing_to_sum_up(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:reached")
    page = caller.go("stage:recap")
    assert current(page) == "Afspraak"
    assert "ook “geen afspraak” is een uitkomst" in page


# -- not reached ------------------------------------------------------------------------------------------------------

NOT_REACHED = {
    "voicemail tells nothing": ("voicemail", "Wilt u mij terugbellen op 020 123 4500?"),
    "nobody answers": ("no_answer", "Laat de telefoon zes keer overgaan."),
    "engaged": ("busy", "De lijn is bezet."),
    "a number that is wrong": ("number_invalid", "Dit nummer brengt u niet bij de klant."),
    "reception": ("gatekeeper", "Kunt u mij met Marijke Fictief doorverbinden"),
    "somebody else": ("wrong_person", "bereik ik Marijke Fictief het best"),
}


@pytest.mark.parametrize(("outcome", "line"), NOT_REACHED.values(), ids=NOT_REACHED)
def test_the_next_step_is_shown_before_it_is_saved(client, world, outcome, line):
    caller = Caller(client, world, business(world))
    page = caller.go(f"outcome:{outcome}")
    assert line in said(page)
    assert "€" not in said(page)
    assert "Wat volgt" in page
    caller.end()
    assert Call.objects.get(id=caller.call).outcome == outcome
    assert not Message.objects.exists()


def test_the_gatekeeper_gives_a_name_a_number_and_an_hour(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:gatekeeper")
    caller.end(
        g_name="Jo Fictief", g_role="directeur", g_phone="020 123 45 55", cb_day="24-11-2026", cb_hour="10:30"
    )
    back = Callback.objects.get()
    assert (back.who, back.at.hour) == ("Jo Fictief", 9)
    assert Contact.objects.get(name="Jo Fictief").phone == "020 123 45 55"


def test_half_a_call_back_is_refused_and_kept(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:gatekeeper")
    page = caller.end(g_name="Jo Fictief", cb_day="24-11-2026", cb_hour="rond 4")
    assert "“rond 4” is geen uur" in page
    assert "Jo Fictief" in page
    assert not Callback.objects.exists()


# -- who is on the line -----------------------------------------------------------------------------------------------


def test_of_a_consumer_no_amount_is_on_the_screen_until_it_is_sure_who_he_is(client, world):
    caller = Caller(client, world, consumer(world))
    assert "480,00" not in caller.page()
    assert "480,00" in caller.go("outcome:reached")


def test_who_rings_is_asked_who_he_is_and_reminded_of_what_was_said(client, world):
    debtor = business(world)
    broken_promise(world, debtor)
    voicemail(world, debtor)
    caller = Caller(client, world, debtor, incoming="1")
    page = caller.page()
    assert said(page) == "Goedemorgen, Proefbedrijf, u spreekt met Eva Eigenaar. Met wie spreek ik?"
    assert "Voicemail" in page
    assert "Zegde € 500,00 toe voor vr 20 nov 2026: niet binnen" in page.replace("\xa0", " ")
    assert Call.objects.get(id=caller.call).incoming


def test_a_payment_since_the_list_was_made_removes_the_call_and_says_so(client, world):
    debtor = world.debtor("Net Betaald", phone="+31 20 123 45 01")
    invoice = world.invoice(debtor, "1", 121_000, late=9)
    record_payment(world.doer, debtor_id=debtor, day=TODAY, cents=121_000, today=TODAY, invoice_ids=[invoice])
    business(world)
    page = Caller(client, world, debtor).answer.content.decode()
    assert "Niet bellen" in page
    assert "Bel in plaats daarvan" in page
    assert not Call.objects.exists()


def test_a_soft_no_is_overruled_with_a_reason_that_stays(client, world):
    debtor = business(world)
    voicemail(world, debtor, days_ago=0)
    caller = Caller(client, world, debtor)
    assert "Toch bellen, omdat" in caller.answer.content.decode()
    page = caller.post("call-open", {"debtor": debtor}, overrule=" ").content.decode()
    assert "Vul dit in" in page
    caller.post("call-open", {"debtor": debtor}, overrule="Hij vroeg erom")
    assert Call.objects.get(state="open").overruled == "Hij vroeg erom"
    assert "Hij vroeg erom" in Event.objects.filter(kind="call_opened").get().payload


# -- nothing is lost --------------------------------------------------------------------------------------------------


def test_what_is_typed_is_there_in_a_second_tab_and_after_signing_in_again(client, world):
    caller = Caller(client, world, business(world))
    client.post(
        caller.url("call-note", call=caller.call),
        {"note": "Wacht op opdrachtgever"},
        headers={"X-Autosave": "1"},
    )
    client.logout()
    assert client.get(caller.url("call", call=caller.call)).status_code == 302
    client.force_login(world.user)
    assert "Wacht op opdrachtgever" in caller.page()


def test_two_windows_with_other_notes_keep_both(client, world):
    caller = Caller(client, world, business(world))
    url = caller.url("call-note", call=caller.call)
    client.post(url, {"note": "Uit het ene", "version": "0"}, headers={"X-Autosave": "1"})
    client.post(url, {"note": "Uit het andere", "version": "0"}, headers={"X-Autosave": "1"})
    page = caller.go("outcome:reached", version="2")
    assert "Uit het andere</textarea>" in page
    assert "In een ander venster stond: Uit het ene" in page


def test_reception_puts_us_through(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:gatekeeper", g_name="Jo Fictief")
    assert current(caller.go("outcome:reached")) == "Opening"


def test_who_is_put_through_is_greeted_first_and_is_the_contact_at_the_end(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:gatekeeper")
    page = caller.go("through", g_name="Jo Fictief", g_role="directeur", g_phone="020 123 45 55")
    assert current(page) == "Wie is aan de lijn"
    assert said(page).endswith("Spreek ik met Jo Fictief?")
    caller.go("outcome:reached")
    caller.go("pick:nothing")
    caller.go("stage:recap")
    assert [caller.draft[f"k_{name}"] for name in ("id", "name", "role", "phone")] == [
        "",
        "Jo Fictief",
        "directeur",
        "020 123 45 55",
    ]


@pytest.mark.parametrize("go", ["outcome:no_answer", "outcome:busy", "outcome:number_invalid", "cutoff"])
def test_what_nobody_hears_is_for_the_caller_in_his_own_language(client, world, go):
    caller = Caller(client, world, business(world, country="BE", language="fr"))
    if go == "cutoff":
        caller.go("outcome:reached")
    line = said(caller.go(go))
    assert any(word in line for word in ("telefoon", "lijn", "nummer", "verbinding"))


def test_earlier_words_are_quoted_and_our_own_report_is_not(client, world):
    debtor = business(world)
    broken_promise(world, debtor)
    voicemail(world, debtor)
    Call.objects.filter(outcome="voicemail").update(note="Gesproken met niemand")
    page = Caller(client, world, debtor).page()
    assert "<q>Vrijdag doe ik er vijfhonderd.</q>" in page
    assert "<q>Gesproken met niemand</q>" not in page
    assert "Gesproken met niemand" in page


def test_our_number_is_told_as_it_is_dialled_from_there(client, world):
    debtor = business(world, country="BE", language="fr")
    assert "+31 20 123 4500" in said(Caller(client, world, debtor).go("outcome:voicemail"))


def test_autosave_tells_its_version_and_renews_the_claim(client, world):
    caller = Caller(client, world, business(world))
    Call.objects.update(lease_until=NOW)
    answer = client.post(
        caller.url("call-note", call=caller.call), {"note": "x"}, headers={"X-Autosave": "1"}
    )
    assert answer.json() == {"version": 1}
    assert Call.objects.get().lease_until > NOW


def test_a_form_sent_twice_records_once(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:voicemail")
    url = caller.url("call-end", call=caller.call)
    client.post(url, {"key": "same"})
    client.post(url, {"key": "same"})
    assert Event.objects.filter(kind="call_ended").count() == 1


def test_a_colleague_sees_that_he_is_being_called(client, world):
    debtor = business(world)
    from beluur.store.models import Membership, User

    other = User.objects.create_user("collega@example.org", None, "Col Lega")
    Membership.objects.create(administration=world.administration, user=other, role="caller")
    open_call(world.doer, debtor)
    client.force_login(other)
    page = Caller(client, world, debtor).answer.content.decode()
    assert "Een collega is in gesprek" in page
    assert "Eva Eigenaar" in page


def test_leaving_frees_the_debtor_and_keeps_the_draft(client, world):
    debtor = business(world)
    caller = Caller(client, world, debtor)
    caller.go("", note="Straks")
    caller.post("call-leave", {"call": caller.call})
    assert "Straks" in Caller(client, world, debtor).page()


def test_a_call_that_was_left_open_is_found_again_by_who_was_speaking(client, world):
    caller = Caller(client, world, business(world))
    here = caller.url("call", call=caller.call)
    assert here in client.get(caller.url("today")).content.decode()
    other = User.objects.create_user("collega@example.org", None, "Collega")
    Membership.objects.create(administration=world.administration, user=other, role="caller")
    client.force_login(other)
    assert here not in client.get(caller.url("today")).content.decode()
    client.force_login(world.user)
    caller.post("call-leave", {"call": caller.call})
    assert here not in client.get(caller.url("today")).content.decode()


def test_the_bar_moves_as_one_types_and_saves_nothing(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:reached")
    caller.go("pick:promise")
    before = caller.draft
    answer = client.post(
        caller.url("call-live", call=caller.call),
        {"a1": "500", "d1": "27-11", "parts": "1"},
        headers={"HX-Request": "true"},
    )
    text = answer.content.decode().replace("\xa0", " ")
    assert "€ 1.640,00" in text
    assert "vr 27 nov 2026, controle" in text
    assert caller.draft == before


@pytest.mark.parametrize(
    ("server", "told"),
    [
        pytest.param(False, "U krijgt dit ook per mail, op m@example.org", id="it waits for a mail server"),
        pytest.param(True, "U krijgt dit meteen per mail, op m@example.org", id="it leaves"),
    ],
)
def test_nobody_is_told_that_a_mail_comes_at_once_which_waits(client, world, server, told):
    if server:
        set_server(world)
    assert told in plain(
        promise_until_recap(Caller(client, world, business(world)), confirm_to="m@example.org")
    )


# -- beside the call --------------------------------------------------------------------------------------------------


def test_the_mail_is_shown_in_a_frame_that_can_do_nothing(client, world):
    caller = Caller(client, world, business(world))
    promise_until_recap(caller, confirm_to="m@example.org")
    answer = client.get(caller.url("call-preview", call=caller.call))
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "500,00" in answer.content.decode()
    assert "cid:" not in answer.content.decode()


def test_the_briefing_is_one_page_of_paper(client, world):
    from io import BytesIO

    from pypdf import PdfReader

    debtor = business(world)
    url = reverse("call-sheet", kwargs={"administration": world.slug, "debtor": debtor})
    pages = PdfReader(BytesIO(client.get(url).content)).pages
    assert len(pages) == 1
    assert "2026-0398" in pages[0].extract_text()


def test_the_number_can_be_dialled_with_a_mobile(client, world):
    caller = Caller(client, world, business(world))
    assert 'href="tel:+31201234510"' in caller.page()
    answer = client.get(caller.url("call-qr", call=caller.call))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg xmlns")


def test_what_is_missing_is_filled_in_on_the_spot(client, world):
    debtor = consumer(world)
    caller = Caller(client, world, debtor)
    fill = {"call": caller.call}
    caller.post("call-contact", fill, what="contact", name="Piet Particulier", email="piet@example.org")
    assert Contact.objects.get().email == "piet@example.org"
    page = caller.post(
        "call-contact", fill, what="contact", contact=str(Contact.objects.get().id), phone="geen nummer"
    ).content
    assert b"geen nummer" in page or Contact.objects.get().phone == ""
    caller.post("call-contact", fill, what="delivery", delivery="Op tijd geleverd", responsible="Pieter")
    assert Debtor.objects.get(id=debtor).responsible == "Pieter"


def test_a_copy_of_an_invoice_is_added_during_the_call(client, world):
    from django.core.files.uploadedfile import SimpleUploadedFile

    caller = Caller(client, world, business(world))
    invoice = world.administration.invoice_set.first()
    pdf = SimpleUploadedFile("0398.pdf", b"%PDF-1.4 proef", "application/pdf")
    caller.post("call-contact", {"call": caller.call}, what="copy", invoice=str(invoice.id), file=pdf)
    assert Document.objects.get().kind == "invoice_copy"


@pytest.mark.parametrize(
    "name", ["call", "call-note", "call-end", "call-leave", "call-live", "call-preview", "call-qr"]
)
def test_another_administration_has_no_such_call(client, world, name):
    caller = Caller(client, world, business(world))
    other = make_world("ander", "Ander bedrijf")
    client.force_login(other.user)
    url = reverse(name, kwargs={"administration": other.slug, "call": caller.call})
    post = name in ("call-note", "call-end", "call-leave", "call-live")
    assert (client.post(url) if post else client.get(url)).status_code == 404


def test_what_a_customer_is_called_stays_text(client, world):
    debtor = world.debtor("<script>alert(1)</script>", phone="+31 20 123 45 01")
    world.invoice(debtor, "<b>1</b>", late=9, description="<img src=x>", as_of=TODAY)
    page = Caller(client, world, debtor).go("outcome:reached")
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


# -- what follows, and the mail ---------------------------------------------------------------------------------------


def followed(page: str) -> str:
    """What the page says that follows."""
    found = re.search(r"Wat volgt</p>\s*<p>(.*?)</p>", page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found.group(1)).strip() if found else ""


def caller_invoice(caller: Caller) -> int:
    return Debtor.objects.get(id=caller.debtor).invoices.order_by("due").values_list("id", flat=True)[0]


def test_a_dispute_promises_the_same_day_before_and_after_it_is_saved(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:reached")
    caller.go("pick:dispute")
    caller.go("stage:recap", di=str(caller_invoice(caller)), d_code="price", d_by="27-11-2026")
    before = followed(caller.go("stage:save", send=""))
    assert "vr 27 nov 2026" in before
    assert followed(caller.end()) == before


@pytest.mark.parametrize(
    "other", ["", "020 123 45 99"], ids=["without another number", "with another number"]
)
def test_after_a_wrong_number_the_preview_is_what_is_saved(client, world, other):
    debtor = business(world)
    broken_promise(world, debtor)
    Debtor.objects.filter(id=debtor).update(phone="")
    caller = Caller(client, world, debtor, overrule="er is geen ander nummer")
    caller.go("outcome:number_invalid")
    before = followed(caller.go("stage:save", n_phone=other))
    assert before.endswith(", nu")
    assert ("nummer" in before) is not bool(other)
    assert followed(caller.end()) == before


def test_a_row_without_a_readable_day_is_not_promised(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:reached")
    caller.go("pick:promise")
    page = caller.go("row:add", a1="500", d1="27-11", parts="1")
    assert 'id="f-d2" value=""' in page
    assert re.search(r'id="f-d2"[^>]* autofocus', page)
    answer = client.post(
        caller.url("call-live", call=caller.call),
        {"a1": "500", "d1": "27-11", "a2": "700", "d2": "zsm", "parts": "2"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "€ 1.640,00</b> niet gedekt" in answer.replace("\xa0", " ")
    assert "instalment__note--vague" in answer


def test_after_a_dispute_is_picked_its_first_field_has_the_focus(client, world):
    caller = Caller(client, world, business(world))
    caller.go("outcome:reached")
    page = caller.go("pick:dispute")
    assert page.count(" autofocus") == 1
    assert re.search(r'name="di"[^>]* autofocus', page)


def test_without_a_mail_server_it_is_said_once_that_the_mail_stays(client, world):
    caller = promise_saved(client, world)
    page = caller.page()
    assert "Deze mail gaat nog niet weg" in page
    assert "Deze mail gaat weg" not in page
    page = caller.end()
    assert page.lower().count("niet verzonden") == 1


def promise_saved(client, world) -> Caller:
    """A promise, up to the last button."""
    caller = Caller(client, world, business(world))
    promise_until_recap(caller)
    caller.go("stage:save", confirm_to="m@example.org")
    return caller


def test_the_mail_is_held_back_from_the_page_of_the_call_and_the_next_one_stays(client, world):
    consumer(world)
    caller = promise_saved(client, world)
    page = caller.end()
    call = caller.url("call", call=caller.call)
    mail = Message.objects.get()
    Message.objects.filter(id=mail.id).update(state="held", problem={})
    answer = caller.post("message-withdraw", {"message": mail.id}, next=call)
    assert answer.redirect_chain[-1][0] == call
    page = answer.content.decode()
    assert "is tegengehouden" in page
    assert "De volgende" in page
    assert re.sub(r"\s", " ", page).count("480,00") == 1


def test_who_has_no_number_is_not_to_be_called_anyway_but_filled_in(client, world):
    debtor = world.debtor("Zonder Nummer")
    world.invoice(debtor, "2026-0900", 90_000, late=19, as_of=TODAY)
    plan_debtors(world.id, [debtor], world.now)
    page = client.get(reverse("today", kwargs={"administration": world.slug})).content.decode()
    assert "Vul nummer aan" in page
    assert "Toch bellen, omdat" not in page
