"""An ultimatum in the books: judged on what came in as promises are, replaced by a promise, or taken back by a person (D12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from beluur.actions.correct_call import correct_call
from beluur.actions.judge_commitments import judge_commitments
from beluur.actions.look_at_account import look_at_ultimatum
from beluur.actions.merge_debtors import merge_debtors
from beluur.actions.plan_next_steps import plan_debtors
from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.actions.withdraw_ultimatum import withdraw_ultimatum
from beluur.domain.call_report import CallReport, UltimatumSaid
from beluur.domain.case import Outcome
from beluur.domain.gate import Barrier, gate
from beluur.queries.to_look_at import count_to_look_at, to_look_at
from beluur.store.load import load_case, load_cases, load_policy
from beluur.store.models import Debtor, Event, Invoice, Payment, Ultimatum
from beluur.values.money import Money
from beluur.values.problem import Refused
from tests.actions.calls import at, hold_call, promise, timeline
from tests.world import TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]

UNTIL = TODAY + timedelta(days=4)  # Friday 27 November
CHECK = date(2026, 11, 30)
AFTER = CHECK + timedelta(days=1)


def refused(cents: int = 100_00) -> CallReport:
    said = UltimatumSaid(UNTIL, cents, "notice", "sturen wij u een formele aanmaning")
    return CallReport(Outcome.REACHED, received="yes", refused=True, ultimatum=said)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-1", 100_00, late=10)
    hold_call(world.doer, i, refused())
    return i


def on(world: World, day: date):
    return replace(world.doer, at=at(day, 10))


def books(open_cents: int, as_of: date) -> None:
    """A new export says what is open."""
    Invoice.objects.update(open_cents=open_cents, stated_open_cents=open_cents, as_of=as_of)


def judged(world: World, day: date) -> str:
    judge_commitments(world.id, at(day, 3))
    return Ultimatum.objects.latest("id").state


def step_of(world: World, debtor: int, day: date) -> tuple[str, date | None]:
    plan_debtors(world.id, [debtor], at(day, 10))
    row = Debtor.objects.get(id=debtor)
    return row.step, row.step_on


def test_it_is_in_the_case_and_the_next_step(world, debtor):
    given = load_case(world.id, debtor).ultimatum
    assert given is not None
    assert (given.until, given.cents, given.check_on, given.made_on) == (UNTIL, 100_00, CHECK, TODAY)
    row = Debtor.objects.get(id=debtor)
    assert (row.step, row.step_on) == ("decide", AFTER)
    assert "€ 100,00 uiterlijk vr 27 nov 2026 op de rekening; anders volgt een formele aanmaning" in " ".join(
        timeline(debtor)
    )


@pytest.mark.parametrize(
    ("left", "as_of", "day", "state", "step"),
    [
        pytest.param(100_00, CHECK, CHECK, "open", ("decide", AFTER), id="until its last day it stands"),
        pytest.param(
            100_00, TODAY, AFTER, "open", ("check_payment", AFTER), id="on old books nobody is found wanting"
        ),
        pytest.param(100_00, AFTER, AFTER, "missed", ("decide", AFTER), id="nothing came: a person decides"),
        pytest.param(60_00, AFTER, AFTER, "missed", ("decide", AFTER), id="a part came: a person decides"),
        pytest.param(0, TODAY, TODAY, "met", ("none", None), id="all came at once: it is met"),
        pytest.param(0, AFTER, AFTER, "met", ("none", None), id="all came by its day: it is met"),
    ],
)
def test_what_becomes_of_it(world, debtor, left, as_of, day, state, step):
    books(left, as_of)
    assert judged(world, day) == state
    assert step_of(world, debtor, day) == step


def test_missed_is_told_and_then_met_late(world, debtor):
    books(100_00, AFTER)
    judged(world, AFTER)
    assert Debtor.objects.get(id=debtor).step_stale
    assert timeline(debtor)[-2:] == [
        "Laatste dag voorbij: € 100,00, uiterlijk vr 27 nov 2026; aangekondigd is een formele aanmaning",
        "- Er kwam niets binnen tot en met ma 30 nov 2026",
    ]
    events = Event.objects.count()
    assert judge_commitments(world.id, at(AFTER, 4)) == 0
    assert Event.objects.count() == events
    books(0, AFTER + timedelta(days=3))
    assert judged(world, AFTER + timedelta(days=3)) == "met"
    assert timeline(debtor)[-1] == "Na de laatste dag alsnog binnen: € 100,00, uiterlijk vr 27 nov 2026"


def test_a_payment_meets_it_at_once_and_is_named(world, debtor):
    record_payment(on(world, UNTIL), debtor_id=debtor, day=UNTIL, cents=100_00, today=UNTIL)
    assert Ultimatum.objects.get().state == "met"
    assert timeline(debtor)[-2:] == [
        "Laatste dag gehaald: € 100,00, uiterlijk vr 27 nov 2026",
        "- € 100,00, geboekt op vr 27 nov 2026",
    ]


def test_a_payment_that_is_taken_back_lets_it_stand_again(world, debtor):
    record_payment(on(world, UNTIL), debtor_id=debtor, day=UNTIL, cents=100_00, today=UNTIL)
    reverse_payment(on(world, UNTIL), payment_id=Payment.objects.get().id, reason="verkeerde klant")
    assert Ultimatum.objects.get().state == "open"
    assert step_of(world, debtor, UNTIL) == ("decide", AFTER)


def test_what_an_earlier_promise_was_for_does_not_meet_it(world):
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-1", 100_00, late=10)
    hold_call(world.doer, i, promise(60_00))
    hold_call(on(world, TODAY + timedelta(days=1)), i, refused(40_00), incoming=True)
    assert Ultimatum.objects.get().covers == [[Invoice.objects.get().id, 40_00, 100_00]]
    record_payment(on(world, UNTIL), debtor_id=i, day=UNTIL, cents=60_00, today=UNTIL)
    books(40_00, AFTER)
    assert judged(world, AFTER) == "missed"


def test_a_promise_takes_its_place(world, debtor):
    hold_call(on(world, TODAY + timedelta(days=1)), debtor, promise(100_00), incoming=True)
    assert Ultimatum.objects.get().state == "withdrawn"
    told = timeline(debtor)
    assert "Laatste dag ingetrokken: € 100,00, uiterlijk vr 27 nov 2026" in told
    assert "- Een toezegging komt ervoor in de plaats" in told
    assert load_case(world.id, debtor).ultimatum is None
    assert Debtor.objects.get(id=debtor).step == "wait_promise"


def test_a_promise_under_reservation_does_not_yet(world, debtor):
    hold_call(on(world, TODAY + timedelta(days=1)), debtor, promise(100_00, reserved=True), incoming=True)
    assert Ultimatum.objects.get().state == "open"


def test_a_new_one_takes_its_place(world, debtor):
    hold_call(on(world, TODAY + timedelta(days=1)), debtor, refused(50_00), incoming=True)
    assert list(Ultimatum.objects.order_by("id").values_list("state", flat=True)) == ["withdrawn", "open"]
    given = load_case(world.id, debtor).ultimatum
    assert given is not None
    assert given.cents == 50_00


def test_a_promise_that_was_never_made_lets_it_stand_again(world, debtor):
    ended = hold_call(on(world, TODAY + timedelta(days=1)), debtor, promise(100_00), incoming=True)
    correct_call(
        on(world, TODAY + timedelta(days=1)),
        ended.call_id,
        CallReport(Outcome.REACHED, received="yes"),
        why="verkeerde klant",
    )
    assert Ultimatum.objects.get().state == "open"


def test_one_that_was_noted_wrongly_does_not_stand(world, debtor):
    call = Ultimatum.objects.get().call_id
    correct_call(world.doer, call, CallReport(Outcome.REACHED, received="yes"), why="niet gezegd")
    assert Ultimatum.objects.get().state == "withdrawn"
    assert load_case(world.id, debtor).ultimatum is None


def test_a_person_takes_it_back_and_says_why(world, debtor):
    i = Ultimatum.objects.get().id
    with pytest.raises(Refused) as refusal:
        withdraw_ultimatum(world.doer, i, why="  ")
    assert refusal.value.field == "why"
    withdraw_ultimatum(world.doer, i, why="De factuur was te laat verstuurd")
    assert Ultimatum.objects.get().state == "withdrawn"
    assert Debtor.objects.get(id=debtor).step == "call_again"
    assert Event.objects.filter(debtor_id=debtor).latest("seq").kind == "ultimatum_withdrawn"
    with pytest.raises(Refused):
        withdraw_ultimatum(world.doer, i, why="nog eens")


def test_another_administration_cannot_take_it_back(world, debtor):
    with pytest.raises(Ultimatum.DoesNotExist):
        withdraw_ultimatum(make_world("ander").doer, Ultimatum.objects.get().id, why="vergissing")


def test_it_goes_along_when_two_dossiers_become_one(world, debtor):
    other = world.debtor("Ander bv")
    merge_debtors(world.doer, kept_id=other, gone_id=debtor)
    assert load_case(world.id, other).ultimatum is not None


def test_the_gate_holds_a_call_back_until_its_day(world, debtor):
    case, policy = load_case(world.id, debtor), load_policy(world.id)
    blocks = {b.barrier for b in gate(case, policy, at(UNTIL, 10)).blocks}
    assert Barrier.ULTIMATUM in blocks


def test_one_whose_invoices_nobody_noted_is_never_found_missed(world, debtor):
    Ultimatum.objects.update(covers=[], check_on=None)
    books(100_00, AFTER)
    assert judged(world, AFTER) == "open"
    given = load_case(world.id, debtor).ultimatum
    assert given is not None
    assert given.check_on == UNTIL


def test_the_number_of_queries_does_not_grow(world, count_queries):
    ids = []
    for n in range(20):
        i = world.debtor(f"Klant {n}", phone="+31 20 123 45 00")
        world.invoice(i, f"2026-{n}", 100_00, late=10)
        hold_call(world.doer, i, refused())
        ids.append(i)
    books(100_00, AFTER)
    with count_queries() as counted:
        assert judge_commitments(world.id, at(AFTER, 3)) == 20
    assert len(counted) < 25
    with count_queries() as one:
        load_cases(world.id, ids[:1])
    with count_queries() as all_of_them:
        assert all(case.ultimatum for case in load_cases(world.id, ids).values())
    assert len(one) == len(all_of_them)


# -- who has no bank files looks himself ------------------------------------------------------------------------------


def test_it_is_looked_for_from_its_last_day_on_and_denied_only_after_it(world, debtor):
    assert to_look_at(world.id, UNTIL - timedelta(days=1)) == ()
    (row,) = to_look_at(world.id, UNTIL)
    assert (row.kind, row.amount, row.due, row.control, row.deniable) == (
        "ultimatum",
        Money(100_00),
        UNTIL,
        CHECK,
        False,
    )
    with pytest.raises(Refused):
        look_at_ultimatum(on(world, CHECK), row.id, is_in=False)
    assert count_to_look_at(world.id, CHECK) == 0
    assert count_to_look_at(world.id, AFTER) == 1


def test_not_in_and_its_consequence_is_due(world, debtor):
    look_at_ultimatum(on(world, AFTER), Ultimatum.objects.get().id, is_in=False)
    assert Ultimatum.objects.get().state == "missed"
    assert "ultimatum_missed" in {e.kind for e in Event.objects.all()}
    assert step_of(world, debtor, AFTER)[0] == "decide"
    assert to_look_at(world.id, AFTER) == ()


def test_in_is_booked_on_what_it_was_for_and_can_be_said_once(world, debtor):
    row = Ultimatum.objects.get()
    look_at_ultimatum(on(world, AFTER), row.id, is_in=True, on=UNTIL)
    assert Ultimatum.objects.get().state == "met"
    assert Invoice.objects.get().open_cents == 0
    assert Payment.objects.get().booked_on == UNTIL
    with pytest.raises(Refused):
        look_at_ultimatum(on(world, AFTER), row.id, is_in=False)


def test_another_administration_cannot_look(world, debtor):
    other = make_world("other")
    with pytest.raises(Ultimatum.DoesNotExist):
        look_at_ultimatum(on(other, AFTER), Ultimatum.objects.get().id, is_in=False)
