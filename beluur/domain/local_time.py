"""The debtor's own clock: which day and hour it is where he is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name."""
    return ZoneInfo(name)


def local(moment: datetime, time_zone: str) -> datetime:
    """``moment`` (aware) as the debtor's clock shows it."""
    return moment.astimezone(zone(time_zone))


def local_day(moment: datetime, time_zone: str) -> date:
    """The day it is at the debtor's at ``moment`` (aware)."""
    return moment.astimezone(zone(time_zone)).date()


def moment_at(day: date, at: time, time_zone: str) -> datetime:
    """The moment, in UTC, at which the debtor's clock shows ``at`` on ``day``."""
    return datetime.combine(day, at, zone(time_zone)).astimezone(UTC)
