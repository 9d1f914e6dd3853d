"""*Debiteuren*: the list, what one does with several at once, and search from anywhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.assign import assign
from beluur.actions.plan_next_steps import AT_ONCE, plan_next_steps
from beluur.actions.send_papers import send_statements
from beluur.actions.set_hold import set_hold
from beluur.queries.debtors import SORTS, DebtorRow, Wanted, all_debtors, debtor_page
from beluur.queries.entry import members
from beluur.queries.search import search
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_cents, typed_date, typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, safe_next
from beluur.web.forms.by_hand import KINDS
from beluur.web.frame import in_words, show, show_part, tell, tell_trouble
from beluur.web.sheet import workbook
from beluur.web.step_words import SHORT, STEPS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@entered
def debtors(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The list, filtered and sorted; a page at a time."""
    plan_next_steps(entry.administration.id, entry.now, limit=AT_ONCE)
    wanted = _wanted(request)
    page = debtor_page(entry.administration.id, wanted, after=request.GET.get("after", ""))
    kept = {key: value for key, value in request.GET.items() if key not in ("after", "sort")}
    return show(
        request,
        entry,
        "beluur/debtors.html",
        section="debtors",
        rows=[_view(row, entry) for row in page.rows],
        wanted=wanted,
        typed=request.GET,
        next_page=urlencode({**kept, "sort": wanted.sort, "after": page.after}) if page.after else "",
        first_page=bool(request.GET.get("after")),
        filtered=urlencode({**kept, "sort": wanted.sort}),
        sorts=[(name, urlencode({**kept, "sort": name}), name == wanted.sort) for name in SORTS],
        kinds=KINDS,
        steps=[(code, SHORT[code]) for code in STEPS],
        members=members(entry.administration.id),
    )


def _wanted(request: HttpRequest) -> Wanted:
    typed = request.GET
    assigned = typed.get("who", "")
    return Wanted(
        text=typed.get("q", "")[:100],
        kind=typed.get("kind", "") if typed.get("kind") in dict(KINDS) else "",
        assigned=typed_number(assigned),
        step=typed.get("step", "") if typed.get("step") in STEPS else "",
        minimum_cents=max(typed_cents(typed.get("min", "")) or 0, 0),
        only_open=typed.get("all") != "1" and not typed.get("q"),
        sort=typed.get("sort", "overdue") if typed.get("sort") in SORTS else "overdue",
    )


def _view(row: DebtorRow, entry: Entry) -> dict[str, Any]:
    return {
        "row": row,
        "url": address(entry, "dossier", debtor=row.id),
        "step_word": SHORT[row.step],
        "step_icon": STEPS[row.step][1],
        "attention": row.step in ("call_back", "call_broken", "decide"),
        "why": row.why[0] if row.why else None,
        "days_late": max((entry.today - row.oldest_due).days, 0) if row.oldest_due else 0,
    }


@require_POST
@entered
def bulk(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Several at once: pause until a day, give to a colleague, mail a statement of account."""
    ids = [i for text in request.POST.getlist("debtor") if (i := typed_number(text)) is not None]
    try:
        if not ids:
            raise Refused(say("by_hand.nobody_chosen"))
        tell(request, _bulk(request, entry, ids))
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    return HttpResponseRedirect(safe_next(request, address(entry, "debtors")))


def _bulk(request: HttpRequest, entry: Entry, ids: list[int]) -> Sentence:
    doer = entry.doer(request)
    match request.POST.get("do"):
        case "hold":
            text = request.POST.get("until", "")
            until = typed_date(text, entry.today)
            if until is None:
                raise Refused(say("by_hand.day_wrong", text=text[:40]))
            reason = request.POST.get("reason", "").strip() or _("uitgesteld vanuit de lijst")
            count = set_hold(doer, debtor_ids=ids, until=until, reason=reason, today=entry.today)
            return say("done.held", count=count)
        case "assign":
            who = request.POST.get("user", "")
            count = assign(doer, debtor_ids=ids, user_id=typed_number(who))
            return say("done.assigned", count=count)
        case "statement":
            return _statements(request, entry, ids)
    raise Refused(say("by_hand.choose"))


def _statements(request: HttpRequest, entry: Entry, ids: list[int]) -> Sentence:
    made = send_statements(entry.doer(request), ids)
    for _debtor, why in made.left_out[:3]:
        tell_trouble(request, why)
    return say("done.statements", count=len(made.message_ids))


@require_GET
@entered
def debtors_xlsx(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The list as it is filtered, as a sheet."""
    heads = [_("Debiteur"), _("Plaats"), _("Soort"), _("Open"), _("Te laat"), _("Dagen te laat"), _("Volgende stap"),
             _("Op"), _("Waarom"), _("Beller")]  # fmt: skip
    kinds = dict(KINDS)
    rows = (
        (
            row.name,
            row.city,
            str(kinds.get(row.kind, row.kind)),
            row.open,
            row.overdue,
            max((entry.today - row.oldest_due).days, 0) if row.oldest_due else 0,
            str(SHORT[row.step]),
            row.step_on,
            in_words(row.why[0]) if row.why else "",
            row.assigned,
        )
        for row in all_debtors(entry.administration.id, _wanted(request))
    )
    return sheet_response(workbook(_("Debiteuren"), heads, rows), f"debiteuren-{entry.today}.xlsx")


def sheet_response(content: bytes, name: str) -> HttpResponse:
    """A sheet to be saved."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003
    return response


@require_GET
@entered
def search_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Under the search box while one types; without scripts a page of its own."""
    text = request.GET.get("q", "").strip()[:100]
    hits = search(entry.administration.id, text)
    if request.headers.get("HX-Request"):
        return show_part(request, entry, "beluur/search_hits.html", hits=hits, query=text)
    if len(hits) == 1:
        return HttpResponseRedirect(address(entry, "dossier", debtor=hits[0].id))
    return show(request, entry, "beluur/search.html", section="debtors", hits=hits, query=text)


urls = [
    path("debiteuren/", debtors, name="debtors"),
    path("debiteuren/samen", bulk, name="debtors-bulk"),
    path("debiteuren/lijst.xlsx", debtors_xlsx, name="debtors-xlsx"),
    path("zoek", search_page, name="search"),
]
