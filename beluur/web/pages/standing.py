"""How a debtor stands with us: paused, stopped, whose he is, who pays for him, and whether he is someone we know already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beluur.actions.assign import assign
from beluur.actions.merge_debtors import merge_debtors, unmerge
from beluur.actions.set_hold import lift_hold, set_hold
from beluur.actions.set_payer_group import set_payer_group
from beluur.actions.set_stop import lift_stop, set_stop
from beluur.queries.dossier import Moved, dossier
from beluur.queries.entry import members
from beluur.queries.search import search
from beluur.queries.to_change import group_names, group_of
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.forms.by_hand import GroupForm, HoldForm, ReasonForm, StopForm
from beluur.web.forms.who import AssignForm
from beluur.web.frame import in_words, show
from beluur.web.pages.by_hand import dossier_form


@entered
def hold(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """A pause until a day."""
    form = HoldForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        set_hold(entry.doer(request), debtor_ids=[debtor], today=entry.today, **said)

    return dossier_form(request, entry, debtor, form, do, title=_("aanmaanstop"), button=_("Stel in"))


@require_POST
@entered
def hold_lift(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """The pause ends now."""
    to = address(entry, "dossier", debtor=debtor)
    return done(request, lambda: lift_hold(entry.doer(request), debtor_id=debtor), to=to)


@entered
def stop(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """No more calling."""
    form = StopForm(request.POST or None, today=entry.today, initial={"stop": request.GET.get("stop", "")})

    def do(said: Mapping[str, Any]) -> None:
        set_stop(entry.doer(request), debtor_id=debtor, **said)

    return dossier_form(
        request, entry, debtor, form, do, title=_("niet meer bellen"), button=_("Stop met bellen")
    )


@entered
def stop_lift(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """Calling may go on."""
    form = ReasonForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        lift_stop(entry.doer(request), debtor_id=debtor, reason=said["reason"])

    return dossier_form(request, entry, debtor, form, do, title=_("bellen mag weer"))


@entered
def assignment(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """Whose debtor he is."""
    form = AssignForm(request.POST or None, today=entry.today, members=members(entry.administration.id))

    def do(said: Mapping[str, Any]) -> None:
        user = int(said["user"]) if said["user"] else None
        assign(entry.doer(request), debtor_ids=[debtor], user_id=user)

    return dossier_form(request, entry, debtor, form, do, title=_("toewijzen"))


@entered
def payer_group(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """Who pays for him."""
    name = group_of(entry.administration.id, debtor)
    form = GroupForm(request.POST or None, today=entry.today, initial={"name": name})
    form.fields["name"].widget.attrs["list"] = "groups"

    def do(said: Mapping[str, Any]) -> None:
        set_payer_group(entry.doer(request), debtor_id=debtor, name=said["name"])

    return dossier_form(
        request,
        entry,
        debtor,
        form,
        do,
        title=_("betaalt samen met"),
        also="beluur/parts/group_names.html",
        group_names=group_names(entry.administration.id),
    )


@entered(at_least="lead")
def merge(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """Find the other one, see both beside each other, and merge."""
    kept = _there(entry, debtor)
    chosen = typed_number(request.POST.get("other") or request.GET.get("other") or "")
    other = _there(entry, chosen) if chosen is not None and chosen != debtor else None
    refused, to = None, address(entry, "dossier", debtor=debtor)
    if request.method == "POST" and other is not None:
        gone = other.head.id
        try:
            merge_debtors(entry.doer(request), kept_id=debtor, gone_id=gone)
            return done(request, lambda: None, to=to, told=say("done.merged"))
        except Refused as no:
            refused = in_words(no.sentence)
    text = request.GET.get("q", "")
    return show(
        request,
        entry,
        "beluur/merge.html",
        section="debtors",
        status=422 if refused else 200,
        kept=kept,
        other=other,
        refused=refused,
        text=text,
        hits=[hit for hit in search(entry.administration.id, text) if hit.id != debtor],
        back=to,
    )


def _there(entry: Entry, debtor: int) -> Any:
    found = dossier(entry.administration.id, debtor, entry.now)
    if isinstance(found, Moved):
        raise Http404
    return found


@require_POST
@entered(at_least="lead")
def unmerge_debtor(request: HttpRequest, entry: Entry, merge: int) -> HttpResponse:
    """Apart again."""
    debtor = unmerge(entry.doer(request), merge_id=merge)
    to = address(entry, "dossier", debtor=debtor)
    return done(request, lambda: None, to=to, told=say("done.unmerged"))


urls = [
    path("debiteuren/<int:debtor>/aanmaanstop", hold, name="hold"),
    path("debiteuren/<int:debtor>/aanmaanstop/op", hold_lift, name="hold-lift"),
    path("debiteuren/<int:debtor>/stop", stop, name="stop"),
    path("debiteuren/<int:debtor>/stop/op", stop_lift, name="stop-lift"),
    path("debiteuren/<int:debtor>/toewijzen", assignment, name="assign"),
    path("debiteuren/<int:debtor>/betaalgroep", payer_group, name="payer-group"),
    path("debiteuren/<int:debtor>/samenvoegen", merge, name="merge"),
    path("samenvoegingen/<int:merge>/terug", unmerge_debtor, name="unmerge"),
]
