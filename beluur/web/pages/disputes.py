"""A dispute outside a call: entered, put right, and answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from beluur.actions.add_dispute import add_dispute
from beluur.actions.correct_dispute import correct_dispute
from beluur.queries.disputes import contestable, dispute_to_change
from beluur.queries.entry import members
from beluur.values.problem import Refused
from beluur.web.access import Entry, entered
from beluur.web.forms.disputes import ChangeDisputeForm, NewDisputeForm, dispute_initial, placed
from beluur.web.pages.by_hand import dossier_form


@entered
def dispute_new(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """The debtor contests something, by mail or by letter."""
    here = entry.administration.id
    form = NewDisputeForm(
        request.POST or None,
        today=entry.today,
        members=members(here),
        invoices=contestable(here, debtor, entry.today),
        initial={"invoice": request.GET.get("factuur", ""), "owner_user": str(entry.user.pk)},
    )

    def do(said: Mapping[str, Any]) -> None:
        try:
            add_dispute(
                entry.doer(request), debtor_id=debtor, invoice_id=int(said["invoice"]), facts=form.facts()
            )
        except Refused as refused:
            raise placed(refused) from refused

    return dossier_form(request, entry, debtor, form, do, title=_("betwisting vastleggen"))


@entered
def dispute_change(request: HttpRequest, entry: Entry, dispute: int) -> HttpResponse:
    """Noted wrongly, or somebody else answers it; both versions stay on file."""
    now = dispute_to_change(entry.administration.id, dispute)
    form = ChangeDisputeForm(
        request.POST or None,
        today=entry.today,
        members=members(entry.administration.id),
        initial=dispute_initial(now.form),
    )

    def do(said: Mapping[str, Any]) -> None:
        try:
            correct_dispute(entry.doer(request), dispute, form.facts(), why=said["why"], send=said["send"])
        except Refused as refused:
            raise placed(refused) from refused

    title = _("betwisting van %(number)s wijzigen") % {"number": now.number}
    return dossier_form(request, entry, now.debtor_id, form, do, title=title)


urls = [
    path("debiteuren/<int:debtor>/betwisting", dispute_new, name="dispute-new"),
    path("betwistingen/<int:dispute>/wijzigen", dispute_change, name="dispute-change"),
]
