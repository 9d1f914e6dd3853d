"""To the provider of the mailbox, to sign in there, and back; and signing out.

One leaves by a link: the policy of our pages lets no form lead to another house, and a provider may send on to that of one's
firm."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from beluur import clock
from beluur.actions.sign_in_mail import CameBack, sign_in_mail
from beluur.actions.sign_out_mail import sign_out_mail
from beluur.domain.mail_sign_in import one_answer
from beluur.mailroom.providers import Registration, sign_in_address
from beluur.queries.mail_settings import mail_settings
from beluur.queries.mail_sign_in import sign_in_row
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.frame import tell, tell_trouble
from beluur.web.mail_round import Begun, come_back, leave


@require_GET
@never_cache
@entered(at_least="lead")
def leave_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """To the page of the provider that is set up."""
    row = sign_in_row(entry.administration.id)
    if row is None:
        tell_trouble(request, say("mail.sign_in.nowhere"))
        return HttpResponseRedirect(address(entry, "settings-mail"))
    begun, state = leave(request, entry, row.client_id)
    to = sign_in_address(
        row.at,
        Registration(row.client_id, "", row.tenant),
        state=state,
        verifier=begun.verifier,
        back=begun.back,
        mailbox=mail_settings(entry.administration.id).username,
    )
    return HttpResponseRedirect(to)


@require_GET
@never_cache
def back_page(request: HttpRequest) -> HttpResponse:
    """Where the provider sends one back, of whichever administration: the state says which, and its door is gone through."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("login"))
    begun = come_back(request, clock.now())
    if begun is None:
        tell_trouble(request, say("mail.sign_in.not_ours"))
        return HttpResponseRedirect(reverse("home"))
    return _enter(request, administration=begun.slug, begun=begun)


@entered(at_least="lead")
def _enter(request: HttpRequest, entry: Entry, begun: Begun) -> HttpResponse:
    try:
        tell(request, _signed_in(request, entry, begun))
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    return HttpResponseRedirect(address(entry, "settings-mail"))


def _signed_in(request: HttpRequest, entry: Entry, begun: Begun) -> Sentence:
    row = sign_in_row(entry.administration.id)
    if row is None or entry.administration.id != begun.administration_id:
        raise Refused(say("mail.sign_in.changed"))
    if not (code := request.GET.get("code", "")):
        answer = one_answer(request.GET.get("error_description"), request.GET.get("error"))
        raise Refused(say("mail.sign_in.not_done", provider=row.at.firm, answer=answer))
    came = CameBack(begun.nonce, begun.client_id, code, begun.verifier, begun.back)
    name = sign_in_mail(entry.doer(request), came)
    waiting = mail_settings(entry.administration.id).waiting
    if waiting:
        return say("mail.sign_in.done_waiting", provider=name, mails=waiting)
    return say("mail.sign_in.done", provider=name)


@require_POST
@entered(at_least="lead")
def sign_out(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What was granted is forgotten."""
    row = sign_in_row(entry.administration.id)
    told = say("mail.sign_in.forgotten", provider=row.at.name) if row else say("mail.sign_in.nowhere")
    return done(
        request, lambda: sign_out_mail(entry.doer(request)), to=address(entry, "settings-mail"), told=told
    )


urls = [
    path("instellingen/e-mail/aanmelden", leave_page, name="mail-sign-in"),
    path("instellingen/e-mail/afmelden", sign_out, name="mail-sign-out"),
]
back_urls = [path("mail/aangemeld", back_page, name="mail-signed-in")]
