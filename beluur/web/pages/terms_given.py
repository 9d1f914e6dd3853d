"""That a debtor was given the general terms: recorded from his dossier, and taken back (I1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beluur.actions.record_terms import record_terms, withdraw_terms
from beluur.queries.terms_given import own_terms
from beluur.queries.to_change import debtor_of
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.forms.terms import TermsGivenForm
from beluur.web.pages.by_hand import dossier_form


@entered
def terms_new(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """When and how he was given which text."""
    form = TermsGivenForm(
        request.POST or None,
        request.FILES or None,
        today=entry.today,
        texts=own_terms(entry.administration.id),
    )

    def do(said: Mapping[str, Any]) -> None:
        file = said["file"]
        record_terms(
            entry.doer(request),
            debtor_id=debtor,
            on=said["on"],
            how=said["how"],
            today=entry.today,
            document_id=int(said["document"]) if said["document"] and not file else None,
            name=file.name if file else "",
            content=file.read() if file else b"",
        )

    return dossier_form(request, entry, debtor, form, do, title=_("algemene voorwaarden gegeven"))


@require_POST
@entered
def terms_withdraw(request: HttpRequest, entry: Entry, terms: int) -> HttpResponse:
    """It was not so."""
    to = address(entry, "dossier", debtor=debtor_of(entry.administration.id, "terms", terms))
    return done(request, lambda: withdraw_terms(entry.doer(request), terms_id=terms), to=to)


urls = [
    path("debiteuren/<int:debtor>/voorwaarden", terms_new, name="terms-given"),
    path("voorwaarden/<int:terms>/terug", terms_withdraw, name="terms-withdraw"),
]
