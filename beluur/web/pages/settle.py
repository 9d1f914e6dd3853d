"""What is settled from the dossier: a dispute answered, a payment looked for."""

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

from beluur.actions.correct_dispute import end_dispute
from beluur.actions.look_at_account import check_claim, look
from beluur.queries.to_change import debtor_of
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.forms.fields import ShortForm
from beluur.web.pages.by_hand import dossier_form


class AnswerForm(ShortForm):
    """What the debtor was told."""

    FULL = frozenset(("answer",))
    how = forms.ChoiceField(
        label=gettext_lazy("Uitkomst"),
        choices=(
            ("solved", gettext_lazy("Opgelost; wat nu nog openstaat wordt weer gevraagd")),
            ("rejected", gettext_lazy("Afgewezen; het bedrag wordt weer gevraagd")),
        ),
    )
    answer = forms.CharField(
        label=gettext_lazy("Wat is er geantwoord"), widget=forms.Textarea, max_length=2000
    )


@entered
def dispute_answer(request: HttpRequest, entry: Entry, dispute: int) -> HttpResponse:
    """The answer to a dispute; a credit note is entered as one."""
    debtor = debtor_of(entry.administration.id, "dispute", dispute)
    form = AnswerForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        end_dispute(entry.doer(request), dispute, rejected=said["how"] == "rejected", answer=said["answer"])

    return dossier_form(request, entry, debtor, form, do, title=_("betwisting beantwoorden"))


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
    path("betwistingen/<int:dispute>", dispute_answer, name="dispute-answer"),
    path("al-betaald/<int:claim>", claim_settle, name="claim-settle"),
    path("termijnen/<int:instalment>", instalment_look, name="instalment-look"),
]
