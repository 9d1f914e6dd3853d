"""A claim as it is shown, on the screen and on paper: each line with its calculation, and where each rate comes from (H3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from beluur.domain.claim import Claim, InvoiceClaim
from beluur.law.costs import CostLine
from beluur.law.interest import InterestLine
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


@dataclass(frozen=True, slots=True)
class ShownLine:
    """``what`` it is, ``how`` it was reckoned (None for a given amount), and ``exact`` cents, unrounded."""

    what: Sentence
    how: Sentence | None
    exact: Fraction


@dataclass(frozen=True, slots=True)
class ShownInvoice:
    """The interest of one invoice; ``why`` says from which day on, or why there is none."""

    number: str
    why: Sentence
    lines: tuple[ShownLine, ...]
    interest: Money


def shown_invoices(found: Claim) -> tuple[ShownInvoice, ...]:
    """Those of which something is claimed."""
    return tuple(
        ShownInvoice(
            row.invoice.number, row.first.because, tuple(_interest_lines(row)), Money(row.interest.cents)
        )
        for row in found.invoices
        if row.invoice.cents
    )


def shown_costs(found: Claim) -> tuple[ShownLine, ...]:
    """The parts of the fee, before its minimum or maximum."""
    return tuple(_cost_line(line) for line in found.costs.lines)


def sources(found: Claim) -> tuple[Sentence, ...]:
    """Where each rate and the fee come from, each once."""
    rates = {line.rate: None for row in found.invoices for line in row.interest.lines}
    told = [
        say("claim.rate_source", rate=percent(r.points), day=r.since, source=r.source)
        for r in sorted(rates, key=lambda rate: rate.since)
    ]
    if found.costs.source:
        told.append(say("claim.costs_source", source=found.costs.source))
    return tuple(told)


def percent(points: int) -> Sentence:
    """Hundredths of a percent, in words."""
    whole, part = divmod(points, 100)
    return say("claim.percent", whole=str(whole), part=f"{part:02d}")


def _interest_lines(row: InvoiceClaim) -> Iterable[ShownLine]:
    added = dict(row.interest.added)
    for line in row.interest.lines:
        if cents := added.pop(line.first, 0):
            yield ShownLine(say("claim.added", day=line.first, amount=Money(cents)), None, Fraction(0))
        yield _interest_line(line)


def _interest_line(line: InterestLine) -> ShownLine:
    how = say("claim.how", amount=Money(line.cents), rate=percent(line.points), days=line.days)
    return ShownLine(say("claim.period", first=line.first, last=line.last), how, line.exact)


def _cost_line(line: CostLine) -> ShownLine:
    if not line.base:
        return ShownLine(say("claim.fixed"), None, line.exact)
    rate = percent(line.part)
    return ShownLine(say("claim.part", rate=rate, amount=Money(line.base)), None, line.exact)
