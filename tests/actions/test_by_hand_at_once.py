"""Two people at one debtor: nothing is booked twice, nothing gets lost, and a form sent twice is one form."""

from __future__ import annotations

import itertools

import pytest
from django.db.models import Sum

from beluur.actions.add_debtor import add_debtor
from beluur.actions.add_note import add_note
from beluur.actions.debtor_facts import DebtorFacts
from beluur.actions.merge_debtors import merge_debtors
from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.store.models import Allocation, Debtor, Event, Invoice, Merge, Payment
from beluur.values.problem import Refused
from tests.threads import at_once
from tests.world import TODAY, World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def world() -> World:
    return make_world()


def test_two_payments_never_lower_more_than_is_open(world):
    i = world.debtor()
    world.invoice(i, "F1", 1000)
    pay = lambda: record_payment(world.doer, debtor_id=i, day=TODAY, cents=700, today=TODAY)  # noqa: E731
    results = at_once(pay, pay, pay)
    assert [r for r in results if isinstance(r, Exception)] == []
    invoice = Invoice.objects.get()
    assert (invoice.open_cents, invoice.booked_cents) == (0, 1000)
    assert Allocation.objects.aggregate(s=Sum("cents"))["s"] == 1000


def test_one_form_sent_three_times_is_one_payment(world):
    i = world.debtor()
    world.invoice(i, "F1", 1000)
    pay = lambda: record_payment(world.with_key("k"), debtor_id=i, day=TODAY, cents=300, today=TODAY)  # noqa: E731
    assert len(set(at_once(pay, pay, pay))) == 1
    assert Payment.objects.count() == 1


def test_a_payment_is_reversed_once(world):
    i = world.debtor()
    world.invoice(i, "F1", 1000)
    payment = record_payment(world.doer, debtor_id=i, day=TODAY, cents=300, today=TODAY)
    back = lambda: reverse_payment(world.doer, payment_id=payment, reason="dubbel")  # noqa: E731
    results = at_once(back, back)
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert Invoice.objects.get().open_cents == 1000


def test_notes_of_three_people_stand_in_one_unbroken_chain(world):
    i = world.debtor()
    notes = [lambda n=n: add_note(world.doer, debtor_id=i, text=f"notitie {n}") for n in range(3)]
    assert at_once(*notes) == [None, None, None]
    events = list(Event.objects.filter(debtor_id=i).order_by("seq"))
    assert [e.seq for e in events] == [1, 2, 3, 4]
    assert all(later.previous_hash == earlier.hash for earlier, later in itertools.pairwise(events))


def test_two_debtors_are_not_merged_into_each_other(world):
    a, b = world.debtor("A"), world.debtor("B")
    results = at_once(
        lambda: merge_debtors(world.doer, kept_id=a, gone_id=b),
        lambda: merge_debtors(world.doer, kept_id=b, gone_id=a),
    )
    assert Merge.objects.count() == 1, results
    assert Debtor.objects.filter(merged_into=None).count() == 1


def test_one_new_debtor_for_a_form_sent_twice(world):
    add = lambda: add_debtor(world.with_key("d"), facts=DebtorFacts(name="Dubbelklik"))  # noqa: E731
    assert len(set(at_once(add, add))) == 1
    assert Debtor.objects.count() == 1
