"""*Antwoorden*: what customers answered by mail and a person must read; and *Instellingen > Antwoorden*: the mailbox."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.handle_mail_in import handle_mail_in
from beluur.actions.save_mailbox import save_mailbox, try_imap
from beluur.queries.replies import mailbox_row, open_replies
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.forms.mail_in import MailboxSettingsForm
from beluur.web.frame import show, tell


@require_GET
@entered
def replies_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What waits for a person, the oldest first."""
    here = entry.administration.id
    rows, box = open_replies(here), mailbox_row(here)
    return show(request, entry, "beluur/replies.html", section="to-do", rows=rows, box=box)


@require_POST
@entered
def reply_handle(request: HttpRequest, entry: Entry, reply: int) -> HttpResponse:
    """It confirms, or somebody has seen to it."""
    how = request.POST.get("how", "")
    return done(
        request, lambda: handle_mail_in(entry.doer(request), reply, how), to=address(entry, "replies")
    )


@entered(at_least="lead")
def mailbox_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The mailbox; POST saves it or tries it."""
    kept = mailbox_row(entry.administration.id)
    form = MailboxSettingsForm(
        request.POST or None, today=entry.today, has_secret=kept.has_secret, initial=asdict(kept)
    )
    works: Sentence | None = None
    why: Sentence | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do", "save") == "save":
                save_mailbox(entry.doer(request), form.asked())
                tell(request, say("imap.saved") if form.cleaned_data["host"] else say("imap.removed"))
                return HttpResponseRedirect(address(entry, "settings-replies"))
            why = try_imap(entry.doer(request), form.asked())
            works = None if why else say("imap.works", host=form.cleaned_data["host"])
        except Refused as refused:
            form.refuse(refused)
    page = show(
        request,
        entry,
        "beluur/settings_replies.html",
        section="settings",
        here="settings-replies",
        status=422 if form.errors else 200,
        form=form,
        kept=kept,
        works=works,
        why=why,
    )
    add_never_cache_headers(page)
    return page


urls = [
    path("antwoorden/", replies_page, name="replies"),
    path("antwoorden/<int:reply>", reply_handle, name="reply-handle"),
    path("instellingen/antwoorden", mailbox_page, name="settings-replies"),
]
