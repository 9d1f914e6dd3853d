"""*Cijfers*: over many calls, what works, for whom, when (G2); and the calls behind each figure."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from beluur.actions.count_figures import figures_shown
from beluur.domain.local_time import local_day
from beluur.domain.period import PeriodName, period
from beluur.domain.share import ENOUGH
from beluur.queries.figures import Asked
from beluur.queries.figures_calls import MOST, calls_behind
from beluur.queries.figures_kept import kept_share
from beluur.web.access import Entry, entered
from beluur.web.figures_parts import named, parts
from beluur.web.frame import show

PERIODS = {
    PeriodName.MONTH: _("Deze maand"),
    PeriodName.LAST_MONTH: _("Vorige maand"),
    PeriodName.QUARTER: _("Dit kwartaal"),
    PeriodName.LAST_QUARTER: _("Vorig kwartaal"),
    PeriodName.YEAR: _("Dit jaar"),
    PeriodName.TWELVE_MONTHS: _("Twaalf maanden"),
}
OWN = "ik"


@require_GET
@entered
def figures(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Of everyone together, or one's own: never one colleague beside another."""
    asked = _asked(request, entry)
    shown = figures_shown(asked, entry.now)
    own = asked.caller_id is not None
    zone = entry.administration.time_zone
    return show(
        request,
        entry,
        "beluur/figures.html",
        section="figures",
        period=shown.period if shown else asked.period,
        periods=PERIODS,
        own=own,
        enough=ENOUGH,
        waiting=shown is None,
        parts=parts(shown.found, kept_share(asked.administration_id), own=own) if shown else (),
        counted_at=shown.at if shown else None,
        counted_today=bool(shown and shown.at and local_day(shown.at, zone) == entry.today),
    )


@require_GET
@entered
def calls(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The calls behind one figure. 404 when there is no such figure."""
    asked = _asked(request, entry)
    what = request.GET.get("wat", "gebeld")
    figure = named(what)
    if figure is None:
        raise Http404
    found = calls_behind(asked, what)
    own = asked.caller_id is not None
    return show(
        request,
        entry,
        "beluur/figures_calls.html",
        section="figures",
        period=asked.period,
        period_name=PERIODS[asked.period.name],
        own=own,
        figure=figure,
        calls=found[:MOST],
        more=len(found) > MOST,
        most=MOST,
    )


def _asked(request: HttpRequest, entry: Entry) -> Asked:
    own = entry.user.pk if request.GET.get("wie") == OWN else None
    here = entry.administration
    return Asked(here.id, period(request.GET.get("periode", ""), entry.today), here.time_zone, own)


urls = [
    path("cijfers/", figures, name="figures"),
    path("cijfers/gesprekken/", calls, name="figures-calls"),
]
