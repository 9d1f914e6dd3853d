"""What a person took off stays off: it is proposed again and booked by nobody else. A return that was none is undone by rows."""

from __future__ import annotations

import pytest

from beluur.actions.bank.assign import accept_proposal, set_aside, take_back_assignment
from beluur.actions.bank.explain_waiting import explain_waiting
from beluur.actions.bank.undo_return import take_back_return
from beluur.actions.record_payment import record_payment
from beluur.store.models import Allocation, DebtorKey, Invoice, Payment
from beluur.values.problem import Refused
from tests.bank_world import Morning, make_morning
from tests.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning() -> Morning:
    return make_morning(make_world())


def open_of(number: str) -> int:
    return Invoice.objects.get(number=number).open_cents


def test_what_was_certain_and_taken_back_is_proposed_and_not_booked_again(morning):
    doer, payment = morning.world.doer, morning.certain
    take_back_assignment(doer, payment_id=payment.id)
    explain_waiting(doer)
    payment.refresh_from_db()
    assert (payment.state, payment.left_cents, payment.debtor_id) == ("proposed", 12_340_50, None)
    assert payment.perhaps_id == morning.bouw
    assert open_of("2026-0118") == 12_340_50
    accept_proposal(doer, payment_id=payment.id)
    payment.refresh_from_db()
    assert (payment.state, open_of("2026-0118")) == ("explained", 0)


def test_what_was_set_aside_by_mistake_has_its_proposals_again(morning):
    doer, payment = morning.world.doer, morning.two_ways
    set_aside(doer, payment_id=payment.id)
    take_back_assignment(doer, payment_id=payment.id)
    payment.refresh_from_db()
    assert payment.state == "proposed"
    assert len(payment.proposal["choices"]) == 2


def test_when_only_the_rest_was_set_aside_only_that_waits_again(morning):
    doer, payment = morning.world.doer, morning.over
    set_aside(doer, payment_id=payment.id)
    take_back_assignment(doer, payment_id=payment.id)
    payment.refresh_from_db()
    assert (payment.state, payment.left_cents, payment.perhaps_id) == ("rest", 100_00, morning.transport)
    assert open_of("2026-0121") == 0


def test_the_costs_of_the_bank_are_not_set_aside_again_behind_his_back(morning):
    take_back_assignment(morning.world.doer, payment_id=morning.costs.id)
    explain_waiting(morning.world.doer)
    assert morning.costs.state == "unexplained"


def test_what_was_learnt_from_a_mistake_is_forgotten(morning):
    doer, payment = morning.world.doer, morning.alike
    accept_proposal(doer, payment_id=payment.id)
    assert DebtorKey.objects.filter(kind="payer", value=payment.iban).exists()
    take_back_assignment(doer, payment_id=payment.id)
    assert not DebtorKey.objects.filter(kind="payer", value=payment.iban).exists()


def test_a_return_that_was_none_is_undone(morning):
    doer, back = morning.world.doer, morning.back
    accept_proposal(doer, payment_id=back.id, choice=1)
    taken = Payment.objects.get(taken_back_by=back)
    number = Allocation.objects.filter(payment=taken).values_list("invoice__number", flat=True)[0]
    assert open_of(number) == 605_00

    take_back_return(doer, payment_id=back.id)
    back.refresh_from_db()
    assert (back.state, back.takes_back_id, open_of(number)) == ("proposed", None, 0)
    assert len(back.proposal["returns"]) == 2
    assert sum(Allocation.objects.filter(payment=back).values_list("cents", flat=True)) == 0
    accept_proposal(doer, payment_id=back.id, choice=1)
    assert open_of(number) == 605_00


def test_a_return_is_not_undone_when_another_paid_meanwhile(morning):
    doer, back = morning.world.doer, morning.back
    accept_proposal(doer, payment_id=back.id)
    taken = Payment.objects.get(taken_back_by=back)
    invoice = Invoice.objects.get(
        id=Allocation.objects.filter(payment=taken).values_list("invoice_id", flat=True)[0]
    )
    facts = {"debtor_id": invoice.debtor_id, "day": doer.at.date(), "today": doer.at.date(), "counted": False}
    record_payment(doer, **facts, cents=invoice.open_cents, invoice_ids=[invoice.id])
    with pytest.raises(Refused) as no:
        take_back_return(doer, payment_id=back.id)
    assert no.value.sentence.code == "by_hand.open_changed"
    back.refresh_from_db()
    assert back.takes_back_id


def test_what_takes_nothing_back_is_refused(morning):
    with pytest.raises(Refused):
        take_back_return(morning.world.doer, payment_id=morning.costs.id)
