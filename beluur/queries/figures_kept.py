"""Figures that were counted before, and whether an administration is so large that they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from beluur.domain.figures import Figures
from beluur.queries.figures import Asked
from beluur.store.load import load_policy
from beluur.store.models import Call, Invoice, KeptFigures

MANY_INVOICES, MANY_CALLS = 20_000, 5_000  # from here it takes more than a twentieth of a second


@dataclass(frozen=True, slots=True)
class Shown:
    """``at`` is when they were counted if they were kept, None when they are of the books as they are."""

    found: Figures
    at: datetime | None = None


def is_large(administration_id: int) -> bool:
    """Whether its figures are kept. Two queries that stop at so many."""
    many = ((Invoice, MANY_INVOICES), (Call, MANY_CALLS))
    return any(m.objects.filter(administration_id=administration_id)[:n].count() >= n for m, n in many)


def kept_figures(asked: Asked) -> Shown | None:
    """Those of just these days; one query."""
    rows = KeptFigures.objects.filter(
        administration_id=asked.administration_id,
        period=asked.period.name,
        caller_id=asked.caller_id,
        first=asked.period.first,
        last=asked.period.last,
    )
    kept = rows.order_by("-made_at").values_list("found", "made_at").first()
    return Shown(Figures(**kept[0]), kept[1]) if kept else None


def kept_share(administration_id: int) -> int:
    """From how many percent of its amount a promise counts as kept here; one query."""
    return load_policy(administration_id).kept_share_percent
