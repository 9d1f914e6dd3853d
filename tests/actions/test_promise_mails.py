"""Written once about a promise: *klopt dit?* when the confirmation was not answered (E3), and a note before an instalment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from beluur.actions.change_settings import change_policy
from beluur.actions.note_reply import note_reply
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.actions.send_next_message import handle_one
from beluur.actions.set_hold import set_hold
from beluur.actions.write_about_promise import write_about_promise
from beluur.actions.write_by_itself import write_by_itself
from beluur.domain.ladder import Approver, RungKind
from beluur.domain.promise_mail import PromiseMail, ask_on, note_on
from beluur.store.models import (
    Administration,
    Event,
    Instalment,
    Invoice,
    MailIn,
    Message,
    PersonalLink,
    Promise,
)
from tests.actions.calls import FRIDAY, hold_call, later, promise, with_mail_server
from tests.domain.ladders import edited
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db
TUESDAY_NIGHT = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
WEDNESDAY_NIGHT = TUESDAY_NIGHT + timedelta(days=1)
IN_DECEMBER = date(2026, 12, 11)


@pytest.fixture
def world(smtp) -> World:
    made = make_world()
    with_mail_server(made, smtp.port)
    return made


def promised(world: World, report=None, name: str = "Bakkerij Proefkruimel") -> int:
    """A promise made on Monday, of which the confirmation left."""
    debtor = world.debtor(name, phone="+31 20 123 45 00", email="an@example.org")
    world.invoice(debtor, f"F-{name[:3]}", 100_00, late=10)
    hold_call(world.doer, debtor, report or promise())
    assert handle_one(NOW + timedelta(seconds=31))
    return debtor


def night(world: World, now: datetime = WEDNESDAY_NIGHT) -> int:
    plan_next_steps(world.id, now)
    return write_by_itself(world.id, now)


def asked(kind: str = "ask_confirm") -> int:
    return Message.objects.filter(kind=kind).count()


@pytest.mark.parametrize(
    ("mailed", "asks"),
    [
        pytest.param(date(2026, 11, 23), date(2026, 11, 25), id="Monday: Tuesday is his, asked on Wednesday"),
        pytest.param(date(2026, 11, 20), date(2026, 11, 24), id="Friday: Monday is his"),
        pytest.param(
            date(2026, 12, 23), date(2026, 12, 28), id="before Christmas: the 24th is his, then no bank day"
        ),
    ],
)
def test_a_whole_banking_day_is_his(mailed, asks):
    assert ask_on(mailed) == asks


@pytest.mark.parametrize(
    ("due", "days", "noted"),
    [
        pytest.param(date(2026, 11, 27), 2, date(2026, 11, 25), id="in the week"),
        pytest.param(date(2026, 11, 30), 1, date(2026, 11, 27), id="over a weekend"),
        pytest.param(date(2026, 12, 28), 2, date(2026, 12, 23), id="over Christmas"),
    ],
)
def test_a_note_goes_banking_days_before(due, days, noted):
    assert note_on(due, days) == noted


def test_he_is_asked_exactly_once_in_the_same_conversation(world, smtp):
    debtor = promised(world)
    assert night(world, TUESDAY_NIGHT) == 0
    assert night(world) == 1
    assert night(world) == 0
    message = Message.objects.get(kind="ask_confirm")
    assert message.send_after == datetime(2026, 11, 25, 6, 0, tzinfo=UTC), "at seven, not in the night"
    assert handle_one(message.send_after)
    first, second = smtp.messages
    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["Auto-Submitted"] == "auto-generated"
    text = second.get_body(("plain",)).get_content().replace("\xa0", " ")
    assert "Klopt dit?" in text
    assert "€ 100,00" in text
    for days in range(1, 4):
        assert night(world, WEDNESDAY_NIGHT + timedelta(days=days)) == 0
    assert Event.objects.filter(debtor_id=debtor, kind="mail_sent").count() == 2


def test_its_page_confirms_the_same_agreement(world):
    Administration.objects.update(public_address="https://klant.example")
    promised(world)
    night(world)
    link = PersonalLink.objects.get(message__kind="ask_confirm")
    assert link.agreement == PersonalLink.objects.get(message__kind="confirmation").agreement


def answered_by_mail(world: World, debtor: int) -> None:
    at = NOW + timedelta(hours=2)
    MailIn.objects.create(
        administration_id=world.id, debtor_id=debtor, mail_id="a@b.example", kind="other", at=at
    )


MEANWHILE = {
    "he agreed": lambda world, debtor: note_reply(later(world.doer, hours=2), Promise.objects.get().id),
    "he wrote something that waits for a person": answered_by_mail,
    "the confirmation came back": lambda w, d: Message.objects.update(state="failed"),
    "nobody knows whether it left": lambda w, d: Message.objects.update(state="uncertain"),
    "the promise was withdrawn": lambda w, d: Promise.objects.update(active=False),
    "a colleague has still to grant it": lambda w, d: Promise.objects.update(reserved=True),
    "it is broken": lambda w, d: Instalment.objects.update(verdict="broken"),
    "a part came in": lambda w, d: Instalment.objects.update(verdict="partly"),
    "it is paid": lambda w, d: Invoice.objects.update(open_cents=0),
    "its day is there": lambda w, d: Instalment.objects.update(due=date(2026, 11, 25)),
    "he is on hold": lambda world, debtor: set_hold(
        world.doer, debtor_ids=[debtor], reason="overleg", until=None, today=TODAY
    ),
    "the house does not ask": lambda world, d: change_policy(world.doer, numbers={"ask_confirm": 0}),
    "a corrected confirmation waits to leave": lambda w, d: Message.objects.create(
        administration_id=w.id,
        debtor_id=d,
        call=Message.objects.get().call,
        kind="confirmation",
        subject="x",
        text="x",
        state="queued",
        message_id="nieuw@proef.example",
        send_after=NOW + timedelta(days=9),
        created_at=NOW + timedelta(hours=1),
    ),
}


@pytest.mark.parametrize("meanwhile", MEANWHILE.values(), ids=MEANWHILE)
def test_he_is_not_asked_when(world, meanwhile):
    debtor = promised(world)
    meanwhile(world, debtor)
    night(world)
    assert asked() == 0


def test_an_automatic_answer_is_none(world):
    debtor = promised(world)
    answered_by_mail(world, debtor)
    MailIn.objects.update(kind="automatic")
    night(world)
    assert asked() == 1


def test_what_was_answered_between_looking_and_writing_is_not_asked(world):
    debtor = promised(world)
    note_reply(later(world.doer, hours=2), Promise.objects.get().id)
    doer = World(world.administration, world.user, WEDNESDAY_NIGHT).doer
    assert not write_about_promise(doer, PromiseMail(debtor, Promise.objects.get().id, date(2026, 11, 25)))


def test_the_cap_of_the_night_and_one_message_a_day_hold_for_it_too(world):
    promised(world)
    promised(world, name="Slagerij Proefham")
    change_policy(world.doer, numbers={"mails_a_night": 1})
    assert night(world) == 1
    assert night(world) == 0
    assert night(world, WEDNESDAY_NIGHT + timedelta(hours=25)) == 1
    assert asked() == 2


# -- the note before an instalment --------------------------------------------------------------------------------------

PLAN = promise(50_00, FRIDAY, (IN_DECEMBER, 50_00))


def test_no_note_goes_unless_the_house_wants_it(world):
    promised(world, PLAN)
    change_policy(world.doer, numbers={"ask_confirm": 0})
    assert night(world, datetime(2026, 12, 9, 23, 30, tzinfo=UTC)) == 0


def test_a_note_goes_once_before_each_instalment_that_is_far_enough(world):
    promised(world, PLAN)
    change_policy(world.doer, numbers={"ask_confirm": 0, "note_before_days": 2})
    assert night(world, datetime(2026, 11, 24, 23, 30, tzinfo=UTC)) == 1
    assert night(world, datetime(2026, 11, 25, 23, 30, tzinfo=UTC)) == 0
    Message.objects.filter(kind="instalment_note").update(state="sent", sent_at=NOW)
    Instalment.objects.filter(number=1).update(verdict="kept")
    assert night(world, datetime(2026, 12, 7, 23, 30, tzinfo=UTC)) == 0
    assert night(world, datetime(2026, 12, 8, 23, 30, tzinfo=UTC)) == 1
    second = Message.objects.filter(kind="instalment_note").latest("id")
    assert second.facts["instalment"] == 2
    assert "11 december" in second.text
    assert asked("instalment_note") == 2


def test_a_missed_night_is_made_good_until_its_day(world):
    promised(world, PLAN)
    change_policy(world.doer, numbers={"ask_confirm": 0, "note_before_days": 3})
    assert night(world, datetime(2026, 11, 25, 23, 30, tzinfo=UTC)) == 1
    Message.objects.filter(kind="instalment_note").delete()
    assert night(world, datetime(2026, 11, 26, 23, 30, tzinfo=UTC)) == 0, "today it is due"


def test_who_promised_yesterday_needs_no_note(world):
    """Five banking days before Friday he had not promised yet, and on Tuesday it is still to come."""
    promised(world, promise())
    change_policy(world.doer, numbers={"ask_confirm": 0, "note_before_days": 5})
    assert night(world, TUESDAY_NIGHT) == 0
    Promise.objects.update(made_at=NOW - timedelta(days=9))
    assert night(world, TUESDAY_NIGHT) == 1, "who promised it long before is noted that night"


def test_what_is_collected_by_itself_is_not_noted(world):
    promised(world, PLAN)
    Promise.objects.update(way="direct_debit")
    change_policy(world.doer, numbers={"ask_confirm": 0, "note_before_days": 2})
    assert night(world, datetime(2026, 11, 24, 23, 30, tzinfo=UTC)) == 0


def test_a_reminder_of_the_ladder_and_a_note_are_one_message_a_day(world):
    from beluur.actions.save_ladder import save_ladder

    save_ladder(world.doer, edited(RungKind.REMINDER, approver=Approver.NOBODY))
    debtor = promised(world, PLAN)
    change_policy(world.doer, numbers={"note_before_days": 2})
    world.invoice(debtor, "F-2", 30_00, late=3)
    assert night(world) == 1
    assert Message.objects.exclude(kind="confirmation").count() == 1
