"""A colleague is asked how a delivery went, and his answer stands with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from beluur.actions.answer_delivery import answer_delivery
from beluur.actions.ask_delivery import DeliveryQuestion, ask_delivery
from beluur.actions.correct_call import correct_call
from beluur.actions.send_next_message import handle_one
from beluur.domain.call_report import CallReport
from beluur.domain.case import Outcome
from beluur.queries.delivery_mail import to_ask
from beluur.store.models import Administration, Debtor, Invoice, Message, Task, User
from beluur.values.problem import Refused
from tests.actions.calls import at, hold_call, timeline, with_mail_server
from tests.rows import make_user
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
QUESTION = "Zijn alle zes dozen droog aangekomen?"


@pytest.fixture
def world() -> World:
    world = make_world()
    with_mail_server(world)
    return world


@pytest.fixture
def kees(world: World) -> User:
    return make_user(world.administration, role="caller", name="Kees Magazijn", email="kees@example.org")


@pytest.fixture
def debtor(world: World) -> int:
    return world.debtor(responsible="kees magazijn")


@pytest.fixture
def invoice(world: World, debtor: int) -> int:
    return world.invoice(debtor, "F1", 500_00)


def ask(world: World, debtor: int, **asking: Any):
    return ask_delivery(world.doer, debtor_id=debtor, asking=DeliveryQuestion(QUESTION, **asking))


def test_a_colleague_gets_it_in_his_mail_and_on_his_list(world, debtor, invoice, kees, smtp):
    with_mail_server(world, smtp.port)
    asked = ask(world, debtor, user_id=kees.id, invoice_id=invoice)
    task = Task.objects.get(id=asked.task_id)
    assert (task.kind, task.owner_id, task.asked) == ("delivery", kees.id, "Kees Magazijn")
    assert task.at == at(TODAY + timedelta(days=2), 17)  # Wednesday: two working days from Monday
    assert handle_one(NOW + timedelta(seconds=31))
    mail = smtp.messages[0]
    assert (mail["To"], mail["Subject"]) == (
        "Kees Magazijn <kees@example.org>",
        "Hoe ging de levering aan Bakkerij Proefkruimel?",
    )
    body = mail.get_body(("plain",)).get_content()
    assert [
        words
        for words in ("Beste Kees Magazijn,", QUESTION, "factuur F1", "woensdag 25 november 2026")
        if words not in body
    ] == []


def test_who_has_no_account_is_asked_at_his_address_and_the_asker_keeps_it(world, debtor, invoice):
    asked = ask(world, debtor, name="Tim Transport", to="tim@transport.example")
    task, message = Task.objects.get(), Message.objects.get(id=asked.message_id)
    assert (task.owner_id, task.asked, message.to) == (
        world.user.id,
        "Tim Transport",
        "tim@transport.example",
    )
    assert (message.kind, message.state) == ("delivery_question", "held")


def test_over_a_weekend_two_working_days_are_four(world, debtor, invoice):
    world.now = NOW + timedelta(days=4)  # Friday
    ask(world, debtor, name="Tim", to="tim@transport.example")
    assert Task.objects.get().at == at(TODAY + timedelta(days=8), 17)


WRONG = [
    pytest.param({"name": "", "to": "x@example.org"}, "user", id="nobody"),
    pytest.param({"name": "Tim"}, "to", id="somebody without an address"),
    pytest.param({"user_id": 99_999}, "user", id="a colleague who is none"),
    pytest.param(
        {"name": "Tim", "to": "x@example.org", "invoice_id": 99_999}, "invoice", id="an invoice of nobody"
    ),
]


@pytest.mark.parametrize(("asking", "field"), WRONG)
def test_nothing_is_asked_of_or_about(asking, field, world, debtor):
    with pytest.raises(Refused) as refused:
        ask(world, debtor, **asking)
    assert refused.value.field == field
    assert (Task.objects.count(), Message.objects.count()) == (0, 0)


def test_the_question_stands_when_the_mail_cannot_leave(world, debtor, invoice):
    Administration.objects.update(smtp={})
    asked = ask(world, debtor, name="Tim", to="tim@transport.example")
    assert Message.objects.get(id=asked.message_id).state == "not_sent"
    assert Task.objects.get().done_at is None


ABOUT = [
    pytest.param(True, id="of the invoice when it was about one"),
    pytest.param(False, id="of the debtor when it was about him"),
]


@pytest.mark.parametrize("of_invoice", ABOUT)
def test_the_answer_is_the_delivery(of_invoice, world, debtor, invoice):
    Debtor.objects.update(responsible="")
    asked = ask(world, debtor, name="Tim", to="t@example.org", invoice_id=invoice if of_invoice else None)
    answer_delivery(
        world.doer, task_id=asked.task_id, note="Zes dozen, twee nat. Bon getekend op 12 oktober."
    )
    rows = [Invoice.objects.get(), Debtor.objects.get()]
    notes = [(row.delivery_note, row.responsible) for row in rows]
    told = ("Zes dozen, twee nat. Bon getekend op 12 oktober.", "Tim")
    assert notes == ([told, ("", "")] if of_invoice else [("", ""), told])
    assert Task.objects.get().done_at == NOW
    assert timeline(debtor)[-1] == "Tim zegt hoe de levering ging"
    with pytest.raises(Refused):
        answer_delivery(world.doer, task_id=asked.task_id, note="nog eens")


def test_an_empty_answer_is_none(world, debtor, invoice):
    asked = ask(world, debtor, name="Tim", to="t@example.org")
    with pytest.raises(Refused) as refused:
        answer_delivery(world.doer, task_id=asked.task_id, note=" ")
    assert refused.value.field == "note"


def test_who_was_responsible_is_found_among_the_colleagues(world, debtor, invoice, kees):
    assert to_ask(world.id, debtor).user_id == kees.id
    Invoice.objects.update(responsible="Tim Transport")
    found = to_ask(world.id, debtor, invoice)
    assert (found.user_id, found.name) == (None, "Tim Transport")


def test_another_house_neither_asks_nor_answers(world, debtor, invoice):
    asked = ask(world, debtor, name="Tim", to="t@example.org")
    other = make_world("ander")
    with pytest.raises(Debtor.DoesNotExist):
        ask_delivery(
            other.doer, debtor_id=debtor, asking=DeliveryQuestion(QUESTION, name="T", to="t@example.org")
        )
    with pytest.raises(Task.DoesNotExist):
        answer_delivery(other.doer, task_id=asked.task_id, note="x")


def test_a_call_that_is_put_right_leaves_the_question_standing(world, debtor, invoice):
    call = hold_call(world.doer, debtor, CallReport(Outcome.REACHED, received="yes")).call_id
    asking = DeliveryQuestion(QUESTION, name="Tim", to="t@example.org")
    ask_delivery(world.doer, debtor_id=debtor, asking=asking, call_id=call)
    correct_call(world.doer, call, CallReport(Outcome.BUSY), why="x")
    assert (Task.objects.get().kind, Task.objects.get().done_at) == ("delivery", None)
