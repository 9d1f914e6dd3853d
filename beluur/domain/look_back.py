"""A moment after the call (G1): did it go well, and what one would do differently; six short answers that fit how it ended."""

from __future__ import annotations

from enum import StrEnum

from beluur.domain.case import Outcome, Result
from beluur.values.sentence import Sentence


class Went(StrEnum):
    """How the caller feels about it."""

    WELL = "well"
    BETTER = "better"  # it could have been


_PROMISED = ("sooner_to_date", "ask_yes", "listen_longer", "better_prepared", "firmer", "calmer")
_TALKED = ("sooner_to_date", "listen_longer", "better_prepared", "firmer", "calmer", "other_contact")
_OTHERS = ("ask_hour", "ask_direct_number", "other_hour", "other_contact", "better_prepared", "calmer")
_NOBODY = ("other_hour", "other_number", "other_contact", "write_first", "leave_message", "better_prepared")


def choices(outcome: Outcome, result: Result = Result.NONE) -> tuple[str, ...]:
    """What one may do differently next time after such a call, the likeliest first; always six."""
    if outcome is Outcome.REACHED:
        return _PROMISED if result is Result.PROMISE else _TALKED
    return _OTHERS if outcome in (Outcome.GATEKEEPER, Outcome.WRONG_PERSON) else _NOBODY


def choice_name(code: str) -> Sentence:
    """The choice in a few words."""
    return Sentence(f"look_back.{code}")
