"""What came in of one debtor these days, and what may be his."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.queries.came_in import came_in, perhaps_his
from beluur.store.models import Payment
from beluur.values.money import Money
from beluur.web.came_words import came_words
from tests.actions.calls import later
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def paid(world: World, day: date, *, days_ago: int = 0) -> tuple[int, int]:
    """A debtor who paid 100 on ``day``, entered so many days ago: his id and the payment's."""
    debtor = world.debtor()
    world.invoice(debtor, "F1", 150_00, late=60, as_of=TODAY - timedelta(days=90))
    doer = later(world.doer, days=-days_ago)
    return debtor, record_payment(doer, debtor_id=debtor, day=day, cents=100_00, today=TODAY)


CASES = [
    pytest.param(TODAY, 0, True, id="paid and known today"),
    pytest.param(TODAY - timedelta(days=3), 3, True, id="paid three days ago"),
    pytest.param(TODAY - timedelta(days=4), 4, False, id="paid and known four days ago is no news"),
    pytest.param(TODAY - timedelta(days=7), 0, True, id="paid a week ago but only known today"),
    pytest.param(
        TODAY - timedelta(days=30), 0, False, id="an old statement that is read in today is no news"
    ),
]


@pytest.mark.parametrize(("day", "days_ago", "news"), CASES)
def test_what_is_news(day, days_ago, news, world, guard_queries):
    debtor, _ = paid(world, day, days_ago=days_ago)
    with guard_queries():
        found = came_in(world.id, debtor, NOW, TODAY)
    assert [(c.amount, c.booked_on, c.numbers) for c in found] == [(Money(100_00), day, ("F1",))] * news


def test_what_was_taken_back_did_not_come_in(world):
    debtor, payment = paid(world, TODAY)
    reverse_payment(later(world.doer, hours=1), payment_id=payment, reason="vergissing")
    assert came_in(world.id, debtor, later(world.doer, hours=2).at, TODAY) == ()


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        pytest.param(0, "came.this_morning", id="taken in before noon: this morning"),
        pytest.param(-24, "came.on", id="taken in yesterday: on its day"),
        pytest.param(5, "came.today", id="taken in after noon: today"),
    ],
)
def test_when_it_came_is_said_as_people_say_it(hours, code, world):
    debtor, payment = paid(world, TODAY)
    Payment.objects.filter(id=payment).update(at=NOW + timedelta(hours=hours))
    [came] = came_in(world.id, debtor, NOW, TODAY)
    assert came_words(came, NOW)[0].code == code


def test_what_may_be_his_is_told_announced_or_booked(world, guard_queries):
    debtor = world.debtor()
    for state, cents in (("pending", 10_00), ("proposed", 20_00)):
        Payment.objects.create(
            administration_id=world.id,
            perhaps_id=debtor,
            amount_cents=cents,
            left_cents=cents,
            booked_on=TODAY,
            state=state,
            at=NOW,
        )
    with guard_queries():
        found = perhaps_his(world.id, debtor)
    assert [(p.amount, p.announced) for p in found] == [(Money(20_00), False), (Money(10_00), True)]
    assert perhaps_his(make_world("ander").id, debtor) == ()
