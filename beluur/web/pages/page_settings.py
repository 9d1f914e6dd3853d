"""*Instellingen > Pagina van de klant*: where debtors reach us, whether it works, and the payment page that they find there."""

from __future__ import annotations

import secrets
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from beluur.actions.note_reply import note_reply
from beluur.actions.revoke_link import revoke_link
from beluur.actions.save_page_settings import checked_address, save_page_settings
from beluur.mailroom.reach import reach
from beluur.queries.page_settings import page_settings
from beluur.queries.to_change import debtor_of
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.forms.mail import PageForm
from beluur.web.frame import show, tell
from beluur.web.link_pass import answer_to_knock
from beluur.web.pages.link import KNOCK


@entered(at_least="lead")
def page_settings_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The address and the payment link; POST saves them, or tries the address."""
    kept = page_settings(entry.administration.id)
    form = PageForm(request.POST or None, today=entry.today, initial=asdict(kept))
    tried: tuple[Sentence, bool] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "try":
                tried = _try(checked_address(form.cleaned_data["public_address"]))
            else:
                save_page_settings(entry.doer(request), **form.cleaned_data)
                tell(request, say("done.saved"))
                return HttpResponseRedirect(address(entry, "settings-page"))
        except Refused as refused:
            form.refuse(refused)
    return show(
        request,
        entry,
        "beluur/settings_page.html",
        section="settings",
        here="settings-page",
        status=422 if form.errors else 200,
        form=form,
        kept=kept,
        tried=tried,
        recipe=_recipe(kept.public_address or "https://klant.uwbedrijf.nl", request.get_port()),
    )


def _recipe(public: str, port: str) -> str:
    """What a Caddyfile says, so that only the pages of debtors can be reached from outside."""
    return f"""{public.removeprefix("https://")} {{
    @klant path /k/* /static/*
    handle @klant {{
        reverse_proxy 127.0.0.1:{port}
    }}
    handle {{
        respond 404
    }}
}}"""


def _try(public: str) -> tuple[Sentence, bool]:
    """What is found at the address, and whether it is we."""
    if not public:
        raise Refused(say("general.required"), "public_address")
    nonce = secrets.token_hex(16)
    answer, why = reach(public, nonce, KNOCK)
    if answer is None:
        return say("link.not_reached", address=public, why=why), False
    ours = secrets.compare_digest(answer, answer_to_knock(nonce))
    return say("link.reached" if ours else "link.reached_other", address=public), ours


@require_POST
@entered
def link_revoke(request: HttpRequest, entry: Entry, message: int) -> HttpResponse:
    """The page of that mail opens no more."""
    to = address(entry, "message", message=message)
    return done(request, lambda: revoke_link(entry.doer(request), message), to=to, told=say("link.withdrawn"))


@require_POST
@entered
def promise_confirmed(request: HttpRequest, entry: Entry, promise: int) -> HttpResponse:
    """The debtor confirmed it in a reply (E3)."""
    debtor = debtor_of(entry.administration.id, "promise", promise)
    to = address(entry, "dossier", debtor=debtor)
    return done(request, lambda: note_reply(entry.doer(request), promise), to=to, told=say("link.noted"))


urls = [
    path("instellingen/pagina", page_settings_page, name="settings-page"),
    path("postvak/<int:message>/link-intrekken", link_revoke, name="link-revoke"),
    path("toezeggingen/<int:promise>/bevestigd", promise_confirmed, name="promise-confirmed"),
]
