"""The debtor's own page (J9): no account, no cookie. A look shows who asks; the rest comes after a tap, in his language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from beluur import clock
from beluur.actions.answer_link import AgreementChanged, LinkAnswer, answer_link
from beluur.actions.keep_bytes import kept_bytes
from beluur.actions.link_row import LinkGone
from beluur.actions.once import Doer
from beluur.actions.open_link import open_link, open_link_invoice
from beluur.domain.personal_link import Answered
from beluur.mailroom.texts_file import page_words
from beluur.queries.personal_files import page_calendar, page_copy
from beluur.queries.personal_link import FoundLink, find_link, works_at
from beluur.queries.personal_page import personal_page
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.values.typed import typed_number
from beluur.web.link_guard import minutes_to_wait
from beluur.web.link_pass import answer_to_knock, give_pass, has_pass

PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
KNOCK = "X-Beluur-Knock"
LONGEST_TYPED = 4000


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came, with which token; ``colleague``: he works there, so that his look is no visit of the debtor."""

    link: FoundLink
    token: str
    now: datetime
    colleague: bool

    @property
    def doer(self) -> Doer:
        """The debtor, as far as is known who he is; without a key: the same answer is known by what it says."""
        return Doer(self.link.administration_id, self.now, name=self.link.who[:120])


View = Callable[..., HttpResponse]


