"""Of practice nothing leaves: what is put in its outbox is not sent, what got there all the same is not claimed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.change_message import resend_message
from beluur.actions.claim_message import claim_message
from beluur.actions.end_practice import end_practice
from beluur.actions.once import Doer
from beluur.actions.send_next_message import handle_one
from beluur.actions.send_papers import send_statements
from beluur.actions.start_practice import start_practice
from beluur.playbook.practice_texts import Character
from beluur.store.models import Administration, Call, Debtor, DebtorKey, Invoice, Message
from beluur.values.problem import Refused
from tests.actions.calls import with_mail_server
from tests.threads import at_once
from tests.web.mail_rows import make_mail
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


@pytest.fixture
def practice(world, smtp) -> World:
    """Where he practises; somebody gave it a mail server all the same."""
    start_practice(user_id=world.user.id, now=NOW, character=Character.EVASIVE)
    there = World(Administration.objects.get(kind="practice"), world.user)
    with_mail_server(there, smtp.port)
    return there


def test_a_mail_of_practice_is_not_sent_though_there_is_a_server(practice, smtp):
    debtor = Debtor.objects.filter(administration=practice.id).order_by("id")[0]
    send_statements(practice.doer, [debtor.id])
    message = Message.objects.get()
    assert (message.state, message.problem["code"]) == ("not_sent", "outbox.practice")
    with pytest.raises(Refused) as refused:
        resend_message(practice.doer, message.id)
    assert refused.value.sentence.code == "outbox.practice"
    assert not handle_one(SOON)
    assert smtp.messages == []


def test_what_waits_there_all_the_same_is_never_claimed_and_holds_up_nobody(practice, world, smtp):
    waiting = make_mail(practice, "queued")
    assert claim_message(SOON) is None
    with_mail_server(world, smtp.port)
    own = make_mail(world, "queued")
    assert handle_one(SOON)
    assert not handle_one(SOON)
    own.refresh_from_db()
    waiting.refresh_from_db()
    assert (own.state, waiting.state) == ("sent", "queued")
    assert len(smtp.messages) == 1


def test_the_dossier_that_is_called_begins_anew_and_the_others_stay(practice, world):
    before = set(Debtor.objects.values_list("id", flat=True))
    start_practice(user_id=world.user.id, now=SOON, character=Character.ANGRY)
    after = set(Debtor.objects.values_list("id", flat=True))
    assert (len(before), len(after), len(before & after)) == (6, 6, 5)
    assert DebtorKey.objects.filter(kind="number").count() == 6
    assert set(Invoice.objects.values_list("debtor_id", flat=True)) == after


@pytest.mark.parametrize(
    ("state", "mine"),
    [
        pytest.param("left", True, id="that is over"),
        pytest.param("open", False, id="of a colleague"),
    ],
)
def test_a_call_is_not_ended(practice, world, state, mine):
    call = Call.objects.get()
    Call.objects.update(state=state)
    who = world.user.id if mine else world.user.id + 1
    with pytest.raises(Refused):
        end_practice(Doer(practice.id, SOON, who, "Eva"), call.id, {"talk": {}})
    assert Call.objects.get().review == {}


def test_a_real_call_is_not_ended_as_practice(world):
    debtor = world.debtor()
    call = Call.objects.create(
        administration=world.administration,
        debtor_id=debtor,
        caller=world.user,
        opened_at=NOW,
        lease_until=SOON,
    )
    with pytest.raises(Refused):
        end_practice(world.doer, call.id, {"talk": {}})
    call.refresh_from_db()
    assert (call.state, call.review) == ("open", {})


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_make_one_administration_and_one_call(world):
    def begin() -> None:
        start_practice(user_id=world.user.id, now=NOW, character=Character.STRANGER)

    assert at_once(begin, begin) == [None, None]
    assert Administration.objects.filter(kind="practice").count() == 1
    assert Debtor.objects.count() == 6
    assert Call.objects.filter(state="open").count() == 1
