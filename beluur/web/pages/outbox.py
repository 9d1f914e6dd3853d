"""*Postvak uit*: every mail with what became of it; one mail as it was or will be sent, and what a person may do with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.change_message import mark_message_sent, resend_message, withdraw_message
from beluur.actions.send_what_waited import Waited, send_what_waited
from beluur.queries.message_file import message_file
from beluur.queries.outbox import GROUPS, mail_html, mail_page, outbox
from beluur.queries.page_settings import page_of_mail
from beluur.queries.waited_mails import count_waited
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import safe_next
from beluur.web.frame import show, tell, tell_trouble
from beluur.web.letter_frame import framed_html


def group_names() -> dict[str, str]:
    """The filters above the list, in their order."""
    return {
        "todo": _("Te doen"),
        "waiting": _("Onderweg"),
        "trouble": _("Niet gelukt"),
        "sent": _("Verzonden"),
        "withdrawn": _("Ingetrokken"),
        "all": _("Alles"),
    }


@require_GET
@entered
def outbox_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The list, by state, newest first."""
    group = request.GET.get("stand", "todo")
    view = outbox(
        entry.administration.id,
        group if group in GROUPS else "todo",
        typed_number(request.GET.get("pagina", ""), most_digits=6) or 1,
    )
    groups = [(name, word, view.counts[name]) for name, word in group_names().items()]
    waited = count_waited(entry.administration.id) if entry.administration.sends_mail else 0
    return show(
        request, entry, "beluur/outbox.html", section="outbox", outbox=view, groups=groups, waited=waited
    )


@require_POST
@entered
def send_waited(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What waited only for a sign-in leaves; what is out of date is named."""
    try:
        tell(request, _told(send_what_waited(entry.doer(request))))
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    return HttpResponseRedirect(_address(entry, "outbox"))


def _told(waited: Waited) -> Sentence:
    if not waited.look_first:
        return say("outbox.waited.left", mails=waited.leave) if waited.leave else say("outbox.waited.none")
    if not waited.leave:
        return say("outbox.waited.look_only", look=waited.look_first)
    return say("outbox.waited.left_and_look", mails=waited.leave, look=waited.look_first)


@require_GET
@entered
def message_page(request: HttpRequest, entry: Entry, message: int) -> HttpResponse:
    """One mail, whole."""
    return _message(request, entry, message)


def _message(
    request: HttpRequest, entry: Entry, message: int, *, status: int = 200, **context: Any
) -> HttpResponse:
    view = mail_page(entry.administration.id, message)
    here = page_of_mail(entry.administration.id, message, entry.now)
    shown = {"letter": view, "mail": view.mail, "to": view.mail.to, "own_page": here} | context
    return show(request, entry, "beluur/message.html", section="outbox", status=status, **shown)


@require_GET
@entered
def message_html(_request: HttpRequest, entry: Entry, message: int) -> HttpResponse:
    """The HTML part, for the frame on the page of the mail."""
    return framed_html(mail_html(entry.administration.id, message))


@require_GET
@entered
def message_eml(request: HttpRequest, entry: Entry, message: int) -> HttpResponse:
    """The mail as a file that any mail program opens; one that has not left opens as a draft."""
    try:
        file = message_file(entry.administration.id, message)
    except FileNotFoundError:
        tell_trouble(request, say("outbox.paper_gone"))
        return HttpResponseRedirect(_address(entry, "message", message=message))
    response = HttpResponse(file.content, content_type="message/rfc822")
    response["Content-Disposition"] = _attachment(file.name)
    return response


@require_POST
@entered
def withdraw(request: HttpRequest, entry: Entry, message: int) -> HttpResponse:
    """It does not leave."""
    try:
        withdraw_message(entry.doer(request), message)
        tell(request, say("outbox.withdrawn"))
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    return _back(request, entry, message)


@require_POST
@entered
def resend(request: HttpRequest, entry: Entry, message: int) -> HttpResponse:
    """Into the queue again, to another address when one is filled in."""
    to = request.POST.get("to")
    try:
        resend_message(entry.doer(request), message, to=to)
        tell(request, say("outbox.again"))
    except Refused as refused:
        if to is not None and refused.field:
            return _message(request, entry, message, status=422, refused=refused.sentence, to=to)
        tell_trouble(request, refused.sentence)
    return _back(request, entry, message)


@require_POST
@entered
def mark(request: HttpRequest, entry: Entry, message: int) -> HttpResponse:
    """A person knows that it went out."""
    try:
        mark_message_sent(entry.doer(request), message)
        tell(request, say("outbox.marked"))
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    return _back(request, entry, message)


def _back(request: HttpRequest, entry: Entry, message: int) -> HttpResponse:
    """Where the form says to go on: the list when the button was there, else the mail."""
    if request.POST.get("from") == "list":
        return HttpResponseRedirect(_address(entry, "outbox"))
    return HttpResponseRedirect(safe_next(request, _address(entry, "message", message=message)))


def _attachment(name: str) -> str:
    """The header for a download, whatever letters the name holds."""
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _address(entry: Entry, name: str, **rest: Any) -> str:
    return reverse(name, kwargs={"administration": entry.administration.slug, **rest})


urls = [
    path("postvak/", outbox_page, name="outbox"),
    path("postvak/wachtte", send_waited, name="outbox-waited"),
    path("postvak/<int:message>/", message_page, name="message"),
    path("postvak/<int:message>/html", message_html, name="message-html"),
    path("postvak/<int:message>/bericht.eml", message_eml, name="message-eml"),
    path("postvak/<int:message>/tegenhouden", withdraw, name="message-withdraw"),
    path("postvak/<int:message>/opnieuw", resend, name="message-resend"),
    path("postvak/<int:message>/verzonden", mark, name="message-mark"),
]
