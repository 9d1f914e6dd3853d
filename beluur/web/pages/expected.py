"""*Verwacht*: what may come in by week, with its band and its reasons; and how earlier forecasts turned out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

from beluur.queries.forecast import forecast, names_of, turned_out
from beluur.web.access import Entry, entered
from beluur.web.frame import show


@require_GET
@entered
def expected(request: HttpRequest, entry: Entry) -> HttpResponse:
    """As the books are now; the weeks that are over as they were expected before they began."""
    here = entry.administration.id
    found = forecast(here, entry.today)
    return show(
        request,
        entry,
        "beluur/expected.html",
        section="to-do",
        found=found,
        names=names_of(here, found),
        earlier=turned_out(here, entry.today),
    )


urls = [path("verwacht/", expected, name="expected")]
