"""After hanging up: what was recorded, the report to correct, a moment to look back, and the next call (G1, J7)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import translation
from django.views.decorators.http import require_POST

from beluur.actions.review_call import review_call
from beluur.actions.rewrite_note import rewrite_note
from beluur.domain.case import Outcome, Result
from beluur.domain.look_back import choice_name, choices
from beluur.queries.call_result import CallResult, call_result, following
from beluur.queries.call_screen import CallScreen
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address
from beluur.web.frame import show, show_part, tell, tell_trouble

SECONDS = 15  # of the countdown to the next call, for who starts it


def ended_page(request: HttpRequest, entry: Entry, screen: CallScreen) -> HttpResponse:
    """What the call of ``screen``, which has ended or was left, came to, and who is next."""
    if screen.call is None:
        raise Http404
    result = call_result(entry.administration.id, screen.call.id)
    after = following(entry.administration.id, entry.now, beside=screen.debtor.id, own=entry.own_list)
    return show(
        request,
        entry,
        "beluur/call_ended.html",
        section="today",
        screen=screen,
        next_call=after.call,
        after=after,
        seconds=SECONDS,
        **_of_the_caller(entry, result),
    )


def _of_the_caller(entry: Entry, result: CallResult) -> dict[str, Any]:
    """What only he, or who leads him, may see or change."""
    own = result.caller_id == entry.user.pk
    known = choices(Outcome(result.outcome), Result(result.result)) if result.outcome else ()
    return {
        "result": result,
        "report": result.words.report(translation.get_language() or "nl"),
        "may_write": own and result.state == "ended",
        "may_look_back": own or entry.may("lead"),
        "choices": [(code, choice_name(code)) for code in known],
        "differently": choice_name(result.review["differently"])
        if result.review.get("differently")
        else None,
    }


@require_POST
@entered
def report_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """The report as the caller has it now; htmx gets only what says that it is kept."""
    problem = None
    try:
        rewrite_note(entry.doer(request), call, request.POST.get("text", ""))
    except Refused as refused:
        problem = refused.sentence
    if request.headers.get("HX-Request"):
        return show_part(request, entry, "beluur/ended/report_kept.html", problem=problem, kept=not problem)
    if problem:
        tell_trouble(request, problem)
    else:
        tell(request, say("done.saved"))
    return HttpResponseRedirect(address(entry, "call", call=call))


@require_POST
@entered
def look_back_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """How it went, in one tap or two."""
    went, differently = request.POST.get("went", ""), request.POST.get("differently", "")
    try:
        review_call(entry.doer(request), call, went=went, differently=differently)
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    if request.headers.get("HX-Request"):
        result = call_result(entry.administration.id, call)
        return show_part(request, entry, "beluur/ended/look_back.html", **_of_the_caller(entry, result))
    return HttpResponseRedirect(address(entry, "call", call=call))


urls = [
    path("gesprek/<int:call>/verslag", report_page, name="call-report"),
    path("gesprek/<int:call>/terugkijken", look_back_page, name="call-look-back"),
]
