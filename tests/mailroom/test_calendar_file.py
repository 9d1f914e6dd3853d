"""The iCalendar file: it reads back as it was meant, also when the clock changes and whatever a name holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from beluur.mailroom.calendar_file import CalendarEntry, WeeklyHours, calendar_file

NOW = datetime(2026, 11, 23, 8, 35, tzinfo=UTC)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAYS = WeeklyHours("block-1", "Bellen", 0, time(13, 30), time(15, 30))


def made(*entries, hours=(), zone="Europe/Amsterdam"):
    return Calendar.from_ical(calendar_file("Beluur", entries, hours, time_zone=zone, now=NOW))


def test_a_day_is_a_day_and_a_moment_is_a_moment():
    at = datetime(2026, 11, 24, 15, tzinfo=UTC)
    day, moment = made(
        CalendarEntry("a", "Controle", date(2026, 11, 25)), CalendarEntry("b", "Terugbellen", at.date(), at)
    ).events
    assert (day["dtstart"].dt, day["dtend"].dt) == (date(2026, 11, 25), date(2026, 11, 26))
    assert moment["dtstart"].dt == at
    assert "description" not in day


@pytest.mark.parametrize(
    ("monday", "utc"),
    [
        pytest.param(date(2026, 3, 23), 12, id="the week before the clock goes forward"),
        pytest.param(date(2026, 3, 30), 11, id="the week after it"),
        pytest.param(date(2026, 10, 19), 11, id="the week before the clock goes back"),
        pytest.param(date(2026, 10, 26), 12, id="the week after it"),
    ],
)
def test_half_past_one_stays_half_past_one(monday, utc):
    (event,) = made(hours=[MONDAYS]).events
    start = event["dtstart"].dt
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=start.replace(tzinfo=None))
    there = next(d for d in rule.between(datetime(2026, 1, 1), datetime(2027, 1, 1)) if d.date() == monday)
    assert there.time() == time(13, 30)
    assert there.replace(tzinfo=AMSTERDAM).astimezone(UTC).hour == utc
    assert str(event["dtstart"].params["TZID"]) == "Europe/Amsterdam"


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Europe/Brussels", "Europe/Lisbon", "America/Curacao"])
def test_the_zone_of_the_file_is_that_of_the_world(zone):
    calendar = made(hours=[MONDAYS], zone=zone)
    (told,) = calendar.timezones
    theirs, ours = told.to_tz(), ZoneInfo(zone)
    for week in range(52):
        moment = datetime(2026, 1, 5, 12) + timedelta(weeks=week)
        assert theirs.utcoffset(moment) == ours.utcoffset(moment)


def test_who_is_to_be_reminded_is_reminded_that_morning_or_shortly_before():
    at = datetime(2026, 11, 24, 15, tzinfo=UTC)
    day, moment = made(
        CalendarEntry("a", "Betalen: € 500,00", date(2026, 11, 27), text="Naar NL91; F1", reminds=True),
        CalendarEntry("b", "Wij bellen", at.date(), at, reminds=True),
    ).events
    assert [alarm["trigger"].dt for event in (day, moment) for alarm in event.walk("VALARM")] == [
        timedelta(hours=9),
        timedelta(minutes=-10),
    ]
    assert (str(day["summary"]), str(day["description"])) == ("Betalen: € 500,00", "Naar NL91; F1")


@given(st.text(max_size=80))
def test_no_name_breaks_the_file(name):
    (event,) = made(CalendarEntry("a", name, date(2026, 11, 25), text=name)).events
    assert set(event.keys()) <= {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "TRANSP", "DESCRIPTION"}
    assert str(event["uid"]) == "a"


def test_a_name_cannot_add_a_line():
    evil = "Jansen\r\nATTENDEE:mailto:x@example.org\nBEGIN:VALARM"
    file = calendar_file(
        "B", [CalendarEntry("a", evil, date(2026, 11, 25))], (), time_zone="Europe/Amsterdam", now=NOW
    )
    assert not [line for line in file.splitlines() if line.startswith((b"ATTENDEE", b"BEGIN:VALARM"))]


def test_the_same_each_day_until_something_changes():
    first, second = (
        calendar_file("B", (), [MONDAYS], time_zone="Europe/Amsterdam", now=NOW + timedelta(days=n))
        for n in (0, 3)
    )
    stamps = (b"DTSTAMP:20261123T083500Z", b"DTSTAMP:20261126T083500Z")
    assert first.replace(stamps[0], b"") == second.replace(stamps[1], b"")
