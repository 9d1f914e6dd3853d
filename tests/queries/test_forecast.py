"""What may come in, from the rows; what was kept of it at night; and how it turned out on the screen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from beluur.actions import reckon_forecast
from beluur.actions.keep_forecast import keep_forecast
from beluur.actions.nightly import JOBS
from beluur.actions.plan_next_steps import plan_debtors
from beluur.actions.reckon_forecast import forecast_shown, reckon_waiting
from beluur.queries.forecast import forecast, turned_out
from beluur.store.models import (
    Allocation,
    BankAccount,
    Cover,
    Debtor,
    Forecast,
    Invoice,
    KeptForecast,
    Promise,
)
from tests.queries.test_calendar import promise
from tests.queries.test_to_do import dispute
from tests.rows import make_account, make_payment
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY, WEEK, HOUR = timedelta(days=1), timedelta(days=7), timedelta(hours=1)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    debtor = world.debtor()
    world.invoice(debtor, "F1", 500_00, late=-3)
    return debtor


def total(world: World) -> dict[str, int]:
    return {f.currency: f.total_cents for f in forecast(world.id, TODAY)}


def covered(world: World, debtor: int, cents: int) -> None:
    promise(world, debtor, TODAY + DAY)
    Cover.objects.create(
        administration_id=world.id, promise=Promise.objects.get(), invoice=Invoice.objects.get(), cents=cents,
        open_then_cents=500_00,
    )  # fmt: skip


def test_what_is_promised_is_not_counted_twice(world, debtor):
    covered(world, debtor, 80_00)
    assert total(world) == {"EUR": 500_00}


def test_what_is_disputed_is_not_expected(world, debtor):
    dispute(world, debtor)
    assert total(world) == {"EUR": 460_00}


def test_who_must_be_left_alone_is_not_counted_on(world, debtor):
    promise(world, debtor)
    Debtor.objects.update(stop="insolvent")
    assert total(world) == {}


def test_each_currency_on_its_own(world, debtor):
    other = world.debtor("Ander")
    world.invoice(other, "F2", 70_00, late=-3)
    Invoice.objects.filter(number="F2").update(currency="GBP")
    assert total(world) == {"EUR": 500_00, "GBP": 70_00}


def test_how_he_paid_before_counts(world, debtor):
    for n in range(6):
        world.invoice(debtor, f"P{n}", 10_00, late=100)
    Invoice.objects.filter(number__startswith="P").update(
        open_cents=0, stated_open_cents=0, closed_on=TODAY - timedelta(days=86), closed_because="paid"
    )
    (found,) = forecast(world.id, TODAY)
    due = TODAY + timedelta(days=3 + 14)
    assert {w.monday for w in found.weeks if w.expected_cents > 10_00} == {
        due - timedelta(days=due.weekday())
    }
    (part,) = (p for w in found.weeks for p in w.parts)
    assert part.habit.days == (14,) * 6


def test_six_queries_however_many_and_only_ones_own(world, debtor, count_queries, guard_queries):
    for n in range(8):
        other = world.debtor(f"D{n}")
        world.invoice(other, f"N{n}", 100_00, late=n - 4)
        promise(world, other, TODAY + n * DAY)
        promise(world, other, TODAY - n * DAY, verdict="kept")
    with count_queries() as counted, guard_queries():
        forecast(world.id, TODAY)
    assert len(counted) == 6
    assert forecast(make_world("ander").id, TODAY) == ()


def came(world: World, cents: int, on: date, *, reaches: date) -> None:
    account = BankAccount.objects.first() or make_account(world.administration)
    BankAccount.objects.update(reaches=reaches)
    paid = make_payment(account, cents, booked_on=on, state="explained", left_cents=0)
    Allocation.objects.create(
        administration_id=world.id, payment=paid, invoice=Invoice.objects.first(), cents=cents, at=NOW
    )


def test_a_week_stays_as_it_was_last_expected_before_it_began(world, debtor):
    assert keep_forecast(world.id, NOW) == 7
    first = Forecast.objects.order_by("week").values("week", "expected_cents", "made_on").first()
    assert (first["week"], first["made_on"]) == (TODAY + WEEK, TODAY)
    keep_forecast(world.id, NOW + 6 * DAY)
    kept = Forecast.objects.get(week=TODAY + WEEK)
    assert kept.made_on == TODAY + 6 * DAY
    world.invoice(debtor, "F9", 9_000_00, late=-8)
    keep_forecast(world.id, NOW + 8 * DAY)
    assert Forecast.objects.get(week=TODAY + WEEK).expected_cents == kept.expected_cents
    assert Forecast.objects.count() == len({f.week for f in Forecast.objects.all()})


def test_what_came_stands_beside_it_once_the_bank_is_known_so_far(world, debtor):
    keep_forecast(world.id, NOW)
    week = TODAY + WEEK
    Forecast.objects.filter(week=week).update(expected_cents=300_00, low_cents=200_00, high_cents=400_00)
    came(world, 250_00, week + DAY, reaches=week + 5 * DAY)
    keep_forecast(world.id, NOW + 14 * DAY)
    assert turned_out(world.id, TODAY + 14 * DAY)[0].came is None
    came(world, 30_00, week + 6 * DAY, reaches=week + 6 * DAY)
    came(world, 999_00, week + 7 * DAY, reaches=week + 8 * DAY)
    keep_forecast(world.id, NOW + 16 * DAY)
    (known,) = (t for t in turned_out(world.id, TODAY + 16 * DAY) if t.week == week)
    assert (known.came.cents, known.off.cents, known.within) == (280_00, -20_00, True)


def test_nothing_that_came_is_an_answer_too(world, debtor):
    keep_forecast(world.id, NOW)
    week = TODAY + WEEK
    Forecast.objects.filter(week=week).update(expected_cents=300_00, low_cents=200_00, high_cents=400_00)
    came(world, 10_00, week - DAY, reaches=week + 6 * DAY)
    keep_forecast(world.id, NOW + 14 * DAY)
    known = turned_out(world.id, TODAY + 14 * DAY)[0]
    assert (known.came.cents, known.off.cents, known.within) == (0, -300_00, False)


def test_it_is_kept_at_night(world, debtor):
    assert JOBS["forecast"](NOW) == "7"


def test_the_page(client, world, debtor, monkeypatch):
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    client.force_login(world.user)
    where = reverse("expected", kwargs={"administration": world.slug})
    covered(world, debtor, 80_00)
    Forecast.objects.create(
        administration_id=world.id, week=TODAY - WEEK, currency="EUR", expected_cents=300_00, low_cents=200_00,
        high_cents=400_00, promised_cents=0, made_on=TODAY - 8 * DAY, came_cents=150_00,
    )  # fmt: skip
    html = client.get(where).content.decode().replace("\xa0", " ")
    assert "nog niets bekend, gerekend als bij anderen" in html
    assert html.count("<rect") == 8
    assert "€ 500,00" in html
    assert "nee, € 200,00 tot € 400,00" in html
    assert "-€ 150,00" in html.replace("−", "-").replace("€ -", "-€ ")


def test_an_empty_page_says_what_will_stand_there(client, world, monkeypatch):
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    client.force_login(world.user)
    html = client.get(reverse("expected", kwargs={"administration": world.slug})).content.decode()
    assert "Er staat niets open" in html


@pytest.fixture
def large(monkeypatch):
    """Whatever is open is much."""
    monkeypatch.setattr(reckon_forecast, "LIVE", 0)


def shown(world: World, days: int = 0) -> tuple[int, bool]:
    """What is expected altogether, and whether it was kept before."""
    at = NOW + days * DAY
    found = forecast_shown(world.id, TODAY + days * DAY, at)
    return sum(f.total_cents for f in found.found), found.at is not None and found.at < at


def changed(world: World, debtor: int) -> None:
    world.invoice(debtor, f"F{Invoice.objects.count() + 1}", 500_00, late=-3)
    plan_debtors(world.id, [debtor], NOW)


def test_of_a_small_administration_none_is_kept_and_a_change_shows_at_once(world, debtor):
    assert shown(world) == (500_00, False)
    changed(world, debtor)
    assert shown(world) == (1_000_00, False)
    assert not KeptForecast.objects.exists()


def test_of_a_large_one_the_page_is_never_empty_and_the_next_time_it_is_the_kept_one(world, debtor, large):
    first = forecast_shown(world.id, TODAY, NOW)
    changed(world, debtor)
    assert forecast_shown(world.id, TODAY, NOW + HOUR) == first
    assert (first.found, first.at) == (forecast_of_one_invoice(world), NOW)


def forecast_of_one_invoice(world: World):
    Invoice.objects.exclude(number="F1").delete()
    return forecast(world.id, TODAY)


def test_what_is_kept_comes_back_as_it_was_with_its_reasons(world, debtor, large):
    promise(world, debtor)
    promise(world, debtor, TODAY - DAY, verdict="kept")
    for n in range(4):
        world.invoice(debtor, f"P{n}", 10_00, late=100)
    Invoice.objects.filter(number__startswith="P").update(
        open_cents=0, stated_open_cents=0, closed_on=TODAY - timedelta(days=86), closed_because="paid"
    )
    first = forecast_shown(world.id, TODAY, NOW)
    assert {p.claim.promised for f in first.found for w in f.weeks for p in w.parts} == {True, False}
    assert forecast_shown(world.id, TODAY, NOW + HOUR) == first


def test_the_worker_reckons_again_after_the_books_changed_and_not_before(world, debtor, large):
    shown(world)
    assert reckon_waiting(NOW + HOUR)  # while the first was reckoned nobody could tell of a change
    assert not reckon_waiting(NOW + 2 * HOUR)
    changed(world, debtor)
    assert not reckon_waiting(NOW + HOUR)  # it has just been
    assert reckon_waiting(NOW + 2 * HOUR)
    assert forecast_shown(world.id, TODAY, NOW + 3 * HOUR).at == NOW + 2 * HOUR
    assert shown(world, days=0)[0] == 1_000_00


def test_one_of_yesterday_is_shown_until_the_night_has_been_but_none_of_another_week(world, debtor, large):
    assert TODAY.weekday() == 0
    assert [shown(world, day) for day in (0, 1)] == [(500_00, False), (500_00, True)]
    assert shown(world, 2) == (500_00, False)
    assert shown(world, 6) == (500_00, False)
    assert shown(world, 7) == (500_00, False)
    keep_forecast(world.id, NOW + 8 * DAY)
    assert KeptForecast.objects.get().day == TODAY + 8 * DAY


def test_one_that_is_no_longer_large_is_reckoned_when_asked(world, debtor, large, monkeypatch):
    shown(world)
    monkeypatch.undo()
    changed(world, debtor)
    assert reckon_waiting(NOW + HOUR)
    assert not KeptForecast.objects.exists()
    assert shown(world) == (1_000_00, False)


def test_a_change_elsewhere_leaves_it(world, debtor, large):
    shown(world)
    KeptForecast.objects.update(stale=False)
    other = make_world("ander")
    changed(other, other.debtor())
    assert not KeptForecast.objects.get().stale


@pytest.mark.parametrize(
    ("hours", "said"), [(1, "Berekend om 09:35."), (24, "Berekend op ma 23 nov 2026, 09:35.")]
)
def test_the_page_says_when_it_was_reckoned(client, world, debtor, large, monkeypatch, hours, said):
    forecast_shown(world.id, TODAY, NOW)
    monkeypatch.setenv("BELUUR_NOW", (NOW + hours * HOUR).isoformat())
    client.force_login(world.user)
    html = client.get(reverse("expected", kwargs={"administration": world.slug})).content.decode()
    assert said in html.replace("\xa0", " ")
