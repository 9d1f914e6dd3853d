"""Who is not called today: the same whichever way they are found."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import product

import pytest

from beluur.queries import today_left
from beluur.queries.tallies import counted
from beluur.queries.today_left import left_out, not_called
from beluur.queries.today_rows import Filter
from beluur.store.models import Debtor
from beluur.values.money import Money
from beluur.values.sentence import say
from tests.world import TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = timedelta(days=1)
STEPS = [("hold", 9, None), ("wait_promise", 9, TODAY), ("call_first", 3, TODAY + 2 * DAY), ("call_back", 0, None),
         ("call_first", 3, TODAY), ("none", 9, None)]  # fmt: skip


@pytest.fixture
def world() -> World:
    """Of each step some who owe, much and little, late and not, and one who owes nothing."""
    world = make_world()
    sums = ((0, 0), (50_00, 0), (50_00, 50_00), (90_00, 50_00))
    Debtor.objects.bulk_create(
        _debtor(world, n, *step, *cents) for n, (step, cents) in enumerate(product(STEPS, sums))
    )
    return world


def _debtor(world: World, n: int, step: str, tier: int, on: date | None, still: int, late: int) -> Debtor:
    return Debtor(
        administration_id=world.id, name=f"{'Vis' if n % 2 else 'Brood'} {n}", created_at=world.administration.created_at,
        step=step, step_tier=tier, step_on=on, step_place="" if tier == 9 else "3", open_cents=still, overdue_cents=late,
    )  # fmt: skip


@pytest.mark.parametrize("wanted", [Filter(), Filter(text="vis"), Filter(shown_not=4), Filter(shown_not=0)])
def test_they_are_the_same_with_few_or_many_who_are_called_later(world, wanted, monkeypatch):
    here = Debtor.objects.filter(administration_id=world.id, merged_into=None)
    later = counted(world.id, TODAY, "EUR").later
    assert later == 6 + 2  # who owes nothing but has a step counts too
    one_by_one = not_called(here, wanted, TODAY, later)
    monkeypatch.setattr(today_left, "FEW", 0)
    assert one_by_one == not_called(here, wanted, TODAY, later)
    assert len(one_by_one) == min(wanted.shown_not, here.filter(left_out(TODAY, wanted)).count())


def test_the_most_that_is_late_comes_first_and_who_is_in_the_round_does_not(world):
    here = Debtor.objects.filter(administration_id=world.id, merged_into=None)
    rows = not_called(here, Filter(), TODAY, 8)
    late = dict(here.values_list("id", "overdue_cents"))
    assert [late[row.id] for row in rows] == sorted((late[row.id] for row in rows), reverse=True)
    assert len(rows) == 5 * 3
    assert {row.step for row in rows if row.on == TODAY + 2 * DAY} == {"call_first"}


ASKED, MISSED = (
    say("step.asked", amount=Money(90_00), invoices=1, since=TODAY),
    say("step.last_no_answer", on=TODAY, at=time(9, 35)),
)
FULL = say("gate.tries_this_week", tries=3, until=TODAY + 7 * DAY)


@pytest.mark.parametrize(
    ("because", "first"),
    [
        pytest.param(
            (ASKED, MISSED), ["today.later", "step.last_no_answer"], id="tried in vain: when, and that"
        ),
        pytest.param(
            (ASKED, MISSED, FULL),
            ["gate.tries_this_week", "step.asked"],
            id="a full week: the rule has its day",
        ),
        pytest.param((ASKED,), ["today.later", "step.asked"], id="nothing else: the day"),
    ],
)
def test_who_is_called_later_has_the_reason_in_front(world, because, first):
    here = Debtor.objects.filter(administration_id=world.id, step="call_first", step_on=TODAY + 2 * DAY)
    here.update(step_because=[s.to_json() for s in because])
    rows = [
        r
        for r in not_called(Debtor.objects.filter(administration_id=world.id), Filter(), TODAY, 8)
        if r.on == TODAY + 2 * DAY
    ]
    assert [[s.code for s in row.why[:2]] for row in rows] == [first] * 3
