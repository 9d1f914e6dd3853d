"""*Oefenen*: choose whom to call, and see at the end how it went. What the customer says meanwhile is `practice_talk`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.start_practice import start_practice
from beluur.domain.practice_talk import talk_from_json
from beluur.domain.scorecard import Scorecard, scorecard
from beluur.playbook.practice_texts import Character
from beluur.queries.call_screen import CallScreen, call_screen
from beluur.queries.practice import Practised, character_of, practice_kept, practised
from beluur.values.problem import Refused
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address
from beluur.web.forms.call_draft import Draft
from beluur.web.frame import show, tell_trouble
from beluur.web.pages.practice_talk import finish, practising

SHOWN = 3  # earlier calls with each

NAMES = {
    Character.FORGETFUL: _("Vergeetachtig"),
    Character.EVASIVE: _("Ontwijkend"),
    Character.SHORT_OF_CASH: _("Krap bij kas"),
    Character.ANGRY: _("Boos, met een klacht"),
    Character.STRANGER: _("Een ander aan de lijn"),
    Character.BEREAVED: _("Met verdriet"),
}
WHY = {
    Character.FORGETFUL: _("Weet van niets en heeft de factuur niet."),
    Character.EVASIVE: _("Het komt altijd goed, maar nooit op een dag."),
    Character.SHORT_OF_CASH: _("Wil wel, maar kan niet alles ineens."),
    Character.ANGRY: _("De levering deugde niet, en niemand belde terug."),
    Character.STRANGER: _("Niet wie u zoekt. Wat vraagt u wel, en wat zegt u niet?"),
    Character.BEREAVED: _("Er is iets ergs gebeurd. Wat vraagt u dan nog, en wat niet?"),
}


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier call: its score of 100, when, and where its scorecard stands."""

    score: int
    ended_at: datetime | None
    url: str


@require_GET
@entered
def practice_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Whom to practise with, and how it went before."""
    earlier = _earlier(practised(entry.user.pk))
    characters = [(who, NAMES[who], WHY[who], earlier[who][:SHOWN]) for who in Character]
    return show(request, entry, "beluur/practice.html", characters=characters)


def _earlier(calls: tuple[Practised, ...]) -> dict[Character, list[Before]]:
    found: dict[Character, list[Before]] = {who: [] for who in Character}
    for call in calls:
        if known := _card(call.kept):
            url = reverse("call", kwargs={"administration": call.slug, "call": call.call_id})
            found[known[0]].append(Before(known[1].score, call.ended_at, url))
    return found


def _card(kept: Any) -> tuple[Character, Scorecard] | None:
    talk = talk_from_json(kept.get("talk"))
    if talk is None:
        return None
    return talk.character, scorecard(talk, prepared_seconds=int(kept.get("prepared", 0)))


@require_POST
@entered
def begin_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Opens a call with the chosen character, in the user's practice administration."""
    chosen = request.POST.get("character", "")
    if chosen not in set(Character):
        raise Http404
    return _begun(entry, Character(chosen))


def _begun(entry: Entry, character: Character) -> HttpResponse:
    made = start_practice(user_id=entry.user.pk, now=entry.now, character=character)
    return HttpResponseRedirect(reverse("call", kwargs={"administration": made.slug, "call": made.call_id}))


def opened(entry: Entry, debtor: int) -> HttpResponse:
    """*Bel* in a practice administration is a practice call, or the page to choose one when nobody answers for this debtor."""
    who = character_of(entry.administration.id, debtor)
    return HttpResponseRedirect(address(entry, "practice")) if who is None else _begun(entry, who)


@require_POST
@entered
def finish_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """Puts the receiver down, wherever the talk is, and shows how it went."""
    screen = call_screen(entry.administration.id, call, entry.now)
    if screen.call is not None and screen.call.state == "open":
        draft = Draft(screen.call.draft, screen.today, screen.case.country, screen.case.time_zone)
        if not practising(draft):
            raise Http404
        try:
            finish(entry, entry.doer(request), screen, draft)
        except Refused as refused:
            tell_trouble(request, refused.sentence)
    return HttpResponseRedirect(address(entry, "call", call=call))


def result_page(request: HttpRequest, entry: Entry, screen: CallScreen) -> HttpResponse | None:
    """The scorecard of a call that is over; None when it was no practice, or was left."""
    if entry.administration.kind != "practice" or screen.call is None:
        return None
    known = _card(practice_kept(entry.administration.id, screen.call.id) or {})
    if known is None:
        return None
    who, card = known
    return show(
        request,
        entry,
        "beluur/practice_result.html",
        screen=screen,
        card=card,
        character=who,
        name=NAMES[who],
    )


urls = [
    path("oefenen/", practice_page, name="practice"),
    path("oefenen/begin", begin_page, name="practice-begin"),
    path("oefenen/<int:call>/klaar", finish_page, name="practice-finish"),
]
