"""*Inlezen*: files dropped, looked at together, taken over; and undone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.stage_files import cancel_intake, restage, stage_files
from beluur.actions.intake.undo import undo_intake
from beluur.actions.plan_next_steps import AT_ONCE, plan_next_steps
from beluur.importers.limits import MAX_BYTES
from beluur.queries.bank_said import bank_said
from beluur.queries.intakes import earlier_intakes, intake_view
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.bank_news import keep_news
from beluur.web.frame import show, tell, tell_trouble
from beluur.web.role_words import ROLE_WORDS

PATIENCE_SECONDS = 4.0  # what a person waits for the first page; the worker does the rest


@entered
def intake_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The drop zone and what was read before; POST stages the files."""
    if request.method == "POST":
        return _stage(request, entry)
    return show(
        request,
        entry,
        "beluur/intake.html",
        section="intake",
        earlier=earlier_intakes(entry.administration.id),
    )


def _stage(request: HttpRequest, entry: Entry) -> HttpResponse:
    uploads = request.FILES.getlist("files")
    try:
        too_large = next((u for u in uploads if (u.size or 0) > MAX_BYTES), None)
        if too_large is not None:
            raise Refused(say("intake.too_large", name=too_large.name or "?", megabytes=MAX_BYTES // 1024**2))
        files = [(upload.name or "?", upload.read()) for upload in uploads]
        intake_id = stage_files(entry.doer(request), files, today=entry.today)
    except Refused as refused:
        earlier = earlier_intakes(entry.administration.id)
        return show(
            request,
            entry,
            "beluur/intake.html",
            section="intake",
            status=422,
            refused=refused.sentence,
            earlier=earlier,
        )
    return HttpResponseRedirect(_address(entry, "intake-preview", intake=intake_id))


@require_GET
@entered
def preview(request: HttpRequest, entry: Entry, intake: int) -> HttpResponse:
    """What the files say and what would change; later how far it is, and what it did."""
    return _preview(request, entry, intake)


def _preview(request: HttpRequest, entry: Entry, intake: int, unseen: Refused | None = None) -> HttpResponse:
    view = intake_view(entry.administration.id, intake)
    template = "beluur/intake_preview.html" if view.state == "staged" else "beluur/intake_done.html"
    roles = [(role, str(word)) for role, word in ROLE_WORDS.items() if not role or role in view.roles]
    roles += [(role, role) for role in view.roles if role not in ROLE_WORDS]
    return show(
        request,
        entry,
        template,
        section="intake",
        status=422 if unseen else 200,
        intake=view,
        roles=roles,
        unseen=unseen.sentence if unseen else None,
        said=bank_said(entry.administration.id, intake),
    )


@require_POST
@entered
def columns(request: HttpRequest, entry: Entry, intake: int) -> HttpResponse:
    """The user corrects what the columns mean, or the day of the export; everything is read again."""
    view = intake_view(entry.administration.id, intake)
    mapping: dict[int, dict[str, str]] = {}
    as_of: dict[int, date] = {}
    try:
        for file in view.files:
            if f"as_of-{file.id}" in request.POST:
                as_of[file.id] = _day(request.POST[f"as_of-{file.id}"], entry)
            names = {c.header: request.POST.get(f"col-{file.id}-{n}") for n, c in enumerate(file.columns)}
            chosen = {header: role for header, role in names.items() if role is not None}
            if chosen:
                mapping[file.id] = chosen
        restage(entry.doer(request), intake, mapping=mapping, as_of=as_of, today=entry.today)
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    return HttpResponseRedirect(_address(entry, "intake-preview", intake=intake))


def _day(text: str, entry: Entry) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise Refused(say("intake.as_of_unreadable")) from wrong
    if day > entry.today:
        raise Refused(say("intake.as_of_in_future", day=day))
    return day


@require_POST
@entered
def take_over(request: HttpRequest, entry: Entry, intake: int) -> HttpResponse:
    """Yes: publish. Small ones at once, the rest by the worker while this page shows how far it is."""
    view = intake_view(entry.administration.id, intake)
    doer = entry.doer(request)
    gone = request.POST.get("gone")
    new = [account.number for account in view.new_accounts]
    try:
        publish_intake(
            doer,
            intake,
            close_gone=None if gone is None else gone in ("close", "always"),
            remember_gone=gone == "always",
            balance_seen=bool(request.POST.get("balance_seen")),
            not_for_customers=[n for n in new if request.POST.get(f"customers-{n}") == "no"],
        )
    except Refused as refused:
        if refused.field == "balance_seen":
            return _preview(request, entry, intake, refused)
        tell_trouble(request, refused.sentence)
        return HttpResponseRedirect(_address(entry, "intake-preview", intake=intake))
    if view.accounts:
        keep_news(request, entry, intake)
    if publish_all(doer, intake, seconds=PATIENCE_SECONDS):
        plan_next_steps(entry.administration.id, entry.now, limit=AT_ONCE)
        if not view.accounts:  # otherwise what the bank said stands there
            tell(request, say("intake.taken_over"))
        return HttpResponseRedirect(_address(entry, "today"))
    return HttpResponseRedirect(_address(entry, "intake-preview", intake=intake))


@require_POST
@entered
def cancel(request: HttpRequest, entry: Entry, intake: int) -> HttpResponse:
    """No: nothing changes."""
    return _do(request, entry, intake, "cancel")


@require_POST
@entered(at_least="lead")
def undo(request: HttpRequest, entry: Entry, intake: int) -> HttpResponse:
    """As it was before this intake."""
    return _do(request, entry, intake, "undo")


def _do(request: HttpRequest, entry: Entry, intake: int, what: str) -> HttpResponse:
    intake_view(entry.administration.id, intake)
    doer = entry.doer(request)
    try:
        if what == "cancel":
            cancel_intake(doer, intake)
            tell(request, say("intake.cancelled"))
        else:
            result = undo_intake(doer, intake)
            if result["kept"]:
                tell(request, say("intake.undone_partly", removed=result["removed"], kept=result["kept"]))
            else:
                tell(request, say("intake.undone"))
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    return HttpResponseRedirect(_address(entry, "intake"))


def _address(entry: Entry, name: str, **rest: Any) -> str:
    return reverse(name, kwargs={"administration": entry.administration.slug, **rest})


urls = [
    path("inlezen/", intake_page, name="intake"),
    path("inlezen/<int:intake>/", preview, name="intake-preview"),
    path("inlezen/<int:intake>/kolommen", columns, name="intake-columns"),
    path("inlezen/<int:intake>/overnemen", take_over, name="intake-publish"),
    path("inlezen/<int:intake>/annuleren", cancel, name="intake-cancel"),
    path("inlezen/<int:intake>/terugdraaien", undo, name="intake-undo"),
]
