"""Rentevoeten: the dated rates of interest by law, in hundredths of a percent a year.

`NL_CONSUMER` is the wettelijke rente (BW 6:119), `NL_BUSINESS` the handelsrente (6:119a), `BE_LEGAL` the wettelijke intrest
(law of 5 May 1865), `BE_BUSINESS` the intrest of the law of 2 August 2002, which also is the most that a consumer in BE may owe
(WER XIX.4). The rows, with their sources, are rates.toml.

>>> [(s.first.isoformat(), s.points) for s in spans(NL_BUSINESS, date(2026, 6, 20), date(2026, 7, 10))]
[('2026-06-20', 1015), ('2026-07-01', 1040)]
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

NL_CONSUMER = "nl_6_119"
NL_BUSINESS = "nl_6_119a"
BE_LEGAL = "be_legal"
BE_BUSINESS = "be_b2b"
RATES = (NL_CONSUMER, NL_BUSINESS, BE_LEGAL, BE_BUSINESS)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rate:
    """``points`` hundredths of a percent a year from ``since`` on; ``derived``: by the law's formula, publication not seen."""

    since: date
    points: int
    source: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of one kind of interest, oldest first. Nothing is known after ``known_to``, nor before the first row."""

    name: str
    law: str
    known_to: date
    rows: tuple[Rate, ...]

    @property
    def known_from(self) -> date:
        """The first day of which the rate is known."""
        return self.rows[0].since


@dataclass(frozen=True, slots=True)
class RateSpan:
    """The days ``first`` to ``last``, both included, in which one ``rate`` holds."""

    first: date
    last: date
    rate: Rate

    @property
    def points(self) -> int:
        """Hundredths of a percent a year."""
        return self.rate.points


@lru_cache(maxsize=1)
def _tables() -> dict[str, RateTable]:
    text = files("beluur.law").joinpath("rates.toml").read_text("utf-8")
    return {
        t["name"]: RateTable(
            t["name"],
            t["law"],
            t["known_to"],
            tuple(
                Rate(r["from"], int(r["percent"].replace(".", "")), r["source"], r.get("derived", False))
                for r in t["rows"]
            ),
        )
        for t in tomllib.loads(text)["table"]
    }


def rate_table(name: str) -> RateTable:
    """The table of one of `RATES`; KeyError for another name."""
    return _tables()[name]


def spans(name: str, first: date, last: date) -> tuple[RateSpan, ...]:
    """The known days of ``first`` to ``last`` by rate, in order; empty when none of them is known."""
    table = rate_table(name)
    first, last = max(first, table.known_from), min(last, table.known_to)
    found = []
    for at, rate in enumerate(table.rows):
        until = table.rows[at + 1].since - _DAY if at + 1 < len(table.rows) else table.known_to
        if max(first, rate.since) <= min(last, until):
            found.append(RateSpan(max(first, rate.since), min(last, until), rate))
    return tuple(found)
