"""One more administration: another company, or another creditor for whom an agency collects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from beluur.actions.add_administration import add_administration
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, form_page
from beluur.web.forms.who import AdministrationForm


@entered(at_least="owner")
def new_administration(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Its name, its law and where is paid; then straight to its files."""
    form = AdministrationForm(
        request.POST or None, today=entry.today, initial={"country": entry.administration.country}
    )

    def do(said: Mapping[str, Any]) -> str:
        return add_administration(entry.doer(request), **said)

    return form_page(
        request,
        entry,
        form,
        do,
        to=lambda slug: reverse("intake", kwargs={"administration": slug}),
        title=_("Nieuwe administratie"),
        lead=_("Zij is gesloten voor wie er niet bij hoort, ook voor uw collega’s hier; voeg hen daar toe."),
        button=_("Naar mijn bestanden"),
        back=address(entry, "today"),
        section="settings",
    )


urls = [path("instellingen/nieuwe-administratie", new_administration, name="new-administration")]
