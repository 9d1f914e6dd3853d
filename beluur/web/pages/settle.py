"""What is settled from the dossier: a payment is looked for, and is in or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from beluur.actions.look_at_account import check_claim, look
from beluur.actions.settle_reserved import settle_reserved
from beluur.actions.withdraw_ultimatum import withdraw_ultimatum
from beluur.queries.to_change import debtor_of
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done, undo_look
from beluur.web.forms.corrections import WhyForm
from beluur.web.forms.fields import ShortForm
from beluur.web.pages.by_hand import dossier_form


class GrantForm(ShortForm):
    """Whether a promise beyond the caller's mandate stands."""

    FULL = frozenset(("why",))
    how = forms.ChoiceField(
        label=gettext_lazy("Besluit"),
        choices=(
            ("granted", gettext_lazy("Goedgekeurd; hij krijgt een bevestiging")),
            ("refused", gettext_lazy("Niet goedgekeurd; de toezegging vervalt")),
        ),
    )
    why = forms.CharField(
        label=gettext_lazy("Toelichting, nodig bij niet goedgekeurd"), max_length=500, required=False
    )


@entered
def promise_settle(request: HttpRequest, entry: Entry, promise: int) -> HttpResponse:
    """A colleague decides about a promise under reservation."""
    debtor = debtor_of(entry.administration.id, "promise", promise)
    form = GrantForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        granted = said["how"] == "granted"
        settle_reserved(entry.doer(request), promise, granted=granted, why=said["why"])

    return dossier_form(request, entry, debtor, form, do, title=_("toezegging onder voorbehoud"))


@entered
def ultimatum_withdraw(request: HttpRequest, entry: Entry, ultimatum: int) -> HttpResponse:
    """A last day no longer stands; the reason stays in the dossier."""
    debtor = debtor_of(entry.administration.id, "ultimatum", ultimatum)
    form = WhyForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        withdraw_ultimatum(entry.doer(request), ultimatum, why=said["why"])

    return dossier_form(request, entry, debtor, form, do, title=_("laatste dag intrekken"))


@require_POST
@entered
def claim_settle(request: HttpRequest, entry: Entry, claim: int) -> HttpResponse:
    """He said that he paid; somebody looked."""
    to = address(entry, "dossier", debtor=debtor_of(entry.administration.id, "claim", claim))
    found = request.POST.get("found")
    if found not in ("yes", "no"):
        return HttpResponseRedirect(to)
    undo = undo_look(entry, ("claim", claim), to)
    told = _noted(is_in=found == "yes")
    do = lambda: check_claim(entry.doer(request), claim, found=found == "yes")  # noqa: E731
    return done(request, do, to=to, told=told, undo=undo)


@require_POST
@entered
def instalment_look(request: HttpRequest, entry: Entry, instalment: int) -> HttpResponse:
    """Somebody looked on the account himself (J3): in, or not in."""
    to = address(entry, "dossier", debtor=debtor_of(entry.administration.id, "instalment", instalment))
    answer = request.POST.get("in")
    if answer not in ("yes", "no"):
        return HttpResponseRedirect(to)
    on = _day(request.POST.get("on", ""))
    undo = undo_look(entry, ("instalment", instalment), to)
    told = _noted(is_in=answer == "yes")
    do = lambda: look(entry.doer(request), instalment, is_in=answer == "yes", on=on)  # noqa: E731
    return done(request, do, to=to, told=told, undo=undo)


def _noted(*, is_in: bool) -> Sentence:
    return say("look.noted_in") if is_in else say("look.noted_not_in")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


urls = [
    path("toezeggingen/<int:promise>/besluit", promise_settle, name="promise-settle"),
    path("laatste-dag/<int:ultimatum>/intrekken", ultimatum_withdraw, name="ultimatum-withdraw"),
    path("al-betaald/<int:claim>", claim_settle, name="claim-settle"),
    path("termijnen/<int:instalment>", instalment_look, name="instalment-look"),
]
