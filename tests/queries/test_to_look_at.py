"""What somebody has to look for on the account himself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.queries.to_look_at import count_to_look_at, to_look_at
from beluur.store.models import Instalment, PaidClaim, Promise
from tests.morning import promise
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    debtor = world.debtor()
    world.invoice(debtor, "F1", 500_00)
    return debtor


DUE = [
    pytest.param(2, [True], 1, id="the day after its control date it can be denied"),
    pytest.param(1, [False], 0, id="on its control date it may still come"),
    pytest.param(0, [False], 0, id="on the day itself it may be in already"),
    pytest.param(-1, [], 0, id="before its day there is nothing to look for"),
]


@pytest.mark.parametrize(("ago", "deniable", "counted"), DUE)
def test_a_promise_is_looked_for_from_its_day_on(ago, deniable, counted, world, debtor, guard_queries):
    promise(world, debtor, due=TODAY - timedelta(days=ago))  # its control date is the day after
    with guard_queries():
        rows = to_look_at(world.id, TODAY)
        count = count_to_look_at(world.id, TODAY)
    assert [row.deniable for row in rows] == deniable
    assert count == counted


@pytest.mark.parametrize("verdict", ["kept", "late", "partly", "broken"])
def test_what_is_judged_is_not_looked_for(verdict, world, debtor):
    promise(world, debtor)
    Instalment.objects.update(verdict=verdict)
    assert to_look_at(world.id, TODAY) == ()


def test_what_was_withdrawn_is_not_looked_for(world, debtor):
    promise(world, debtor)
    Promise.objects.update(active=False)
    assert to_look_at(world.id, TODAY) == ()


def test_who_says_he_paid_stands_among_them_the_longest_ago_first(world, debtor):
    promise(world, debtor, due=TODAY - timedelta(days=2))
    for days in (9, -3):
        PaidClaim.objects.create(
            administration_id=world.id,
            debtor_id=debtor,
            cents=10_00,
            check_on=TODAY - timedelta(days=days),
            made_at=NOW,
        )
    rows = to_look_at(world.id, TODAY)
    assert [(row.kind, row.deniable) for row in rows] == [
        ("claim", True),
        ("instalment", True),
        ("claim", False),
    ]
    assert count_to_look_at(world.id, TODAY) == 2


def test_three_queries_however_many_and_only_ones_own(world, debtor, count_queries):
    for _ in range(20):
        promise(world, debtor, 10_00)
    with count_queries() as counted:
        assert len(to_look_at(world.id, TODAY)) == 20
    assert len(counted) == 3
    assert to_look_at(make_world("ander").id, TODAY) == ()
