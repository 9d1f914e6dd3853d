"""What is entered by hand: checked at its field, done once, on record."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from beluur.actions.add_contact import ContactFacts
from beluur.actions.add_debtor import add_debtor
from beluur.actions.add_invoice import add_invoice
from beluur.actions.add_note import add_note
from beluur.actions.assign import assign
from beluur.actions.change_contact import change_contact, remove_contact
from beluur.actions.change_debtor import change_debtor
from beluur.actions.change_invoice import change_invoice, set_exemption
from beluur.actions.debtor_facts import DebtorFacts
from beluur.actions.invoice_facts import InvoiceFacts
from beluur.actions.keep_document import keep_document, safe_name
from beluur.actions.record_reminder import record_reminder
from beluur.actions.set_hold import lift_hold, set_hold
from beluur.actions.set_payer_group import set_payer_group
from beluur.actions.set_stop import lift_stop, set_stop
from beluur.store.models import (
    Contact,
    Debtor,
    DebtorKey,
    Document,
    Event,
    Hold,
    Invoice,
    PayerGroup,
    Receipt,
)
from beluur.values.problem import Refused
from tests.world import TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def kinds(debtor_id: int) -> list[str]:
    return list(Event.objects.filter(debtor_id=debtor_id).order_by("seq").values_list("kind", flat=True))


WRONG_DEBTORS = {
    "a name of blanks": ({"name": "  "}, "name"),
    "a phone number of letters": ({"phone": "bel maar"}, "phone"),
    "an address without an at": ({"email": "jan.example.org"}, "email"),
    "an address with a second header": ({"email": "a@b.nl\r\nBcc: c@d.nl"}, "email"),
    "a VAT number with a wrong check": ({"vat_number": "NL123456789B01"}, "vat_number"),
    "a kind that is none": ({"kind": "vriend"}, "kind"),
}


@pytest.mark.parametrize(("facts", "field"), WRONG_DEBTORS.values(), ids=WRONG_DEBTORS)
def test_a_debtor_is_refused_with(world, facts, field):
    with pytest.raises(Refused) as no:
        add_debtor(world.doer, facts=DebtorFacts(**{"name": "X", **facts}))
    assert no.value.field == field
    assert not Debtor.objects.exists()


def test_a_debtor_is_known_by_his_keys_and_found_by_his_text(world):
    i = world.debtor(
        "Café Één B.V.",
        number="10023",
        phone="020-123 45 00",
        email="Post@Example.org",
        country="NL",
        city="Delft",
    )
    keys = set(DebtorKey.objects.filter(debtor_id=i).values_list("kind", "value"))
    assert keys == {("number", "10023"), ("email", "post@example.org"), ("name", "cafe een")}
    text = Debtor.objects.get(id=i).search_text
    for part in ("cafe een", "10023", "31201234500", "0201234500", "post@example.org", "delft"):
        assert part in text


def test_a_belgian_gets_his_language_and_clock(world):
    debtor = Debtor.objects.get(id=world.debtor(country="be"))
    assert (debtor.country, debtor.language, debtor.time_zone) == ("BE", "nl-BE", "Europe/Brussels")


@pytest.mark.parametrize(
    ("name", "postcode", "chosen", "language"),
    [
        pytest.param("Toiture Imaginaire SRL", "1000", "", "fr", id="by his legal form"),
        pytest.param("Ménage Exemple", "5000", "", "fr", id="by his postcode"),
        pytest.param("Huishouden Proef", "1000", "", "nl-BE", id="in Brussels as the house speaks"),
        pytest.param("Toiture Imaginaire SRL", "1000", "nl-BE", "nl-BE", id="not when somebody chose"),
    ],
)
def test_a_new_belgian_is_written_to_in_the_language(world, name, postcode, chosen, language):
    i = world.debtor(name, country="BE", postcode=postcode, language=chosen)
    assert Debtor.objects.get(id=i).language == language


def test_a_language_stays_when_other_things_are_corrected(world):
    i = world.debtor("Toiture Imaginaire SRL", country="BE", postcode="1000", language="nl-BE")
    facts = DebtorFacts(name="Toiture Imaginaire SRL", country="BE", postcode="4000")
    change_debtor(world.doer, debtor_id=i, facts=facts)
    assert Debtor.objects.get(id=i).language == "nl-BE"


def test_a_customer_number_belongs_to_one_debtor(world):
    world.debtor("Een", number="7")
    with pytest.raises(Refused) as no:
        world.debtor("Twee", number="7")
    assert no.value.field == "number"


def test_a_form_sent_twice_is_done_once(world):
    facts = DebtorFacts(name="Dubbelklik")
    doer = world.with_key("k1")
    assert add_debtor(doer, facts=facts) == add_debtor(doer, facts=facts)
    assert Debtor.objects.count() == 1
    assert Receipt.objects.count() == 1


def test_a_refused_form_leaves_its_key_unused(world):
    doer = world.with_key("k1")
    with pytest.raises(Refused):
        add_debtor(doer, facts=DebtorFacts(name=""))
    add_debtor(doer, facts=DebtorFacts(name="Nu wel"))
    assert Debtor.objects.get().name == "Nu wel"


def test_a_changed_debtor_keeps_what_was_on_record(world):
    i = world.debtor("Oud", number="1", city="Delft")
    change_debtor(
        world.doer, debtor_id=i, facts=DebtorFacts(name="Nieuw", number="2", city="Delft", language="nl")
    )
    event = Event.objects.filter(debtor_id=i).order_by("-seq")[0]
    assert json.loads(event.payload)["facts"]["before"] == {"name": "Oud", "number": "1"}
    assert DebtorKey.objects.filter(debtor_id=i, kind="number").get().value == "2"
    assert "nieuw" in Debtor.objects.get(id=i).search_text


def test_a_form_without_a_change_is_no_event(world):
    i = world.debtor("Zelfde")
    change_debtor(world.doer, debtor_id=i, facts=DebtorFacts(name="Zelfde"))
    assert kinds(i) == ["debtor_added"]


def test_there_is_one_contact_for_payments(world):
    i = world.debtor()
    first = world.contact(i, "Eerste", for_payments=True)
    world.contact(i, "Tweede", for_payments=True, mobile="+32 470 12 34 56")
    assert not Contact.objects.get(id=first).for_payments


def test_a_new_number_is_no_longer_known_to_be_wrong(world):
    i = world.debtor()
    c = world.contact(i, phone="020 123 45 00")
    Contact.objects.filter(id=c).update(phone_invalid=True)
    change_contact(world.doer, contact_id=c, facts=ContactFacts(name="An Voorbeeld", phone="020 123 45 01"))
    assert not Contact.objects.get(id=c).phone_invalid


def test_a_contact_needs_a_name_or_a_way(world):
    with pytest.raises(Refused) as no:
        world.contact(world.debtor(), "", role="inkoop")
    assert no.value.field == "name"


def test_who_left_is_not_changed_any_more(world):
    c = world.contact(world.debtor())
    remove_contact(world.doer, contact_id=c)
    with pytest.raises(Contact.DoesNotExist):
        change_contact(world.doer, contact_id=c, facts=ContactFacts(name="Terug"))


WRONG_INVOICES = {
    "no number": ({"number": " "}, "number"),
    "no amount": ({"amount_cents": 0}, "amount_cents"),
    "more open than the amount": ({"open_cents": 101}, "open_cents"),
    "no due date and no term": ({"due": None, "issued": TODAY}, "due"),
    "due before it was issued": ({"due": TODAY, "issued": TODAY + timedelta(days=1)}, "due"),
    "a term agreed in a place that is none": ({"term_agreed": "op de borrel"}, "term_agreed"),
    "a larger part exempted than there is": ({"exemption": "g_account", "exempt_cents": 101}, "exempt_cents"),
    "an exemption that is none": ({"exemption": "zielig"}, "exemption"),
}


@pytest.mark.parametrize(("facts", "field"), WRONG_INVOICES.values(), ids=WRONG_INVOICES)
def test_an_invoice_is_refused_with(world, facts, field):
    i = world.debtor()
    values = {"number": "F1", "amount_cents": 100, "due": TODAY, **facts}
    with pytest.raises(Refused) as no:
        add_invoice(world.doer, debtor_id=i, facts=InvoiceFacts(**values), as_of=TODAY)
    assert no.value.field == field


def test_the_due_date_follows_from_the_term(world):
    i = world.debtor()
    invoice = Invoice.objects.get(
        id=world.invoice(i, "F1", due=None, issued=TODAY, term_days=14, term_agreed="terms")
    )
    assert invoice.due == TODAY + timedelta(days=14)


def test_a_credit_note_is_kept_below_zero(world):
    invoice = Invoice.objects.get(id=world.invoice(world.debtor(), "C1", 5000, kind="credit_note"))
    assert (invoice.amount_cents, invoice.open_cents) == (-5000, -5000)


def test_two_debtors_may_share_an_invoice_number_but_one_may_not_have_it_twice(world):
    a, b = world.debtor("A"), world.debtor("B")
    world.invoice(a, "F1")
    world.invoice(b, "F1")
    with pytest.raises(Refused):
        world.invoice(a, "F1")


def test_another_open_amount_is_stated_anew(world):
    i = world.debtor()
    invoice_id = world.invoice(i, "F1", 10000)
    facts = InvoiceFacts(number="F1", amount_cents=10000, open_cents=4000, due=TODAY)
    change_invoice(world.doer, invoice_id=invoice_id, facts=facts, as_of=TODAY)
    invoice = Invoice.objects.get(id=invoice_id)
    assert (invoice.open_cents, invoice.stated_open_cents, invoice.booked_cents, invoice.as_of) == (
        4000,
        4000,
        0,
        TODAY,
    )


def test_what_is_paid_by_direct_debit_is_not_asked_for(world):
    i = world.debtor(phone="020 123 45 00")
    invoice_id = world.invoice(i, "F1")
    assert Debtor.objects.get(id=i).step_cents == 10000
    set_exemption(world.doer, invoice_id=invoice_id, exemption="direct_debit")
    assert Debtor.objects.get(id=i).step_cents == 0
    set_exemption(world.doer, invoice_id=invoice_id, exemption="")
    assert Debtor.objects.get(id=i).step_cents == 10000


def test_a_reminder_of_tomorrow_is_refused(world):
    with pytest.raises(Refused) as no:
        record_reminder(
            world.doer, debtor_id=world.debtor(), level=1, on=TODAY + timedelta(days=1), today=TODAY
        )
    assert no.value.field == "on"


def test_a_note_stands_on_the_timeline_as_typed(world):
    i = world.debtor()
    add_note(world.doer, debtor_id=i, text="<b>belt maandag</b> terug ")
    assert (
        json.loads(Event.objects.filter(debtor_id=i).latest("seq").payload)["note"]
        == "<b>belt maandag</b> terug"
    )


def test_a_hold_halts_and_ends_by_itself_or_by_hand(world):
    i = world.debtor(phone="020 123 45 00")
    world.invoice(i, "F1")
    until = TODAY + timedelta(days=5)
    assert set_hold(world.doer, debtor_ids=[i], until=until, reason="levering", today=TODAY) == 1
    debtor = Debtor.objects.get(id=i)
    assert (debtor.step, debtor.step_valid_until) == ("hold", until + timedelta(days=1))
    set_hold(world.doer, debtor_ids=[i], until=None, reason="nog niet", today=TODAY)
    assert Hold.objects.filter(lifted_at=None).count() == 1
    assert lift_hold(world.doer, debtor_id=i)
    assert not lift_hold(world.doer, debtor_id=i)
    assert Debtor.objects.get(id=i).step != "hold"


def test_a_hold_needs_a_day_to_come_and_a_reason(world):
    i = world.debtor()
    for until, reason, field in ((TODAY - timedelta(days=1), "x", "until"), (TODAY, " ", "reason")):
        with pytest.raises(Refused) as no:
            set_hold(world.doer, debtor_ids=[i], until=until, reason=reason, today=TODAY)
        assert no.value.field == field


def test_a_stop_ends_all_until_a_person_says_why_not(world):
    i = world.debtor(phone="020 123 45 00")
    world.invoice(i, "F1")
    set_stop(world.doer, debtor_id=i, stop="insolvent", reason="curator belde")
    assert Debtor.objects.get(id=i).step == "stopped"
    lift_stop(world.doer, debtor_id=i, reason="was een ander")
    assert Debtor.objects.get(id=i).step != "stopped"
    assert kinds(i)[-2:] == ["stop", "stop_lifted"]


def test_debtors_go_to_a_colleague_of_this_administration_only(world):
    other = make_world("ander")
    i = world.debtor()
    assert assign(world.doer, debtor_ids=[i, 999_999], user_id=world.user.id) == 1
    assert assign(world.doer, debtor_ids=[i], user_id=world.user.id) == 0
    with pytest.raises(Refused):
        assign(world.doer, debtor_ids=[i], user_id=other.user.id)
    assert assign(other.doer, debtor_ids=[i], user_id=other.user.id) == 0


def test_a_payer_group_is_made_once_and_found_again(world):
    a, b = world.debtor("A"), world.debtor("B")
    assert set_payer_group(world.doer, debtor_id=a, name="Holding") == set_payer_group(
        world.doer, debtor_id=b, name="holding"
    )
    assert set_payer_group(world.doer, debtor_id=a, name="") is None
    assert PayerGroup.objects.count() == 1


def test_a_document_is_kept_by_what_is_in_it(world, data_folder):
    i = world.debtor()
    invoice_id = world.invoice(i, "F1")
    content = b"%PDF-1.7 proef"
    document = Document.objects.get(
        id=keep_document(world.doer, name="..\\..\\F1.pdf", content=content, invoice_id=invoice_id)
    )
    assert (document.name, document.kind, document.debtor_id) == ("F1.pdf", "invoice_copy", i)
    assert (data_folder / "documents" / document.sha256[:2] / document.sha256).read_bytes() == content
    assert Invoice.objects.get(id=invoice_id).copy_id == document.id
    with pytest.raises(Refused) as no:
        keep_document(world.doer, name="a.pdf", content=b"<html>", debtor_id=i)
    assert no.value.field == "file"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ('a"b\r\nX: y.pdf', "abX y.pdf"),
        ("", "document.pdf"),
        ("..", "document.pdf"),
    ],
)
def test_a_file_name_is_only_a_name(name, safe):
    assert safe_name(name) == safe


def test_nothing_of_another_administration_is_touched(world):
    other = make_world("ander")
    i = world.debtor()
    with pytest.raises(Debtor.DoesNotExist):
        add_note(other.doer, debtor_id=i, text="hier hoort u niet")
    assert set_hold(other.doer, debtor_ids=[i], until=None, reason="x", today=TODAY) == 0
