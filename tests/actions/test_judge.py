"""Promises judged on what came in, never on old books; and who has no bank files looks himself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from beluur.actions import judge_commitments as judge_commitments_module
from beluur.actions.judge_commitments import judge_commitments, judge_due
from beluur.actions.look_at_account import check_claim, look
from beluur.actions.record_payment import record_payment
from beluur.domain.call_report import CallReport, ClaimSaid
from beluur.domain.case import Outcome
from beluur.store.models import Debtor, Event, Instalment, Invoice, PaidClaim, Payment, Promise
from beluur.values.problem import Refused
from tests.actions.calls import FRIDAY, at, hold_call, promise, timeline
from tests.world import TODAY, World, make_world

pytestmark = pytest.mark.django_db

CONTROL = date(2026, 12, 1)  # "I pay on Friday 27 November": two bank days
AFTER = CONTROL + timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-1", 100_00, late=10)
    hold_call(world.doer, i, promise(100_00))
    return i


def on(world: World, day: date):
    return replace(world.doer, at=at(day, 10))


def verdict() -> str:
    return Instalment.objects.get().verdict


def judged(world: World, day: date) -> str:
    judge_commitments(world.id, at(day, 3))
    return verdict()


def books(open_cents: int, as_of: date) -> None:
    """A new export says what is open."""
    Invoice.objects.update(open_cents=open_cents, stated_open_cents=open_cents, as_of=as_of)


def test_until_its_control_date_it_is_open(world, debtor):
    books(100_00, CONTROL)
    assert judged(world, CONTROL) == "open"


def test_on_old_books_nobody_is_accused(world, debtor):
    assert judged(world, AFTER) == "unknown"
    assert "Niet nagekomen" not in " ".join(timeline(debtor))


def test_an_export_made_on_the_control_date_does_not_accuse_for_what_came_in_later_that_day(world, debtor):
    books(100_00, CONTROL)
    assert judged(world, AFTER) == "unknown"


def test_broken_when_the_books_reach_its_control_date(world, debtor):
    books(100_00, AFTER)
    assert judged(world, AFTER) == "broken"
    assert Debtor.objects.get(id=debtor).step_stale
    assert timeline(debtor)[-2:] == [
        "Niet nagekomen: € 100,00, toegezegd op vr 27 nov 2026",
        "- Er kwam niets binnen tot en met di 1 dec 2026",
    ]


def test_partly_when_a_part_came(world, debtor):
    books(60_00, AFTER)
    assert judged(world, AFTER) == "partly"


def test_kept_ends_the_promise(world, debtor):
    books(0, AFTER)
    assert judged(world, TODAY + timedelta(days=3)) == "kept"
    assert (Promise.objects.get().active, Promise.objects.get().ended_because) == (False, "kept")


def test_what_comes_after_it_was_broken_is_late(world, debtor):
    books(100_00, AFTER)
    judged(world, AFTER)
    books(0, CONTROL + timedelta(days=5))
    assert judged(world, CONTROL + timedelta(days=6)) == "late"
    assert Promise.objects.get().ended_because == "late"


def test_a_payment_by_hand_judges_at_once_by_its_own_day(world, debtor):
    record_payment(on(world, AFTER), debtor_id=debtor, day=FRIDAY, cents=100_00, today=AFTER)
    assert verdict() == "kept"


def test_judging_twice_changes_nothing(world, debtor):
    books(100_00, AFTER)
    judge_commitments(world.id, at(AFTER, 3))
    events = Event.objects.count()
    assert judge_commitments(world.id, at(AFTER, 4)) == 0
    assert Event.objects.count() == events


def test_another_administration_is_not_judged(world, debtor):
    books(100_00, AFTER)
    assert judge_commitments(make_world("ander").id, at(AFTER, 3)) == 0
    assert verdict() == "open"


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        pytest.param(CONTROL, 23, "open", id="as long as its control date lasts at the debtor's"),
        pytest.param(AFTER, 0, "broken", id="broken as soon as that is over there, though not yet in UTC"),
    ],
)
def test_the_night_judges_what_a_day_brings(world, debtor, day, hour, expected):
    books(100_00, AFTER)
    judge_due(world.id, at(day, hour, 30))
    assert verdict() == expected


def test_the_night_looks_again_at_what_was_not_known(world, debtor):
    assert judge_due(world.id, at(AFTER, 0, 30)) == 1
    assert verdict() == "unknown"
    books(100_00, AFTER)
    assert judge_due(world.id, at(AFTER + timedelta(days=1), 0, 30)) == 1
    assert verdict() == "broken"


def test_what_runs_on_costs_the_night_nothing(world, debtor, count_queries, monkeypatch):
    monkeypatch.setattr(judge_commitments_module, "_judge", lambda *_: pytest.fail("it is not due"))
    with count_queries() as counted:
        assert judge_due(world.id, at(TODAY + timedelta(days=2), 0, 30)) == 0
    assert len(counted) == 2


def test_the_number_of_queries_does_not_grow(world, count_queries):
    for n in range(20):
        i = world.debtor(f"Klant {n}", phone="+31 20 123 45 00")
        world.invoice(i, f"2026-{n}", 100_00, late=10)
        hold_call(world.doer, i, promise(100_00))
    books(100_00, AFTER)
    with count_queries() as counted:
        assert judge_commitments(world.id, at(AFTER, 3)) == 20
    assert len(counted) < 25
    assert set(Instalment.objects.values_list("verdict", flat=True)) == {"broken"}


# -- looking oneself --------------------------------------------------------------------------------------------------


def test_seen_on_the_account_it_is_kept_and_the_invoice_is_paid(world, debtor):
    part = Instalment.objects.get()
    look(on(world, AFTER), part.id, is_in=True)
    part.refresh_from_db()
    assert (part.verdict, part.looked_by_id, part.judged_at) == ("kept", world.user.id, at(AFTER, 10))
    assert (Invoice.objects.get().open_cents, Payment.objects.get().amount_cents) == (0, 100_00)
    assert not Promise.objects.get().active
    assert "Nagekeken: € 100,00 is binnen" in timeline(debtor)


def test_not_seen_it_is_broken_and_first_in_line(world, debtor):
    part = Instalment.objects.get()
    with pytest.raises(Refused) as refused:
        look(on(world, CONTROL), part.id, is_in=False)
    assert refused.value.sentence.code == "call.look_later"
    look(on(world, AFTER), part.id, is_in=False)
    assert judged(world, AFTER) == "broken"
    row = Debtor.objects.get(id=debtor)
    assert (row.step, row.step_tier) == ("call_broken", 1)
    assert Event.objects.filter(debtor_id=debtor, kind="looked").get().actor_name == "Eva Eigenaar"


def test_money_that_comes_after_a_look_makes_it_late(world, debtor):
    look(on(world, AFTER), Instalment.objects.get().id, is_in=False)
    record_payment(on(world, AFTER), debtor_id=debtor, day=AFTER, cents=100_00, today=AFTER)
    assert verdict() == "late"


def test_a_claim_that_is_found_pays_the_oldest(world):
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-1", 100_00, late=10)
    hold_call(world.doer, i, CallReport(Outcome.REACHED, claim=ClaimSaid(60_00)))
    check_claim(on(world, AFTER), PaidClaim.objects.get().id, found=True)
    assert (Invoice.objects.get().open_cents, PaidClaim.objects.get().state) == (40_00, "found")
    with pytest.raises(Refused):
        check_claim(on(world, AFTER), PaidClaim.objects.get().id, found=False)


def test_a_claim_that_is_not_found_is_asked_for_again(world):
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-1", 100_00, late=10)
    hold_call(world.doer, i, CallReport(Outcome.REACHED, claim=ClaimSaid(100_00)))
    assert Debtor.objects.get(id=i).step_cents == 0
    check_claim(on(world, AFTER), PaidClaim.objects.get().id, found=False)
    assert Debtor.objects.get(id=i).step_cents == 100_00
