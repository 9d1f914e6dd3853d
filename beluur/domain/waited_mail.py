"""Whether a mail that waited only for a sign-in may still leave as it was written, or a person has to look at it first.

What asks for money or names a day grows old: nobody is asked for what he has paid since, or reminded of a day that is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beluur.values.sentence import Sentence, say

ASKING = frozenset(("reminder_1", "reminder_2", "reminder_last", "notice", "tried_to_reach", "statement"))
AGREED = frozenset(("confirmation", "ask_confirm", "instalment_note"))
IN_PLACE = ASKING | AGREED
"""Kinds of which a later one takes the place of an earlier one."""


@dataclass(frozen=True, slots=True)
class WaitedMail:
    """``written_on`` is a day at the debtor's. ``happened``: something else than mail stands in his dossier since; ``followed``:
    a later mail takes its place; ``passed``: a day or hour of which it speaks is over; ``halted``: nothing is asked of him now;
    ``perhaps_paid``: a payment waits that may be his."""

    kind: str
    written_on: date
    happened: bool = False
    followed: bool = False
    passed: bool = False
    halted: bool = False
    perhaps_paid: bool = False


def why_look_first(mail: WaitedMail, today: date) -> Sentence | None:
    """What made it out of date since it was written; None when it may leave."""
    asks = mail.kind in ASKING
    for outdated, why in (
        (mail.happened, "happened"),
        (mail.followed, "followed"),
        (mail.passed, "passed"),
        (asks and mail.halted, "halted"),
        (asks and mail.perhaps_paid, "perhaps_paid"),
        (asks and mail.written_on != today, "earlier_day"),
    ):
        if outdated:
            return say(f"outbox.waited.{why}")
    return None
