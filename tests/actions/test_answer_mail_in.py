"""A mail is answered from the dossier: to who wrote it, in his conversation, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from beluur.actions.answer_mail_in import answer_mail_in
from beluur.actions.change_message import withdraw_message
from beluur.actions.change_promise import change_promise
from beluur.actions.end_call import ReportRefused
from beluur.actions.send_next_message import handle_one
from beluur.actions.take_in_mail import take_in_mail
from beluur.domain.call_report import PromiseSaid
from beluur.mailroom.texts_file import first_sentences
from beluur.playbook.reason_codes import ReasonCode
from beluur.queries.mail_answer import mail_to_answer
from beluur.queries.message_file import message_file
from beluur.queries.replies import open_replies
from beluur.queries.to_correct import proposed_by_mail
from beluur.store.models import Contact, Debtor, MailIn, Membership, Message, Promise
from beluur.values.problem import Refused
from tests.actions.calls import hold_call, promise, timeline, with_mail_server
from tests.mail_in import raw_mail
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    """He was mailed what he promised."""
    i = world.debtor(phone="+31 20 123 45 00", email="jan@kruimel.example")
    world.invoice(i, "2026-1", 100_00, late=10)
    with_mail_server(world)
    hold_call(world.doer, i, promise())
    Message.objects.update(state="sent", sent_at=NOW)
    return i


def written(world: World, text: str, **mail: str) -> int:
    raw = raw_mail(text, answers=Message.objects.earliest("id").message_id, **mail)
    found = take_in_mail(world.id, raw, LATER).mail_in_id
    assert found is not None
    return found


def test_the_answer_goes_to_who_wrote_in_his_conversation_with_his_mail_under_it(world, debtor):
    mail = written(
        world, "Mag het ook later?\n\nJan", Subject="Antw: Re: Afspraak", sender="Jan <jan2@kruimel.example>"
    )
    answer = answer_mail_in(world.doer, mail, "Dank.\n\nHet mag tot vrijdag.")
    ours, sent = Message.objects.earliest("id"), Message.objects.get(id=answer)
    assert (sent.to, sent.kind, sent.state) == ("jan2@kruimel.example", "reply", "held")
    letter = message_from_bytes(message_file(world.id, answer).content, policy=default)
    assert letter["Subject"] == "Re: Afspraak"
    assert letter["In-Reply-To"] == "<r1@kruimel.example>"
    assert letter["References"].split() == [f"<{ours.message_id}>", "<r1@kruimel.example>"]
    text = letter.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "Geachte Jan,\n\nDank.\n\nHet mag tot vrijdag.\n\n" in text
    assert "schreef Jan:\n> Mag het ook later?\n> \n> Jan" in text.replace(">\n", "> \n")
    assert "€" not in text


def test_with_it_the_mail_waits_no_longer_and_it_stands_on_the_timeline(world, debtor):
    mail = written(world, "Mag het ook later?")
    answer_mail_in(world.doer, mail, "Ja.")
    assert open_replies(world.id) == ()
    assert MailIn.objects.get().handled_by == world.user
    assert timeline(debtor)[-2:] == [
        "De mail van Jan Kruimel is beantwoord",
        "- Klaargezet: het antwoord op de mail voor jan@kruimel.example",
    ]


def test_the_same_form_twice_and_another_answer_send_one_mail(world, debtor):
    mail = written(world, "Mag het ook later?")
    again = replace(world.doer, key="k1")
    assert answer_mail_in(again, mail, "Ja.") == answer_mail_in(again, mail, "Ja.")
    with pytest.raises(Refused, match="answered_before"):
        answer_mail_in(replace(world.doer, key="k2"), mail, "Nee.")
    assert Message.objects.filter(kind="reply").count() == 1


def test_taken_back_it_waits_again(world, debtor):
    mail = written(world, "Mag het ook later?")
    withdraw_message(world.doer, answer_mail_in(world.doer, mail, "Ja."))
    assert [r.id for r in open_replies(world.id)] == [mail]
    answer_mail_in(world.doer, mail, "Nee.")
    assert Message.objects.filter(kind="reply", state="held").count() == 1


def test_nothing_written_is_refused(world, debtor):
    with pytest.raises(Refused) as refused:
        answer_mail_in(world.doer, written(world, "Mag het?"), " \n ")
    assert refused.value.field == "words"


def test_what_a_machine_wrote_is_never_answered(world, debtor):
    mail = written(world, "Ik ben er niet.", **{"Auto-Submitted": "auto-replied"})
    with pytest.raises(MailIn.DoesNotExist):
        answer_mail_in(world.doer, mail, "Dank.")


def test_a_mail_of_another_house_cannot_be_answered(world, debtor):
    mail, other = written(world, "Mag het?"), make_world("ander")
    with pytest.raises(MailIn.DoesNotExist):
        answer_mail_in(other.doer, mail, "Dank.")


def test_it_leaves_once_by_the_mail_server(world, debtor, smtp):
    with_mail_server(world, smtp.port)
    answer_mail_in(replace(world.doer, at=LATER), written(world, "Mag het?"), "Ja.")
    assert handle_one(LATER + timedelta(seconds=31))
    assert not handle_one(LATER + timedelta(seconds=62))
    (received,) = smtp.messages
    assert received["In-Reply-To"] == "<r1@kruimel.example>"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (
            "Liever op 4 december.",
            "Dank voor uw bericht. U stelt voor om op vrijdag 4 december 2026 te betalen.",
        ),
        (
            "Dat klopt niet.",
            "Dank voor uw bericht. U schrijft dat er iets niet klopt; ik kijk het na.",
        ),
        ("Kunt u mij bellen?", "Dank voor uw bericht."),
    ],
)
def test_an_answer_begins_with_what_his_mail_was(world, debtor, text, begins):
    assert mail_to_answer(world.id, written(world, text)).begins == begins


def test_what_may_follow_is_by_the_reason_he_gives_in_his_language(world, debtor):
    Debtor.objects.update(language="fr")
    found = mail_to_answer(world.id, written(world, "Nous n’avons jamais reçu cette facture."))
    assert found.begins.startswith("Merci pour votre message. ")
    assert (
        found.more[0]
        == "Vous écrivez que la facture n’est pas arrivée. Je vous envoie une copie aujourd’hui."
    )


def test_who_is_on_file_is_greeted_by_that_name_and_a_strange_address_is_shown_as_such(world, debtor):
    Contact.objects.create(
        administration_id=world.id,
        debtor_id=debtor,
        name="Els Klant",
        email="Els@kruimel.example",
        language="en",
    )
    known = mail_to_answer(world.id, written(world, "May it be later?", sender="els@kruimel.example"))
    strange = mail_to_answer(
        world.id, written(world, "Mag het?", sender="x@vreemd.example", message_id="r2@v.example")
    )
    assert (known.known, known.language, strange.known) == (True, "en", False)
    answer = answer_mail_in(world.doer, known.id, "Yes.")
    assert "Dear Els Klant," in Message.objects.get(id=answer).text


def test_the_first_sentences_are_for_reasons_that_there_are_in_each_language():
    shapes = []
    for language in ("nl", "nl-BE", "fr", "en"):
        for formality in ("u", "je"):
            known = first_sentences(language, formality)
            shapes.append({part: sorted(lines) for part, lines in known.items()})
            assert not any(c in line for lines in known.values() for line in lines.values() for c in "[]|")
    assert all(shape == shapes[0] for shape in shapes)
    assert set(shapes[0]["reasons"]) <= set(ReasonCode)


def test_his_proposal_is_for_all_of_it_when_he_names_a_day_alone(world, debtor):
    mail, now = written(world, "Liever 4 december."), Promise.objects.get()
    found = proposed_by_mail(world.id, now.id, str(mail))
    assert found is not None
    assert found.parts == ((date(2026, 12, 4), now.cents),)
    assert proposed_by_mail(world.id, now.id, "1 OR 1") is None
    assert proposed_by_mail(world.id, now.id + 1, str(mail)) is None
    assert proposed_by_mail(make_world("ander").id, now.id, str(mail)) is None


def test_a_proposal_that_is_taken_over_waits_no_longer(world, debtor):
    mail, now = written(world, "Liever 4 december."), Promise.objects.get()
    said = PromiseSaid(((date(2026, 12, 4), now.cents),), yes=True)
    change_promise(world.doer, now.id, said, why="voorstel", mail_in=mail)
    assert MailIn.objects.get().state == "noted"


def test_a_proposal_beyond_the_mandate_is_not_taken_over_and_still_waits(world, debtor):
    Membership.objects.update(role="caller")
    mail, now = written(world, "Liever 1 juni 2027."), Promise.objects.get()
    said = PromiseSaid(((date(2027, 6, 1), now.cents),), yes=True)
    with pytest.raises(ReportRefused):
        change_promise(world.doer, now.id, said, why="voorstel", mail_in=mail)
    assert MailIn.objects.get().state == "open"
