"""The days of the demo's story: working days counted back from today, and hours in the golden slots."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from beluur.law.days import is_working_day

ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass(slots=True)
class Story:
    """Today, and the dice that are always thrown the same."""

    today: date
    now: datetime
    chance: random.Random

    def working(self, back: int) -> date:
        """The ``back``-th working day before today (0: today or the last working day)."""
        day = self.today
        while not is_working_day(day, "NL"):
            day -= timedelta(days=1)
        for _ in range(back):
            day -= timedelta(days=1)
            while not is_working_day(day, "NL"):
                day -= timedelta(days=1)
        return day

    def ahead(self, days: int) -> date:
        """The ``days``-th working day after today."""
        day = self.today
        for _ in range(days):
            day += timedelta(days=1)
            while not is_working_day(day, "NL"):
                day += timedelta(days=1)
        return day

    def at(self, day: date, hour: int | None = None) -> datetime:
        """A moment of that day in a golden hour, never later than now."""
        hour = hour if hour is not None else self.chance.choice((9, 10, 10, 13, 14, 14))
        minute = self.chance.randint(31, 58) if hour in (9, 13) else self.chance.randint(1, 58)
        moment = datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)
        return min(moment, self.now - timedelta(minutes=5))
