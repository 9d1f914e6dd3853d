"""What is counted of the calls, by the definitions of the field."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from beluur.actions import count_figures
from beluur.actions.count_figures import count_waiting, figures_shown, keep_figures
from beluur.domain.figures import Figures
from beluur.domain.period import period
from beluur.domain.share import Share
from beluur.queries import figures_kept
from beluur.queries.figures import Asked, figures_of
from beluur.store.models import (
    Call,
    CallReason,
    Debtor,
    Instalment,
    Invoice,
    KeptFigures,
    Message,
    PayerGroup,
    Promise,
    User,
    WrittenAnswer,
)
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY, WEEK = timedelta(days=1), timedelta(days=7)
ZONE = "Europe/Amsterdam"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    return world.debtor()


def call(
    world: World, debtor: int, outcome: str = "reached", at: datetime = NOW - DAY, **columns: Any
) -> Call:
    columns = {"caller": world.user, "state": "ended", "ended_at": at, "lease_until": at} | columns
    return Call.objects.create(
        administration_id=world.id, debtor_id=debtor, outcome=outcome, opened_at=at, **columns
    )


def promised(of: Call, verdict: str = "kept", cents: int = 100_00, **columns: Any) -> Promise:
    due = columns.pop("due", TODAY)
    here = {"administration_id": of.administration_id}
    promise = Promise.objects.create(
        **here, debtor_id=of.debtor_id, call=of, made_at=of.opened_at, cents=cents, **columns
    )
    Instalment.objects.create(
        **here, promise=promise, number=1, due=due, cents=cents, control=due, verdict=verdict
    )
    return promise


def found(world: World, name: str = "kwartaal", caller: int | None = None) -> Figures:
    return figures_of(Asked(world.id, period(name, TODAY), ZONE, caller), TODAY)


def test_calls_made_answered_and_with_the_right_person(world, debtor):
    for outcome in ("reached", "gatekeeper", "wrong_person", "voicemail", "no_answer", "busy"):
        call(world, debtor, outcome)
    f = found(world)
    assert (f.attempts, f.answered, f.reached) == (6, 3, 1)


def test_who_rings_us_is_a_conversation_and_no_attempt(world, debtor):
    call(world, debtor, incoming=True, result="promise")
    f = found(world)
    assert (f.attempts, f.rang, f.talks, f.ended) == (0, 1, 1, {"promise": 1})


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"state": "open", "outcome": ""}, id="one that runs"),
        pytest.param({"state": "left", "outcome": ""}, id="one that was left"),
        pytest.param(
            {"at": datetime.fromisoformat("2026-09-30T21:59:00+00:00")}, id="one of the last quarter"
        ),
    ],
)
def test_does_not_count(world, debtor, columns):
    call(world, debtor, **columns)
    assert found(world).attempts == 0


def test_the_period_begins_at_midnight_of_the_administration(world, debtor):
    call(world, debtor, at=datetime.fromisoformat("2026-09-30T22:01:00+00:00"))
    assert found(world).attempts == 1


def test_what_was_told_anew_counts_once(world, debtor):
    old = call(world, debtor, "no_answer")
    old.corrected_by = call(world, debtor, "reached")
    old.save()
    f = found(world)
    assert (f.attempts, f.reached) == (1, 1)


def test_one_desk_that_was_rung_for_two_counts_once(world, debtor):
    group = PayerGroup.objects.create(administration_id=world.id, name="Holding")
    for i in (debtor, world.debtor("Zuster")):
        Debtor.objects.filter(id=i).update(payer_group=group)
        call(world, i, "no_answer")
    call(world, world.debtor("Los"), "no_answer")
    assert found(world).attempts == 2


def test_golden_hours_and_days_by_right_person(world, debtor):
    tuesday = datetime.fromisoformat("2026-11-17T10:30:00+00:00")
    call(world, debtor, "reached", slot="0930")
    call(world, debtor, "voicemail", slot="1330")
    call(world, debtor, "no_answer", tuesday)
    f = found(world)
    assert (f.golden, f.other_hours) == (Share(1, 2), Share(0, 1))
    assert f.weekdays == {"6": (1, 2), "1": (0, 1)}
    assert (f.early_week, f.rest_of_week) == (Share(0, 1), Share(1, 2))


def test_promises_by_what_became_of_them_each_currency_on_its_own(world, debtor):
    for verdict in ("kept", "kept", "partly", "late", "broken", "unknown", "open"):
        promised(call(world, debtor), verdict)
    promised(call(world, debtor), "kept", 70_00, currency="GBP")
    f = found(world)
    assert f.verdicts == {"kept": 3, "partly": 1, "late": 1, "broken": 1, "unknown": 1, "open": 1}
    assert (f.judged, f.kinds_kept) == (6, {"business": (3, 6)})
    assert f.money["GBP"] == {"kept": 70_00}
    assert f.money["EUR"]["kept"] == 200_00


@pytest.mark.parametrize(
    ("because", "incoming", "verdicts"),
    [
        pytest.param("replaced", False, {"broken": 1, "open": 1}, id="we called him about it: broken"),
        pytest.param("replaced", True, {"open": 1}, id="he called first: not judged"),
        pytest.param("changed", False, {"open": 1}, id="noted wrongly: not counted"),
    ],
)
def test_agreed_anew_before_its_day(world, debtor, because, incoming, verdicts):
    old = promised(call(world, debtor), "open", active=False, ended_because=because)
    new = promised(call(world, debtor, incoming=incoming), "open", due=TODAY + WEEK)
    Promise.objects.filter(id=old.id).update(replaced_by=new)
    assert found(world).verdicts == verdicts


def test_confirmed_before_its_day_of_what_was_mailed(world, debtor):
    here = {"administration_id": world.id, "debtor_id": debtor}
    for number, answered in enumerate((TODAY - DAY, TODAY + DAY, None)):
        made = call(world, debtor)
        promise = promised(made)
        Message.objects.create(
            **here, call=made, kind="confirmation", state="sent", subject="x", text="x", send_after=NOW,
            created_at=NOW, message_id=f"<{number}@x>",
        )  # fmt: skip
        if answered:
            at = NOW.replace(day=answered.day)
            WrittenAnswer.objects.create(**here, promise=promise, kind="agree", digest="x", at=at)
    promised(call(world, debtor))
    assert found(world).confirmed == {"yes": (1, 1), "no": (2, 2)}


def test_whose_proposal_it_was(world, debtor):
    promised(call(world, debtor), "kept", proposed_by="debtor")
    promised(call(world, debtor), "broken", proposed_by="us")
    promised(call(world, debtor), "kept")
    assert found(world).proposed == {"debtor": (1, 1), "us": (0, 1)}


def test_reasons_with_how_they_ended(world, debtor):
    made = call(world, debtor, result="promise")
    promised(made, "broken")
    for of, code in ((made, "not_received"), (made, "cash_problem"), (call(world, debtor), "not_received")):
        CallReason.objects.create(administration_id=world.id, debtor_id=debtor, call=of, code=code, at=NOW)
    assert found(world).reasons == {"not_received": (2, 1, 0, 1), "cash_problem": (1, 1, 0, 1)}


def test_the_goal_meets_the_result_each_currency_on_its_own(world, debtor):
    other = world.debtor("Ander")
    Debtor.objects.filter(id=other).update(currency="GBP")
    for i, grade, ask, agreed in (
        (debtor, "reached", 500_00, 500_00), (debtor, "missed", 100_00, 0), (other, "reached", 10_00, 10_00)
    ):  # fmt: skip
        call(world, i, reached={"grade": grade, "ask_cents": ask, "agreed_cents": agreed})
    call(world, debtor)
    f = found(world)
    assert f.grades == {"reached": 2, "missed": 1}
    assert f.aimed == {"EUR": (600_00, 500_00), "GBP": (10_00, 10_00)}


def test_how_callers_looked_back(world, debtor):
    call(world, debtor, review={"went": "well", "differently": "calmer"})
    call(world, debtor, review={"went": "better", "differently": ""})
    f = found(world)
    assert (f.went, f.differently) == ({"well": 1, "better": 1}, {"calmer": 1})


@pytest.mark.parametrize(
    ("called", "closed", "firsts"),
    [
        pytest.param(6, None, {"week": 1}, id="called on the sixth day"),
        pytest.param(7, None, {"week": 1}, id="called on the seventh day"),
        pytest.param(8, None, {"second": 1}, id="called on the eighth day"),
        pytest.param(15, None, {"later": 1}, id="called in the third week"),
        pytest.param(-3, None, {"never": 1}, id="a call before the due date is about something else"),
        pytest.param(None, None, {"never": 1}, id="never called"),
        pytest.param(None, 7, {}, id="paid within the week"),
        pytest.param(9, 8, {"second": 1}, id="paid after it"),
    ],
)
def test_from_the_due_date_to_the_first_call(world, debtor, called, closed, firsts):
    due = TODAY - 3 * WEEK
    invoice = world.invoice(debtor, "F1", due=due)
    if called is not None:
        call(world, debtor, "no_answer", at=NOW - 3 * WEEK + called * DAY)
    if closed is not None:
        Invoice.objects.filter(id=invoice).update(closed_on=due + closed * DAY)
    assert found(world).firsts == firsts


def test_an_invoice_of_this_week_is_not_counted_yet(world, debtor):
    world.invoice(debtor, "F1", late=6)
    assert found(world).firsts == {}


def test_a_caller_sees_his_own(world, debtor):
    other = User.objects.create_user(email="b@example.org", password=None, name="Bo Beller")
    call(world, debtor)
    promised(call(world, debtor, caller=other))
    world.invoice(debtor, "F1", late=30)
    f = found(world, caller=other.id)
    assert (f.attempts, f.verdicts, f.firsts) == (1, {"kept": 1}, {})
    Debtor.objects.update(assigned_to=other)
    assert found(world, caller=other.id).firsts == {"later": 1}
    assert found(world).attempts == 2


def test_seven_queries_however_many_and_only_ones_own(world, debtor, count_queries, guard_queries):
    for n in range(6):
        made = call(world, world.debtor(f"D{n}"), result="promise")
        promised(made)
        world.invoice(made.debtor_id, f"F{n}", late=20 + n)
    with count_queries() as counted, guard_queries():
        found(world)
    assert len(counted) == 7
    assert found(make_world("ander")) == Figures()


def test_of_a_large_administration_the_worker_counts_them_and_they_are_kept(world, debtor, monkeypatch):
    monkeypatch.setattr(figures_kept, "MANY_CALLS", 2)
    asked = Asked(world.id, period("maand", TODAY), ZONE)
    call(world, debtor, slot="0930")
    assert figures_shown(asked, NOW).found.attempts == 1
    assert not count_waiting(NOW)
    call(world, debtor)
    assert (figures_shown(asked, NOW), figures_shown(asked, NOW)) == (None, None)
    assert [count_waiting(NOW), count_waiting(NOW)] == [True, False]
    call(world, debtor)
    shown = figures_shown(asked, NOW + DAY / 12)
    assert (shown.at, shown.found.attempts, shown.found.golden) == (NOW, 2, Share(1, 1))


def test_the_night_counts_everyones_anew(world, debtor, monkeypatch):
    monkeypatch.setattr(figures_kept, "MANY_CALLS", 1)
    call(world, debtor)
    keep_figures(world.id, NOW)
    call(world, debtor)
    tomorrow = Asked(world.id, period("maand", TODAY + DAY), ZONE)
    before = figures_shown(tomorrow, NOW + DAY)
    assert (before.at, before.period.last, before.found.attempts) == (NOW, TODAY, 1)
    assert keep_figures(world.id, NOW + DAY) == 6
    assert figures_shown(tomorrow, NOW + DAY).found.attempts == 2
    assert KeptFigures.objects.count() == 6


def test_what_is_kept_of_another_month_is_not_this_one(world, debtor, monkeypatch):
    monkeypatch.setattr(figures_kept, "MANY_CALLS", 1)
    call(world, debtor)
    last_day = NOW.replace(day=30)
    keep_figures(world.id, last_day)
    december = last_day.date() + DAY
    shown = {
        name: figures_shown(Asked(world.id, period(name, december), ZONE), last_day + DAY) is not None
        for name in ("maand", "vorige-maand", "kwartaal", "jaar", "twaalf-maanden")
    }
    assert shown == {
        "maand": False, "vorige-maand": False, "kwartaal": True, "jaar": True, "twaalf-maanden": True
    }  # fmt: skip


def test_the_night_counts_again_what_a_caller_looked_at_lately(world, debtor, monkeypatch):
    monkeypatch.setattr(figures_kept, "MANY_CALLS", 1)
    call(world, debtor)
    figures_shown(Asked(world.id, period("jaar", TODAY), ZONE, world.user.id), NOW)
    assert keep_figures(world.id, NOW + DAY) == 7
    later = NOW + count_figures.STILL_ASKED + DAY
    assert keep_figures(world.id, later) == 6
