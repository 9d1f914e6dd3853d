"""A line of the playbook as it would be said, with invented facts: the preview for whoever writes a line of his own."""

from __future__ import annotations

from datetime import date, time

from beluur.domain.conversation import Speaking, cued
from beluur.playbook import Line, OwnLine
from beluur.values.money import Money
from beluur.values.sentence import say

_FACTS = {
    "what": "steigerwerk week 41",
    "amount": Money(64_000),
    "numbers": "2026-0398",
    "number": "2026-0398",
    "count": 2,
    "made_on": date(2026, 11, 17),
    "due": date(2026, 11, 20),
    "before": date(2026, 11, 17),
    "day": date(2026, 11, 27),
    "hour": "16:00",
    "way": say("playbook.example_way"),
    "owner": "Pieter Voorbeeld",
    "who": "Pieter Voorbeeld",
    "email": "marijke@voorbeeld.example",
    "parts": 3,
    "rest": Money(124_000),
    "limit": date(2026, 12, 11),
    "consequence": say("playbook.example_consequence"),
    "one": date(2026, 11, 27),
    "other": date(2026, 12, 4),
    "open": Money(214_000),
}


def example(moment: str, language: str, *, hints: str = "nl", own: tuple[OwnLine, ...] = ()) -> Line:
    """The line for ``moment`` with every fact that it can ask for. ``own`` are lines as written; one that cannot be said (see
    `own_problems`) is shown as ours. Raises KeyError for what is no moment."""
    speaking = Speaking(
        caller="Anna Voorbeeld",
        creditor="Voorbeeld Steigers",
        language=language,
        at=time(10),
        hints=hints,
        own_number="020 123 45 00",
        contact="Marijke Fictief",
        own=own,
    )
    return cued(speaking, moment, _FACTS)
