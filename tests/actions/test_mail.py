"""Mail leaves once, or says why not; a person decides about what nobody knows."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from beluur.actions.change_message import mark_message_sent, resend_message, withdraw_message
from beluur.actions.claim_message import claim_message
from beluur.actions.keep_document import keep_document
from beluur.actions.note_delivery import find_uncertain, note_delivery
from beluur.actions.reset_template import reset_template
from beluur.actions.save_smtp import SmtpForm, save_smtp, smtp_settings
from beluur.actions.save_template import save_template
from beluur.actions.send_next_message import handle_one
from beluur.actions.send_papers import send_invoice_copy, send_statements
from beluur.actions.send_reminders import send_reminders
from beluur.actions.set_hold import set_hold
from beluur.actions.try_smtp import try_smtp
from beluur.domain import message_state
from beluur.domain.message_state import TRANSITIONS, Cause, MessageState, may
from beluur.mailroom.send import Delivery, DeliveryState
from beluur.mailroom.texts_file import MailKind, Template
from beluur.queries.message_file import message_file
from beluur.queries.reminders import reminders_due
from beluur.store.models import Administration, Debtor, Document, Invoice, MailTemplate, Message, Reminder
from beluur.store.sealing import seal, unseal
from beluur.values.problem import Refused
from beluur.values.sentence import say
from tests.actions.calls import hold_call, later, opened, promise, timeline, with_mail_server
from tests.house.source import ROOT
from tests.threads import at_once
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(seconds=31)
OWN_WORDS = "{greeting}\n\nEigen woorden.\n\n{invoices_table}\n\n{payment}\n\n{signature}"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    i = world.debtor(phone="+31 20 123 45 00", email="boekhouding@kruimel.example")
    world.invoice(i, "2026-1", 100_00, late=10)
    return i


@pytest.fixture
def confirmed(world: World, debtor: int) -> Message:
    with_mail_server(world)
    return Message.objects.get(id=hold_call(world.doer, debtor, promise()).message_id)


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


# -- leaving ----------------------------------------------------------------------------------------------------------


def test_a_confirmation_is_held_and_then_leaves_with_its_papers(world, debtor, smtp, data_folder):
    with_mail_server(world, smtp.port, copy_to="ik@proef.example", sender_name="Proef BV")
    document = keep_document(
        world.doer, kind="invoice_copy", name="F-1.pdf", content=b"%PDF-1.7 proef", debtor_id=debtor
    )
    Invoice.objects.update(copy_id=document)
    hold_call(world.doer, debtor, promise())
    assert not handle_one(NOW + timedelta(seconds=29))
    assert handle_one(SOON)
    assert not handle_one(SOON)
    received, message = smtp.messages[0], Message.objects.get()
    assert smtp.envelopes[0].rcpt_tos == ["boekhouding@kruimel.example", "ik@proef.example"]
    assert received["Message-ID"] == f"<{message.message_id}>"
    assert received["From"] == "Proef BV <a@proef.example>"
    assert "ik@proef.example" not in str(received["To"])
    assert [a.get_filename() for a in received.iter_attachments()] == ["F-1.pdf"]
    assert (message.state, message.sent_at) == ("sent", SOON)
    assert timeline(debtor)[-1] == "Verzonden: de bevestiging aan boekhouding@kruimel.example"


def test_undo_takes_it_back_while_it_is_held(world, debtor, confirmed):
    withdraw_message(world.doer, confirmed.id)
    assert state(confirmed) == "withdrawn"
    assert not handle_one(SOON)
    assert (
        timeline(debtor)[-1] == "Ingetrokken voor het vertrok: de bevestiging aan boekhouding@kruimel.example"
    )
    with pytest.raises(Refused) as refused:
        withdraw_message(world.doer, confirmed.id)
    assert refused.value.sentence.code == "outbox.already_gone"


def test_a_busy_server_is_tried_again_ever_later_and_then_it_failed(world, debtor, confirmed, smtp):
    with_mail_server(world, smtp.port)
    smtp.refuse_with = "451 later"
    now, waits = SOON, []
    while state(confirmed) in ("held", "queued"):
        assert handle_one(now)
        confirmed.refresh_from_db()
        waits.append((confirmed.send_after - now) // timedelta(minutes=1))
        now = max(now, confirmed.send_after)
    assert waits[:4] == [1, 5, 30, 120]
    assert (confirmed.state, confirmed.tries) == ("failed", 5)
    assert confirmed.problem["code"] == "mail.failed.message"
    assert timeline(debtor)[-2].startswith("Niet aangekomen: de bevestiging")


def test_a_server_that_refuses_is_not_asked_again_until_a_person_says_so(world, confirmed, smtp):
    with_mail_server(world, smtp.port)
    smtp.refuse_with = "550 unknown"
    assert handle_one(SOON)
    assert state(confirmed) == "failed"
    smtp.refuse_with = ""
    resend_message(later(world.doer, hours=1), confirmed.id, to="ander@kruimel.example")
    assert handle_one(NOW + timedelta(hours=1))
    assert state(confirmed) == "sent"
    assert str(smtp.messages[0]["To"]) == "ander@kruimel.example"


def test_no_server_any_more_is_said_not_hidden(world, confirmed):
    Administration.objects.update(smtp={})
    assert handle_one(SOON)
    assert (state(confirmed), confirmed.problem["code"]) == ("failed", "outbox.no_server")


def test_a_paper_that_is_gone_is_said_not_hidden(world, debtor, confirmed, data_folder):
    gone = Document.objects.create(
        administration=world.administration, kind="other", name="x", sha256="ab" * 32, size=1, created_at=NOW
    )
    Message.objects.update(documents=[gone.id])
    assert handle_one(SOON)
    assert (state(confirmed), confirmed.problem["code"]) == ("failed", "outbox.paper_gone")


def test_what_a_crash_left_is_uncertain_and_a_person_decides(world, debtor, confirmed):
    assert claim_message(SOON)
    assert find_uncertain(SOON + timedelta(minutes=9)) == 0
    assert find_uncertain(SOON + timedelta(minutes=10)) == 1
    assert state(confirmed) == "uncertain"
    assert not handle_one(SOON + timedelta(days=1))
    mark_message_sent(later(world.doer, hours=1), confirmed.id)
    assert state(confirmed) == "sent"
    assert timeline(debtor)[-1].startswith("Verzonden: de bevestiging")


def test_a_new_worker_finds_what_the_last_one_left(world, confirmed):
    ours = claim_message(SOON)
    assert ours is not None
    assert find_uncertain(SOON + timedelta(seconds=5), started=SOON + timedelta(seconds=5)) == 1
    late = Delivery(DeliveryState.SENT, say("mail.sent", to="x"))
    assert note_delivery(ours, late, SOON + timedelta(seconds=6)) is MessageState.SENT


def test_what_became_of_an_earlier_try_is_not_noted_at_a_later_one(world, confirmed):
    slow = claim_message(SOON)
    assert slow is not None
    assert find_uncertain(SOON + timedelta(minutes=10)) == 1
    resend_message(later(world.doer, minutes=11), confirmed.id)
    assert claim_message(SOON + timedelta(minutes=12))
    refused = Delivery(DeliveryState.FAILED, say("mail.failed.message", answer="no"))
    assert note_delivery(slow, refused, SOON + timedelta(minutes=13)) is MessageState.SENDING


def test_what_was_not_sent_goes_out_when_a_person_says_so(world, debtor, smtp):
    hold_call(world.doer, debtor, promise())
    message = Message.objects.get()
    with pytest.raises(Refused) as refused:
        resend_message(world.doer, message.id)
    assert refused.value.sentence.code == "outbox.no_server"
    with_mail_server(world, smtp.port)
    assert not handle_one(SOON)
    resend_message(world.doer, message.id)
    assert handle_one(SOON)
    assert state(message) == "sent"


def test_the_file_of_a_mail_opens_as_a_draft(world, debtor):
    hold_call(world.doer, debtor, promise())
    file = message_file(world.id, Message.objects.get().id)
    parsed = email.message_from_bytes(file.content, policy=email.policy.default)
    assert file.name.endswith(".eml")
    assert parsed["X-Unsent"] == "1"
    assert "boekhouding@kruimel.example" in parsed["To"]
    assert "100,00" in parsed.get_body(("plain",)).get_content()


def test_also_without_any_address(world):
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-7")
    Administration.objects.update(email="")
    hold_call(world.doer, i, promise())
    assert b"onbekend@beluur.invalid" in message_file(world.id, Message.objects.get().id).content


def test_a_mail_of_another_administration_does_not_exist(world, confirmed):
    other = make_world("ander")
    for action in (withdraw_message, resend_message, mark_message_sent):
        with pytest.raises(Message.DoesNotExist):
            action(other.doer, confirmed.id)
    with pytest.raises(Message.DoesNotExist):
        message_file(other.id, confirmed.id)


# -- reminders and papers ---------------------------------------------------------------------------------------------


def test_a_reminder_counts_when_it_has_left(world, smtp):
    with_mail_server(world, smtp.port)
    debtor = world.debtor(phone="+31 20 123 45 00", email="boekhouding@kruimel.example")
    world.invoice(debtor, "2026-1", 100_00, late=3)
    due = reminders_due(world.id, TODAY)
    assert [(d.debtor_id, d.level, d.amount.cents, d.email, d.waiting) for d in due] == [
        (debtor, 1, 100_00, "boekhouding@kruimel.example", False)
    ]
    queued = send_reminders(world.doer, [debtor], 1)
    assert (len(queued.message_ids), queued.left_out) == (1, ())
    assert reminders_due(world.id, TODAY)[0].waiting
    assert not Reminder.objects.exists()
    assert handle_one(SOON)
    reminder = Reminder.objects.get()
    assert (reminder.level, reminder.on, reminder.invoice_numbers) == (1, TODAY, ["2026-1"])
    assert Debtor.objects.get(id=debtor).step != "remind_first"
    assert "2026-1" in smtp.messages[0].get_body(("plain",)).get_content()


def test_who_gets_no_reminder_is_named_with_the_reason(world, debtor):
    with_mail_server(world)
    paused, nothing, silent = (world.debtor(f"Klant {n}", email=f"k{n}@kruimel.example") for n in range(3))
    for i in (paused, silent):
        world.invoice(i, f"2026-{i}", late=5)
    set_hold(world.doer, debtor_ids=[paused], until=TODAY, reason="vakantie", today=TODAY)
    Debtor.objects.filter(id=silent).update(email="")
    queued = send_reminders(world.doer, [debtor, paused, nothing, silent], 1)
    assert len(queued.message_ids) == 1
    assert [(i, s.code) for i, s in queued.left_out] == [
        (paused, "outbox.on_hold"),
        (nothing, "outbox.nothing_to_send"),
        (silent, "outbox.no_address"),
    ]
    again = send_reminders(world.doer, [debtor], 1)
    assert [(i, s.code) for i, s in again.left_out] == [(debtor, "outbox.already_waiting")]


def test_many_reminders_take_few_queries(world, count_queries):
    with_mail_server(world)
    ids = [world.debtor(f"Klant {n}", email=f"k{n}@kruimel.example") for n in range(30)]
    for i in ids:
        world.invoice(i, f"2026-{i}", late=5)
    with count_queries() as counted:
        assert len(send_reminders(world.doer, ids, 1).message_ids) == 30
    assert len(counted) < 60


def test_a_statement_tells_all_that_is_open(world, debtor):
    with_mail_server(world)
    world.invoice(debtor, "2026-2", 50_00, late=-20)
    queued = send_statements(world.doer, [debtor])
    message = Message.objects.get(id=queued.message_ids[0])
    assert (message.kind, message.facts["invoices"]) == ("statement", ["2026-1", "2026-2"])
    assert timeline(debtor)[-1] == "Klaargezet: het rekeningoverzicht voor boekhouding@kruimel.example"


def test_a_copy_leaves_while_the_debtor_is_on_the_line(world, debtor, smtp, data_folder):
    with_mail_server(world, smtp.port)
    invoice = Invoice.objects.get()
    with pytest.raises(Refused) as refused:
        send_invoice_copy(world.doer, debtor, [invoice.id])
    assert refused.value.sentence.code == "outbox.no_copy"
    invoice.copy_id = keep_document(
        world.doer, kind="invoice_copy", name="F-1.pdf", content=b"%PDF-1.7 proef", debtor_id=debtor
    )
    invoice.save()
    send_invoice_copy(world.doer, debtor, [invoice.id], to="an@kruimel.example")
    assert handle_one(NOW)
    assert [a.get_filename() for a in smtp.messages[0].iter_attachments()] == ["F-1.pdf"]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_the_same_moment_mail_a_copy_once(world, debtor, data_folder):
    with_mail_server(world)
    invoice = Invoice.objects.get()
    invoice.copy_id = keep_document(
        world.doer, kind="invoice_copy", name="F-1.pdf", content=b"%PDF-1.7 proef", debtor_id=debtor
    )
    invoice.save()
    call = opened(world.doer, debtor)
    tabs = [world.with_key(key) for key in ("een tab", "een andere tab")]
    first, second = at_once(
        *(partial(send_invoice_copy, tab, debtor, [invoice.id], call_id=call) for tab in tabs)
    )
    assert first == second == Message.objects.get(kind="invoice_copy").id


def test_own_words_go_into_the_mail(world, debtor):
    with_mail_server(world)
    kind = MailKind.REMINDER_1
    save_template(world.doer, kind=kind, language="nl", template=Template("Even dit", OWN_WORDS))
    queued = send_reminders(world.doer, [debtor], 1)
    message = Message.objects.get(id=queued.message_ids[0])
    assert (message.subject, "Eigen woorden." in message.text) == ("Even dit", True)
    with pytest.raises(Refused) as refused:
        save_template(world.doer, kind=kind, language="nl", template=Template("Even dit", "{iets}"))
    assert refused.value.field == "body"
    reset_template(world.doer, kind=kind, language="nl")
    assert not MailTemplate.objects.exists()


# -- settings ---------------------------------------------------------------------------------------------------------

FORM = SmtpForm("smtp.proef.example", username="a@proef.example", secret="geheim", sender="a@proef.example")


def test_the_password_is_sealed_and_kept_when_the_form_leaves_it(world):
    save_smtp(world.doer, FORM)
    kept = Administration.objects.get(id=world.id).smtp
    assert "geheim" not in str(kept)
    save_smtp(world.doer, replace(FORM, secret=None, port=465, security="tls"))
    settings = smtp_settings(Administration.objects.get(id=world.id).smtp)
    assert settings is not None
    assert (settings.secret, settings.port, settings.security.value) == ("geheim", 465, "tls")


def test_a_secret_of_another_house_does_not_open(settings):
    sealed = seal("geheim")
    assert unseal(sealed) == "geheim"
    settings.SECRET_KEY = "een andere"
    assert unseal(sealed) == ""


WRONG = {
    "a host with a scheme": ({"host": "https://smtp.proef.example"}, "host"),
    "a port that is none": ({"port": 99999}, "port"),
    "a sender that is none": ({"sender": "ik"}, "sender"),
    "a line break in the copy": ({"copy_to": "a@b.example\r\nBcc: x@y.example"}, "copy_to"),
    "a password over an open line": ({"security": "none"}, "security"),
    "no password": ({"secret": None}, "secret"),
    "no user name": ({"username": ""}, "username"),
}


@pytest.mark.parametrize(("change", "field"), WRONG.values(), ids=WRONG)
def test_mail_settings_are_refused_at_their_field(world, change, field):
    with pytest.raises(Refused) as refused:
        save_smtp(world.doer, replace(FORM, **change))
    assert refused.value.field == field
    assert Administration.objects.get(id=world.id).smtp == {}


def test_the_test_button_sends_a_mail_to_oneself(world, smtp):
    form = SmtpForm("127.0.0.1", smtp.port, "none", "none", sender="a@proef.example")
    assert try_smtp(world.doer, form).state is DeliveryState.SENT
    assert try_smtp(world.doer, form, to="ik@proef.example").state is DeliveryState.SENT
    assert smtp.messages[0]["Subject"] == "Proefmail van Beluur"
    assert try_smtp(world.doer, replace(form, port=1)).state is DeliveryState.FAILED
    assert try_smtp(world.doer, SmtpForm("")).sentence.code == "outbox.no_server"


# -- states -----------------------------------------------------------------------------------------------------------


def test_every_state_is_reached_and_left_or_final():
    assert {t for _, _, t in TRANSITIONS} | set(message_state.FIRST) == set(MessageState)
    final = set(MessageState) - {s for s, _, _ in TRANSITIONS}
    assert final == {MessageState.WITHDRAWN}
    assert {c for s, c, _ in TRANSITIONS if s is MessageState.SENT} == {Cause.BOUNCED}, (
        "sent stays, unless it comes back"
    )


def test_a_mail_that_may_have_left_is_never_sent_again_by_itself():
    by_machine = {Cause.CLAIMED, Cause.LATER}
    assert not {c for s, c, _ in TRANSITIONS if s is MessageState.UNCERTAIN} & by_machine
    assert not may(MessageState.SENDING, Cause.CLAIMED)


def test_the_picture_of_the_states_is_the_table():
    assert (ROOT / "docs" / "message-states.md").read_text("utf-8") == message_state.page()


# -- at once ----------------------------------------------------------------------------------------------------------


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(smtp):
    world = make_world()
    with_mail_server(world, smtp.port)
    ids = [world.debtor(f"Klant {n}", email=f"k{n}@kruimel.example") for n in range(6)]
    for i in ids:
        world.invoice(i, f"2026-{i}", late=5)
    send_reminders(world.doer, ids, 1)

    def work() -> int:
        sent = 0
        while handle_one(SOON):
            sent += 1
        return sent

    assert sum(at_once(work, work, work)) == 6
    assert len({m["Message-ID"] for m in smtp.messages}) == len(smtp.messages) == 6
    assert Reminder.objects.count() == 6


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_undo_and_the_worker_at_once_leave_one_winner(smtp):
    world = make_world()
    with_mail_server(world, smtp.port)
    i = world.debtor(phone="+31 20 123 45 00", email="k@kruimel.example")
    world.invoice(i, "2026-1")
    message_id = hold_call(world.doer, i, promise()).message_id
    at_once(lambda: handle_one(SOON), lambda: withdraw_message(later(world.doer, seconds=31), message_id))
    message = Message.objects.get(id=message_id)
    assert message.state == ("sent" if smtp.messages else "withdrawn")
