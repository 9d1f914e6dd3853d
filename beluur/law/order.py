"""Volgorde van de stappen: what a law wants to have gone before a step, and how long ago.

BE: who collects for another writes to a consumer before he calls (Book XIX of the Code of economic law); a consumer owes no costs
before a free reminder. NL: art. 6:96 lid 6 BW, the letter of fourteen days. The rows, with their sources, are order.toml.

>>> [(r.step, r.after, r.days) for r in order("BE", consumer=True, agency=True) if r.binding]
[('call', 'reminder', 15)]
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

from beluur.law.days import add_working_days, next_working_day

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OrderRule:
    """``step`` not before ``days`` calendar days after ``after``; both are names of `domain.ladder`. ``agency`` None: whoever
    collects. Not ``binding``: sooner is allowed, and then costs are not owed."""

    code: str
    country: str
    consumer: bool
    agency: bool | None
    step: str
    after: str
    days: int
    binding: bool
    since: date
    source: str


@lru_cache(maxsize=1)
def _rules() -> tuple[OrderRule, ...]:
    text = files("beluur.law").joinpath("order.toml").read_text("utf-8")
    return tuple(OrderRule(**{"agency": None, **row}) for row in tomllib.loads(text)["rule"])


@lru_cache(maxsize=64)
def order(country: str, *, consumer: bool, agency: bool) -> tuple[OrderRule, ...]:
    """The rules for a debtor in ``country``; ``agency``: who calls acts for another creditor."""
    return tuple(
        rule
        for rule in _rules()
        if rule.country == country and rule.consumer is consumer and rule.agency in (None, agency)
    )


def free_reminder_ends(sent: date, *, by_post: bool) -> date:
    """Kosteloze eerste herinnering (art. XIX.2 WER): the last of the fourteen calendar days that a Belgian consumer has. They
    begin on the day after it left, by post on the third working day; a last day off work is the next one on (art. 1.7 § 4 BW).

    >>> free_reminder_ends(date(2026, 11, 5), by_post=True)
    datetime.date(2026, 11, 23)
    """
    first = add_working_days(sent, 3, "BE") if by_post else sent + _DAY
    return next_working_day(first + 13 * _DAY, "BE")
