"""What every page of an administration shows around its own content, and how a page is answered."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from beluur import words
from beluur.queries.absences import Desk, desk_of
from beluur.queries.approvals import count_waiting, may_be_asked
from beluur.queries.entry import IN_MENU, in_menu, outbox_count
from beluur.queries.payments import waiting_count
from beluur.queries.rungs import any_to_decide
from beluur.queries.to_do import count_to_do
from beluur.values.sentence import Sentence
from beluur.web.access import Entry


class Other(NamedTuple):
    """Another administration, in the menu."""

    name: str
    url: str


def show(
    request: HttpRequest, entry: Entry, template: str, *, section: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """The page ``template`` with its frame; ``section`` is the item of the menu that is lit. A page that knows today's ``desk``
    gives it along."""
    here = entry.administration
    desk: Desk = context.pop("desk", None) or desk_of(here.id, entry.user.pk, entry.today)
    mine = in_menu(entry.user.pk)
    frame = {
        "entry": entry,
        "administration": here,
        "administrations": [
            Other(a.title, reverse("today", kwargs={"administration": a.slug}))
            for a in mine[:IN_MENU]
            if a.id != here.id
        ],
        "more_administrations": len(mine) > IN_MENU,
        "outbox_count": outbox_count(here.id),
        "payments_count": waiting_count(here.id),
        "to_do_count": count_to_do(here.id, entry.now, here.time_zone, desk=desk),
        "approvals": approvals_badge(entry, desk),
        "rungs_wait": rungs_badge(entry),
        "desk": desk,
        "section": section,
        "now": entry.now,
        "today": entry.today,
    }
    return render(request, template, {**frame, **context}, status=status)


def approvals_badge(entry: Entry, desk: Desk) -> int | None:
    """How many colleagues wait for his answer; None for who is not asked."""
    here = entry.administration.id
    return count_waiting(here, desk.user_id, entry.now) if may_be_asked(here, desk, entry.role) else None


def rungs_badge(entry: Entry) -> bool:
    """Whether *Akkoord* is shown for a rung too: somebody stands before one of which a person decides, and he may."""
    return any_to_decide(entry.administration.id, entry.role, entry.today)


def show_part(
    request: HttpRequest, entry: Entry, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A fragment, for htmx."""
    frame = {"entry": entry, "administration": entry.administration, "now": entry.now, "today": entry.today}
    return render(request, template, {**frame, **context}, status=status)


def in_words(sentence: Sentence) -> str:
    """The sentence in the language of the screen."""
    return words.render(sentence, translation.get_language() or "nl")


def tell(request: HttpRequest, sentence: Sentence, undo: str = "") -> None:
    """A message on the next page; it stays until it is closed. ``undo``: the address that takes it back."""
    messages.success(request, in_words(sentence), extra_tags=undo)


def tell_trouble(request: HttpRequest, sentence: Sentence) -> None:
    """A refusal on the next page."""
    messages.error(request, in_words(sentence))
