"""Each nightly job once a day, also in the nights in which the clock is changed; what was broken off is done again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from beluur.actions import nightly
from beluur.actions.nightly import run_nightly
from beluur.store.models import JobRun
from tests.threads import at_once
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(monkeypatch) -> list[tuple[str, datetime]]:
    """What ran, and when; in place of the jobs."""
    done: list[tuple[str, datetime]] = []

    def job(name: str) -> Callable[[datetime], str]:
        return lambda now: done.append((name, now)) or "1"  # type: ignore[func-returns-value]

    monkeypatch.setattr(nightly, "JOBS", {name: job(name) for name in ("plan", "mails")})
    return done


def test_each_job_once_a_day_in_their_order(ran):
    assert [run_nightly(NOW + timedelta(minutes=n)) for n in range(3)] == [True, True, False]
    assert [name for name, _ in ran] == ["plan", "mails"]
    assert not run_nightly(NOW + timedelta(hours=14))
    assert run_nightly(NOW + timedelta(hours=15)), "in Amsterdam it is another day"


@pytest.mark.parametrize(
    ("night", "hours"),
    [
        pytest.param(date(2026, 3, 29), 23, id="the night in which two o'clock is not there"),
        pytest.param(date(2026, 10, 25), 25, id="the night in which two o'clock comes twice"),
    ],
)
def test_a_night_in_which_the_clock_is_changed_is_one_night(ran, night, hours):
    begin = datetime(night.year, night.month, night.day - 1, 12, tzinfo=UTC)
    for n in range(3 * 24 * 6):
        while run_nightly(begin + timedelta(minutes=10 * n)):
            pass
    days = [day.isoformat() for day in (night + timedelta(days=n) for n in (-1, 0, 1, 2))]
    for name in ("plan", "mails"):
        rows = JobRun.objects.filter(job=name).order_by("day")
        assert [row.day.isoformat() for row in rows] == days
        moments = [at for of, at in ran if of == name]
        assert len(moments) == len(days)
        apart = [(b - a) // timedelta(hours=1) for a, b in pairwise(moments[1:])]
        assert apart == [hours, 24], "at midnight, however long the day"


def test_a_job_that_fell_is_done_again_and_those_behind_it_do_not_wait(ran, monkeypatch):
    def falls(_: datetime) -> str:
        raise RuntimeError

    whole = nightly.JOBS["plan"]
    monkeypatch.setitem(nightly.JOBS, "plan", falls)
    with pytest.raises(RuntimeError):
        run_nightly(NOW)
    assert run_nightly(NOW)
    assert not run_nightly(NOW + timedelta(minutes=59)), "it may still be at work"
    monkeypatch.setitem(nightly.JOBS, "plan", whole)
    assert run_nightly(NOW + timedelta(minutes=60))
    assert not run_nightly(NOW + timedelta(minutes=180))
    assert ran == [("mails", NOW), ("plan", NOW + timedelta(minutes=60))]


def test_who_was_taken_for_fallen_does_not_end_what_another_began(ran, monkeypatch):
    whole = nightly.JOBS["plan"]

    def slow(now: datetime) -> str:
        monkeypatch.setitem(nightly.JOBS, "plan", lambda _: "another")
        JobRun.objects.filter(job="plan").update(started_at=now + timedelta(hours=1))
        return whole(now)

    monkeypatch.setitem(nightly.JOBS, "plan", slow)
    assert run_nightly(NOW)
    assert JobRun.objects.get(job="plan").ended_at is None


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_four_workers_one_does_again_what_was_broken_off(ran):
    JobRun.objects.create(job="plan", day=NOW.date(), started_at=NOW - timedelta(hours=2))
    JobRun.objects.create(job="mails", day=NOW.date(), started_at=NOW, ended_at=NOW)
    assert sorted(at_once(*[lambda: run_nightly(NOW)] * 4)) == [False, False, False, True]
    assert [name for name, _ in ran] == ["plan"]
