"""Why a part of a forecast is what it is: what he said or owes, and what is known of him."""

from __future__ import annotations

from beluur.domain.forecast import ENOUGH, Part, points
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


def why(part: Part) -> Sentence:
    """In one line, without his name."""
    claim, habit = part.claim, part.habit
    amount = Money(claim.cents, claim.currency)
    if claim.promised:
        if habit.made:
            return say("forecast.promised", amount=amount, on=claim.on, kept=habit.kept, made=habit.made)
        return say("forecast.promised_new", amount=amount, on=claim.on)
    if len(habit.days) < ENOUGH:
        return say("forecast.due_new", amount=amount, on=claim.on)
    shown = points(habit.days)
    days = shown[(len(shown) - 1) // 2]
    paid = len(habit.days)
    if days <= 0:
        return say("forecast.due_in_time", amount=amount, on=claim.on, paid=paid)
    return say("forecast.due_late", amount=amount, on=claim.on, days=days, paid=paid)
