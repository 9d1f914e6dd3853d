"""The server time of each page, and whether its number of queries grows with the data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bench import limits
from bench.measure import Figure, Report, median

TARGET = 0.050


def measure_pages(report: Report, house: Any, user: Any, now: datetime) -> None:
    """Vandaag, dossier, call and search."""
    from beluur.queries.today import today

    point = median(lambda: limits.bare_point(house.id), 25)
    report.add(
        Figure(
            "today's list (query)", median(lambda: today(house.id, now)), TARGET, point, "one row by its key"
        )
    )
