"""An iCalendar file (RFC 5545) of what is due: moments in UTC, days as days, and weekly hours on the clock of the house, so that
13:30 stays 13:30 when the clock changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from beluur.domain.local_time import zone

MINUTES = 15  # a moment takes some room in a calendar
_NINE, _SHORTLY = timedelta(hours=9), timedelta(minutes=-10)  # from the start of the day; before the moment
_CONTROLS = dict.fromkeys((*range(32), 127), " ")


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One thing on a day, or at a moment (aware); ``uid`` stays the same from one file to the next. ``title`` and ``text`` are in
    the reader's language. ``reminds``: with an alarm, at nine of the day or ten minutes before the moment."""

    uid: str
    title: str
    on: date
    at: datetime | None = None
    text: str = ""
    reminds: bool = False


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Each week on ``weekday`` (0 is Monday), on the clock of the house; not on the days of ``but``."""

    uid: str
    title: str
    weekday: int
    starts: time
    ends: time
    but: tuple[date, ...] = ()


def calendar_file(
    name: str,
    entries: Iterable[CalendarEntry],
    hours: Iterable[WeeklyHours],
    *,
    time_zone: str,
    now: datetime,
) -> bytes:
    """The file, called ``name``, as it is at ``now`` (aware)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Beluur//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(name))
    calendar.add("x-wr-timezone", time_zone)
    for entry in entries:
        calendar.add_component(_entry(entry, now))
    for weekly in hours:
        calendar.add_component(_weekly(weekly, time_zone, now))
    calendar.add_missing_timezones(first_date=date(now.year - 1, 1, 1), last_date=date(now.year + 10, 1, 1))
    return bytes(calendar.to_ical())


def _entry(entry: CalendarEntry, now: datetime) -> Event:
    event = _event(entry.uid, entry.title, now)
    if entry.at is not None:
        event.add("dtstart", entry.at)
        event.add("dtend", entry.at + timedelta(minutes=MINUTES))
    else:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if entry.text:
        event.add("description", _line(entry.text))
    if entry.reminds:
        event.add_component(_alarm(entry))
    return event


def _alarm(entry: CalendarEntry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _line(entry.title))
    alarm.add("trigger", _NINE if entry.at is None else _SHORTLY)
    return alarm


def _weekly(weekly: WeeklyHours, time_zone: str, now: datetime) -> Event:
    """From the first such day of the year on, so that the file stays the same from day to day."""
    event = _event(weekly.uid, weekly.title, now)
    first = date(now.year, 1, 1)
    first += timedelta(days=(weekly.weekday - first.weekday()) % 7)
    event.add("dtstart", datetime.combine(first, weekly.starts, zone(time_zone)))
    event.add("dtend", datetime.combine(first, weekly.ends, zone(time_zone)))
    event.add("rrule", {"freq": "weekly"})
    for day in sorted(d for d in weekly.but if d >= first and d.weekday() == weekly.weekday):
        event.add("exdate", datetime.combine(day, weekly.starts, zone(time_zone)))
    return event


def _event(uid: str, title: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("summary", _line(title))
    return event


def _line(text: str) -> str:
    """A name may hold what no calendar reads."""
    return text.translate(_CONTROLS).strip()
