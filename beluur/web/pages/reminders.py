"""*Herinneringen*: who is due for a written reminder, how it reads, and the ticked ones sent."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_GET

from beluur.actions.plan_next_steps import AT_ONCE, plan_next_steps
from beluur.actions.send_reminders import send_reminders
from beluur.queries.mail_previews import reminder_preview
from beluur.queries.mail_settings import missing_in_mails
from beluur.queries.outbox import with_pictures
from beluur.queries.reminders import KINDS, reminders_by_mail, reminders_due, without_address
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address
from beluur.web.frame import show, tell, tell_trouble
from beluur.web.letter_frame import data_uris, framed_html

SHOWN = 100  # and sent at a time


@entered
def reminders_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The list, largest amount first; POST puts the ticked ones in the outbox."""
    if request.method == "POST":
        return _send(request, entry)
    plan_next_steps(entry.administration.id, entry.now, limit=AT_ONCE)
    due = reminders_by_mail(entry.administration.id, entry.today, SHOWN)
    return show(
        request,
        entry,
        "beluur/reminders.html",
        section="outbox",
        ready=due.ready,
        more=due.count - len(due.ready),
        no_address=(*without_address(entry.administration.id, entry.today), *due.no_longer),
        waiting=due.waiting,
        ready_total=due.total,
        missing=missing_in_mails(entry.administration.id),
    )


def _send(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Each debtor in a transaction of his own, with a key of his own: stopped half-way, the same form goes on where it was."""
    doer = entry.doer(request)
    ticked = {i for text in request.POST.getlist("debtor") if (i := typed_number(text))}
    made, left_out = 0, dict[Sentence, int]()
    for row in reminders_due(entry.administration.id, entry.today, ticked):
        own = replace(doer, key=f"{doer.key[:40]}:{row.debtor_id}" if doer.key else "")
        queued = send_reminders(own, [row.debtor_id], row.level)
        made += len(queued.message_ids)
        for _, why in queued.left_out:
            left_out[why] = left_out.get(why, 0) + 1
    _tell(request, entry, made, left_out)
    return HttpResponseRedirect(address(entry, "outbox" if made else "reminders"))


def _tell(request: HttpRequest, entry: Entry, made: int, left_out: dict[Sentence, int]) -> None:
    if made:
        told = "reminders.queued" if entry.administration.sends_mail else "reminders.not_sent"
        tell(request, say(told, mails=made))
    elif not left_out:
        tell_trouble(request, say("reminders.none_ticked"))
    for why, debtors in left_out.items():
        tell_trouble(request, say("reminders.left_out", debtors=debtors, why=why))


@require_GET
@entered
def reminder_preview_page(_request: HttpRequest, entry: Entry, debtor: int, level: int) -> HttpResponse:
    """How this reminder reads, for a frame."""
    if level not in KINDS:
        raise Http404
    found = reminder_preview(
        entry.administration.id, debtor, level, today=entry.today, caller=entry.user.name
    )
    if found is None:
        raise Http404
    return framed_html(with_pictures(found.mail.html, data_uris(found.mail.images)))


@require_GET
@entered
def reminder_page(request: HttpRequest, entry: Entry, debtor: int, level: int) -> HttpResponse:
    """One reminder before it goes: to whom, what, and what it lacks."""
    if level not in KINDS:
        raise Http404
    found = reminder_preview(
        entry.administration.id, debtor, level, today=entry.today, caller=entry.user.name
    )
    if found is None:
        raise Http404
    return show(
        request,
        entry,
        "beluur/reminder.html",
        section="outbox",
        debtor=debtor,
        level=level,
        found=found,
        due=bool(reminders_due(entry.administration.id, entry.today, [debtor])),
    )


urls = [
    path("herinneringen/", reminders_page, name="reminders"),
    path("herinneringen/<int:debtor>/<int:level>", reminder_page, name="reminder"),
    path("herinneringen/<int:debtor>/<int:level>/voorbeeld", reminder_preview_page, name="reminder-preview"),
]
