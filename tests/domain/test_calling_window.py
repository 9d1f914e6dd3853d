"""When to call: golden hours at the debtor's clock, days of the week, and hours that suit him."""

from datetime import date, time

import pytest

from beluur.domain.calling_window import (
    DayQuality,
    Quality,
    best_slots,
    day_quality,
    next_slot,
    slot_history,
    slots,
    window,
)
from beluur.domain.case import DebtorKind, Outcome
from tests.domain.builders import AMSTERDAM, POLICY, TODAY, at, attempt, case, days, spoken, utc

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("hour", "minute", "quality", "code"),
    [
        pytest.param(9, 30, Quality.GOLDEN, "window.golden", id="half past nine is golden"),
        pytest.param(
            11, 29, Quality.GOLDEN, "window.golden", id="the golden morning lasts until half past eleven"
        ),
        pytest.param(11, 30, Quality.SENSIBLE, "window.sensible", id="then it is still sensible"),
        pytest.param(12, 15, Quality.WARNING, "window.lunch", id="lunch is a warning"),
        pytest.param(13, 30, Quality.GOLDEN, "window.golden", id="the golden afternoon"),
        pytest.param(7, 30, Quality.WARNING, "window.early", id="before eight is a warning"),
        pytest.param(18, 0, Quality.WARNING, "window.late", id="from six on is a warning"),
        pytest.param(
            20, 30, Quality.WARNING, "law.hours_decency", id="late in the evening no law forbids an own claim"
        ),
    ],
)
def test_quality_of_the_hour(hour, minute, quality, code):
    now = window(case(), POLICY, at(hour, minute))
    assert (now.quality, now.because.code) == (quality, code)


def test_a_collector_is_forbidden_what_a_creditor_is_not():
    person = case(kind=DebtorKind.CONSUMER, agency=True)
    now = window(person, POLICY, at(20, 30))
    assert now.quality is Quality.FORBIDDEN
    assert now.opens_at == at(7, 0, TODAY + days(1))


def test_minutes_left_and_the_next_slot():
    now = window(case(), POLICY, at(9, 35))
    assert now.minutes_left == 55
    assert now.next_slot.start == at(10, 30)


def test_after_the_last_slot_the_next_one_is_tomorrow_morning():
    assert next_slot(at(16, 0), "NL", AMSTERDAM, POLICY).start == at(9, 30, TODAY + days(1))


def test_on_friday_afternoon_the_next_slot_is_on_monday():
    friday = date(2026, 11, 27)
    assert next_slot(at(15, 0, friday), "NL", AMSTERDAM, POLICY).start == at(9, 30, friday + days(3))


@pytest.mark.parametrize(
    ("zone", "country", "first"),
    [
        pytest.param("Europe/Amsterdam", "NL", (8, 30), id="Amsterdam in winter is an hour ahead of UTC"),
        pytest.param("Europe/Lisbon", "PT", (9, 30), id="Lisbon in winter is UTC"),
        pytest.param("America/Curacao", "CW", (13, 30), id="Curacao is four hours behind"),
    ],
)
def test_golden_hours_are_the_debtors(zone, country, first):
    assert slots(TODAY, country, zone, POLICY)[0].start == utc(2026, 11, 23, *first)


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [
        pytest.param(date(2026, 3, 27), 8, id="the Friday before summer time"),
        pytest.param(date(2026, 3, 30), 7, id="the Monday after it began"),
        pytest.param(date(2026, 10, 26), 8, id="the Monday after it ended"),
    ],
)
def test_golden_hours_keep_to_the_clock_when_it_changes(day, hour_in_utc):
    start = slots(day, "NL", AMSTERDAM, POLICY)[0].start
    assert start == utc(day.year, day.month, day.day, hour_in_utc, 30)


def test_today_is_the_debtors_day():
    """At two in the night in Amsterdam it is still Sunday in Curacao."""
    debtor = case(country="CW", time_zone="America/Curacao")
    assert window(debtor, POLICY, at(2, 0)).day_quality is DayQuality.CLOSED


def test_no_slots_on_a_holiday_or_in_the_weekend():
    assert slots(SUNDAY, "NL", AMSTERDAM, POLICY) == ()
    assert slots(date(2026, 11, 11), "BE", "Europe/Brussels", POLICY) == ()


@pytest.mark.parametrize(
    ("day", "quality"),
    [
        (date(2026, 11, 23), DayQuality.BEST),
        (date(2026, 11, 24), DayQuality.BEST),
        (date(2026, 11, 25), DayQuality.GOOD),
        (date(2026, 11, 26), DayQuality.LATE),
        (date(2026, 11, 27), DayQuality.LATE),
        (date(2026, 11, 28), DayQuality.CLOSED),
    ],
)
def test_early_in_the_week_is_best(day, quality):
    assert day_quality(day, "NL")[0] is quality


def miss(days_ago: int, hour: int, minute: int = 35, outcome: Outcome = Outcome.NO_ANSWER):
    return attempt(days_ago, outcome, hour, minute)


@pytest.mark.parametrize(
    ("attempts", "avoid"),
    [
        pytest.param((), (), id="nothing to avoid without tries"),
        pytest.param((miss(5, 9),), (), id="one miss is no reason"),
        pytest.param((miss(5, 9), miss(4, 9)), (0,), id="two misses in a row in one slot are"),
        pytest.param((miss(5, 9), spoken(4), miss(3, 9)), (), id="reached in between: not in a row"),
        pytest.param(
            (miss(5, 9), miss(4, 14), miss(3, 9)), (0,), id="a try in another slot does not count in between"
        ),
        pytest.param((miss(5, 12), miss(4, 12)), (), id="outside the golden hours there is no slot"),
        pytest.param(
            (miss(5, 9, outcome=Outcome.NUMBER_INVALID), miss(4, 9)),
            (),
            id="a wrong number says nothing of the hour",
        ),
    ],
)
def test_never_the_same_slot_after_two_misses(attempts, avoid):
    assert slot_history(case(attempts=attempts), POLICY).avoid == avoid


def test_the_slot_in_which_he_was_reached_comes_first():
    history = slot_history(case(attempts=(attempt(9, Outcome.REACHED, 14, 0), miss(3, 9))), POLICY)
    today = slots(TODAY, "NL", AMSTERDAM, POLICY)
    assert [s.index for s in best_slots(today, history.reached, history.avoid)] == [2, 0, 1, 3]


def test_when_all_slots_failed_all_are_open_again():
    today = slots(TODAY, "NL", AMSTERDAM, POLICY)
    assert len(best_slots(today, (), (0, 1, 2, 3))) == 4


def test_half_slots_follow_the_policy():
    from dataclasses import replace

    policy = replace(POLICY, golden_hours=((time(9, 0), time(10, 0)),))
    assert [s.start for s in slots(TODAY, "NL", AMSTERDAM, policy)] == [at(9, 0), at(9, 30)]
