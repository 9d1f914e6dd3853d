"""*Verwacht*: what may come in by week, with its band and its reasons; and how earlier forecasts turned out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

from beluur.actions.reckon_forecast import forecast_shown
from beluur.domain.local_time import local_day
from beluur.queries.forecast import names_of, turned_out
from beluur.web.access import Entry, entered
from beluur.web.frame import show


@require_GET
@entered
def expected(request: HttpRequest, entry: Entry) -> HttpResponse:
    """As the books are now, or of a large administration were when it was last reckoned; the weeks that are over as they were
    expected before they began."""
    here = entry.administration.id
    shown = forecast_shown(here, entry.today, entry.now)
    return show(
        request,
        entry,
        "beluur/expected.html",
        section="to-do",
        found=shown.found,
        reckoned_at=shown.at,
        reckoned_today=shown.at is not None
        and local_day(shown.at, entry.administration.time_zone) == entry.today,
        names=names_of(here, shown.found),
        earlier=turned_out(here, entry.today),
    )


urls = [path("verwacht/", expected, name="expected")]
