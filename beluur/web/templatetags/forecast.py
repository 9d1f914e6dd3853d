"""The picture of a forecast: a bar for each week, with a line for its band; and why a part is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import template

from beluur.domain.forecast import Forecast, Part
from beluur.domain.forecast_why import why
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

register = template.Library()
STEP, BAR, FOOT, TOP = 64, 28, 112, 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A week; in the picture's units, from the top."""

    monday: date
    x: int
    middle: int
    y: int
    height: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Bars:
    """The weeks from left to right; ``said`` is the same in words."""

    bars: tuple[Bar, ...]
    said: Sentence
    width: int
    foot: int = FOOT
    bar: int = BAR


@register.filter
def bars(found: Forecast) -> Bars | None:
    """None when nothing is expected."""
    most = max((w.high_cents for w in found.weeks), default=0)
    if not most:
        return None

    def up(cents: int) -> int:
        return FOOT - cents * (FOOT - TOP) // most

    drawn = tuple(
        Bar(
            w.monday,
            n * STEP + (STEP - BAR) // 2,
            n * STEP + STEP // 2,
            up(w.expected_cents),
            FOOT - up(w.expected_cents),
            up(w.low_cents),
            up(w.high_cents),
        )
        for n, w in enumerate(found.weeks)
    )
    first, last = (Money(found.weeks[n].expected_cents, found.currency) for n in (0, -1))
    return Bars(drawn, say("forecast.picture", first=first, last=last), len(drawn) * STEP)


@register.filter
def reason(part: Part) -> Sentence:
    """Why it is expected."""
    return why(part)


@register.filter
def named(part: Part, names: dict[int, str]) -> str:
    """Whose it is."""
    return names.get(part.claim.debtor_id, "")
