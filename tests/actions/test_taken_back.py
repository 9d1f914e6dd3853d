"""What was booked or named wrongly harms nobody's agreement: a payment taken back, ids that are another's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.end_call import ReportRefused, end_call
from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.domain.call_report import CallReport, ContactChange, DisputeSaid
from beluur.domain.case import Outcome
from beluur.store.models import Call, Contact, Debtor, Instalment, Promise
from tests.actions.calls import hold_call, later, opened, promise
from tests.world import TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world() -> World:
    return make_world()


def debtor_with(world: World, name: str, number: str) -> tuple[int, int]:
    """A debtor with one invoice of 100: both ids."""
    debtor = world.debtor(name, phone="020 123 45 01")
    return debtor, world.invoice(debtor, number, 100_00)


def test_a_promise_stands_again_when_the_payment_that_kept_it_was_a_mistake(world: World) -> None:
    debtor, invoice = debtor_with(world, "Verzonnen BV", "A1")
    hold_call(world.doer, debtor, promise(100_00), incoming=True)
    payment = record_payment(
        later(world.doer, hours=1),
        debtor_id=debtor,
        day=TODAY,
        cents=100_00,
        today=TODAY,
        invoice_ids=[invoice],
    )
    assert Promise.objects.get().ended_because == "kept"
    reverse_payment(later(world.doer, hours=2), payment_id=payment, reason="verkeerde debiteur")
    assert Promise.objects.get().active
    assert Instalment.objects.get().verdict == "open"
    assert Debtor.objects.get(id=debtor).step == "wait_promise"


def test_what_was_taken_back_does_not_make_a_later_payment_come_in_time(world: World) -> None:
    debtor, invoice = debtor_with(world, "Verzonnen BV", "A1")
    hold_call(world.doer, debtor, promise(100_00), incoming=True)
    control = Instalment.objects.get().control
    pay = {"debtor_id": debtor, "cents": 100_00, "invoice_ids": [invoice]}
    mistake = record_payment(later(world.doer, hours=1), day=TODAY, today=TODAY, **pay)
    reverse_payment(later(world.doer, hours=2), payment_id=mistake, reason="verkeerde debiteur")
    after = control + timedelta(days=1)
    record_payment(later(world.doer, days=(after - TODAY).days), day=after, today=after, **pay)
    assert Instalment.objects.get().verdict == "late"


def test_a_promise_replaces_only_one_of_the_same_debtor(world: World) -> None:
    debtor, _ = debtor_with(world, "Verzonnen BV", "A1")
    other, _ = debtor_with(world, "Andere BV", "B1")
    hold_call(world.doer, other, promise(100_00), incoming=True)
    theirs = Promise.objects.get()
    with pytest.raises(ReportRefused) as refused:
        hold_call(world.doer, debtor, promise(100_00, replaces=theirs.id), incoming=True)
    assert refused.value.sentence.code == "call.promise_gone"
    assert Promise.objects.get().active


def test_ids_of_another_administration_do_nothing(world: World) -> None:
    neighbour = make_world("ander", "Ander")
    theirs, their_invoice = debtor_with(neighbour, "Andere BV", "B1")
    their_contact = neighbour.contact(theirs)
    debtor, _ = debtor_with(world, "Verzonnen BV", "A1")
    call = opened(world.doer, debtor, incoming=True)
    answer_by = TODAY + timedelta(days=3)
    dispute = DisputeSaid(((their_invoice, None),), "quality", "kapot", "", answer_by)
    for report in (
        promise(100_00, invoice_ids=(their_invoice,)),
        CallReport(Outcome.REACHED, received="no", dispute=dispute),
    ):
        with pytest.raises(ReportRefused):
            end_call(world.doer, call, report)
    changed = ContactChange(their_contact, name="Gekaapt")
    end_call(
        world.doer,
        call,
        CallReport(Outcome.REACHED, received="yes", contact_id=their_contact, contacts=(changed,)),
    )
    assert Contact.objects.get(id=their_contact).name == "An Voorbeeld"
    assert Call.objects.get(id=call).contact_id is None
