"""The morning after: what the bank said is put away once it is read; who has no bank files looks himself, row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.look_at_account import check_claim, look, look_at_ultimatum
from beluur.actions.take_back_look import Kind, take_back_look
from beluur.queries.bank_known import bank_known
from beluur.queries.to_look_at import to_look_at
from beluur.values.sentence import say
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.bank_news import news_read
from beluur.web.forms.answer import address, done, safe_next, undo_look
from beluur.web.frame import show


@require_POST
@entered
def said_read(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Read: *Vandaag* without it."""
    news_read(request, entry)
    return HttpResponseRedirect(address(entry, "today"))


@require_GET
@entered
def agreements_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What should be on the account by now; each row is in, or not in. The focus is where it was."""
    rows = to_look_at(entry.administration.id, entry.today)
    place = min(typed_number(request.GET.get("at", "")) or 0, max(len(rows) - 1, 0))
    return show(
        request,
        entry,
        "beluur/agreements.html",
        section="today",
        rows=rows,
        place=place,
        bank=bank_known(entry.administration.id),
    )


@require_POST
@entered
def instalment_page(request: HttpRequest, entry: Entry, instalment: int) -> HttpResponse:
    """Somebody looked for what was promised (J3): in on a day, or not in."""

    def do(is_in: bool, on: date | None) -> None:  # noqa: FBT001 - inner half
        look(entry.doer(request), instalment, is_in=is_in, on=on)

    return _looked(request, entry, do, ("instalment", instalment))


@require_POST
@entered
def ultimatum_page(request: HttpRequest, entry: Entry, ultimatum: int) -> HttpResponse:
    """Somebody looked for what was asked by a last day (D12)."""

    def do(is_in: bool, on: date | None) -> None:  # noqa: FBT001 - inner half
        look_at_ultimatum(entry.doer(request), ultimatum, is_in=is_in, on=on)

    return _looked(request, entry, do, ("ultimatum", ultimatum))


@require_POST
@entered
def claim_page(request: HttpRequest, entry: Entry, claim: int) -> HttpResponse:
    """Somebody looked for what a debtor says he paid."""

    def do(is_in: bool, on: date | None) -> None:  # noqa: FBT001 - inner half
        check_claim(entry.doer(request), claim, found=is_in, on=on)

    return _looked(request, entry, do, ("claim", claim))


@require_POST
@entered
def look_back_page(request: HttpRequest, entry: Entry, kind: Kind, **row: int) -> HttpResponse:
    """What somebody noted is no longer noted; on with the page where he was."""
    to = safe_next(request, address(entry, "agreements"))
    told = say("look.taken_back")
    return done(
        request, lambda: take_back_look(entry.doer(request), kind=kind, row_id=row[kind]), to=to, told=told
    )


def _looked(
    request: HttpRequest, entry: Entry, do: Callable[[bool, date | None], None], row: tuple[Kind, int]
) -> HttpResponse:
    at, answer = typed_number(request.POST.get("at", "")), request.POST.get("in")
    if answer not in ("yes", "no"):
        raise Http404
    to = address(entry, "agreements") + ("" if at is None else f"?at={at}")
    on = _day(request.POST.get("on", ""))
    told = say("look.noted_in") if answer == "yes" else say("look.noted_not_in")
    return done(request, lambda: do(answer == "yes", on), to=to, told=told, undo=undo_look(entry, row, to))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


urls = [
    path("vandaag/gelezen", said_read, name="bank-read"),
    path("afspraken/", agreements_page, name="agreements"),
    path("afspraken/termijn/<int:instalment>", instalment_page, name="agreement-instalment"),
    path("afspraken/laatste-dag/<int:ultimatum>", ultimatum_page, name="agreement-ultimatum"),
    path("afspraken/betaald/<int:claim>", claim_page, name="agreement-claim"),
    *(
        path(f"afspraken/{part}/<int:{kind}>/terug", look_back_page, {"kind": kind}, name=f"look-back-{kind}")
        for kind, part in (("instalment", "termijn"), ("ultimatum", "laatste-dag"), ("claim", "betaald"))
    ),
]
