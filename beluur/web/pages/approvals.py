"""*Akkoord*: a colleague with a debtor on the line asks for more than he may grant; whoever may, answers at once (A2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_GET

from beluur.actions.decide_approval import decide_approval
from beluur.domain.ladder import rung_name
from beluur.queries.absences import desk_of
from beluur.queries.approvals import approval, state_of, waiting
from beluur.queries.open_calls import others_speak
from beluur.queries.rungs import rungs_waiting
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address
from beluur.web.forms.approval import CAUSES, answer_from, decide_form
from beluur.web.frame import approvals_badge, rungs_badge, show, show_part, tell


@require_GET
@entered
def approvals_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Who waits for an answer; looked at again every two seconds while somebody does, or may at any moment."""
    here = entry.administration.id
    rows = waiting(here, entry.user.pk, entry.now)
    rungs = [(r, rung_name(r.rung)) for r in rungs_waiting(here, entry.role, entry.today)]
    return show(
        request,
        entry,
        "beluur/approvals.html",
        section="approvals",
        rows=rows,
        rungs=rungs,
        often=_often(entry),
    )


@require_GET
@entered
def approvals_count(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The count in the menu."""
    badge = approvals_badge(entry, desk_of(entry.administration.id, entry.user.pk, entry.today))
    section = "approvals" if request.GET.get("hier") else ""
    wait = rungs_badge(entry)
    return show_part(
        request,
        entry,
        "beluur/parts/approvals_link.html",
        approvals=badge,
        rungs_wait=wait,
        section=section,
        often=badge is not None and _often(entry),
    )


def _often(entry: Entry) -> bool:
    """While a colleague speaks he may ask at any moment, and waits for the answer with a customer on the line."""
    return others_speak(entry.administration.id, entry.user.pk, entry.now)


@entered
def approval_page(request: HttpRequest, entry: Entry, approval_id: int) -> HttpResponse:
    """The case in short, the plan, what is beyond; and yes, another plan, or no."""
    row = approval(entry.administration.id, approval_id, entry.user.pk, entry.now)
    cause = CAUSES.get(request.POST.get("do", ""))
    form = decide_form(row.request.plan, request.POST or None, entry.today)
    if cause is not None and form.is_valid():
        try:
            given = answer_from(form.cleaned_data, cause, row.request.plan, entry.user.pk)
            decide_approval(entry.doer(request), approval_id, given)
        except Refused as refused:
            form.refuse(refused)
            row = approval(entry.administration.id, approval_id, entry.user.pk, entry.now)
        else:
            tell(request, say("approval.done"))
            return HttpResponseRedirect(address(entry, "approvals"))
    return show(
        request,
        entry,
        "beluur/approval.html",
        section="approvals",
        status=422 if form.is_bound else 200,
        form=form,
        a=row,
    )


@require_GET
@entered
def approval_state(_request: HttpRequest, entry: Entry, approval_id: int) -> HttpResponse:
    """Whether it still waits: the page that is open is loaded anew when it does not."""
    if state_of(entry.administration.id, approval_id, entry.now) == "asked":
        return HttpResponse()
    return HttpResponse(headers={"HX-Refresh": "true"})


urls = [
    path("akkoord/", approvals_page, name="approvals"),
    path("akkoord/teller", approvals_count, name="approvals-count"),
    path("akkoord/<int:approval_id>", approval_page, name="approval"),
    path("akkoord/<int:approval_id>/stand", approval_state, name="approval-state"),
]
