"""The picture of how a customer pays: a dot for each of his last paid invoices, above the line when it was late."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from beluur.domain.behaviour import ENOUGH, Behaviour
from beluur.values.sentence import Sentence, say

register = template.Library()

SHOWN = 12
STEP, LEFT = 15, 8  # from dot to dot, and before the first
LINE, TOP, BOTTOM = 34, 6, 42  # the due date, and how far a dot goes
DAYS_TO_TOP = 40
RADII = (3, 4, 5)  # by thirds of the largest amount


@dataclass(frozen=True, slots=True)
class Dot:
    """One invoice; ``x``, ``y`` and ``r`` in the picture's units."""

    x: int
    y: int
    r: int
    late: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The dots from old to new; ``said`` is the same in words."""

    dots: tuple[Dot, ...]
    said: Sentence
    line: int = LINE
    end: int = LEFT + SHOWN * STEP


@register.filter
def picture(known: Behaviour) -> Picture | None:
    """None when too little is known to draw."""
    shown = known.paid[-SHOWN:]
    if len(shown) < ENOUGH:
        return None
    largest = max(p.cents for p in shown)
    dots = []
    for n, paid in enumerate(shown):
        up = paid.days_late * (LINE - TOP) // DAYS_TO_TOP
        y = max(TOP, min(BOTTOM, LINE - up))
        size = min(2, 3 * paid.cents // max(largest, 1))
        dots.append(Dot(LEFT + n * STEP, y, RADII[size], paid.days_late > 0))
    late = sum(d.late for d in dots)
    most = max(0, *(p.days_late for p in shown))
    said = say("behaviour.picture", shown=len(shown), in_time=len(shown) - late, late=late, most=most)
    return Picture(tuple(dots), said)
