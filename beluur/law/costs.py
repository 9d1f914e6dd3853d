"""Incassokosten: collection costs by law, exact to the cent, with their calculation. How much; *whether* they are owed is
`collection_costs`, that asks for the day on which the term of the letter ended (`notice_term`).

    collection_costs(country, consumer=, cents=, as_of=, term_end=None, asked=False, clause=None, vat=False) -> Costs
        cents     the principal, of all invoices that one letter asks for together (BW 6:96 lid 7): one fee
        term_end  last day of the consumer's term (NL the letter of fourteen days, BE the free first reminder); None: none went
        asked     business: a written demand went; then NL's scale, otherwise only the fixed 40 euro
        clause    cents that the terms agree for BE (damages clause); None: no clause, or none known
        vat       NL: raised by VAT, only for a creditor who cannot deduct it and says so in the letter (art. 2 lid 3)
    nl_scale(cents, vat=False), be_consumer_cap(cents), business_fixed(country) -> Costs    the amounts themselves, for a letter

NL between businesses the scale is the usual measure, not a must: another fee may be agreed. The 40 euro is taken once for all
invoices together. What a business in BE owes beyond it (reasonable further costs, a clause) is not counted here. The cap for
recurring small terms since 1 October 2024 (140 euro in half a year) is not in it: its text was not seen.

>>> nl_scale(840000).cents
79500
>>> [(line.base, line.part, line.exact) for line in nl_scale(375000).lines]
[(250000, 1500, Fraction(37500, 1)), (125000, 1000, Fraction(12500, 1))]
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any

from beluur.values.money import Money, half_up
from beluur.values.sentence import Sentence, say

_WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True, slots=True)
class CostLine:
    """``part`` hundredths of a percent of ``base`` cents, or a fixed amount when both are 0; ``exact`` in cents."""

    base: int
    part: int
    exact: Fraction


@dataclass(frozen=True, slots=True)
class Costs:
    """``cents`` owed, VAT included, of which ``vat_cents`` VAT; the lines make it before a minimum or maximum, which is then in
    ``because``. Nothing owed is 0 cents with the reason."""

    cents: int
    lines: tuple[CostLine, ...] = ()
    because: tuple[Sentence, ...] = ()
    source: str = ""
    vat_cents: int = 0


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(files("beluur.law").joinpath("costs.toml").read_text("utf-8"))


def nl_scale(cents: int, *, vat: bool = False) -> Costs:
    """The scale of the Dutch decree over a principal of ``cents``, at least 40 and at most 6.775 euro, half-up at the end.

    Nothing for a principal that is not positive."""
    table = _table()["nl"]
    if cents <= 0:
        return Costs(0, source=table["source"])
    lines, below = [], 0
    for row in table["slices"]:
        base = min(cents, row.get("to", cents)) - below
        if base > 0:
            lines.append(CostLine(base, row["part"], Fraction(base * row["part"], _WHOLE)))
            below += base
    fee = half_up(sum((line.exact for line in lines), Fraction(0)))
    because: tuple[Sentence, ...] = ()
    if fee < table["minimum"]:
        fee, because = table["minimum"], (say("law.costs_minimum", amount=Money(table["minimum"])),)
    if fee > table["maximum"]:
        fee, because = table["maximum"], (say("law.costs_maximum", amount=Money(table["maximum"])),)
    more = half_up(Fraction(fee * table["vat"], _WHOLE)) if vat else 0
    if more:
        because = (*because, say("law.costs_vat", amount=Money(more)))
    return Costs(fee + more, tuple(lines), because, table["source"], more)


def be_consumer_cap(cents: int) -> Costs:
    """The most that a damages clause may ask of a consumer in BE over a balance of ``cents``; half-up at the end.

    >>> be_consumer_cap(15100).cents
    3010
    """
    table = _table()["be_consumer"]
    if cents <= 0:
        return Costs(0, source=table["source"])
    step = next(s for s in table["steps"] if cents <= s.get("to", cents))
    over = cents - step["above"] if step["part"] else 0
    lines = [CostLine(0, 0, Fraction(step["fixed"]))]
    if over:
        lines.append(CostLine(over, step["part"], Fraction(over * step["part"], _WHOLE)))
    fee = half_up(sum((line.exact for line in lines), Fraction(0)))
    if fee > table["maximum"]:
        because = (say("law.costs_maximum", amount=Money(table["maximum"])),)
        return Costs(table["maximum"], tuple(lines), because, table["source"])
    return Costs(fee, tuple(lines), (), table["source"])


def business_fixed(country: str) -> Costs:
    """The fixed amount between businesses, owed from the first day of interest without any letter.

    LookupError for a country without one."""
    table = _table()["business"]
    source = {"NL": table["nl"], "BE": table["be"]}[country]
    fixed = table["fixed"]
    return Costs(fixed, because=(say("law.costs_fixed", amount=Money(fixed)),), source=source)


def collection_costs(
    country: str,
    *,
    consumer: bool,
    cents: int,
    as_of: date,
    term_end: date | None = None,
    asked: bool = False,
    clause: int | None = None,
    vat: bool = False,
) -> Costs:
    """What is owed for collecting ``cents`` on ``as_of``, or 0 with the reason. ``cents`` is what was still open after
    ``term_end``: what was paid within the term does not count (HR 25-11-2016). See the module for the arguments.

    >>> collection_costs("NL", consumer=True, cents=30000, as_of=date(2026, 11, 27)).because[0].code
    'law.costs_no_letter'
    """
    if cents <= 0:
        return Costs(0)
    if not consumer:
        if country == "NL" and asked:
            scale = nl_scale(cents, vat=vat)
            return replace(scale, because=(say("law.costs_scale"), *scale.because))
        return business_fixed(country)
    if country == "BE" and clause is None:
        return Costs(0, because=(say("law.costs_no_clause"),))
    if term_end is None:
        return Costs(0, because=(say("law.costs_no_letter" if country == "NL" else "law.costs_no_reminder"),))
    if as_of <= term_end:
        return Costs(0, because=(say("law.costs_term_runs", end=term_end),))
    if country == "NL":
        scale = nl_scale(cents, vat=vat)
        return replace(scale, because=(say("law.costs_after_letter", end=term_end), *scale.because))
    cap, agreed = be_consumer_cap(cents), clause or 0
    if agreed <= cap.cents:
        return Costs(agreed, because=(say("law.costs_clause"),), source=cap.source)
    return replace(cap, because=(say("law.costs_capped", clause=Money(agreed)), *cap.because))
