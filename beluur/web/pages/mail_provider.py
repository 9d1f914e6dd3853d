"""*Instellingen > E-mail* when mail leaves through Microsoft 365 or Gmail."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from beluur.actions.save_mail_provider import save_mail_provider
from beluur.actions.try_smtp import try_smtp
from beluur.mailroom.providers import PROVIDERS
from beluur.mailroom.send import Delivery, DeliveryState
from beluur.queries.mail_settings import MailSettings, missing_in_mails
from beluur.queries.mail_sign_in import SignInRow, sign_in_row
from beluur.queries.waited_mails import count_waited
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry
from beluur.web.forms.answer import address
from beluur.web.forms.mail_provider import MailProviderForm
from beluur.web.frame import show, tell
from beluur.web.mail_round import back_address

_HERE = "localhost"  # the only name to which a provider sends somebody back without TLS


def provider_page(request: HttpRequest, entry: Entry, via: str, kept: MailSettings) -> HttpResponse:
    """The registration and the sender; POST saves them, tries the connection, or sends a mail to oneself."""
    row = sign_in_row(entry.administration.id)
    signed = row if row and row.provider == via else None
    form = _form(request, entry, via, kept, signed)
    tried: Delivery | None = None
    if request.method == "POST" and form.is_valid():
        try:
            what = request.POST.get("do", "save")
            if what == "save":
                return _save(request, entry, form, kept)
            to = str(form.cleaned_data["sender"] if what == "self" else "")
            language = translation.get_language() or "nl"
            tried = try_smtp(entry.doer(request), form.asked(), to=to, language=language)
        except Refused as refused:
            form.refuse(refused)
    signed = (
        sign_in_row(entry.administration.id) if tried and signed else signed
    )  # it may have ended just now
    return _page(request, entry, form, via=via, kept=kept, signed=signed, tried=tried)


def _form(
    request: HttpRequest, entry: Entry, via: str, kept: MailSettings, signed: SignInRow | None
) -> MailProviderForm:
    initial = asdict(kept) | ({"client_id": signed.client_id, "tenant": signed.tenant} if signed else {})
    return MailProviderForm(
        request.POST or None, today=entry.today, provider=via, has_secret=signed is not None, initial=initial
    )


def _save(request: HttpRequest, entry: Entry, form: MailProviderForm, kept: MailSettings) -> HttpResponse:
    holds = save_mail_provider(entry.doer(request), form.asked())
    if not holds:
        tell(request, say("mail.sign_in.saved", provider=PROVIDERS[form.provider].firm))
    elif kept.waiting:
        tell(request, say("mail_settings.waiting", mails=kept.waiting))
    else:
        tell(request, say("mail_settings.saved"))
    return HttpResponseRedirect(address(entry, "settings-mail"))


def _page(
    request: HttpRequest, entry: Entry, form: MailProviderForm, *, tried: Delivery | None, **context: Any
) -> HttpResponse:
    back = back_address(request)
    page = show(
        request,
        entry,
        "beluur/settings_mail_provider.html",
        section="settings",
        here="settings-mail",
        status=422 if form.errors else 200,
        form=form,
        tried=tried,
        works=tried is not None and tried.state is DeliveryState.SENT,
        missing=missing_in_mails(entry.administration.id),
        waited=count_waited(entry.administration.id) if entry.administration.sends_mail else 0,
        providers=PROVIDERS,
        provider=PROVIDERS[form.provider],
        back=back,
        reachable=back.startswith("https://") or urlsplit(back).hostname == _HERE,
        **context,
    )
    add_never_cache_headers(page)
    return page
