"""A dispute is answered: what settles it is in the books, the debtor is told, and what is left is asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.add_dispute import add_dispute
from beluur.actions.answer_dispute import answer_dispute
from beluur.actions.dispute_row import DisputeFacts
from beluur.actions.send_next_message import handle_one
from beluur.domain.dispute_answer import Answer, How
from beluur.queries.dispute_answers import answer_mailing
from beluur.store.models import Debtor, Dispute, Invoice, Message
from beluur.values.problem import Refused
from tests.actions.calls import FRIDAY, timeline, with_mail_server
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world() -> World:
    world = make_world()
    with_mail_server(world)
    return world


def contest(world: World, **debtor: str) -> tuple[int, int]:
    """A debtor who contests 200 of 500; gives his id and the dispute's."""
    known = {"email": "boekhouding@kruimel.example", "phone": "+31 20 123 45 00"} | debtor
    i = world.debtor(**known)
    invoice = world.invoice(i, "F1", 500_00)
    facts = DisputeFacts(200_00, "quality", FRIDAY, "doos nat", owner_user=world.user.id)
    return i, add_dispute(world.doer, debtor_id=i, invoice_id=invoice, facts=facts)


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


CREDIT = Answer(How.CREDIT, "De doos was inderdaad nat.", "C-12", 150_00)
CORRECTED = Answer(How.CORRECTED, "Er stond een verkeerde prijs.", "", 350_00)
EXPLAINED = Answer(How.EXPLAINED, "De pakbon gaat hierbij.")
REJECTED = Answer(How.REJECTED, "De bon is zonder opmerking getekend.")

OUTCOMES = [
    pytest.param(
        CREDIT, "solved", [500_00, -150_00], 350_00,
        ["U krijgt creditnota C-12 van € 150,00.", "Van deze factuur staat nu nog € 350,00 open."],
        id="a credit note stands in the books and is set against what is asked",
    ),
    pytest.param(
        CORRECTED, "solved", [350_00], 350_00,
        ["De factuur is verbeterd: het bedrag is nu € 350,00.", "staat nu nog € 350,00 open"],
        id="a corrected invoice asks for its new amount",
    ),
    pytest.param(
        EXPLAINED, "solved", [500_00], 500_00, ["De pakbon gaat hierbij.", "staat nu nog € 500,00 open"],
        id="an explanation leaves the amount as it was",
    ),
    pytest.param(
        REJECTED, "rejected", [500_00], 500_00,
        ["Het bedrag van € 200,00 dat u betwistte, blijft te betalen.", "De bon is zonder opmerking getekend."],
        id="a rejection says why and asks again",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "state", "opens", "asked", "says"), OUTCOMES)
def test_what_settles_it_is_in_the_books_and_in_the_mail(answer, state, opens, asked, says, world):
    debtor, dispute = contest(world)
    message = Message.objects.get(id=answer_dispute(world.doer, dispute, answer))
    ended = Dispute.objects.get()
    assert (ended.state, ended.answer, ended.ended_at) == (state, answer.words, NOW)
    assert list(Invoice.objects.order_by("id").values_list("open_cents", flat=True)) == opens
    assert Debtor.objects.get(id=debtor).step_cents == asked
    assert (message.kind, message.state, message.send_after) == (
        "dispute_answer",
        "held",
        NOW + timedelta(seconds=30),
    )
    text = plain(message.text)
    assert [words for words in says if words not in text] == []
    assert "uiterlijk maandag 30 november 2026" in text


def test_the_preview_is_the_mail_that_leaves(world):
    _, dispute = contest(world)
    before = answer_mailing(world.id, dispute, CREDIT, NOW, caller=world.user.name)
    counts = (Invoice.objects.count(), Message.objects.count())
    assert counts == (1, 0)
    message = Message.objects.get(id=answer_dispute(world.doer, dispute, CREDIT))
    assert (message.subject, message.text, message.html) == (
        before.mail.subject,
        before.mail.text,
        before.mail.html,
    )


