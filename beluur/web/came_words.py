"""What came in, as one says it to who was about to call."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from beluur.queries.came_in import CameIn, Perhaps
from beluur.values.sentence import Sentence, say

NOTHING_TO_ASK = frozenset(("step.nothing_open", "gate.nothing_left", "gate.too_small"))
_NOON = 12


def came_words(came: CameIn, now: datetime) -> tuple[Sentence, Sentence]:
    """That it came in, and what it was."""
    taken_in, today = timezone.localtime(came.at), timezone.localtime(now).date()
    if taken_in.date() != today:
        said = say("came.on", amount=came.amount, day=came.booked_on)
    elif taken_in.hour < _NOON:
        said = say("came.this_morning", amount=came.amount)
    else:
        said = say("came.today", amount=came.amount)
    if came.payer:
        return said, say("came.booked_from", day=came.booked_on, payer=came.payer, numbers=came.numbers)
    return said, say("came.booked", day=came.booked_on, numbers=came.numbers)


def perhaps_words(perhaps: Perhaps) -> Sentence:
    """That it may be his."""
    known = {"amount": perhaps.amount, "day": perhaps.booked_on}
    if perhaps.payer:
        code = "came.announced_from" if perhaps.announced else "came.perhaps_from"
        return Sentence(code, {**known, "payer": perhaps.payer})
    return Sentence("came.announced" if perhaps.announced else "came.perhaps", known)
