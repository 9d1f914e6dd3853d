"""A ladder of one's own: saved, kept on record, taken back, and what it does to the dossiers of today (H4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from beluur.actions.plan_next_steps import plan_next_steps
from beluur.actions.save_ladder import reset_ladder, save_ladder
from beluur.domain.ladder import RungKind
from beluur.domain.ladder_shipped import ladder_for, usual
from beluur.queries.ladders import ladders_of, would_change
from beluur.store.load import load_case, load_policy
from beluur.store.models import Administration, Debtor
from beluur.store.models import Ladder as Row
from beluur.values.problem import Refused
from tests.domain.builders import POLICY
from tests.domain.ladders import BUSINESS, edited, without
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
K = RungKind
LATER = edited(K.CALL, after_days=20)


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


def owing(world: World, name: str = "Bakkerij Proefkruimel", late: int = 10, **facts) -> int:
    debtor = world.debtor(name, phone="020 123 45 00", **facts)
    world.invoice(debtor, f"F-{name}", late=late)
    return debtor


def step_of(debtor: int) -> str:
    return Debtor.objects.values_list("step", flat=True).get(id=debtor)


def test_what_is_saved_holds_and_the_debtors_are_looked_at_again(world):
    debtor, other = owing(world), owing(world, "Autre essai", country="BE")
    plan_next_steps(world.id, NOW)
    assert step_of(debtor) == "call_first"
    save_ladder(world.doer, LATER)
    assert set(Debtor.objects.filter(step_stale=True).values_list("id", flat=True)) == {debtor}
    assert load_policy(world.id).ladders == (replace(LATER, source=""),)
    plan_next_steps(world.id, NOW)
    row = Debtor.objects.get(id=debtor)
    assert (row.step, row.step_on) == ("call_first", TODAY + timedelta(days=10))
    assert step_of(other) == "call_first"


def test_a_change_ends_the_one_before_and_keeps_it_on_record(world):
    save_ladder(world.doer, LATER)
    save_ladder(replace(world.doer, at=NOW + timedelta(hours=1)), edited(K.CALL, after_days=25))
    rows = Row.objects.order_by("id")
    assert [(r.ended_at is None, r.by_id, r.rungs.count()) for r in rows] == [
        (False, world.user.id, 8),
        (True, world.user.id, 8),
    ]
    assert load_policy(world.id).ladders[0].rung(K.CALL).after_days == 25


def test_ours_holds_again(world):
    save_ladder(world.doer, LATER)
    reset_ladder(world.doer, "nl_business")
    assert load_policy(world.id).ladders == ()
    assert Row.objects.get().ended_by_id == world.user.id
    debtor = owing(world)
    assert ladder_for(load_case(world.id, debtor), load_policy(world.id)) == BUSINESS


def test_what_is_equal_to_ours_is_not_kept(world):
    save_ladder(world.doer, LATER)
    save_ladder(world.doer, replace(BUSINESS, own=True))
    assert load_policy(world.id).ladders == ()


@pytest.mark.parametrize(
    ("ladder", "code", "field"),
    [
        pytest.param(edited(K.CALL, needs=(K.CALL_AGAIN,)), "ladder.circle", "call.needs", id="a circle"),
        pytest.param(without(K.HANDOVER, K.NOTICE), "ladder.no_end", "", id="no end"),
        pytest.param(replace(BUSINESS, rungs=()), "ladder.empty", "", id="nothing"),
        pytest.param(replace(BUSINESS, whom="mars_business"), "by_hand.choose", "whom", id="for nobody"),
        pytest.param(
            edited(K.CALL, usual("be_consumer_agency", POLICY), rest_days=3),
            "ladder.law_forbids",
            "call.rest_days",
            id="sooner than the law lets a collector call",
        ),
    ],
)
def test_what_cannot_be_climbed_is_refused(world, ladder, code, field):
    with pytest.raises(Refused) as refused:
        save_ladder(world.doer, ladder)
    assert (refused.value.sentence.code, refused.value.field) == (code, field)
    assert not Row.objects.exists()


def test_the_same_form_twice_saves_once(world):
    doer = world.with_key("k")
    save_ladder(doer, LATER)
    save_ladder(doer, LATER)
    assert Row.objects.count() == 1


def test_another_administration_keeps_its_own(world):
    other = make_world("ander")
    save_ladder(world.doer, LATER)
    assert load_policy(other.id).ladders == ()


@pytest.mark.parametrize(
    ("kind", "country", "codes"),
    [
        ("own", "NL", ["nl_business", "nl_consumer", "be_business", "elsewhere", "be_consumer"]),
        ("own", "BE", ["be_business", "be_consumer", "nl_business", "elsewhere", "nl_consumer"]),
        ("agency", "BE", ["be_business", "be_consumer_agency", "nl_business", "elsewhere", "nl_consumer"]),
    ],
    ids=["a Dutch house", "a Belgian house", "a Belgian agency"],
)
def test_the_ladders_that_can_hold_here(world, kind, country, codes):
    Administration.objects.update(kind=kind, country=country)
    assert [one.whom for one in ladders_of(world.id)] == codes


def test_who_stands_on_which_is_counted(world):
    owing(world)
    owing(world, "Essai", country="BE")
    world.debtor("Niets open")
    counts = {one.whom: one.debtors for one in ladders_of(world.id)}
    assert (counts["nl_business"], counts["be_business"], counts["nl_consumer"]) == (1, 1, 0)


def test_what_is_too_much_to_look_at_is_said(world, monkeypatch):
    monkeypatch.setattr("beluur.queries.ladders._MOST_COMPARED", 2)
    for n in range(3):
        owing(world, f"Proef {n}", late=10)
    change = would_change(world.id, LATER, NOW)
    assert (change.debtors, change.moved, change.not_looked_at) == (2, 2, 1)


def test_a_change_says_first_what_it_would_do(world, guard_queries, count_queries):
    for n in range(3):
        owing(world, f"Proef {n}", late=10)
    owing(world, "Laat", late=40)
    owing(world, "Essai", country="BE")
    with guard_queries(), count_queries() as few:
        change = would_change(world.id, LATER, NOW)
    assert (change.debtors, change.moved, change.not_looked_at) == (4, 4, 0)
    assert {(s.step.value, s.before, s.after) for s in change.steps} == {("call_first", 4, 1)}
    for n in range(3, 20):
        owing(world, f"Proef {n}", late=10)
    with count_queries() as many:
        would_change(world.id, LATER, NOW)
    assert len(many) == len(few)
    assert not Row.objects.exists()
    assert would_change(world.id, BUSINESS, NOW).moved == 0
