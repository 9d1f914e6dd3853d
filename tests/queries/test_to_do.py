"""What we owe debtors, and on whose list it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from beluur.queries.absences import desk_of
from beluur.queries.to_do import count_to_do, to_do
from beluur.store.models import Debtor, Dispute, Invoice, Task
from tests.rows import make_user
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ZONE = "Europe/Amsterdam"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    debtor = world.debtor()
    world.invoice(debtor, "F1", 500_00)
    return debtor


def task(world: World, debtor: int, at=NOW + HOUR, **fields: Any) -> int:
    known = {"what": "de pakbon mailen", "owner": world.user, "made_at": NOW} | fields
    return Task.objects.create(administration_id=world.id, debtor_id=debtor, at=at, **known).id


def dispute(world: World, debtor: int, answer_by=TODAY, **fields: Any) -> int:
    known = {"cents": 40_00, "code": "quality", "owner_user": world.user, "made_at": NOW} | fields
    invoice = Invoice.objects.get(administration_id=world.id, debtor_id=debtor)
    return Dispute.objects.create(
        administration_id=world.id, debtor_id=debtor, invoice=invoice, answer_by=answer_by, **known
    ).id


MOMENTS = [
    pytest.param(task, -HOUR, "late", 1, id="a promise of an hour ago is late, today still"),
    pytest.param(task, HOUR, "today", 1, id="a promise for within the hour is for today"),
    pytest.param(
        task, timedelta(hours=14, minutes=24), "today", 1, id="until midnight at the administration"
    ),
    pytest.param(task, timedelta(hours=14, minutes=25), "later", 0, id="from midnight on it is later"),
    pytest.param(dispute, -DAY, "late", 1, id="a dispute that had to be answered yesterday is late"),
    pytest.param(dispute, 0 * DAY, "today", 1, id="one to be answered today is not late"),
    pytest.param(dispute, DAY, "later", 0, id="one to be answered tomorrow is later"),
]


@pytest.mark.parametrize(("owe", "away", "part", "counted"), MOMENTS)
def test_it_stands_where_its_hour_says(owe, away, part, counted, world, debtor, guard_queries):
    made = owe(world, debtor, (NOW if owe is task else TODAY) + away)
    with guard_queries():
        found = to_do(world.id, NOW, ZONE, desk=desk_of(world.id, world.user.id, TODAY))
        count = count_to_do(world.id, NOW, ZONE, desk=desk_of(world.id, world.user.id, TODAY))
    assert {name: [r.id for r in getattr(found, name)] for name in ("late", "today", "later")} == {
        "late": [],
        "today": [],
        "later": [],
        part: [made],
    }
    assert count == counted


def test_a_dispute_without_a_day_is_not_lost(world, debtor):
    made = dispute(world, debtor, None)
    assert [(r.id, r.on) for r in to_do(world.id, NOW, ZONE).later] == [(made, None)]


def test_the_longest_ago_comes_first_whatever_its_kind(world, debtor):
    task(world, debtor, NOW - HOUR)
    dispute(world, debtor, TODAY - DAY)
    task(world, debtor, NOW - 3 * DAY)
    late = to_do(world.id, NOW, ZONE).late
    assert [(r.kind, r.on) for r in late] == [
        ("own_promise", TODAY - 3 * DAY),
        ("dispute", TODAY - DAY),
        ("own_promise", TODAY),
    ]


def test_what_is_done_or_answered_is_gone(world, debtor):
    task(world, debtor, done_at=NOW)
    for state in ("solved", "rejected", "corrected"):
        dispute(world, debtor, state=state)
    assert not to_do(world.id, NOW, ZONE)


OWNERS = [
    pytest.param("me", None, True, False, id="mine is on my list alone"),
    pytest.param("other", None, False, True, id="a colleague's is not on mine"),
    pytest.param("nobody", "me", True, False, id="nobody's is on the list of whose debtor it is"),
    pytest.param("nobody", None, True, True, id="nobody's of nobody's debtor is on everyone's list"),
]


@pytest.mark.parametrize(("owner", "assigned", "is_mine", "is_other"), OWNERS)
@pytest.mark.parametrize("owe", [task, dispute])
def test_whose_it_is(owe, owner, assigned, is_mine, is_other, world, debtor):
    other = make_user(world.administration)
    who = {"me": world.user, "other": other, "nobody": None}
    Debtor.objects.filter(id=debtor).update(assigned_to=who[assigned or "nobody"])
    owe(world, debtor, **{"owner" if owe is task else "owner_user": who[owner]})
    listed = [
        bool(to_do(world.id, NOW, ZONE, desk=desk_of(world.id, user.id, TODAY)))
        for user in (world.user, other)
    ]
    assert listed == [is_mine, is_other]
    assert [
        count_to_do(world.id, NOW, ZONE, desk=desk_of(world.id, u.id, TODAY)) for u in (world.user, other)
    ] == [*map(int, listed)]
    assert to_do(world.id, NOW, ZONE)


def test_who_answers_outside_the_house_is_named(world, debtor):
    dispute(world, debtor, owner="Magazijn", owner_user=None)
    assert to_do(world.id, NOW, ZONE).today[0].owner == "Magazijn"


def test_two_queries_however_many_and_only_ones_own(world, debtor, count_queries):
    for n in range(15):
        task(world, debtor, NOW + n * HOUR)
        dispute(world, debtor)
    desk = desk_of(world.id, world.user.id, TODAY)
    with count_queries() as counted:
        found = to_do(world.id, NOW, ZONE, desk=desk)
    assert len(found.today) + len(found.later) == 30
    assert len(counted) == 2
    with count_queries() as counted:
        assert count_to_do(world.id, NOW, ZONE, desk=desk) == 30
    assert len(counted) == 1
    assert not to_do(make_world("ander").id, NOW, ZONE)
