"""*Instellingen > Mandaten*: how far each role may go alone, and one colleague otherwise."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from beluur.actions.change_mandate import change_own_mandate, change_role_mandate
from beluur.queries.mandates import own_mandate, role_mandates
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address
from beluur.web.forms.fields import ShortForm
from beluur.web.forms.mandates import bounds, mandate_form
from beluur.web.frame import show, tell
from beluur.web.pages.settings import ROLE_WORDS


@entered(at_least="owner")
def mandates(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One role at a time; the caller's first."""
    rows = role_mandates(entry.administration.id)
    asked = request.GET.get("rol", rows[0].role)
    row = next((r for r in rows if r.role == asked), None)
    if row is None:
        raise Http404
    form = mandate_form(row.usual, row.overrides, request.POST or None, entry.today)
    if request.method == "POST" and form.is_valid():
        try:
            change_role_mandate(entry.doer(request), role=row.role, bounds=bounds(form.cleaned_data))
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(request, say("done.saved"))
            return HttpResponseRedirect(f"{address(entry, 'settings-mandates')}?rol={row.role}")
    roles = [(r.role, ROLE_WORDS[r.role], bool(r.overrides)) for r in rows]
    return _shown(request, entry, form, title=_("Mandaten"), roles=roles, role=row.role)


@entered(at_least="owner")
def mandate_of_colleague(request: HttpRequest, entry: Entry, user: int) -> HttpResponse:
    """What one may otherwise than his role."""
    row = own_mandate(entry.administration.id, user)
    form = mandate_form(row.usual, row.overrides, request.POST or None, entry.today)
    if request.method == "POST" and form.is_valid():
        try:
            change_own_mandate(entry.doer(request), user_id=user, bounds=bounds(form.cleaned_data))
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(request, say("done.saved"))
            return HttpResponseRedirect(address(entry, "settings-members"))
    title = _("Mandaat van %(name)s") % {"name": row.name}
    return _shown(request, entry, form, title=title, role_name=ROLE_WORDS[row.role])


def _shown(request: HttpRequest, entry: Entry, form: ShortForm, **context: object) -> HttpResponse:
    return show(
        request,
        entry,
        "beluur/settings_mandates.html",
        section="settings",
        here="settings-mandates",
        status=422 if form.errors else 200,
        form=form,
        **context,
    )


urls = [
    path("instellingen/mandaten", mandates, name="settings-mandates"),
    path("instellingen/collega/<int:user>/mandaat", mandate_of_colleague, name="settings-member-mandate"),
]
