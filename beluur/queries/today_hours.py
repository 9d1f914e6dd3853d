"""The hours of *Vandaag*: for which day the round is, what is left of the golden window, and why now."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from beluur.domain.calling_window import Slot, slots
from beluur.domain.local_time import local, local_day
from beluur.domain.policy import Policy
from beluur.law.days import next_working_day
from beluur.values.sentence import Sentence, say


def calling_day(now: datetime, country: str, time_zone: str, policy: Policy) -> tuple[date, tuple[Slot, ...]]:
    """The day whose slots the round is for, and its slots: today while one is left, else the next working day."""
    here = local_day(now, time_zone)
    of_day = slots(here, country, time_zone, policy)
    if any(s.end > now for s in of_day):
        return here, of_day
    following = next_working_day(here + timedelta(days=1), country)
    return following, slots(following, country, time_zone, policy)


def minutes_left(of_day: tuple[Slot, ...], now: datetime) -> int:
    """Minutes to the end of the running golden window, which is two half slots that follow each other; 0 outside."""
    end = next((s.end for s in of_day if s.holds(now)), None)
    for slot in of_day:
        if end is not None and slot.start == end:
            end = slot.end
    return int((end - now).total_seconds()) // 60 if end else 0


def why_now(
    day: date, of_day: tuple[Slot, ...], running: Slot | None, now: datetime, time_zone: str
) -> Sentence:
    """Why now is a good moment, or when the next one begins."""
    if running is not None:
        return say("today.golden_now", minutes=minutes_left(of_day, now))
    coming = next((s for s in of_day if s.start > now), None)
    if coming is None:
        return say("today.no_hours")
    begins = local(coming.start, time_zone)
    if local_day(now, time_zone) == day:
        return say("today.golden_at", at=begins.time())
    return say("today.golden_on", on=day, at=begins.time())
