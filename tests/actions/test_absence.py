"""An absence with a deputy: what is refused, and on whose lists the work stands meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from beluur.actions.assign import assign
from beluur.actions.change_member import remove_member
from beluur.actions.set_absence import end_absence, set_absence
from beluur.queries.absences import coming_absences, desk_of
from beluur.queries.approvals import may_be_asked
from beluur.queries.to_do import count_to_do, to_do
from beluur.queries.today import today
from beluur.queries.today_rows import Filter
from beluur.store.models import Absence, Callback, User
from beluur.values.problem import Refused
from tests.queries.test_to_do import ZONE, dispute, task
from tests.rows import make_user
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def bas(world: World) -> User:
    return make_user(world.administration, "caller", name="Bas Beller")


@pytest.fixture
def cees(world: World) -> User:
    return make_user(world.administration, "caller", name="Cees Collega")


def away(world: World, user: User, deputy: User, days: int = 5, **said: Any) -> int:
    known = {"first": TODAY, "last": TODAY + (days - 1) * DAY} | said
    return set_absence(world.doer, user_id=user.id, deputy_id=deputy.id, **known)


def owed(world: World, user: User, on: Any = TODAY) -> list[tuple[str, str]]:
    """(what, for whom) on his list that day."""
    found = to_do(world.id, NOW, ZONE, desk=desk_of(world.id, user.id, on))
    return [(r.what, r.for_whom) for part in (found.late, found.today, found.later) for r in part]


def to_call(world: World, user: User, now: Any = NOW) -> list[str]:
    view = today(world.id, now, Filter(assigned=user.id))
    return [c.name for g in view.groups for c in g.calls]


def test_what_is_his_stands_at_his_deputy_with_his_name_and_comes_back(world, bas, cees):
    debtor = world.debtor()
    world.invoice(debtor, "F1", 500_00)
    assign(world.doer, debtor_ids=[debtor], user_id=bas.id)
    task(world, debtor, what="de pakbon mailen", owner=bas)
    dispute(world, debtor, what="nat geleverd", owner_user=bas)
    task(world, debtor, what="van niemand", owner=None)
    assert owed(world, cees) == []
    away(world, bas, cees)
    assert sorted(owed(world, cees)) == [
        ("de pakbon mailen", "Bas Beller"),
        ("nat geleverd", "Bas Beller"),
        ("van niemand", "Bas Beller"),
    ]
    assert count_to_do(world.id, NOW, ZONE, desk=desk_of(world.id, cees.id, TODAY)) == 3
    assert [name for _what, name in owed(world, bas)] == ["", "", ""]
    assert owed(world, world.user) == []
    assert owed(world, cees, TODAY + 5 * DAY) == []


def test_a_call_back_of_an_absent_colleague_is_on_the_round_of_his_deputy(world, bas, cees):
    debtor = world.debtor(phone="020 123 45 00")
    world.invoice(debtor, "F1", 500_00, late=20)
    assign(world.doer, debtor_ids=[debtor], user_id=bas.id)
    Callback.objects.create(
        administration_id=world.id, debtor_id=debtor, at=NOW + timedelta(hours=1), by=bas, made_at=NOW - DAY
    )
    assign(world.doer, debtor_ids=[debtor], user_id=None)
    assign(world.doer, debtor_ids=[debtor], user_id=bas.id)
    assert [to_call(world, u) for u in (bas, cees)] == [["Bakkerij Proefkruimel"], []]
    away(world, bas, cees, days=2)
    assert [to_call(world, u) for u in (cees, world.user)] == [["Bakkerij Proefkruimel"], []]
    view = today(world.id, NOW, Filter(assigned=cees.id))
    assert view.first is not None
    assert view.first.step == "call_back"
    assert to_call(world, cees, NOW + 2 * DAY) == []
    assert to_call(world, bas, NOW + 2 * DAY) == ["Bakkerij Proefkruimel"]


def test_the_round_of_the_next_day_is_that_of_the_next_day(world, bas, cees):
    debtor = world.debtor(phone="020 123 45 00")
    world.invoice(debtor, "F1", 500_00, late=20)
    assign(world.doer, debtor_ids=[debtor], user_id=bas.id)
    away(world, bas, cees, first=TODAY + DAY, last=TODAY + DAY)
    assert to_call(world, cees) == []
    assert to_call(world, cees, NOW + timedelta(hours=10)) == ["Bakkerij Proefkruimel"]


def test_when_his_deputy_leaves_the_work_is_everyones(world, bas, cees):
    debtor = world.debtor()
    task(world, debtor, owner=bas, what="de pakbon mailen")
    away(world, bas, cees)
    remove_member(world.doer, user_id=cees.id)
    assert owed(world, world.user) == [("de pakbon mailen", "Bas Beller")]
    assert coming_absences(world.id, TODAY)[0].deputy == ""
    remove_member(world.doer, user_id=bas.id)
    assert coming_absences(world.id, TODAY) == ()


def test_who_is_back_early_has_it_back(world, bas, cees):
    task(world, world.debtor(), owner=bas)
    absence = away(world, bas, cees)
    assert owed(world, cees)
    end_absence(world.doer, absence_id=absence)
    end_absence(world.doer, absence_id=absence)
    assert owed(world, cees) == []
    with pytest.raises(Absence.DoesNotExist):
        end_absence(make_world("ander").doer, absence_id=absence)


def test_who_stands_in_for_one_who_is_asked_is_shown_the_requests(world, cees):
    assert not may_be_asked(world.id, desk_of(world.id, cees.id, TODAY), "caller")
    away(world, world.user, cees)
    assert may_be_asked(world.id, desk_of(world.id, cees.id, TODAY), "caller")
    assert not may_be_asked(world.id, desk_of(world.id, cees.id, TODAY + 5 * DAY), "caller")


REFUSED = [
    pytest.param({"last": TODAY - DAY}, "last", "absence.backwards", id="a last day before the first"),
    pytest.param({"first": TODAY - 2 * DAY, "last": TODAY - DAY}, "last", "absence.past", id="days that are over"),
    pytest.param({"deputy_id": "user_id"}, "deputy", "absence.self", id="his own deputy"),
    pytest.param({"deputy_id": "stranger"}, "deputy", "by_hand.no_colleague", id="a deputy of another house"),
    pytest.param({"deputy_id": "locked"}, "deputy", "by_hand.no_colleague", id="a deputy who can no longer sign in"),
    pytest.param({"user_id": "stranger"}, "user", "by_hand.no_colleague", id="somebody of another house"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "field", "code"), REFUSED)
def test_it_is_refused_at_its_field(world, bas, cees, said, field, code):
    stranger = make_world("ander").user
    locked = make_user(world.administration, "caller", is_active=True)
    User.objects.filter(id=locked.id).update(is_active=False)
    known = {"user_id": bas.id, "first": TODAY, "last": TODAY, "deputy_id": cees.id}
    ids = {"user_id": bas.id, "stranger": stranger.id, "locked": locked.id}
    with pytest.raises(Refused) as refused:
        set_absence(world.doer, **known | {k: ids.get(v, v) for k, v in said.items()})
    assert (refused.value.field, refused.value.sentence.code) == (field, code)
    assert not Absence.objects.exists()


def test_two_cannot_stand_in_for_each_other_and_a_deputy_may_hand_on(world, bas, cees):
    away(world, bas, cees)
    for user, deputy, code in ((cees, bas, "circle"), (world.user, bas, "deputy_away"), (bas, cees, "twice")):
        with pytest.raises(Refused) as refused:
            away(world, user, deputy, days=1)
        assert refused.value.sentence.code == f"absence.{code}"
    task(world, world.debtor(), owner=bas, what="de pakbon mailen")
    away(world, cees, world.user, days=1)
    assert owed(world, world.user) == [("de pakbon mailen", "Bas Beller")]
    assert owed(world, cees, TODAY + DAY) == [("de pakbon mailen", "Bas Beller")]


def test_the_desk_is_one_query(world, bas, cees, guard_queries, count_queries):
    away(world, bas, cees)
    with guard_queries(), count_queries() as counted:
        desk = desk_of(world.id, bas.id, TODAY)
    assert len(counted) == 1
    assert (desk.away is not None, desk.acting, desk.owners) == (True, "Cees Collega", (bas.id,))
