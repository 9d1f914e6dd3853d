"""Beluren: at which hours a debtor may be called.

NL: the Wet kwaliteit incassodienstverlening forbids a collector to contact a person between 20:00 and 07:00, on Sundays and on
public holidays. BE: Book XIX of the Code of economic law, 22:00 to 08:00. Where no law was found, the same hours are decency:
``binding`` is then False. The rows, with their sources, are calling_hours.toml.

>>> hours("NL", person=True, agency=True, day=date(2026, 11, 22)).opens is None  # a Sunday
True
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files

from beluur.law.days import holiday_name
from beluur.values.sentence import Sentence, say

_SUNDAY = 7
_LOOK_AHEAD_DAYS = 14


@dataclass(frozen=True, slots=True)
class HoursRule:
    """One row of the table. ``agency`` and ``person`` None: whoever calls, whoever is called."""

    code: str
    country: str
    opens: time
    closes: time
    sundays: bool
    holidays: bool
    binding: bool
    source: str
    agency: bool | None = None
    person: bool | None = None
    since: date = date.min


@dataclass(frozen=True, slots=True)
class Hours:
    """Local hours in which calling is allowed on one day; ``opens`` None: not at all. ``because`` says why not outside them."""

    opens: time | None
    closes: time | None
    binding: bool
    because: Sentence

    def allow(self, at: time) -> bool:
        """Whether ``at`` (local) lies within the hours; the closing minute does not."""
        return self.opens is not None and self.closes is not None and self.opens <= at < self.closes


@lru_cache(maxsize=1)
def rules() -> tuple[HoursRule, ...]:
    """The table, in the order in which it is searched."""
    text = files("beluur.law").joinpath("calling_hours.toml").read_text("utf-8")
    return tuple(
        HoursRule(
            code=row["code"],
            country=row["country"],
            opens=row["from"],
            closes=row["to"],
            sundays=row["sundays"],
            holidays=row["holidays"],
            binding=row["binding"],
            source=row["source"],
            agency=row.get("agency"),
            person=row.get("person"),
            since=row.get("since", date.min),
        )
        for row in tomllib.loads(text)["rule"]
    )


def _rule(country: str, *, person: bool, agency: bool, day: date) -> HoursRule:
    for rule in rules():
        if (
            rule.country in (country, "*")
            and rule.agency in (None, agency)
            and rule.person in (None, person)
            and rule.since <= day
        ):
            return rule
    raise LookupError(country)


@lru_cache(maxsize=4096)
def hours(country: str, *, person: bool, agency: bool, day: date) -> Hours:
    """The hours of ``day`` at a debtor in ``country``: ``person`` is a consumer or sole trader, ``agency`` a caller who acts
    for another creditor."""
    rule = _rule(country, person=person, agency=agency, day=day)
    if day.isoweekday() == _SUNDAY and not rule.sundays:
        return Hours(None, None, rule.binding, _closed_day(rule, say("law.sunday")))
    name = holiday_name(day, country)
    if name and not rule.holidays:
        return Hours(None, None, rule.binding, _closed_day(rule, say("law.holiday", name=name)))
    code = "law.hours_binding" if rule.binding else "law.hours_decency"
    because = Sentence(code, {"opens": rule.opens, "closes": rule.closes})
    return Hours(rule.opens, rule.closes, rule.binding, because)


def _closed_day(rule: HoursRule, what: Sentence) -> Sentence:
    return Sentence("law.day_binding" if rule.binding else "law.day_decency", {"day": what})


def next_allowed(local: datetime, country: str, *, person: bool, agency: bool) -> datetime:
    """The first moment from ``local`` (aware, the debtor's zone) on at which calling is allowed."""
    for ahead in range(_LOOK_AHEAD_DAYS):
        day = local.date() + timedelta(days=ahead)
        today = hours(country, person=person, agency=agency, day=day)
        if today.opens is None or today.closes is None:
            continue
        start = datetime.combine(day, today.opens, local.tzinfo)
        if ahead == 0 and today.allow(local.time()):
            return local
        if start > local:
            return start
    raise LookupError(country)
