"""Ultimatums that stand, as facts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from beluur.domain.case import UltimatumFact
from beluur.domain.local_time import local_day

ULTIMATUM_STANDS = ("open", "missed")  # of `Ultimatum.state`
ULTIMATUM = "debtor_id id until cents consequence check_on made_at debtor__time_zone covers state".split()


def ultimatum_of(
    i: int,
    until: date,
    cents: int,
    consequence: str,
    check_on: date | None,
    made_at: datetime,
    zone: str,
    covers: list[list[int]],
    state: str,
) -> UltimatumFact:
    """The fact of one row, its columns by place as in `ULTIMATUM`."""
    said: Any = tuple(tuple(cover) for cover in covers)
    made_on = local_day(made_at, zone)
    return UltimatumFact(
        i, until, cents, consequence, check_on or until, made_on, said, missed=state == "missed"
    )
