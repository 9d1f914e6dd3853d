"""Somebody is vulnerable: nothing goes out any more, and somebody looks (J11)."""

from __future__ import annotations

import pytest

from beluur.actions.make_letters import make_letters
from beluur.actions.send_papers import send_statements
from beluur.actions.send_reminders import send_reminders
from beluur.actions.set_stop import lift_stop, set_stop
from beluur.domain.call_report import CallReport
from beluur.domain.case import Outcome, Stop
from beluur.store.models import Debtor, Letter, Message, Task
from tests.actions.calls import hold_call, with_mail_server
from tests.calls_world import consumer
from tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = make_world()
    with_mail_server(made)
    return made


@pytest.fixture
def debtor(world: World) -> int:
    made = consumer(world)
    Debtor.objects.filter(id=made).update(
        email="w@example.org", street="Dreef 1", city="Gent", postcode="9000"
    )
    return made


def marked(world: World, debtor: int) -> None:
    set_stop(world.doer, debtor_id=debtor, stop=Stop.VULNERABLE, reason="de dochter schreef")


def in_a_call(world: World, debtor: int) -> None:
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, stop=Stop.VULNERABLE, send=False))


MARKED = pytest.mark.parametrize("mark", [marked, in_a_call], ids=["from the dossier", "in a call"])


@MARKED
def test_a_mail_that_waits_is_taken_back(world, debtor, mark):
    send_reminders(world.doer, [debtor], level=1)
    assert Message.objects.get().state == "held"
    mark(world, debtor)
    assert Message.objects.get().state == "withdrawn"


@MARKED
def test_a_letter_that_was_not_posted_is_taken_back(world, debtor, mark):
    make_letters(world.doer, [debtor])
    assert Letter.objects.get().state == "ready"
    mark(world, debtor)
    assert Letter.objects.get().state == "withdrawn"


@MARKED
def test_somebody_is_asked_to_look_once_and_not_any_more_when_it_may_go_on(world, debtor, mark):
    mark(world, debtor)
    set_stop(world.with_key("again"), debtor_id=debtor, stop=Stop.VULNERABLE, reason="nog eens gehoord")
    assert Task.objects.get(done_at=None).kind == "human_first"
    lift_stop(world.with_key("on"), debtor_id=debtor, reason="de erfgenamen betalen")
    assert not Task.objects.filter(done_at=None)


def test_no_statement_goes_to_whom_nothing_is_asked_of(world, debtor):
    marked(world, debtor)
    sent = send_statements(world.with_key("statement"), [debtor])
    assert [(i, why.code) for i, why in sent.left_out] == [(debtor, "outbox.stopped")]
    assert not Message.objects.exists()