LANGUAGES = [
    ("NL", "nl", "Ons antwoord over factuur F1"),
    ("BE", "nl", "Ons antwoord over factuur F1"),
    ("BE", "fr", "Notre réponse concernant la facture F1"),
    ("GB", "en", "Our answer about invoice F1"),
]


@pytest.mark.parametrize(("country", "language", "subject"), LANGUAGES)
def test_he_is_told_in_his_own_language(country, language, subject, world):
    _, dispute = contest(world, country=country, language=language)
    message = Message.objects.get(id=answer_dispute(world.doer, dispute, REJECTED))
    assert message.subject == subject
    assert message.language == ("nl-BE" if (country, language) == ("BE", "nl") else language)


def test_the_timeline_tells_all_of_it(world):
    debtor, dispute = contest(world)
    answer_dispute(world.doer, dispute, CREDIT)
    assert timeline(debtor)[-3:] == [
        "Betwisting van factuur F1 opgelost",
        "- Creditnota C-12 van € 150,00",
        "- Klaargezet: het antwoord op de betwisting voor boekhouding@kruimel.example",
    ]


def test_it_leaves_after_half_a_minute(world, smtp):
    with_mail_server(world, smtp.port)
    _, dispute = contest(world)
    answer_dispute(world.doer, dispute, REJECTED)
    assert not handle_one(NOW + timedelta(seconds=29))
    assert handle_one(NOW + timedelta(seconds=31))
    assert smtp.messages[0]["Subject"] == "Ons antwoord over factuur F1"


CANNOT = [
    pytest.param({"email": ""}, True, "outbox.no_address", id="a debtor without an address"),
    pytest.param({}, False, "outbox.no_server", id="a house without a mail server"),
]


@pytest.mark.parametrize(("debtor", "server", "why"), CANNOT)
def test_the_answer_stands_when_the_mail_cannot_leave_for(debtor, server, why, world):
    if not server:
        with_mail_server(world, host="")
    _, dispute = contest(world, **debtor)
    message = Message.objects.get(id=answer_dispute(world.doer, dispute, REJECTED))
    assert (message.state, message.problem["code"]) == ("not_sent", why)
    assert Dispute.objects.get().state == "rejected"


def test_who_was_told_by_telephone_gets_no_mail(world):
    _, dispute = contest(world)
    assert answer_dispute(world.doer, dispute, REJECTED, send=False) == 0
    assert not Message.objects.exists()


REFUSED = [
    pytest.param(Answer(How.REJECTED), "words", id="a rejection without a reason"),
    pytest.param(
        Answer(How.CREDIT, "", "F1", 10_00), "number", id="the number of an invoice that is there already"
    ),
    pytest.param(Answer(How.CORRECTED, "", "", 600_00), "corrected", id="a correction upwards"),
]


@pytest.mark.parametrize(("answer", "field"), REFUSED)
def test_nothing_changes_at(answer, field, world):
    _, dispute = contest(world)
    with pytest.raises(Refused) as refused:
        answer_dispute(world.doer, dispute, answer)
    assert refused.value.field == field
    assert (Dispute.objects.get().state, Invoice.objects.count(), Message.objects.count()) == ("open", 1, 0)


def test_the_same_form_twice_answers_once(world):
    _, dispute = contest(world)
    doer = world.with_key("een sleutel")
    assert answer_dispute(doer, dispute, CREDIT) == answer_dispute(doer, dispute, CREDIT)
    assert Invoice.objects.filter(kind="credit_note").count() == 1
    with pytest.raises(Refused):
        answer_dispute(world.doer, dispute, REJECTED)


def test_an_invoice_corrected_to_what_was_paid_is_closed(world):
    _, dispute = contest(world)
    Invoice.objects.update(open_cents=300_00, stated_open_cents=300_00)
    answer_dispute(world.doer, dispute, Answer(How.CORRECTED, "x", "", 200_00))
    invoice = Invoice.objects.get()
    assert (invoice.amount_cents, invoice.open_cents, invoice.closed_because) == (200_00, 0, "credited")


def test_another_house_does_not_see_it(world):
    _, dispute = contest(world)
    with pytest.raises(Dispute.DoesNotExist):
        answer_dispute(make_world("ander").doer, dispute, REJECTED)
