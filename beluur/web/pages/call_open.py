"""To the call: the debtor is claimed, or it is shown why he is not called and what came in (J1, J2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from beluur.actions.open_call import NotOpened, open_call
from beluur.queries.call_result import next_to_call
from beluur.queries.call_screen import CallScreen, briefing_screen
from beluur.queries.came_in import came_in, perhaps_his
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry, entered
from beluur.web.came_words import NOTHING_TO_ASK, came_words, perhaps_words
from beluur.web.forms.answer import address
from beluur.web.frame import show
from beluur.web.pages.practice import opened


@require_POST
@entered
def open_page(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """Claims the debtor and goes to the call, or shows why he is not called."""
    if entry.administration.kind == "practice":
        return opened(entry, debtor)
    incoming = bool(request.POST.get("incoming"))
    why = request.POST.get("overrule", "").strip()
    answer = open_call(entry.doer(request), debtor, incoming=incoming, overrule=why)
    if isinstance(answer, NotOpened):
        return _blocked(request, entry, debtor, answer)
    return HttpResponseRedirect(address(entry, "call", call=answer.call_id))


def _blocked(request: HttpRequest, entry: Entry, debtor: int, answer: NotOpened) -> HttpResponse:
    screen = briefing_screen(entry.administration.id, debtor, entry.now, caller=entry.user.pk)
    asked_for = "overrule" in request.POST and answer.may_overrule
    came, sentences = _came(entry, screen, answer)
    return show(
        request,
        entry,
        "beluur/call_blocked.html",
        section="today",
        answer=answer,
        came=came,
        sentences=sentences,
        screen=screen,
        required=say("general.required") if asked_for else None,
        next_call=next_to_call(entry.administration.id, entry.now, beside=debtor, own=entry.own_list),
    )


def _came(
    entry: Entry, screen: CallScreen, answer: NotOpened
) -> tuple[list[tuple[Sentence, Sentence]], list[Sentence]]:
    """When nothing is left to ask: what came in these days; and the other reasons not to call."""
    if answer.busy or not any(s.code in NOTHING_TO_ASK for s in answer.sentences):
        return [], list(answer.sentences)
    here, debtor = entry.administration.id, screen.debtor.id
    came = [came_words(c, entry.now) for c in came_in(here, debtor, entry.now, screen.today)]
    perhaps = [perhaps_words(p) for p in perhaps_his(here, debtor)]
    if not came and not perhaps:
        return [], list(answer.sentences)
    return came, perhaps + [s for s in answer.sentences if s.code not in NOTHING_TO_ASK]


urls = [path("bel/<int:debtor>/", open_page, name="call-open")]
