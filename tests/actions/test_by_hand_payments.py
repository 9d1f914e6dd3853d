"""Payments: only what came in after the stated open amount lowers it, never more than is open, reversed by rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.domain.booking import Payable, book
from beluur.store.models import Allocation, Invoice, Payment
from beluur.values.problem import Refused
from tests.examples import examples
from tests.world import TODAY, World, make_world

KNOWN_TO = TODAY - timedelta(days=3)  # as in World.invoice
LATER, SAME, BEFORE = TODAY, KNOWN_TO, KNOWN_TO - timedelta(days=1)


@pytest.fixture
def world(db) -> World:
    return make_world()


def pay(world: World, debtor_id: int, cents: int, day=LATER, **more) -> int:
    return record_payment(world.doer, debtor_id=debtor_id, day=day, cents=cents, today=TODAY, **more)


def opens(debtor_id: int) -> list[int]:
    return list(
        Invoice.objects.filter(debtor_id=debtor_id).order_by("number").values_list("open_cents", flat=True)
    )


def test_the_oldest_is_paid_first_and_what_is_left_stays_on_the_payment(world):
    i = world.debtor()
    world.invoice(i, "F1", 300, late=5)
    world.invoice(i, "F2", 200, late=20)
    payment = pay(world, i, 600)
    assert opens(i) == [0, 0]
    assert Allocation.objects.filter(payment_id=payment).aggregate(s=Sum("cents"))["s"] == 500
    assert [part.invoice.number for part in Allocation.objects.order_by("id")] == ["F2", "F1"]
    assert Invoice.objects.get(number="F1").closed_because == "paid"


def test_chosen_invoices_are_paid_and_no_other(world):
    i = world.debtor()
    world.invoice(i, "F1", 300, late=20)
    chosen = world.invoice(i, "F2", 200, late=5)
    pay(world, i, 250, invoice_ids=[chosen])
    assert opens(i) == [300, 0]


def test_an_invoice_of_another_cannot_be_chosen(world):
    i, j = world.debtor("A"), world.debtor("B")
    his = world.invoice(j, "F9")
    with pytest.raises(Refused) as no:
        pay(world, i, 100, invoice_ids=[his])
    assert no.value.field == "invoice_ids"


def test_an_earlier_payment_is_history_and_lowers_nothing(world):
    i = world.debtor()
    world.invoice(i, "F1", 1000, open_cents=400)
    payment = pay(world, i, 700, day=BEFORE)
    assert opens(i) == [400]
    part = Allocation.objects.get(payment_id=payment)
    assert (part.cents, part.lowers) == (600, False)
    pay(world, i, 700, day=BEFORE)
    assert Allocation.objects.count() == 1, "what was paid before is linked once"


@pytest.mark.parametrize("as_of", [SAME, None], ids=["the same day", "an unknown day"])
def test_it_asks_about(world, as_of):
    i = world.debtor()
    world.invoice(i, "F1", 1000, open_cents=400, as_of=as_of)
    with pytest.raises(Refused) as question:
        pay(world, i, 100, day=SAME)
    assert question.value.field == "counted"
    assert not Payment.objects.exists()
    pay(world, i, 100, day=SAME, counted=True)
    assert opens(i) == [400]
    pay(world, i, 100, day=SAME, counted=False)
    assert opens(i) == [300]


def test_a_payment_to_come_is_refused(world):
    with pytest.raises(Refused) as no:
        pay(world, world.debtor(), 100, day=TODAY + timedelta(days=1))
    assert no.value.field == "day"


def test_a_reversal_is_a_row_and_gives_back_what_was_lowered(world):
    i = world.debtor()
    world.invoice(i, "F1", 300)
    payment = pay(world, i, 300)
    reverse_payment(world.doer, payment_id=payment, reason="gestorneerd")
    assert opens(i) == [300]
    assert Invoice.objects.get().closed_on is None
    assert Payment.objects.aggregate(s=Sum("amount_cents"))["s"] == 0
    assert Allocation.objects.aggregate(s=Sum("cents"))["s"] == 0
    with pytest.raises(Refused):
        reverse_payment(world.doer, payment_id=payment, reason="nog eens")


def test_a_payment_that_a_later_export_holds_gives_nothing_back(world):
    i = world.debtor()
    world.invoice(i, "F1", 300)
    payment = pay(world, i, 100, day=TODAY - timedelta(days=1))
    Invoice.objects.update(stated_open_cents=200, open_cents=200, booked_cents=0, as_of=TODAY)
    reverse_payment(world.doer, payment_id=payment, reason="vergissing")
    assert opens(i) == [200]


steps = st.lists(
    st.tuples(st.sampled_from(["pay", "reverse"]), st.integers(1, 900), st.sampled_from([LATER, SAME, BEFORE]),
              st.booleans(), st.integers(0, 5)),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    amounts=st.lists(st.tuples(st.integers(1, 500), st.integers(0, 100)), min_size=1, max_size=4), steps=steps
)
def test_open_is_always_what_was_stated_less_what_was_booked(transactional_world, amounts, steps):
    world = transactional_world()
    i = world.debtor()
    for n, (cents, share) in enumerate(amounts):
        world.invoice(i, f"F{n}", cents, open_cents=cents * share // 100, late=n)
    made: list[int] = []
    for what, cents, day, counted, which in steps:
        if what == "pay":
            made.append(pay(world, i, cents, day=day, counted=counted))
        elif made:
            payment = made[which % len(made)]
            if not Payment.objects.filter(reverses_id=payment).exists():
                reverse_payment(world.doer, payment_id=payment, reason="proef")
        for invoice in Invoice.objects.filter(debtor_id=i):
            lowered = invoice.allocations.filter(lowers=True).aggregate(s=Sum("cents"))["s"] or 0
            assert invoice.open_cents == invoice.stated_open_cents - invoice.booked_cents
            assert invoice.booked_cents == lowered
            assert 0 <= invoice.open_cents <= invoice.stated_open_cents
        for payment in Payment.objects.filter(debtor_id=i):
            parts = payment.allocations.aggregate(s=Sum("cents"))["s"] or 0
            assert abs(parts) <= abs(payment.amount_cents)


@pytest.fixture
def transactional_world(db):
    """A new administration for each example."""
    count = iter(range(1000))
    return lambda: make_world(f"proef-{next(count)}")


@given(
    cents=st.integers(1, 10_000),
    invoices=st.lists(
        st.builds(
            Payable,
            st.integers(1, 9),
            st.integers(0, 3000),
            st.sampled_from([None, BEFORE, SAME, LATER]),
            st.integers(-10, 3000),
        ),
        max_size=6,
    ),
    counted=st.sampled_from([None, True, False]),
)
def test_a_booking_adds_up_to_the_payment(cents, invoices, counted):
    booking = book(cents, SAME, invoices, counted=counted)
    assert sum(p.cents for p in booking.parts) + booking.left_cents == cents
    assert all(p.cents > 0 for p in booking.parts)
    assert not (booking.ask and booking.parts)
