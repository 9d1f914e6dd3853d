"""*Aanmaning*: the formal notice to one debtor as it would leave, and the button that makes it (H1)."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from beluur.actions.send_notice import send_notice
from beluur.domain.ladder import RungKind
from beluur.mailroom.letter_sheet import letter_pictures, letter_sheet, sheet_text
from beluur.queries.notice import Notice, notice, notice_ways
from beluur.queries.outbox import with_pictures
from beluur.queries.rungs import rung_of
from beluur.queries.to_change import debtor_name
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address
from beluur.web.frame import in_words, show, tell, tell_trouble
from beluur.web.letter_frame import data_uris, framed_html, sheet_html


@require_http_methods(["GET", "POST"])
@entered
def notice_page(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """As it would leave; POST makes it. Whoever may not let it go out reads who does."""
    here = entry.administration.id
    name = debtor_name(here, debtor)
    by_post = _by_post(request, entry, debtor)
    if request.method == "POST":
        back = make(request, entry, debtor, by_post=by_post)
        return HttpResponseRedirect(back or address(entry, "notice", debtor=debtor))
    found = _notice(entry, debtor, by_post=by_post)
    row = rung_of(here, debtor, entry.role, entry.today)
    return show(
        request,
        entry,
        "beluur/notice.html",
        section="debtors",
        debtor=debtor,
        name=name,
        ways=notice_ways(here, debtor, entry.today),
        by_post=by_post,
        found=found if isinstance(found, Notice) else None,
        why_not=in_words(found) if isinstance(found, Sentence) else "",
        rung=row if row is not None and row.rung is RungKind.NOTICE else None,
        who=say(f"ladder.approver.{row.approver}") if row else None,
    )


def make(request: HttpRequest, entry: Entry, debtor: int, *, by_post: bool | None = None) -> str | None:
    """Makes it, says so, and gives where it is to be seen; None when it was refused, which is said."""
    doer = entry.doer(request)
    if doer.key:
        doer = replace(doer, key=f"{doer.key[:57]}-notice")  # the yes was given with the same form
    try:
        made = send_notice(doer, debtor, by_post=by_post)
    except Refused as refused:
        tell_trouble(request, refused.sentence)
        return None
    if made.letter_id is not None:
        tell(request, say("notice.letter_made"))
        return address(entry, "letter", letter=made.letter_id)
    tell(request, say("notice.mail_made"))
    return address(entry, "message", message=made.message_id)


@require_GET
@entered
def notice_frame(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """The sheet or the mail, for a frame."""
    by_post = _by_post(request, entry, debtor)
    found = _notice(entry, debtor, by_post=by_post)
    if isinstance(found, Sentence):
        return framed_html(render_to_string("beluur/letter_problems.html", {"lines": [in_words(found)]}))
    mail = found.mailing.mail
    if not by_post:
        return framed_html(with_pictures(mail.html, data_uris(mail.images)))
    country = entry.administration.country
    sheet = letter_sheet(mail, found.creditor, found.to, country=country, on=entry.today)
    return framed_html(
        sheet_html(letter_pictures(sheet, sheet["language"]), sheet_text(sheet), mail.language)
    )


def _by_post(request: HttpRequest, entry: Entry, debtor: int) -> bool:
    asked = request.POST.get("by") or request.GET.get("by")
    if asked in ("post", "mail"):
        return asked == "post"
    return notice_ways(entry.administration.id, debtor, entry.today).first_by_post


def _notice(entry: Entry, debtor: int, *, by_post: bool) -> Notice | Sentence:
    try:
        return notice(
            entry.administration.id,
            debtor,
            entry.user.name,
            sent=entry.today,
            today=entry.today,
            by_post=by_post,
        )
    except Refused as refused:
        return refused.sentence


urls = [
    path("debiteuren/<int:debtor>/aanmaning", notice_page, name="notice"),
    path("debiteuren/<int:debtor>/aanmaning/blad", notice_frame, name="notice-frame"),
]
