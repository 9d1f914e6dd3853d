"""*Brieven*: letters for who has no address for mail: made, printed as one PDF, and ticked once they are posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from beluur.actions.end_letters import post_letters, withdraw_letters
from beluur.actions.make_letters import make_letters
from beluur.mailroom.letter_sheet import letter_pictures, letters_pdf, sheet_text
from beluur.queries.letters import letter_of, letters_ready, letters_to_write, sheets_ready
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.values.typed import typed_date, typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address
from beluur.web.frame import show, tell, tell_trouble
from beluur.web.letter_frame import framed_html, sheet_html


@entered
def letters_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Who needs one, and which wait; POST makes, posts or takes back what is ticked."""
    refused = None
    if request.method == "POST":
        if _done(request, entry):
            return HttpResponseRedirect(address(entry, "letters"))
        refused = _Refused(_ticked(request), request.POST.get("do", ""), request.POST.get("on", "")[:40])
    rows = letters_to_write(entry.administration.id, entry.today)
    ready = letters_ready(entry.administration.id, entry.today)
    return show(
        request,
        entry,
        "beluur/letters.html",
        section="outbox",
        to_write=[row for row in rows if row.to],
        unknown=[row for row in rows if not row.to],
        ready=ready,
        refused=refused,
        status=422 if refused else 200,
        to_print=sum(letter.needed for letter in ready),
    )


@dataclass(frozen=True, slots=True)
class _Refused:
    """What was asked, so that it stays as it was: a letter that was not ticked may not be posted by the next try."""

    ticked: tuple[int, ...]
    do: str
    on: str


def _ticked(request: HttpRequest) -> tuple[int, ...]:
    typed = map(typed_number, request.POST.getlist("ticked"))
    return tuple(i for i in typed if i is not None)


def _done(request: HttpRequest, entry: Entry) -> bool:
    doer, do = entry.doer(request), request.POST.get("do", "")
    ticked = _ticked(request)
    try:
        if not ticked:
            raise Refused(say("letters.none_ticked"))
        if do == "make":
            tell(request, say("letters.made", letters=make_letters(doer, ticked)))
        elif do == "post":
            text = request.POST.get("on", "")[:40]
            if not text.strip():
                raise Refused(say("letters.no_day"), "on")
            on = typed_date(text, entry.today)
            if on is None:
                raise Refused(say("by_hand.day_wrong", text=text), "on")
            tell(request, say("letters.posted", letters=post_letters(doer, ticked, on=on, today=entry.today)))
        elif do == "withdraw":
            tell(request, say("letters.withdrawn", letters=withdraw_letters(doer, ticked)))
    except Refused as refused:
        tell_trouble(request, refused.sentence)
        return False
    return True


@require_GET
@entered
def letters_print(_request: HttpRequest, entry: Entry) -> HttpResponse:
    """All that are ready and still needed, in one PDF. Printing sends nothing, and says nothing on any timeline."""
    sheets = sheets_ready(entry.administration.id, entry.today)
    if not sheets:
        return HttpResponseRedirect(address(entry, "letters"))  # in another tab they were posted meanwhile
    return _pdf(sheets, entry, f"brieven-{entry.today}.pdf")


@require_GET
@entered
def letter_page(request: HttpRequest, entry: Entry, letter: int) -> HttpResponse:
    """One letter as it comes, or came, out of the printer."""
    found = letter_of(entry.administration.id, letter, entry.today)
    return show(request, entry, "beluur/letter.html", section="outbox", letter=found)


@require_GET
@entered
def letter_frame(_request: HttpRequest, entry: Entry, letter: int) -> HttpResponse:
    """Its pages, for a frame."""
    sheet = letter_of(entry.administration.id, letter, entry.today).sheet
    pages = letter_pictures(sheet, sheet["language"])
    return framed_html(sheet_html(pages, sheet_text(sheet), sheet["language"]))


@require_GET
@entered
def letter_pdf(_request: HttpRequest, entry: Entry, letter: int) -> HttpResponse:
    """The same as PDF. Printing sends nothing."""
    sheet = letter_of(entry.administration.id, letter, entry.today).sheet
    return _pdf([sheet], entry, f"brief-{letter}.pdf")


def _pdf(sheets: Sequence[dict[str, Any]], entry: Entry, name: str) -> HttpResponse:
    made = letters_pdf(sheets, translation.get_language() or "nl", entry.today)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name) or "inline"
    answer["Cache-Control"] = "no-store"
    return answer


urls = [
    path("brieven/", letters_page, name="letters"),
    path("brieven/druk.pdf", letters_print, name="letters-print"),
    path("brieven/<int:letter>", letter_page, name="letter"),
    path("brieven/<int:letter>/blad", letter_frame, name="letter-frame"),
    path("brieven/<int:letter>/brief.pdf", letter_pdf, name="letter-pdf"),
]
