"""Rows changed in bulk: each gets what was meant for it, and no other."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from beluur.store.models import Debtor, DebtorKey
from beluur.store.save.many import TOGETHER, insert_many, update_if, update_many, update_unless_changed
from tests.rows import make_administration
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


def names(ids: list[int]) -> list[str]:
    found = dict(Debtor.objects.filter(id__in=ids).values_list("id", "name"))
    return [found[i] for i in ids]


COUNTS = [
    pytest.param(0, id="none"),
    pytest.param(1, id="one"),
    pytest.param(TOGETHER, id="as many as go together"),
    pytest.param(2 * TOGETHER + 3, id="more"),
]


@pytest.mark.parametrize("count", COUNTS)
def test_each_row_gets_its_own_values(count: int, world: World) -> None:
    ids = [world.debtor(f"D{n}") for n in range(count)]
    other = world.debtor("Ander")
    update_many(
        Debtor, world.id, ("name", "step_on"), [(f"N{n}", "2026-12-01", i) for n, i in enumerate(ids)]
    )
    assert names(ids) == [f"N{n}" for n in range(count)]
    assert names([other]) == ["Ander"]
    assert {str(d.step_on) for d in Debtor.objects.filter(id__in=ids)} <= {"2026-12-01"}


def test_nothing_and_text_with_any_sign_go_in_as_they_are(world: World) -> None:
    ids = [world.debtor(f"D{n}") for n in range(TOGETHER)]
    Debtor.objects.filter(id__in=ids).update(step_on="2026-12-01")
    said = "100% 'zeker' %s ? ; \\ é"
    update_many(Debtor, world.id, ("name", "step_on"), [(said, None, i) for i in ids])
    assert names(ids) == [said] * TOGETHER
    assert set(Debtor.objects.filter(id__in=ids).values_list("step_on", flat=True)) == {None}


def test_of_one_row_given_twice_the_last_counts(world: World) -> None:
    ids = [world.debtor(f"D{n}") for n in range(TOGETHER)]
    rows = [(f"N{n}", i) for n, i in enumerate(ids)]
    update_many(Debtor, world.id, ("name",), [*rows, ("laatste", ids[0])])
    assert names(ids[:2]) == ["laatste", "N1"]


def test_rows_of_another_administration_stay(world: World) -> None:
    theirs = Debtor.objects.create(
        administration=make_administration(slug="ander"), name="Hun debiteur", created_at=NOW
    ).id
    ids = [world.debtor(f"D{n}") for n in range(TOGETHER - 1)]
    update_many(Debtor, world.id, ("name",), [(f"N{i}", i) for i in (*ids, theirs)])
    assert names([ids[0], theirs]) == [f"N{ids[0]}", "Hun debiteur"]


def test_with_whom_something_happened_meanwhile_stays(world: World) -> None:
    ids = [world.debtor(f"D{n}") for n in range(TOGETHER)]
    seen = dict(Debtor.objects.values_list("id", "event_seq"))
    Debtor.objects.filter(id=ids[3]).update(event_seq=seen[ids[3]] + 1)
    update_unless_changed(Debtor, world.id, ("name",), [(f"N{n}", i, seen[i]) for n, i in enumerate(ids)])
    assert names(ids[2:5]) == ["N2", "D3", "N4"]


def test_a_row_that_may_not_be_is_refused_as_django_refuses_it(world: World) -> None:
    debtor = world.debtor("Een")
    twice = [(world.id, debtor, "payer", "NL00TEST0000000001")] * 2
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(DebtorKey, ("administration_id", "debtor_id", "kind", "value"), twice)


def test_a_percent_sign_stays_one(world: World) -> None:
    debtor = world.debtor("Een")
    update_if(Debtor, world.id, ("name",), [("100 %s", debtor)], "name NOT LIKE '%%niet%%'")
    assert names([debtor]) == ["100 %s"]
