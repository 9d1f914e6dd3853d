"""What is settled from the dossier: a payment is looked for, and is in or not."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from beluur.actions.look_at_account import check_claim, look
from beluur.queries.to_change import debtor_of
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done


@require_POST
@entered
def claim_settle(request: HttpRequest, entry: Entry, claim: int) -> HttpResponse:
    """He said that he paid; somebody looked."""
    to = address(entry, "dossier", debtor=debtor_of(entry.administration.id, "claim", claim))
    found = request.POST.get("found")
    if found not in ("yes", "no"):
        return HttpResponseRedirect(to)
    return done(request, lambda: check_claim(entry.doer(request), claim, found=found == "yes"), to=to)


@require_POST
@entered
def instalment_look(request: HttpRequest, entry: Entry, instalment: int) -> HttpResponse:
    """Somebody looked on the account himself (J3): in, or not in."""
    to = address(entry, "dossier", debtor=debtor_of(entry.administration.id, "instalment", instalment))
    answer = request.POST.get("in")
    if answer not in ("yes", "no"):
        return HttpResponseRedirect(to)
    on = _day(request.POST.get("on", ""))
    return done(request, lambda: look(entry.doer(request), instalment, is_in=answer == "yes", on=on), to=to)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


urls = [
    path("al-betaald/<int:claim>", claim_settle, name="claim-settle"),
    path("termijnen/<int:instalment>", instalment_look, name="instalment-look"),
]