def visited(view: View) -> View:
    """A page behind a token: ``view(request, visit, **rest)``. Whatever is wrong with the token, the answer is the same. It takes
    forms without Django's token: who knows the address may answer, and nobody else can."""

    @wraps(view)
    def door(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        now = clock.now()
        if wait := minutes_to_wait(token, str(request.META.get("REMOTE_ADDR", ""))):
            return _private(_bare(request, "busy", status=429, minutes=wait))
        link = find_link(token, now)
        if link is None:
            return _private(gone(request))
        visit = Visit(link, token, now, works_at(link.administration_id, request.user.pk))
        with translation.override(link.voice.language[:2]):
            try:
                return _private(view(request, visit, **rest))
            except (LinkGone, ObjectDoesNotExist, FileNotFoundError):
                return _private(gone(request))

    return csrf_exempt(door)


@visited
def cover(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who asks, and how to check that this is real; a tap opens the page."""
    if request.method == "POST":
        if not visit.colleague:
            open_link(visit.doer, visit.link.id)
        return _to_page(visit, give_pass(visit.link.id, visit.now))
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405)
    return _show(request, visit, "beluur/link/cover.html", t=_words(visit), title=_cover_title(visit))


def _cover_title(visit: Visit) -> str:
    return visit.link.voice.page("cover_title", creditor=visit.link.asks)


def _words(visit: Visit) -> dict[str, str]:
    """The words of the cover; its own gap is filled."""
    voice = visit.link.voice
    known = dict(page_words(voice.language, voice.formality))
    return known | {"real_call": voice.page("real_call", creditor=visit.link.creditor)}


@visited
def page(request: HttpRequest, visit: Visit, passed: str) -> HttpResponse:
    """What was agreed, the invoices, how to pay; POST answers."""
    if not has_pass(passed, visit.link.id, visit.now):
        return HttpResponseRedirect(reverse("link", kwargs={"token": visit.token}))
    if request.method == "POST":
        return _answered(request, visit, passed)
    return _page(request, visit, passed)


def _answered(request: HttpRequest, visit: Visit, passed: str) -> HttpResponse:
    kind = request.POST.get("do", "")
    if kind not in set(Answered):
        return _page(request, visit, passed)
    if visit.colleague:
        return _page(request, visit, passed, status=403, notice=say("link.preview_only"))
    about, words = request.POST.get("about", ""), request.POST.get("words", "")[:LONGEST_TYPED]
    answer = LinkAnswer(
        Answered(kind),
        request.POST.get("version", "")[:16],
        words,
        typed_number(about),
    )
    try:
        answer_link(visit.doer, visit.link.id, answer)
    except LinkGone:
        raise
    except AgreementChanged as changed:
        return _page(request, visit, passed, status=409, notice=changed.sentence)
    except Refused as refused:
        typed = {"kind": kind, "words": words, "about": about, "field": refused.field}
        return _page(request, visit, passed, status=422, wrong=refused.sentence, typed=typed)
    if kind == Answered.WRONG_PERSON:
        return _bare(request, "closed", status=200, voice=visit.link)
    return _to_page(visit, passed, "#asked" if kind == Answered.QUESTION else "")


def _page(request: HttpRequest, visit: Visit, passed: str, *, status: int = 200, **said: Any) -> HttpResponse:
    shown = personal_page(visit.link)
    words = dict(shown.t) | {"real_call": shown.voice.page("real_call", creditor=visit.link.creditor)}
    return _show(
        request,
        visit,
        "beluur/link/page.html",
        status=status,
        p=shown,
        t=words,
        token=visit.token,
        passed=passed,
        **said,
    )


def _to_page(visit: Visit, passed: str, place: str = "") -> HttpResponse:
    page = reverse("link-page", kwargs={"token": visit.token, "passed": passed})
    return HttpResponseRedirect(page + place)


@require_GET
@visited
def invoice_copy(_request: HttpRequest, visit: Visit, passed: str, invoice: int) -> HttpResponse:
    """The copy of an invoice; that he took it is on the timeline."""
    if not has_pass(passed, visit.link.id, visit.now):
        return HttpResponseRedirect(reverse("link", kwargs={"token": visit.token}))
    file = page_copy(visit.link, invoice)
    content = kept_bytes(file.sha256)
    if not visit.colleague:
        open_link_invoice(visit.doer, visit.link.id, invoice)
    return _file(content, file.name, file.media_type)


@require_GET
@visited
def calendar(_request: HttpRequest, visit: Visit, passed: str) -> HttpResponse:
    """The agreed days, for his calendar."""
    if not has_pass(passed, visit.link.id, visit.now):
        return HttpResponseRedirect(reverse("link", kwargs={"token": visit.token}))
    content = page_calendar(visit.link, visit.now)
    if content is None:
        raise FileNotFoundError
    return _file(content, "beluur.ics", "text/calendar; charset=utf-8")


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD"])
def knock(request: HttpRequest) -> HttpResponse:
    """Nothing is here; but whoever set the public address can ask whether it leads to this Beluur."""
    response = _private(gone(request))
    if nonce := request.GET.get("n", ""):
        response[KNOCK] = answer_to_knock(nonce)
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """The one answer to every token that opens nothing."""
    return _bare(request, "gone", status=404)


def _bare(
    request: HttpRequest, name: str, *, status: int, voice: FoundLink | None = None, **gaps: Any
) -> HttpResponse:
    """A title and a text; of a stranger in the language that his browser asks for."""
    language = voice.voice.language if voice else translation.get_language_from_request(request)
    words = page_words(language, voice.formality if voice else "u")
    text = words[name].replace("{minutes}", str(gaps.get("minutes", "")))
    context = {"title": words[f"{name}_title"], "text": text, "language": language}
    return _in(language, render(request, "beluur/link/bare.html", context, status=status))


def _show(
    request: HttpRequest, visit: Visit, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    link = visit.link
    shown = {"link": link, "language": link.voice.language, "colleague": visit.colleague, **context}
    return _in(link.voice.language, render(request, template, shown, status=status))


def _in(language: str, response: HttpResponse) -> HttpResponse:
    response["Content-Language"] = language
    return response


def _private(response: HttpResponse) -> HttpResponse:
    for name, value in PRIVATE.items():
        response[name] = value
    return response


link_urls = [
    path("k/", knock, name="link-knock"),
    path("k/<str:token>/", cover, name="link"),
    path("k/<str:token>/<str:passed>/", page, name="link-page"),
    path("k/<str:token>/<str:passed>/factuur/<int:invoice>", invoice_copy, name="link-invoice"),
    path("k/<str:token>/<str:passed>/agenda.ics", calendar, name="link-calendar"),
]
