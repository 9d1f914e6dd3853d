"""A rung that waits for the yes of the lead or the owner: why it has come to it, and yes, or not yet (H4)."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from beluur.actions.decide_rung import decide_rung
from beluur.domain.ladder import RungKind, rung_name
from beluur.queries.behaviour import behaviour_of
from beluur.queries.rungs import rung_of
from beluur.queries.to_change import debtor_name
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, safe_next
from beluur.web.forms.fields import DayField, ShortForm
from beluur.web.frame import show, tell
from beluur.web.pages.notice import make


class RungForm(ShortForm):
    """Yes, or not yet: why, and from when it is asked again."""

    FULL = frozenset(("words",))
    words = forms.CharField(
        label=_("Wat wie belt moet weten"),
        required=False,
        max_length=500,
        help_text=_("Nodig als het nog niet mag."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "textarea"}),
    )
    until = DayField(
        label=_("Opnieuw vragen vanaf"),
        required=False,
        help_text=_("Alleen als het nog niet mag. Leeg: het wordt niet opnieuw gevraagd."),
    )


@entered
def rung_page(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """Why, and the decision; whoever may not decide reads who does. When nothing is asked any more, the list."""
    here = entry.administration.id
    row = rung_of(here, debtor, entry.role, entry.today)
    if row is None:
        tell(request, say("rung.not_asked", name=debtor_name(here, debtor)))
        return HttpResponseRedirect(address(entry, "approvals"))
    form = RungForm(request.POST or None, today=entry.today)
    back = safe_next(request, address(entry, "approvals"))
    if request.method == "POST" and form.is_valid():
        granted = request.POST.get("do") == "grant"
        try:
            decide_rung(entry.doer(request), debtor, row.rung, granted=granted, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(request, say("rung.granted") if granted else say("rung.refused"))
            if granted and row.rung is RungKind.NOTICE:
                make(request, entry, debtor)
            return HttpResponseRedirect(back)
    return show(
        request,
        entry,
        "beluur/rung.html",
        section="approvals",
        status=422 if form.is_bound else 200,
        form=form,
        r=row,
        name=rung_name(row.rung),
        who=say(f"ladder.approver.{row.approver}"),
        history=behaviour_of(here, debtor, entry.today),
        back=back,
    )


urls = [path("akkoord/stap/<int:debtor>", rung_page, name="rung")]
