"""How one administration wants to work: numbers and hours a user may change. The defaults are the method's.

Days are calendar days unless the name says working or bank days; amounts are cents; hours are the debtor's local time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import IntEnum

from beluur.domain.ladder import Ladder


class SecondBroken(IntEnum):
    """What a second broken promise means for a third (F4); a number, so that it is kept like the others."""

    SHORTER = 0  # within `second_broken_days`
    ASK = 1  # a colleague with a wider mandate grants it, unless it is paid at once
    DECIDE = 2  # no call: a person decides how it goes on


@dataclass(frozen=True, slots=True)
class Policy:
    """One administration's way of working; overrides are merged when it is loaded."""

    reminder_after_days: int = 2  # B5: first reminder, days after the due date
    second_reminder_after_days: int = 14
    call_from_days: int = 4  # B5: first call between these days after the due date
    call_within_days: int = 7  # B1
    golden_hours: tuple[tuple[time, time], ...] = (
        (time(9, 30), time(11, 30)),
        (time(13, 30), time(15, 30)),
    )
    sensible_from: time = time(8, 0)  # B3: outside these a warning
    sensible_to: time = time(18, 0)
    lunch: tuple[time, time] = (time(12, 0), time(13, 0))
    minimum_cents: int = 2500  # below this no call
    tries_per_week: int = 3
    rest_working_days: int = 5  # after having spoken
    passed_on_working_days: int = 2  # F4: sooner when he sends it to someone
    refused_working_days: int = 3
    refusals_before_decision: int = 2  # then a person decides how it goes on
    busy_minutes: int = 20  # try again after an engaged line
    callback_lead_minutes: int = 5  # an agreed call-back may be dialled this much before its hour
    tries_before_other_channel: int = 5  # B9
    tries_on_other_number: int = 2
    tries_at_hours: int = 2  # at so many different hours at least, before another way is looked for
    write_when_unreached: bool = True  # "we tried to reach you", before a person decides
    write_by_itself: bool = False  # that mail leaves at night, without anybody looking
    other_channel_working_days: int = 3  # after "we tried to reach you", before the next call
    second_reminder_rest_days: int = 7  # at least this long after the first
    pays_on_bank_days: int = 2  # F1: control date after "I pay on"
    received_on_bank_days: int = 1  # F1: after "you have it on"
    claim_check_working_days: int = 1
    ask_confirm: bool = True  # E3: once, when a banking day after the confirmation he has not answered
    # Off: he named the day himself, and a mail before it says that one does not believe him. Long plans may want it.
    note_before_days: int = 0  # banking days before an instalment
    kept_share_percent: int = 95
    latest_promise_days: int = 366  # a promise further away is none
    second_broken: int = SecondBroken.SHORTER.value
    second_broken_days: int = 14
    minutes_per_call: int = 8
    max_instalments: int = 3
    max_plan_days: int = 92
    small_cents: int = 50_000  # C11: up to here payment at once is the goal
    large_cents: int = 250_000  # C11: from here instalments are acceptable
    at_once_bank_days: int = 3
    goal_days: int = 14
    mails_a_night: int = (
        100  # J4: what leaves by itself; the rest follows on the next nights, the oldest duty first
    )
    ladders: tuple[Ladder, ...] = ()  # H4: those that the administration made itself
