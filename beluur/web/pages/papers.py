"""Mails from a dossier: the statement of account, and copies of invoices; each shown before it goes."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.send_papers import send_invoice_copy, send_statements
from beluur.actions.tell_tried import tell_tried
from beluur.queries.mail_facts import recipient_facts
from beluur.queries.mail_previews import already_made, copy_rows, invoice_copy_preview, statement_preview
from beluur.queries.mail_settings import missing_in_mails
from beluur.queries.outbox import with_pictures
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address
from beluur.web.frame import in_words, show, tell, tell_trouble
from beluur.web.letter_frame import data_uris, framed_html

_SAME_DAY, _JUST = timedelta(hours=12), timedelta(minutes=10)


@entered
def statement_page(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """What is open, to be mailed; POST puts it in the outbox. What was made already goes once more only when that was seen, and
    not in the first minutes: who comes back with the button back presses what is there."""
    recipient = recipient_facts(entry.administration.id, debtor)
    found = statement_preview(entry.administration.id, debtor, today=entry.today, caller=entry.user.name)
    since = entry.now - _SAME_DAY
    made = already_made(entry.administration.id, debtor, found, since) if found else None
    just_made = made is not None and entry.now - made.at < _JUST
    if request.method == "POST":
        if made and (just_made or request.POST.get("again") != str(made.id)):
            tell(request, say("papers.made_already"))
            return HttpResponseRedirect(address(entry, "message", message=made.id))
        queued = send_statements(entry.doer(request), [debtor])
        for _, why in queued.left_out:
            tell_trouble(request, why)
        return _sent(request, entry, debtor, queued.message_ids[0] if queued.message_ids else None)
    recipient = found.recipient if found else recipient
    return show(
        request,
        entry,
        "beluur/statement_send.html",
        section="debtors",
        debtor=debtor,
        found=found,
        recipient=recipient,
        made=made,
        just_made=just_made,
        missing=missing_in_mails(entry.administration.id),
    )


@require_GET
@entered
def statement_preview_page(_request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """How it reads, for a frame."""
    found = statement_preview(entry.administration.id, debtor, today=entry.today, caller=entry.user.name)
    if found is None:
        raise Http404
    return framed_html(with_pictures(found.mail.html, data_uris(found.mail.images)))


@entered
def copy_page(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """Which invoices, to whom; POST mails their copies at once."""
    recipient = recipient_facts(entry.administration.id, debtor)
    refused: Refused | None = None
    to, ticked = recipient.email, _ids(request.GET.getlist("factuur"))
    if request.method == "POST":
        to, ticked = request.POST.get("to", "").strip(), _ids(request.POST.getlist("invoice"))
        try:
            if not ticked:
                raise Refused(say("papers.none_ticked"), "invoice_ids")
            message = send_invoice_copy(entry.doer(request), debtor, ticked, to=to)
            return _sent(request, entry, debtor, message)
        except Refused as problem:
            refused = problem
    rows = copy_rows(entry.administration.id, debtor)
    return show(
        request,
        entry,
        "beluur/invoice_copy_send.html",
        section="debtors",
        status=422 if refused else 200,
        debtor=debtor,
        rows=rows,
        any_copy=any(row.copy for row in rows),
        ticked=ticked or ([rows[0].id] if len(rows) == 1 else []),
        recipient=recipient,
        to=to,
        refused=refused,
    )


@require_POST
@entered
def copy_preview_page(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """How it reads for the invoices that are ticked, for a frame."""
    ids = _ids(request.POST.getlist("invoice"))
    found = invoice_copy_preview(
        entry.administration.id, debtor, ids, today=entry.today, caller=entry.user.name
    )
    if found is None:
        return framed_html(in_words(say("papers.none_ticked")))
    return framed_html(with_pictures(found.mail.html, data_uris(found.mail.images)))


@require_POST
@entered
def tried_page(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """We tried to reach you (B9): in the outbox at once, where it can be read and taken back."""
    try:
        return _sent(request, entry, debtor, tell_tried(entry.doer(request), debtor))
    except Refused as refused:
        tell_trouble(request, refused.sentence)
        return _sent(request, entry, debtor, None)


def _ids(texts: list[str]) -> list[int]:
    return [i for text in texts if (i := typed_number(text)) is not None]


def _sent(request: HttpRequest, entry: Entry, debtor: int, message: int | None) -> HttpResponse:
    """To the mail, which says how it stands; without one back to the dossier."""
    if message is None:
        return HttpResponseRedirect(address(entry, "dossier", debtor=debtor))
    told: Sentence = say("papers.queued" if entry.administration.sends_mail else "papers.not_sent")
    tell(request, told)
    return HttpResponseRedirect(address(entry, "message", message=message))


urls = [
    path("debiteuren/<int:debtor>/overzicht/", statement_page, name="statement-send"),
    path("debiteuren/<int:debtor>/overzicht/voorbeeld", statement_preview_page, name="statement-preview"),
    path("debiteuren/<int:debtor>/niet-bereikt/", tried_page, name="tried-send"),
    path("debiteuren/<int:debtor>/factuurkopie/", copy_page, name="invoice-copy-send"),
    path("debiteuren/<int:debtor>/factuurkopie/voorbeeld", copy_preview_page, name="invoice-copy-preview"),
]
