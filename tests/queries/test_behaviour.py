"""How customers paid, as the books know it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.domain.behaviour import Paid
from beluur.queries.behaviour import behaviour_of, behaviours
from beluur.store.models import Instalment, Invoice, Promise
from beluur.values.money import Money
from beluur.web.templatetags.behaviour import LINE, SHOWN, picture
from beluur.words import render
from tests.actions.calls import later
from tests.morning import promise
from tests.world import TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def closed(world: World, debtor: int, number: str, *, late: int, **more: object) -> int:
    """An invoice that was due forty days ago and closed so many days after."""
    due = TODAY - timedelta(days=40)
    invoice = world.invoice(debtor, number, 100_00, due=due)
    known = {"open_cents": 0, "closed_on": due + timedelta(days=late), "closed_because": "paid"}
    Invoice.objects.filter(id=invoice).update(**known | more)
    return invoice


def days(world: World, debtor: int) -> list[int]:
    return [p.days_late for p in behaviour_of(world.id, debtor, TODAY).paid]


def test_it_is_paid_on_the_day_of_its_last_payment(world):
    debtor = world.debtor()
    due = TODAY - timedelta(days=40)
    invoice = world.invoice(debtor, "F1", 100_00, due=due, as_of=due)
    for late, cents in ((3, 40_00), (9, 60_00)):
        day = due + timedelta(days=late)
        record_payment(world.doer, debtor_id=debtor, day=day, cents=cents, today=TODAY, invoice_ids=[invoice])
    assert behaviour_of(world.id, debtor, TODAY).paid == (Paid(due, due + timedelta(days=9), 100_00),)


def test_what_an_export_no_longer_names_was_paid_by_then(world):
    debtor = world.debtor()
    closed(world, debtor, "F1", late=12, closed_because="gone")
    assert days(world, debtor) == [12]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"closed_because": "written_off"}, id="written off is not paid"),
        pytest.param({"closed_because": "credited"}, id="credited is not paid"),
        pytest.param({"due": None}, id="without a due date nothing is late"),
        pytest.param({"amount_cents": -100_00}, id="a credit note is not paid"),
        pytest.param({"closed_on": TODAY - timedelta(days=400)}, id="more than a year ago"),
    ],
)
def test_what_does_not_count(fields, world):
    debtor = world.debtor()
    closed(world, debtor, "F1", late=5, **fields)
    assert days(world, debtor) == []


def test_a_payment_that_was_taken_back_paid_nothing(world):
    debtor = world.debtor()
    invoice = world.invoice(debtor, "F1", 100_00, late=20, as_of=TODAY - timedelta(days=30))
    payment = record_payment(world.doer, debtor_id=debtor, day=TODAY, cents=100_00, today=TODAY)
    assert len(days(world, debtor)) == 1
    reverse_payment(later(world.doer, hours=1), payment_id=payment, reason="vergissing")
    assert Invoice.objects.get(id=invoice).open_cents == Money(100_00).cents
    assert days(world, debtor) == []


def test_promises_count_once_they_are_judged_and_not_when_corrected(world):
    debtor = world.debtor()
    world.invoice(debtor, "F1", 500_00)
    for verdict in ("kept", "kept", "broken", "open", "kept"):
        made = promise(world, debtor, 100_00)
        Instalment.objects.filter(promise_id=made).update(verdict=verdict)
    Promise.objects.filter(id=made).update(ended_because="corrected")
    known = behaviour_of(world.id, debtor, TODAY)
    assert (known.kept, known.made) == (2, 3)


def test_many_are_asked_for_in_two_queries(world, count_queries, guard_queries):
    ids = [world.debtor(f"Klant {n}") for n in range(20)]
    for n, debtor in enumerate(ids):
        closed(world, debtor, f"F-{n}", late=n)
    with count_queries() as counted, guard_queries():
        found = behaviours(world.id, ids, TODAY)
    assert len(counted) == 2
    assert [found[i].paid[0].days_late for i in ids] == list(range(20))


# -- the picture --------------------------------------------------------------------------------------------------------


def test_the_last_twelve_are_drawn_late_ones_above_the_line(world):
    debtor = world.debtor()
    for n in range(15):
        closed(world, debtor, f"F-{n}", late=n - 4)
    drawn = picture(behaviour_of(world.id, debtor, TODAY))
    assert len(drawn.dots) == SHOWN
    assert all((dot.y < LINE) is dot.late for dot in drawn.dots if dot.y != LINE)
    assert sum(dot.late for dot in drawn.dots) == 10
    assert render(drawn.said) == "De laatste 12 betaalde facturen: 2 op tijd, 10 te laat, hoogstens 10 dagen"


def test_two_are_not_drawn(world):
    debtor = world.debtor()
    for n in range(2):
        closed(world, debtor, f"F-{n}", late=n)
    assert picture(behaviour_of(world.id, debtor, TODAY)) is None
