"""Everything that is due, by day and by whose it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from beluur.queries.calendar import Span, due
from beluur.queries.feeds import Reader, own_calendar
from beluur.store.models import Absence, Callback, Debtor, Hold, Instalment, Promise, Ultimatum
from beluur.values.sentence import say
from tests.queries.test_to_do import dispute, task
from tests.rows import make_user
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ZONE = "Europe/Amsterdam"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = Span(TODAY, TODAY + 6 * DAY, NOW, ZONE)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    debtor = world.debtor()
    world.invoice(debtor, "F1", 500_00)
    return debtor


def promise(world: World, debtor: int, on=TODAY, *, verdict="open", **fields: Any) -> int:
    made = Promise.objects.create(
        administration_id=world.id, debtor_id=debtor, made_at=NOW, cents=80_00, **fields
    )
    return Instalment.objects.create(
        administration_id=world.id, promise=made, number=1, due=on - 2 * DAY, cents=80_00, control=on,
        verdict=verdict,
    ).id  # fmt: skip


def callback(world: World, debtor: int, at=NOW + HOUR, **fields: Any) -> int:
    known = {"by": world.user, "made_at": NOW} | fields
    return Callback.objects.create(administration_id=world.id, debtor_id=debtor, at=at, **known).id


def ultimatum(world: World, debtor: int, on=TODAY, **fields: Any) -> int:
    known = {"until": on - DAY, "check_on": on, "cents": 90_00, "consequence": "notice", "made_at": NOW}
    return Ultimatum.objects.create(administration_id=world.id, debtor_id=debtor, **known | fields).id


def hold(world: World, debtor: int, on=TODAY, **fields: Any) -> int:
    """Its last day is the day before ``on``."""
    known = {"until": on - DAY, "reason": "verbouwing", "at": NOW} | fields
    return Hold.objects.create(administration_id=world.id, debtor_id=debtor, **known).id


def moment(away: timedelta) -> Any:
    return NOW + away


OF_DAYS = [promise, dispute, ultimatum]
OF_MOMENTS = [callback, task]


@pytest.mark.parametrize("owe", OF_DAYS)
@pytest.mark.parametrize(
    ("away", "late", "there"),
    [
        pytest.param(-1, True, False, id="yesterday is late"),
        pytest.param(-40, True, False, id="long ago is late"),
        pytest.param(0, False, True, id="today"),
        pytest.param(6, False, True, id="Sunday"),
        pytest.param(7, False, False, id="next week is not looked at"),
    ],
)
def test_what_has_a_day(owe, away, late, there, world, debtor, guard_queries):
    made = owe(world, debtor, TODAY + away * DAY)
    with guard_queries():
        found = due(world.id, WEEK)
    assert ([r.id for r in found.late], [r.id for r in found.rows]) == (
        [made] if late else [], [made] if there else [],
    )  # fmt: skip


@pytest.mark.parametrize("owe", OF_MOMENTS)
@pytest.mark.parametrize(
    ("away", "late", "there"),
    [
        pytest.param(-HOUR, True, False, id="an hour ago is late, today still"),
        pytest.param(HOUR, False, True, id="within the hour"),
        pytest.param(6 * DAY + 14 * HOUR, False, True, id="late on Sunday evening"),
        pytest.param(6 * DAY + 15 * HOUR, False, False, id="after midnight it is next week"),
    ],
)
def test_what_has_an_hour(owe, away, late, there, world, debtor):
    made = owe(world, debtor, moment(away))
    found = due(world.id, WEEK)
    assert ([r.id for r in found.late], [r.id for r in found.rows]) == (
        [made] if late else [], [made] if there else [],
    )  # fmt: skip


@pytest.mark.parametrize(("away", "there"), [(-1, False), (0, True), (6, True), (7, False)])
def test_a_hold_stands_on_the_first_day_after_it_and_is_never_late(away, there, world, debtor):
    hold(world, debtor, TODAY + away * DAY)
    found = due(world.id, WEEK)
    assert found.late == ()
    assert [r.on for r in found.rows] == ([TODAY + away * DAY] if there else [])


def test_of_a_last_day_it_is_said_what_follows(world, debtor):
    ultimatum(world, debtor)
    (row,) = due(world.id, WEEK).rows
    assert row.follows == say("ultimatum.next_notice")
    assert row.what == ""


DONE = [
    pytest.param(promise, {"verdict": "kept"}, id="a promise that was judged"),
    pytest.param(promise, {"active": False}, id="a promise that was replaced"),
    pytest.param(callback, {"state": "done"}, id="a call that was made"),
    pytest.param(task, {"done_at": NOW}, id="a task that is done"),
    pytest.param(dispute, {"state": "solved"}, id="a dispute that was answered"),
    pytest.param(ultimatum, {"state": "met"}, id="a last day that was met"),
    pytest.param(hold, {"lifted_at": NOW}, id="a hold that was lifted"),
]


@pytest.mark.parametrize(("owe", "fields"), DONE)
def test_what_is_done_is_gone(owe, fields, world, debtor):
    owe(world, debtor, **fields)
    found = due(world.id, WEEK)
    assert (found.late, found.rows) == ((), ())


def test_a_promise_that_nobody_could_judge_is_still_looked_for(world, debtor):
    made = promise(world, debtor, TODAY - DAY, verdict="unknown")
    assert [r.id for r in due(world.id, WEEK).late] == [made]


@pytest.mark.parametrize("owe", [*OF_DAYS, *OF_MOMENTS, hold])
@pytest.mark.parametrize(
    ("assigned", "mine", "others"),
    [("me", True, False), ("other", False, True), ("nobody", True, True)],
)
def test_it_is_on_the_list_of_whose_debtor_it_is(owe, assigned, mine, others, world, debtor):
    other = make_user(world.administration)
    Debtor.objects.filter(id=debtor).update(
        assigned_to={"me": world.user, "other": other, "nobody": None}[assigned]
    )
    nobody = {task: {"owner": None}, dispute: {"owner_user": None}, callback: {"by": None}}.get(owe, {})
    owe(world, debtor, **nobody)
    seen = [bool(due(world.id, WEEK, user_id=u.id).rows) for u in (world.user, other)]
    assert seen == [mine, others]
    assert len(due(world.id, WEEK).rows) == 1


def test_who_made_the_appointment_calls_back_when_the_debtor_is_nobodys(world, debtor):
    callback(world, debtor)
    other = make_user(world.administration)
    assert [bool(due(world.id, WEEK, user_id=u.id).rows) for u in (world.user, other)] == [True, False]
    assert due(world.id, WEEK).rows[0].who == world.user.name


def test_by_day_then_by_hour(world, debtor):
    callback(world, debtor, NOW + 3 * HOUR)
    task(world, debtor, NOW + HOUR)
    promise(world, debtor)
    hold(world, debtor, TODAY + DAY)
    assert [r.kind for r in due(world.id, WEEK).rows] == ["promise", "own_promise", "callback", "hold"]


CHANGES = [
    pytest.param(date(2026, 3, 23), "2026-03-29T00:30", True, id="the last night of winter time"),
    pytest.param(date(2026, 3, 23), "2026-03-29T21:59", True, id="Sunday has 23 hours: 23:59 is in it"),
    pytest.param(date(2026, 3, 23), "2026-03-29T22:00", False, id="and 22:00 UTC is Monday already"),
    pytest.param(date(2026, 10, 19), "2026-10-25T22:59", True, id="Sunday has 25 hours: 23:59 is in it"),
    pytest.param(date(2026, 10, 19), "2026-10-25T23:00", False, id="and 23:00 UTC is Monday"),
    pytest.param(date(2026, 10, 19), "2026-10-18T22:00", True, id="Monday begins in summer time"),
]


@pytest.mark.parametrize(("first", "at", "there"), CHANGES)
def test_a_week_in_which_the_clock_changes(first, at, there, world, debtor):
    from datetime import UTC, datetime

    now = datetime(2026, 1, 5, 8, tzinfo=UTC)
    callback(world, debtor, datetime.fromisoformat(at).replace(tzinfo=UTC))
    found = due(world.id, Span(first, first + 6 * DAY, now, ZONE))
    assert bool(found.rows) is there


def test_seven_queries_however_many_and_only_ones_own(world, debtor, count_queries):
    for n in range(12):
        for owe in (*OF_DAYS, hold):
            owe(world, debtor, TODAY + (n % 7) * DAY)
        for owe in OF_MOMENTS:
            owe(world, debtor, NOW + n * HOUR)
    with count_queries() as counted:
        found = due(world.id, WEEK, user_id=world.user.id)
    assert len(found.rows) == 72
    assert len(counted) == 7
    assert not due(make_world("ander").id, WEEK).rows


@pytest.fixture
def bas(world: World, debtor: int) -> Any:
    """A colleague whose debtor it is, away from Wednesday to Friday; Eva stands in."""
    bas = make_user(world.administration, "caller", name="Bas Beller")
    Debtor.objects.filter(id=debtor).update(assigned_to=bas)
    Absence.objects.create(
        administration_id=world.id, user=bas, first=TODAY + 2 * DAY, last=TODAY + 4 * DAY, deputy=world.user,
        made_at=NOW,
    )  # fmt: skip
    return bas


@pytest.mark.parametrize("owe", [promise, dispute, ultimatum, hold])
@pytest.mark.parametrize(
    ("away", "there"),
    [
        pytest.param(1, False, id="on Tuesday he is there himself"),
        pytest.param(2, True, id="on Wednesday it is who stands in"),
        pytest.param(4, True, id="on Friday too"),
        pytest.param(5, False, id="on Saturday it is his again"),
    ],
)
def test_what_falls_on_a_day_that_a_colleague_is_away_is_his_deputys_too(
    owe, away, there, world, debtor, bas
):
    nobody = {"owner_user": None} if owe is dispute else {}
    made = owe(world, debtor, TODAY + away * DAY, **nobody)
    seen = due(world.id, WEEK, user_id=world.user.id).rows
    assert [(r.id, r.who, r.for_whom) for r in seen] == (
        [(made, "Bas Beller", "Bas Beller")] if there else []
    )
    (own,) = due(world.id, WEEK, user_id=bas.id).rows
    assert own.for_whom == ""


def test_a_call_back_and_a_task_of_who_is_away_are_his_deputys_by_their_day(world, debtor, bas):
    Debtor.objects.filter(id=debtor).update(assigned_to=None)
    for away in (DAY, 3 * DAY):
        callback(world, debtor, moment(away), by=bas)
        task(world, debtor, at=moment(away), owner=bas)
    seen = due(world.id, WEEK, user_id=world.user.id).rows
    assert [(r.kind, r.on, r.for_whom) for r in seen] == [
        ("callback", TODAY + 3 * DAY, "Bas Beller"),
        ("own_promise", TODAY + 3 * DAY, "Bas Beller"),
    ]


def test_what_is_late_is_who_stands_in_today(world, debtor, bas):
    promise(world, debtor, TODAY - DAY)
    assert due(world.id, WEEK, user_id=world.user.id).late == ()
    Absence.objects.update(first=TODAY)
    (late,) = due(world.id, WEEK, user_id=world.user.id).late
    assert late.for_whom == "Bas Beller"


def test_without_a_deputy_it_is_everyones_and_a_stranger_to_it_sees_nothing(world, debtor, bas):
    third = make_user(world.administration, "caller", name="Carla Collega")
    promise(world, debtor, TODAY + 3 * DAY)
    assert due(world.id, WEEK, user_id=third.id).rows == ()
    Absence.objects.update(deputy=None)
    assert [r.for_whom for r in due(world.id, WEEK, user_id=third.id).rows] == ["Bas Beller"]


def test_in_his_own_calendar_the_deputy_reads_for_whom(world, debtor, bas):
    promise(world, debtor, TODAY + 3 * DAY)
    promise(world, debtor, TODAY + 30 * DAY)
    written = (
        own_calendar(Reader(world.id, world.user.id, "nl", tells=False), NOW).decode().replace("\r\n ", "")
    )
    assert written.count("BEGIN:VEVENT") == 1
    assert "(voor Bas Beller)" in written
