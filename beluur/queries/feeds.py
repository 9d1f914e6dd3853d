"""The calendar of one user, for his own calendar elsewhere: whose address it is, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from beluur.domain.local_time import local_day
from beluur.law.days import public_holidays
from beluur.mailroom.calendar_file import CalendarEntry, WeeklyHours, calendar_file
from beluur.queries.calendar import DueRow, Span, blocks_of, due
from beluur.store.models import Administration, CalendarFeed, Membership
from beluur.values.sentence import say
from beluur.words import date_text, money_text, render

AHEAD = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose calendar it is, and where; ``tells``: amounts and reasons too."""

    administration_id: int
    user_id: int
    language: str
    tells: bool


@dataclass(frozen=True, slots=True)
class FeedRow:
    """The address that a user has: since when, and whether it tells amounts and reasons. Not the address: nobody knows it."""

    made_at: datetime
    tells: bool


def feed_of(administration_id: int, user_id: int) -> FeedRow | None:
    """His address, when he has one."""
    rows = CalendarFeed.objects.filter(administration_id=administration_id, user_id=user_id)
    row = rows.values_list("made_at", "tells").first()
    return FeedRow(*row) if row else None


def reader_of(slug: str, secret_hash: str) -> Reader | None:
    """Who has the address with that secret, as long as he works there; one query."""
    feeds = CalendarFeed.objects.filter(
        administration__slug=slug, secret_hash=secret_hash, user__is_active=True
    )
    members = Membership.objects.filter(administration__slug=slug)
    row = (
        feeds.filter(user_id__in=members.values("user_id"))
        .values_list("administration_id", "user_id", "user__language", "tells")
        .first()
    )
    return Reader(*row) if row else None


def own_calendar(reader: Reader, now: datetime) -> bytes:
    """His iCalendar file: what is late, what comes in the next four months, and his call blocks; nine queries."""
    here, language = reader.administration_id, reader.language
    house = Administration.objects.values_list("name", "time_zone", "country")
    name, time_zone, country = house.get(id=here)
    today = local_day(now, time_zone)
    found = due(here, Span(today, today + AHEAD, now, time_zone), user_id=reader.user_id)
    block = render(say("calendar.block"), language)
    free = tuple(day for year in (today.year, today.year + 1) for day in public_holidays(country, year))
    hours = [
        WeeklyHours(
            f"block-{here}-{reader.user_id}-{b.weekday}-{n}@beluur", block, b.weekday, b.starts, b.ends, free
        )
        for n, b in enumerate(blocks_of(here, reader.user_id))
    ]
    entries = [_entry(row, reader) for row in (*found.late, *found.rows)]
    title = render(say("calendar.feed", name=name), language)
    return calendar_file(title, entries, hours, time_zone=time_zone, now=now)


def _entry(row: DueRow, reader: Reader) -> CalendarEntry:
    told = say("calendar.entry", what=row.kind_said, name=row.name)
    if row.for_whom:
        told = say("calendar.entry_for", what=row.kind_said, name=row.name, who=row.for_whom)
    title = render(told, reader.language)
    text = _text(row, reader.language) if reader.tells else ""
    return CalendarEntry(
        f"{row.kind}-{reader.administration_id}-{row.id}@beluur", title, row.on, row.at, text
    )


def _text(row: DueRow, language: str) -> str:
    parts = (
        money_text(row.amount, language) if row.amount else "",
        date_text(row.said, language) if row.said else "",
        render(row.follows, language) if row.follows else row.what,
    )
    return " · ".join(part for part in parts if part)
