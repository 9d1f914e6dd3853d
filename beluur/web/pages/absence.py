"""*Afwezigheid*: from when to when somebody is away, and who stands in for him (A1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beluur.actions.set_absence import end_absence, set_absence
from beluur.queries.absences import coming_absences, whose_absence
from beluur.queries.entry import members
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done, form_page, safe_next
from beluur.web.forms.who import AbsenceForm


@entered
def absence(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Who is or will be away; one says it of oneself, a lead or an owner of anybody."""
    here = entry.administration.id
    people = members(here)
    leads = entry.may("lead")
    form = AbsenceForm(
        request.POST or None,
        today=entry.today,
        initial={"user": str(entry.user.pk), "first": entry.today},
        others=[m for m in people if leads or m.id != entry.user.pk],
        whose=people if leads else (),
    )

    def do(said: Mapping[str, Any]) -> None:
        user = int(said.get("user") or entry.user.pk)
        set_absence(
            entry.doer(request),
            user_id=user,
            first=said["first"],
            last=said["last"],
            deputy_id=int(said["deputy"]),
        )

    to = address(entry, "settings-absence")
    return form_page(
        request,
        entry,
        form,
        do,
        to=to,
        title=_("Afwezigheid"),
        back=address(entry, "today"),
        section="settings",
        template="beluur/settings_absence.html",
        here="settings-absence",
        rows=coming_absences(here, entry.today),
        alone=len(people) < 2,
        leads=leads,
    )


@require_POST
@entered
def absence_ends(request: HttpRequest, entry: Entry, absence: int) -> HttpResponse:
    """Back, or not away after all: one's own, a lead or an owner anybody's."""
    if whose_absence(entry.administration.id, absence) != entry.user.pk and not entry.may("lead"):
        raise PermissionDenied
    to = safe_next(request, address(entry, "settings-absence"))
    return done(
        request,
        lambda: end_absence(entry.doer(request), absence_id=absence),
        to=to,
        told=say("absence.over"),
    )


urls = [
    path("instellingen/afwezigheid", absence, name="settings-absence"),
    path("instellingen/afwezigheid/<int:absence>/einde", absence_ends, name="settings-absence-end"),
]
