"""The order of the day, and the slots."""

from dataclasses import replace

from beluur.domain.priority import Entry, one_per_payer, order, plan_day, slots_ahead
from beluur.domain.steps import Tier
from tests.domain.builders import AMSTERDAM, NOW, POLICY, TODAY, at, days


def entry(n: int, tier: Tier = Tier.AMOUNT, euros: int = 100, **over) -> Entry:
    return Entry(n, tier, euros * 100, **over)


def ids(found) -> list[int]:
    return [e.debtor_id for e in found]


def codes(call) -> list[str]:
    return [s.code for s in call.because]


def test_the_tiers_come_in_their_order():
    entries = [
        entry(1, Tier.AMOUNT, 9_000),
        entry(2, Tier.WEEK, 50, week_ends=TODAY),
        entry(3, Tier.BROKEN, 60),
        entry(4, Tier.CALL_BACK, 10, at=at(16)),
    ]
    assert ids(order(entries)) == [4, 3, 2, 1]


def test_call_backs_by_their_hour():
    assert ids(order([entry(1, Tier.CALL_BACK, at=at(16)), entry(2, Tier.CALL_BACK, at=at(10))])) == [2, 1]


def test_the_week_that_is_over_first_comes_first_and_then_the_amount():
    entries = [
        entry(1, Tier.WEEK, 900, week_ends=TODAY + days(2)),
        entry(2, Tier.WEEK, 10, week_ends=TODAY),
        entry(3, Tier.WEEK, 20, week_ends=TODAY),
    ]
    assert ids(order(entries)) == [3, 2, 1]


def test_the_last_day_of_the_week_is_said_to_be_today():
    calls = plan_day(
        [entry(1, Tier.WEEK, week_ends=TODAY), entry(2, Tier.WEEK, week_ends=TODAY + days(1))], POLICY, NOW
    )
    assert {c.entry.debtor_id: codes(c)[0] for c in calls} == {
        1: "priority.week_last_day",
        2: "priority.week",
    }


def test_otherwise_the_largest_amount():
    assert ids(order([entry(1, euros=10), entry(2, euros=30), entry(3, euros=20)])) == [2, 3, 1]


def test_equal_entries_keep_one_order():
    assert ids(order([entry(2), entry(1)])) == ids(order([entry(1), entry(2)])) == [1, 2]


def test_one_call_for_debtors_that_one_desk_pays_for():
    entries = [entry(1, euros=50, payer_group_id=7), entry(2, euros=40), entry(3, euros=30, payer_group_id=7)]
    calls = one_per_payer(order(entries))
    assert [(first.debtor_id, ids(rest)) for first, rest in calls] == [(1, [3]), (2, [])]


def test_the_slots_are_filled_in_the_order_and_what_is_over_comes_last():
    calls = plan_day([entry(n, euros=1000 - n) for n in range(1, 32)], POLICY, NOW)
    starts = [c.start for c in calls]
    # 55 minutes are left of the first slot, at 8 minutes a call; the others hold seven each
    assert starts.count(at(9, 30)) == 6
    assert [starts.count(at(h, 30)) for h in (10, 13, 14)] == [7, 7, 7]
    assert ids(c.entry for c in calls) == list(range(1, 32))
    assert codes(calls[-1]) == ["priority.amount", "priority.day_full"]


def test_he_is_called_in_the_slot_where_he_was_reached():
    first, second = plan_day([entry(1, euros=900, reached_slots=(2,)), entry(2)], POLICY, NOW)
    assert (first.entry.debtor_id, second.entry.debtor_id) == (2, 1)
    assert second.start == at(13, 30)
    assert codes(second) == ["priority.amount", "priority.reached_slot"]


def test_he_is_not_called_in_the_slot_where_he_was_missed_twice():
    (call,) = plan_day([entry(1, avoid_slots=(0,))], POLICY, NOW)
    assert call.start == at(10, 30)
    assert "priority.other_slot" in codes(call)


def test_a_retry_waits_for_its_hour():
    (call,) = plan_day([entry(1, at=at(13, 30))], POLICY, NOW)
    assert call.start == at(13, 30)


def test_a_call_back_is_at_its_own_hour_also_outside_the_golden_ones():
    (call,) = plan_day([entry(1, Tier.CALL_BACK, at=at(16, 0))], POLICY, NOW)
    assert (call.start, call.slot) == (at(16, 0), None)


def test_a_call_back_that_was_missed_is_now():
    (call,) = plan_day([entry(1, Tier.CALL_BACK, at=at(9, 0))], POLICY, NOW)
    assert call.start == NOW


def test_a_call_back_takes_room_in_its_slot():
    policy = replace(POLICY, minutes_per_call=60)
    calls = plan_day([entry(1, Tier.CALL_BACK, at=at(10, 45)), entry(2)], policy, NOW)
    assert [c.start for c in calls] == [at(10, 45), at(13, 30)]


def test_slots_are_those_of_the_debtors_clock():
    (call,) = plan_day([entry(1, country="PT", time_zone="Europe/Lisbon")], POLICY, NOW)
    assert call.start == at(9, 30, zone="Europe/Lisbon")


def test_on_sunday_the_monday_is_planned():
    assert slots_ahead(at(12, day=TODAY - days(1)), "NL", AMSTERDAM, POLICY)[0].start == at(9, 30)


def test_in_the_evening_tomorrow_is_planned():
    assert slots_ahead(at(19), "NL", AMSTERDAM, POLICY)[0].start == at(9, 30, TODAY + days(1))
