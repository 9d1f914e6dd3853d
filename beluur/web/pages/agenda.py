"""*Agenda*: what is due by day and by whose it is, a week or a month at a time; and the same in one's own calendar."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count, groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST, require_safe

from beluur import clock
from beluur.actions.drop_feed import drop_feed
from beluur.actions.make_feed import make_feed
from beluur.domain.calendar_span import MONTH, WEEK, beside, days_of, within
from beluur.law.days import holiday_name
from beluur.queries.calendar import Due, DueRow, Span, blocks_of, due
from beluur.queries.entry import Block
from beluur.queries.feeds import Reader, feed_of, own_calendar, reader_of
from beluur.values.sentence import say
from beluur.values.typed import typed_date
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.frame import show, tell_trouble

LATE_SHOWN = 60
IN_A_CELL = 3  # rows of a day in the month; the rest is a number
Placed = tuple[int, DueRow]


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day with its ``people``: whose rows (empty: nobody's in particular), each with its place on the page."""

    day: date
    people: tuple[tuple[str, tuple[Placed, ...]], ...]
    blocks: tuple[Block, ...] = ()
    other: bool = False  # of the month before or after
    until: date | None = None  # of quiet days in a row, shown as one line: the last of them

    @property
    def rows(self) -> tuple[Placed, ...]:
        """All of the day, in order of people."""
        return tuple(placed for _who, rows in self.people for placed in rows)

    @property
    def quiet(self) -> bool:
        """Nothing is due and nobody calls by plan."""
        return not self.people and not self.blocks

    @property
    def more(self) -> int:
        """How many do not fit in a cell of the month."""
        return max(0, len(self.rows) - IN_A_CELL)


@require_GET
@entered
def agenda(request: HttpRequest, entry: Entry) -> HttpResponse:
    """His own days, or with ``wie=allen`` everyone's; ``beeld=maand`` and ``dag`` choose which."""
    shape = MONTH if request.GET.get("beeld") == "maand" else WEEK
    day = within(typed_date(request.GET.get("dag", ""), entry.today) or entry.today)
    return _page(request, entry, shape, day)


def _page(request: HttpRequest, entry: Entry, shape: str, day: date, **context: Any) -> HttpResponse:
    here, everyone = entry.administration, request.GET.get("wie") == "allen"
    days, user = days_of(shape, day), entry.user.pk
    span = Span(days[0], days[-1], entry.now, here.time_zone)
    found = due(here.id, span, user_id=None if everyone else user)
    places = count()
    blocks_of_week = blocks_of(here.id, user)
    late = tuple((next(places), row) for row in found.late[:LATE_SHOWN])
    before, after = beside(shape, day)
    blocks = {d: _on(d, blocks_of_week, here.country) for d in days}
    shown = tuple(_days(days, found, blocks, places, everyone=everyone, month=day))
    return show(
        request,
        entry,
        "beluur/agenda.html",
        section="to-do",
        shape=shape,
        day=day,
        late=late,
        late_count=len(found.late),
        more=found.more or len(found.late) > LATE_SHOWN,
        days=shown if shape == MONTH else tuple(_together(shown, entry.today)),
        first=days[0],
        last=days[-1],
        anything=bool(found.late or found.rows or any(blocks.values())),
        before=before,
        after=after,
        everyone=everyone,
        who="&wie=allen" if everyone else "",
        to_everyone=f"?dag={day}{'&beeld=maand' if shape == MONTH else ''}&wie=allen",
        looks="&beeld=maand" if shape == MONTH else "",
        feed=feed_of(here.id, user),
        **context,
    )


def _on(day: date, blocks: tuple[Block, ...], country: str) -> tuple[Block, ...]:
    """Those of its weekday; none on a public holiday."""
    return () if holiday_name(day, country) else tuple(b for b in blocks if b.weekday == day.weekday())


def _days(
    days: tuple[date, ...],
    found: Due,
    blocks: Mapping[date, tuple[Block, ...]],
    places: Iterator[int],
    *,
    everyone: bool,
    month: date,
) -> Iterator[DayShown]:
    for day in days:
        rows = [row for row in found.rows if row.on == day]
        if everyone:
            rows.sort(key=lambda row: (row.who == "", row.who))  # stable: within a person by the hour
        people = groupby(rows, key=lambda row: row.who if everyone else "")
        yield DayShown(
            day,
            tuple((who, tuple((next(places), row) for row in of_one)) for who, of_one in people),
            blocks[day],
            other=day.month != month.month,
        )


def _together(days: tuple[DayShown, ...], today: date) -> Iterator[DayShown]:
    """Quiet days in a row as one; today stays by itself, for that is what one looks for."""
    for (quiet, _today), run in groupby(days, key=lambda d: (d.quiet, d.day == today)):
        same = tuple(run)
        if quiet:
            yield replace(same[0], until=same[-1].day)
        else:
            yield from same


@require_GET
@entered
def own_file(request: HttpRequest, entry: Entry) -> HttpResponse:  # noqa: ARG001 - Django's own
    """His calendar as a file, as his address gives it."""
    here, user = entry.administration.id, entry.user.pk
    feed = feed_of(here, user)
    tells = feed is not None and feed.tells
    return _file(own_calendar(Reader(here, user, translation.get_language() or "nl", tells), entry.now))


@require_POST
@entered
def address_made(request: HttpRequest, entry: Entry) -> HttpResponse:
    """A new address, shown this once: only its hash is kept."""
    secret = secrets.token_urlsafe(32)
    doer = entry.doer(request)
    if not make_feed(doer, user_id=entry.user.pk, secret_hash=_hash(secret), tells="tells" in request.POST):
        tell_trouble(request, say("calendar.made_before"))
        return HttpResponseRedirect(address(entry, "agenda"))
    where = reverse("calendar-feed", kwargs={"slug": entry.administration.slug, "secret": secret})
    return _page(request, entry, WEEK, entry.today, new_address=request.build_absolute_uri(where))


@require_POST
@entered
def address_dropped(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The address works no more."""
    to = address(entry, "agenda")
    return done(
        request,
        lambda: drop_feed(entry.doer(request), user_id=entry.user.pk),
        to=to,
        told=say("calendar.dropped"),
    )


@require_safe
def feed(request: HttpRequest, slug: str, secret: str) -> HttpResponse:  # noqa: ARG001 - Django's own
    """The calendar of who has the secret; nobody signs in, for a calendar cannot."""
    reader = reader_of(slug, _hash(secret))
    if reader is None:
        raise Http404
    return _file(own_calendar(reader, clock.now()))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _file(content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="beluur.ics"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )


urls = [
    path("agenda/", agenda, name="agenda"),
    path("agenda/beluur.ics", own_file, name="agenda-file"),
    path("agenda/adres", address_made, name="agenda-address"),
    path("agenda/adres/weg", address_dropped, name="agenda-address-drop"),
]
feed_urls = [path("agenda/<slug:slug>/<str:secret>.ics", feed, name="calendar-feed")]
