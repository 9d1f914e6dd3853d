"""What was read, told back in one sentence for him to say yes to."""

from __future__ import annotations

from datetime import date

from beluur.domain.said.reading import Reading, SaidPart
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

MOST_TOLD = 4  # parts that are told one by one: nobody listens to thirty days


def understood(reading: Reading, currency: str = "EUR") -> Sentence | None:
    """What was read, as a sentence to say yes to: € 500,00 op vr 27 nov 2026 en de rest op ma 30 nov 2026. Many parts are
    counted, with the first, the last and what they are together. None when there is nothing to say yes to."""
    said = [(part, part.due) for part in reading.parts if part.due is not None]
    if not reading.clear or len(said) != len(reading.parts):
        return None
    told = [_part_said(part, due, currency) for part, due in said]
    cents = [part.cents for part, _ in said if part.cents is not None]
    if len(told) > MOST_TOLD and len(cents) == len(told):
        facts = {
            "times": len(told),
            "first": told[0],
            "last": told[-1],
            "amount": Money(sum(cents), currency),
        }
        return Sentence("said.times", facts)
    return told[0] if len(told) == 1 else say("said.and", first=tuple(told[:-1]), last=told[-1])


def _part_said(part: SaidPart, due: date, currency: str) -> Sentence:
    if part.cents is not None:
        return say("said.amount_on", amount=Money(part.cents, currency), on=due)
    return say("said.all_on" if part.whole else "said.rest_on", on=due)
