"""The morning after: what the bank said is put away once it is read; who has no bank files looks himself, row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.look_at_account import check_claim, look
from beluur.queries.bank_known import bank_known
from beluur.queries.to_look_at import to_look_at
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry, entered
from beluur.web.bank_news import news_read
from beluur.web.forms.answer import address, done
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
    at = request.GET.get("at", "")
    place = min(int(at), len(rows) - 1) if at.isdecimal() and len(at) < 6 else 0
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
def looked_page(request: HttpRequest, entry: Entry, kind: str, row: int) -> HttpResponse:
    """Somebody looked (J3): in on a day, or not in."""
    at, is_in = request.POST.get("at", ""), request.POST.get("in")
    to = address(entry, "agreements") + (f"?at={at}" if at.isdecimal() else "")
    if is_in not in ("yes", "no") or kind not in _LOOKS:
        raise Http404
    on = _day(request.POST.get("on", ""))
    told: Sentence = say("look.noted_in") if is_in == "yes" else say("look.noted_not_in")
    return done(request, lambda: _LOOKS[kind](entry.doer(request), row, is_in == "yes", on), to=to, told=told)


_LOOKS: dict[str, Callable[[Any, int, bool, date | None], None]] = {
    "termijn": lambda doer, i, is_in, on: look(doer, i, is_in=is_in, on=on),
    "betaald": lambda doer, i, is_in, on: check_claim(doer, i, found=is_in, on=on),
}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


urls = [
    path("vandaag/gelezen", said_read, name="bank-read"),
    path("afspraken/", agreements_page, name="agreements"),
    path("afspraken/<slug:kind>/<int:row>", looked_page, name="agreement-looked"),
]
