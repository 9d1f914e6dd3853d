"""Figures that were counted before, and whether an administration is so large that they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from beluur.domain.figures import Figures
from beluur.domain.period import Period, PeriodName
from beluur.queries.figures import Asked
from beluur.store.load import load_policy
from beluur.store.models import Call, Invoice, KeptFigures

DAY = timedelta(days=1)
MANY_INVOICES, MANY_CALLS = 12_000, 3_000  # from here it takes more than a twentieth of a second


@dataclass(frozen=True, slots=True)
class Shown:
    """``at`` is when they were counted if they were kept, None when they are of the books as they are."""

    found: Figures
    period: Period
    at: datetime | None = None


def is_large(administration_id: int) -> bool:
    """Whether its figures are kept. Two queries that stop at so many."""
    many = ((Invoice, MANY_INVOICES), (Call, MANY_CALLS))
    return any(m.objects.filter(administration_id=administration_id)[:n].count() >= n for m, n in many)


def kept_figures(asked: Asked) -> Shown | None:
    """Those of these days, or to yesterday as long as the night has not been; one query."""
    rows = KeptFigures.objects.filter(
        administration_id=asked.administration_id,
        period=asked.period.name,
        caller_id=asked.caller_id,
        made_at__isnull=False,
        last__gte=asked.period.last - DAY,
    )
    if asked.period.name is not PeriodName.TWELVE_MONTHS:
        rows = rows.filter(first=asked.period.first)
    kept = rows.order_by("-made_at").values_list("found", "made_at", "first", "last").first()
    if kept is None:
        return None
    found, made_at, first, last = kept
    return Shown(Figures(**found), Period(asked.period.name, first, last), made_at)


def kept_share(administration_id: int) -> int:
    """From how many percent of its amount a promise counts as kept here; one query."""
    return load_policy(administration_id).kept_share_percent
