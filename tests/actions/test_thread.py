"""One conversation for a dossier in the debtor's mail program, and headers that a signature may cover."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from beluur.actions.change_message import resend_message
from beluur.actions.send_next_message import handle_one
from beluur.actions.send_papers import send_statements
from beluur.actions.send_reminders import send_reminders
from beluur.queries.message_file import envelope_of, message_file
from beluur.store.models import Administration, MailIn, Message
from tests.actions.calls import hold_call, later, promise, with_mail_server
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def world(smtp) -> World:
    made = make_world()
    with_mail_server(made, smtp.port)
    return made


def debtor_of(world: World, name: str = "Bakkerij Proefkruimel") -> int:
    debtor = world.debtor(name, phone="+31 20 123 45 00", email="an@example.org")
    world.invoice(debtor, f"F-{name[:3]}", 100_00, late=10)
    return debtor


def mailed(world: World, debtor: int, n: int) -> None:
    send_statements(later(world.doer, minutes=n), [debtor])
    assert handle_one(LATER + timedelta(minutes=n))


def ids(header: str | None) -> list[str]:
    return (header or "").split()


def test_what_leaves_for_one_dossier_is_one_conversation(world, smtp):
    debtor, other = debtor_of(world), debtor_of(world, "Slagerij Proefham")
    for n, who in enumerate((debtor, other, debtor, debtor)):
        mailed(world, who, n)
    first, stranger, second, third = smtp.messages
    assert (first["References"], stranger["References"]) == (None, None)
    assert ids(second["References"]) == [first["Message-ID"]]
    assert ids(third["References"]) == [first["Message-ID"], second["Message-ID"]]
    assert ids(third["In-Reply-To"]) == [second["Message-ID"]]


def test_what_he_wrote_back_is_answered(world, smtp):
    debtor = debtor_of(world)
    mailed(world, debtor, 0)
    MailIn.objects.create(
        administration_id=world.id,
        debtor_id=debtor,
        mail_id="zijn@klant.example",
        kind="other",
        at=LATER + timedelta(minutes=5),
    )
    mailed(world, debtor, 10)
    first, second = smtp.messages
    assert ids(second["References"]) == [first["Message-ID"], "<zijn@klant.example>"]
    assert second["In-Reply-To"] == "<zijn@klant.example>"


def test_what_came_back_or_was_taken_back_is_no_part_of_it(world):
    debtor = debtor_of(world)
    for state in ("failed", "withdrawn", "not_sent"):
        send_statements(world.doer, [debtor])
        Message.objects.filter(state="held").update(state=state)
    send_statements(world.doer, [debtor])
    assert envelope_of(Message.objects.latest("id")).thread == ()


def test_a_correction_answers_what_it_corrects_and_not_the_last(world, smtp):
    debtor = debtor_of(world)
    for n in range(3):
        mailed(world, debtor, n)
    first, second, _ = Message.objects.order_by("id")
    send_statements(later(world.doer, minutes=5), [debtor])
    correction = Message.objects.latest("id")
    Message.objects.filter(id=correction.id).update(replaces=second)
    correction.refresh_from_db()
    assert envelope_of(correction).thread == (first.message_id, second.message_id)


def test_a_question_to_a_colleague_is_no_part_of_it(world):
    debtor = debtor_of(world)
    mailed(world, debtor, 0)
    Message.objects.update(kind="delivery_question")
    send_statements(later(world.doer, minutes=5), [debtor])
    assert envelope_of(Message.objects.latest("id")).thread == ()


def test_only_what_nobody_pressed_says_that_it_is_automatic(world):
    debtor = debtor_of(world)
    send_reminders(world.doer, [debtor], 1)
    pressed = Message.objects.get()
    assert not envelope_of(pressed).automatic
    Message.objects.update(by=None)
    assert envelope_of(Message.objects.get()).automatic


def test_its_date_is_that_of_leaving_and_its_name_of_the_sender_s_domain(world, smtp):
    Administration.objects.update(smtp=world.administration.smtp | {"sender": "bel@bäcker.example"})
    debtor = debtor_of(world)
    send_statements(world.doer, [debtor])
    Message.objects.update(send_after=NOW + timedelta(hours=9))
    assert handle_one(NOW + timedelta(hours=9))
    (mail,) = smtp.messages
    assert mail["Message-ID"].endswith("@xn--bcker-gra.example>")
    assert mail["From"].addresses[0].domain == "xn--bcker-gra.example"
    assert mail["Date"].datetime == NOW + timedelta(hours=9)
    assert mail["Date"].datetime.utcoffset() == timedelta(hours=1), "the hour of the house"


def test_what_waited_for_a_server_gets_its_name_when_there_is_one(world):
    Administration.objects.update(smtp={})
    debtor = debtor_of(world)
    send_statements(world.doer, [debtor])
    message = Message.objects.get()
    assert message.message_id.endswith("@beluur.localdomain")
    with_mail_server(world)
    resend_message(world.doer, message.id)
    assert Message.objects.get().message_id.endswith("@proef.example")


def test_nothing_is_added_after_it_was_made(world, smtp):
    """A signature of the mail server covers what we made: what is kept as .eml has the same headers, in the same order."""
    debtor = debtor_of(world)
    mailed(world, debtor, 0)
    mailed(world, debtor, 3)
    kept = message_file(world.id, Message.objects.latest("id").id).content
    ours = message_from_bytes(kept, policy=policy.default)
    ours_headers = [(k, v) for k, v in ours.items() if k not in ("Date", "Reply-To")]
    theirs = [(k, v) for k, v in smtp.messages[1].items() if not k.startswith("X-")]
    assert [pair for pair in theirs if pair[0] not in ("Date", "Reply-To")] == ours_headers


def test_a_call_and_what_follows_it_is_the_same_conversation(world, smtp):
    debtor = debtor_of(world)
    hold_call(world.doer, debtor, promise())
    assert handle_one(LATER)
    mailed(world, debtor, 5)
    first, second = smtp.messages
    assert ids(second["References"]) == [first["Message-ID"]]
