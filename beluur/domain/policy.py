"""How one administration wants to work: numbers and hours a user may change. The defaults are the method's.

Days are calendar days unless the name says working or bank days; amounts are cents; hours are the debtor's local time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


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
    tries_before_other_channel: int = 5  # B9
    pays_on_bank_days: int = 2  # F1: control date after "I pay on"
    received_on_bank_days: int = 1  # F1: after "you have it on"
    claim_check_working_days: int = 1
    kept_share_percent: int = 95
    minutes_per_call: int = 8
    max_instalments: int = 3
    max_plan_days: int = 92
