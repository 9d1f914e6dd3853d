"""The days of an agreement as a calendar file that any phone reads."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from beluur.mailroom.calendar_file import CalendarEntry, calendar_file

NOW = datetime(2026, 11, 23, 8, 35, tzinfo=UTC)


def lines(*entries: CalendarEntry) -> list[str]:
    """The lines as a calendar reads them: unfolded."""
    text = calendar_file(entries, NOW).decode()
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_day_is_a_whole_day_with_an_alarm_that_morning():
    got = lines(CalendarEntry("a@beluur", "Betalen: € 500,00", "Naar NL91; F1", on=date(2026, 11, 27)))
    assert got[0] == "BEGIN:VCALENDAR"
    assert got[-1] == "END:VCALENDAR"
    for line in (
        "DTSTART;VALUE=DATE:20261127",
        "DTEND;VALUE=DATE:20261128",
        "SUMMARY:Betalen: € 500\\,00",
        "DESCRIPTION:Naar NL91\\; F1",
        "TRIGGER:PT9H",
        "DTSTAMP:20261123T083500Z",
    ):
        assert line in got


def test_a_moment_is_in_utc():
    at = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    got = lines(CalendarEntry("b@beluur", "Wij bellen", at=at))
    assert "DTSTART:20261124T140000Z" in got
    assert "DTEND:20261124T141500Z" in got


@given(st.text(), st.text())
def test_no_text_breaks_a_line_or_makes_one(title, text):
    raw = calendar_file([CalendarEntry("c@beluur", title, text, on=date(2026, 11, 27))], NOW)
    raw.decode()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    names = [line.partition(b":")[0] for line in raw.replace(b"\r\n ", b"").split(b"\r\n")]
    assert names.count(b"BEGIN") == 3
    assert b"\n" not in raw.replace(b"\r\n", b"")
