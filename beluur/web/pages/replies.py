"""*Antwoorden*: what customers answered by mail and a person must read; and *Instellingen > Antwoorden*: the mailbox."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.handle_mail_in import handle_mail_in
from beluur.actions.save_mailbox import MailboxForm, save_mailbox, try_imap
from beluur.queries.mail_settings import mail_settings
from beluur.queries.mail_sign_in import SignInRow, sign_in_row
from beluur.queries.replies import MailboxRow, mailbox_row, open_replies
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.forms.mail_in import MailboxSettingsForm, SignInMailboxForm
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
    """The mailbox, that of the provider at which one signed in or another (``?via=``); POST saves it or tries it."""
    kept = mailbox_row(entry.administration.id)
    signed = sign_in_row(entry.administration.id)
    via = request.GET.get("via", "sign-in" if kept.by_sign_in else "other")
    form = _form(request, entry, kept, signed if via == "sign-in" else None)
    works: Sentence | None = None
    why: Sentence | None = None
    if request.method == "POST" and form.is_valid():
        try:
            what = request.POST.get("do", "save")
            if what in ("save", "off"):
                return _saved(request, entry, MailboxForm("") if what == "off" else form.asked())
            why = try_imap(entry.doer(request), form.asked())
            works = None if why else say("imap.works", host=_host(form, signed))
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
        signed=signed,
        by_sign_in=via == "sign-in",
        works=works,
        why=why,
    )
    add_never_cache_headers(page)
    return page


def _form(
    request: HttpRequest, entry: Entry, kept: MailboxRow, signed: SignInRow | None
) -> MailboxSettingsForm | SignInMailboxForm:
    initial = asdict(kept)
    if signed is None:
        if kept.by_sign_in:
            initial |= {"host": "", "username": "", "sign_in": "password"}
        return MailboxSettingsForm(
            request.POST or None, today=entry.today, has_secret=kept.has_secret, initial=initial
        )
    if not kept.by_sign_in:
        mailbox = mail_settings(entry.administration.id).username
        initial |= {"username": mailbox, "folder": "INBOX", "plus": True, "vouched_by": signed.at.vouches}
    return SignInMailboxForm(request.POST or None, today=entry.today, initial=initial)


def _host(form: MailboxSettingsForm | SignInMailboxForm, signed: SignInRow | None) -> str:
    return str(form.cleaned_data.get("host") or (signed.at.imap.host if signed else ""))


def _saved(request: HttpRequest, entry: Entry, asked: MailboxForm) -> HttpResponse:
    save_mailbox(entry.doer(request), asked)
    kept = mailbox_row(entry.administration.id)
    tell(request, say("imap.saved") if kept.host else say("imap.removed"))
    return HttpResponseRedirect(address(entry, "settings-replies"))


urls = [
    path("antwoorden/", replies_page, name="replies"),
    path("antwoorden/<int:reply>", reply_handle, name="reply-handle"),
    path("instellingen/antwoorden", mailbox_page, name="settings-replies"),
]
