"""*Gesprek*: what do I say now? One form, saved while one types; each button is a submit that leads to the next stage."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.end_call import ReportRefused, end_call
from beluur.actions.leave_call import leave_call
from beluur.actions.note_call import Noted, note_call
from beluur.actions.once import Doer
from beluur.domain.conversation import Stage
from beluur.queries.agreement_facts import preview_confirmation
from beluur.queries.approvals import is_asked
from beluur.queries.call_screen import CallScreen, call_screen, caller_names
from beluur.queries.came_in import perhaps_his
from beluur.queries.pages_opened import OpenedNow, opened_in_call
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.came_words import perhaps_words
from beluur.web.forms.answer import address
from beluur.web.forms.call_choices import ANSWERS, CODES, LANGUAGES, OUTCOMES, RHYTHMS, WAYS, WHO_RANG
from beluur.web.forms.call_draft import Draft, fields_of
from beluur.web.forms.call_moves import moved
from beluur.web.forms.call_reading import report_of
from beluur.web.frame import in_words, show, show_part, tell, tell_trouble
from beluur.web.pages.call_approval import approval_shown, asked, granted_rows
from beluur.web.pages.call_copies import mail_copies, wants_copies
from beluur.web.pages.call_ended import ended_page
from beluur.web.pages.call_goal import goal_now, goal_shown
from beluur.web.pages.call_heard import heard, offered_codes, take_said
from beluur.web.pages.call_offer import last_word_said, taken
from beluur.web.pages.call_reasons import given_before, grid, seen_line
from beluur.web.pages.call_view import CallView, call_view
from beluur.web.pages.practice import result_page
from beluur.web.pages.practice_talk import answered, finish, other, practising


@require_GET
@entered
def call_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """The call at its stage; once it has ended, what it came to and who is next."""
    screen = call_screen(entry.administration.id, call, entry.now)
    row = screen.call
    if row is None or row.state != "open":
        return result_page(request, entry, screen) or ended_page(request, entry, screen)
    if row.caller_id != entry.user.pk:
        tell_trouble(request, say("call.not_yours"))
        return HttpResponseRedirect(address(entry, "dossier", debtor=screen.debtor.id))
    return show(request, entry, "beluur/call.html", **_context(entry, screen))


@require_POST
@entered
def note_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """Keeps what is typed, renews the claim, and does what the button says. Autosave gets JSON, htmx the middle of the screen,
    a browser without scripts the page."""
    screen = call_screen(entry.administration.id, call, entry.now)
    typed = fields_of(request.POST)
    go = request.POST.get("go", "")
    draft = _draft(screen, typed)
    changes: dict[str, Any] = (moved(draft, go, screen) or _taken(entry, screen, draft, go)) if go else {}
    if go.startswith("reason:") and changes.get("reasons"):
        code = changes["reason"]
        changes[f"o_{code}"] = ",".join(offered_codes(changes[f"h_{code}"], entry.administration.id))
    trouble = None
    try:
        noted = note_call(entry.doer(request), call, {**typed, **changes}, _version(request))
        if go in ("ask", "ask:withdraw"):
            trouble = asked(entry.doer(request), screen, draft, go)
            screen = call_screen(entry.administration.id, call, entry.now)
        if go == "act" and wants_copies(draft):
            sent, trouble = mail_copies(entry.doer(request), screen, draft)
            changes |= sent
            noted = note_call(entry.doer(request), call, sent, noted.version) if sent else noted
        if go:
            now = _draft(screen, {**typed, **changes})
            said, noted = answered(entry, entry.doer(request), screen, now, go, noted)
            changes |= said
    except Refused as refused:
        return _lost(request, entry, screen, refused)
    if request.headers.get("X-Autosave"):
        return JsonResponse({"version": noted.version})
    if request.headers.get("HX-Request"):
        return _middle(request, entry, screen, {**typed, **changes}, noted, trouble)
    if trouble:
        tell_trouble(request, trouble)
    return HttpResponseRedirect(address(entry, "call", call=call))


def _taken(entry: Entry, screen: CallScreen, draft: Draft, go: str) -> dict[str, str]:
    """What is taken over: an offer of ours (``counter:1``), or what was heard (``said:take``, ``said:2026-12-02``)."""
    what, _, value = go.partition(":")
    if what == "said":
        return take_said(draft, screen, value)
    if go == "granted":
        return granted_rows(draft, screen)
    report, _unread = report_of(draft)
    if go == "ultimatum":
        return last_word_said(draft, screen, report)
    if what != "counter":
        return {}
    speaking = screen.speaking(entry.user.name, translation.get_language() or "nl")
    return taken(draft, screen, report, speaking, value)


def _lost(request: HttpRequest, entry: Entry, screen: CallScreen, refused: Refused) -> HttpResponse:
    """The call has ended, or a colleague has it now."""
    if request.headers.get("X-Autosave"):
        return JsonResponse({"problem": in_words(refused.sentence)}, status=409)
    tell_trouble(request, refused.sentence)
    target = address(entry, "dossier", debtor=screen.debtor.id)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _middle(
    request: HttpRequest,
    entry: Entry,
    screen: CallScreen,
    typed: dict[str, Any],
    noted: Noted,
    trouble: Sentence | None,
) -> HttpResponse:
    context = _context(entry, screen, typed, version=noted.version) | {"trouble": trouble}
    return show_part(request, entry, "beluur/call_moved.html", **context)


@require_POST
@entered
def live_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """The bar and what each row comes to, as it is being typed; saves nothing."""
    screen = call_screen(entry.administration.id, call, entry.now)
    return show_part(
        request, entry, "beluur/call_live.html", **_moving(entry, screen, fields_of(request.POST))
    )


@require_POST
@entered
def end_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """Records the call. What is not right stands at its field and nothing is lost."""
    screen = call_screen(entry.administration.id, call, entry.now)
    here = HttpResponseRedirect(address(entry, "call", call=call))
    if screen.call is None or screen.call.state != "open":
        return here
    typed = fields_of(request.POST)
    plain = Doer(entry.administration.id, entry.now, entry.user.pk, entry.user.name)
    try:
        note_call(plain, call, {**typed, "checked": Stage.SAVE}, _version(request))
        draft = _draft(screen, typed)
        view = _view(entry, screen, draft)
        if practising(draft) and not view.errors:
            finish(entry, entry.doer(request), screen, draft)
        elif not view.errors:
            goal = goal_now(draft, screen)
            end_call(entry.doer(request), call, view.report, goal=goal if goal.changed else None)
    except ReportRefused:
        return here  # the same objections stand at their fields
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    return here


@require_POST
@entered
def leave_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """Not called after all; the debtor is free for others."""
    screen = call_screen(entry.administration.id, call, entry.now)
    try:
        leave_call(entry.doer(request), call)
        tell(request, say("draft.left", name=screen.debtor.name))
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    return HttpResponseRedirect(address(entry, "today"))


def _draft(screen: CallScreen, typed: dict[str, Any] | None = None) -> Draft:
    kept = dict(screen.call.draft) if screen.call else {}
    return Draft({**kept, **(typed or {})}, screen.today, screen.case.country, screen.case.time_zone)


def _view(entry: Entry, screen: CallScreen, draft: Draft) -> CallView:
    return call_view(screen, draft, caller=entry.user.name, language=translation.get_language() or "nl")


def _version(request: HttpRequest) -> int:
    return typed_number(request.POST.get("version", "")) or 0


def _moving(entry: Entry, screen: CallScreen, typed: dict[str, str] | None = None) -> dict[str, Any]:
    """What changes on the screen while one types: nothing is read for it but the screen and what callers picked before."""
    draft = _draft(screen, typed)
    opened = _opened(entry, screen, draft)
    speaking = screen.speaking(entry.user.name, translation.get_language() or "nl")
    return {
        "view": _view(entry, screen, draft),
        "perhaps": _perhaps(entry, screen),
        "screen": screen,
        "call": screen.call,
        "approval": approval_shown(screen),
        "heard": heard(draft, screen, entry.administration.id),
        "opened": opened,
        "seen": seen_line(opened, speaking),
    }


def _opened(entry: Entry, screen: CallScreen, draft: Draft) -> OpenedNow | None:
    """Whether he opened the copies that left during this call."""
    mailed = draft.text("mailed") and screen.creditor.has_pages and screen.call
    return opened_in_call(entry.administration.id, screen.call.id) if mailed and screen.call else None


def _context(
    entry: Entry,
    screen: CallScreen,
    typed: dict[str, Any] | None = None,
    *,
    version: int | None = None,
) -> dict[str, Any]:
    moving = _moving(entry, screen, typed)
    view, call = moving["view"], screen.call
    kept = version if version is not None else call.draft_version if call else 0
    whole = view.stage is Stage.SAVE and view.reached and not view.blocked and call is not None
    return moving | {
        "other": other(screen, view),
        "version": kept,
        "outcomes": [o for o in OUTCOMES if not (call and call.incoming) or o[0] in WHO_RANG],
        "answers": ANSWERS,
        "codes": CODES.items(),
        "ways": WAYS,
        "rhythms": RHYTHMS,
        "reasons": grid(screen),
        "given": given_before(screen),
        "goal": goal_shown(view.draft, screen),
        "languages": LANGUAGES,
        "colleagues": caller_names(entry.administration.id),
        "preview": preview_confirmation(
            entry.administration.id, call.id, view.report, entry.now, caller=entry.user.name
        )
        if whole and call is not None
        else None,
    }


def _perhaps(entry: Entry, screen: CallScreen) -> list[Sentence]:
    """Payments that wait and may be his."""
    if not screen.case.perhaps_paid_cents:
        return []
    return [perhaps_words(p) for p in perhaps_his(entry.administration.id, screen.debtor.id)]


@require_GET
@entered
def approval_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """What a colleague answered, for a screen that looks every two seconds; as long as he did not, nothing moves there (D16)."""
    if is_asked(entry.administration.id, call, entry.now):
        return HttpResponse(status=204)
    screen = call_screen(entry.administration.id, call, entry.now)
    return show_part(request, entry, "beluur/call/answered.html", **_moving(entry, screen))


urls = [
    path("gesprek/<int:call>/", call_page, name="call"),
    path("gesprek/<int:call>/noteer", note_page, name="call-note"),
    path("gesprek/<int:call>/balk", live_page, name="call-live"),
    path("gesprek/<int:call>/akkoord", approval_page, name="call-approval"),
    path("gesprek/<int:call>/vastleggen", end_page, name="call-end"),
    path("gesprek/<int:call>/verlaten", leave_page, name="call-leave"),
]
