"""*Instellingen > E-mail* and *> Algemene voorwaarden*: where mail leaves through, and what goes along."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST

from beluur.actions.save_smtp import save_smtp
from beluur.actions.set_terms import remove_terms, set_terms
from beluur.actions.try_smtp import try_smtp
from beluur.mailroom.providers import PROVIDERS
from beluur.mailroom.send import Delivery, DeliveryState
from beluur.queries.mail_settings import MailSettings, mail_settings, missing_in_mails, terms_of
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.forms.mail import MailServerForm, TermsForm
from beluur.web.frame import show, tell
from beluur.web.pages.mail_provider import provider_page

# what the form begins with when mail leaves through a provider now
NO_SERVER = {"host": "", "port": 587, "security": "starttls", "sign_in": "password", "username": ""}


@entered(at_least="lead")
def mail_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The mail server, or Microsoft 365 or Gmail (``?via=``); POST saves it, tries the connection, or sends a mail to oneself."""
    kept = mail_settings(entry.administration.id)
    via = request.GET.get("via", kept.provider)
    if via in PROVIDERS:
        return provider_page(request, entry, via, kept)
    server = NO_SERVER if kept.provider else {}
    form = MailServerForm(
        request.POST or None, today=entry.today, has_secret=kept.has_secret, initial=asdict(kept) | server
    )
    tried: Delivery | None = None
    if request.method == "POST" and form.is_valid():
        try:
            what = request.POST.get("do", "save")
            if what == "save":
                return _save(request, entry, form, kept)
            to = str(form.cleaned_data["sender"] if what == "self" else "")
            tried = _try(request, entry, form, to)
        except Refused as refused:
            form.refuse(refused)
    return _page(request, entry, form, kept, tried)


def _try(request: HttpRequest, entry: Entry, form: MailServerForm, to: str) -> Delivery:
    return try_smtp(entry.doer(request), form.asked(), to=to, language=translation.get_language() or "nl")


def _save(request: HttpRequest, entry: Entry, form: MailServerForm, kept: MailSettings) -> HttpResponse:
    save_smtp(entry.doer(request), form.asked())
    tell(request, _saved(has_host=bool(form.cleaned_data["host"]), waiting=kept.waiting))
    return HttpResponseRedirect(address(entry, "settings-mail"))


def _saved(*, has_host: bool, waiting: int) -> Sentence:
    if not has_host:
        return say("mail_settings.removed")
    return say("mail_settings.waiting", mails=waiting) if waiting else say("mail_settings.saved")


def _page(
    request: HttpRequest, entry: Entry, form: MailServerForm, kept: MailSettings, tried: Delivery | None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "kept": kept,
        "tried": tried,
        "works": tried is not None and tried.state is DeliveryState.SENT,
        "missing": missing_in_mails(entry.administration.id),
        "via": "other",
        "providers": PROVIDERS,
    }
    status = 422 if form.errors else 200
    page = show(
        request,
        entry,
        "beluur/settings_mail.html",
        section="settings",
        here="settings-mail",
        status=status,
        **context,
    )
    add_never_cache_headers(page)
    return page


@entered(at_least="lead")
def terms_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The general terms that go along with a mail; POST takes another PDF."""
    form = TermsForm(request.POST or None, request.FILES or None, today=entry.today)
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            name = set_terms(
                entry.doer(request),
                name=file.name or "" if file else "",
                content=file.read() if file else b"",
            )
        except Refused as refused:
            form.is_valid()
            form.refuse(refused)
        else:
            tell(request, say("terms.saved", name=name))
            return HttpResponseRedirect(address(entry, "settings-terms"))
    return show(
        request,
        entry,
        "beluur/settings_terms.html",
        section="settings",
        here="settings-terms",
        status=422 if form.errors else 200,
        form=form,
        terms=terms_of(entry.administration.id),
        missing=missing_in_mails(entry.administration.id),
    )


@require_POST
@entered(at_least="lead")
def terms_remove(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Mails go without general terms again."""
    to = address(entry, "settings-terms")
    return done(request, lambda: remove_terms(entry.doer(request)), to=to, told=say("terms.removed"))


urls = [
    path("instellingen/e-mail", mail_page, name="settings-mail"),
    path("instellingen/voorwaarden", terms_page, name="settings-terms"),
    path("instellingen/voorwaarden/weg", terms_remove, name="settings-terms-remove"),
]
