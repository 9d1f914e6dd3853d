"""Beside the call: the mail as the debtor will see it, a square to dial with the mobile, and what is filled
in on the spot."""

from __future__ import annotations

from base64 import b64encode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.fill_in import fill_in_contact, fill_in_delivery
from beluur.actions.keep_document import keep_document
from beluur.actions.once import Doer
from beluur.queries.agreement_facts import preview_confirmation
from beluur.queries.call_screen import CallScreen, call_screen
from beluur.queries.outbox import with_pictures
from beluur.queries.pages_opened import opened_in_call
from beluur.telephony.dial import dial_qr_svg
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_reading import report_of
from beluur.web.frame import in_words, show_part, tell_trouble
from beluur.web.letter_frame import framed_html
from beluur.web.pages.call_offer import with_last_word
from beluur.web.pages.call_reasons import seen_line


@require_GET
@entered
def preview_page(_request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """The confirmation as a page of its own, without scripts, links that work or a way out of its frame."""
    screen = call_screen(entry.administration.id, call, entry.now)
    if screen.call is None:
        raise Http404
    draft = Draft(screen.call.draft, screen.today, screen.case.country, screen.case.time_zone)
    number = screen.number
    report, _unread = report_of(draft, contact_id=number.contact_id if number else None)
    speaking = screen.speaking(entry.user.name, translation.get_language() or "nl")
    report = with_last_word(report, draft, screen, speaking)
    preview = preview_confirmation(entry.administration.id, call, report, entry.now, caller=entry.user.name)
    if preview.mail is None:
        return framed_html(in_words(say("draft.no_mail_yet")))
    images = preview.mail.images
    pictures = {i.cid: f"data:{i.media_type};base64,{b64encode(i.data).decode()}" for i in images}
    return framed_html(with_pictures(preview.mail.html, pictures))


@require_GET
@entered
def qr_page(_request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """The number as a square that a mobile reads from the screen."""
    screen = call_screen(entry.administration.id, call, entry.now)
    svg = dial_qr_svg(screen.number.e164) if screen.number else None
    if svg is None:
        raise Http404
    if "xmlns" not in svg:
        svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return HttpResponse(svg, content_type="image/svg+xml")


@require_POST
@entered
def fill_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """What the briefing was missing: a contact, how the delivery went, a copy of an invoice (C13)."""
    screen = call_screen(entry.administration.id, call, entry.now)
    try:
        _fill(request, entry, screen)
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    here = {"administration": entry.administration.slug, "call": call}
    return HttpResponseRedirect(reverse("call", kwargs=here))


def _fill(request: HttpRequest, entry: Entry, screen: CallScreen) -> None:
    post, doer, debtor = request.POST, entry.doer(request), screen.debtor.id
    match post.get("what"):
        case "contact":
            who = post.get("contact", "")
            given = {name: post.get(name, "")[:160] for name in ("name", "role", "phone", "mobile", "email")}
            fill_in_contact(doer, debtor_id=debtor, contact_id=typed_number(who), given=given)
        case "delivery":
            delivery, responsible = post.get("delivery", "")[:2000], post.get("responsible", "")
            fill_in_delivery(doer, debtor_id=debtor, delivery=delivery, responsible=responsible)
        case "copy":
            _keep_copy(request, doer, screen)


def _keep_copy(request: HttpRequest, doer: Doer, screen: CallScreen) -> None:
    invoice, file = request.POST.get("invoice", ""), request.FILES.get("file")
    if file is None or typed_number(invoice) not in {i.id for i in screen.invoices}:
        raise Refused(say("general.required"), "file")
    keep_document(doer, name=file.name or "kopie.pdf", content=file.read(), invoice_id=int(invoice))


@require_GET
@entered
def opened_page(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """Whether he opened the copies, for a screen that looks now and then: as long as nothing changes, nothing moves (D16)."""
    opened = opened_in_call(entry.administration.id, call)
    if opened is None or (not opened.number and request.GET.get("known")):
        return HttpResponse(status=204)
    screen = call_screen(entry.administration.id, call, entry.now)
    speaking = screen.speaking(entry.user.name, translation.get_language() or "nl")
    return show_part(
        request,
        entry,
        "beluur/call/opened.html",
        opened=opened,
        call={"id": call},
        seen=seen_line(opened, speaking),
        asked_in=screen.case.language,
    )


urls = [
    path("gesprek/<int:call>/geopend", opened_page, name="call-opened"),
    path("gesprek/<int:call>/mail", preview_page, name="call-preview"),
    path("gesprek/<int:call>/mobiel.svg", qr_page, name="call-qr"),
    path("gesprek/<int:call>/aanvullen", fill_page, name="call-contact"),
]
