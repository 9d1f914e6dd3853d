"""Agreed days as a calendar file (iCalendar, RFC 5545) that any phone opens: lines of at most 75 octets, ended by CRLF.

Example: a payment of 27 November 2026 is an event with ``DTSTART;VALUE=DATE:20261127`` and an alarm at nine that morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from beluur.mailroom.clean import one_line

_LINE = 75  # octets, without the CRLF
_CALL_LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A day (``on``), or a moment (``at``, aware). ``uid`` stays the same for the same agreement: a calendar that has it already
    replaces it."""

    uid: str
    title: str
    text: str = ""
    on: date | None = None
    at: datetime | None = None


def calendar_file(entries: Iterable[CalendarEntry], now: datetime) -> bytes:
    """The file; ``now`` (aware) is when it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Beluur//Beluur//NL", "METHOD:PUBLISH"]
    for entry in entries:
        lines += _event(entry, now)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _event(entry: CalendarEntry, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"DTSTAMP:{_moment(now)}"
    if entry.at is not None:
        yield f"DTSTART:{_moment(entry.at)}"
        yield f"DTEND:{_moment(entry.at + _CALL_LASTS)}"
    elif entry.on is not None:
        yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.text:
        yield f"DESCRIPTION:{_text(entry.text)}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.title)}")
    yield "TRIGGER:-PT10M" if entry.at is not None else "TRIGGER:PT9H"
    yield from ("END:VALARM", "END:VEVENT")


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    r"""A value of type TEXT: ``\``, ``;`` and ``,`` have a backslash before them."""
    escaped = one_line(text)
    for sign in ("\\", ";", ","):
        escaped = escaped.replace(sign, f"\\{sign}")
    return escaped


def _folded(line: str) -> Iterator[bytes]:
    """The line in pieces of at most 75 octets, never through a character; each but the first begins with a space."""
    piece = b""
    for sign in line:
        octets = sign.encode("utf-8", "replace")
        if len(piece) + len(octets) > _LINE:
            yield piece
            piece = b" "
        piece += octets
    yield piece
