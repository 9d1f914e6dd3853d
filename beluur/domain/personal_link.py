"""The personal link of a debtor (J9): how long it opens, what is one visit, what he can answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

OPENS_DAYS = 60
AFTER_LAST_DAYS = 30  # after the last agreed day: a plan outlives its mail
ONE_VISIT = timedelta(minutes=30)
LONGEST_WORDS = 2000
ANSWER_WITHIN_WORKING_DAYS = 5  # what he contests in writing


class Answered(StrEnum):
    """What a debtor says on his page."""

    AGREE = "agree"
    DISAGREE = "disagree"
    QUESTION = "question"
    WRONG_PERSON = "wrong_person"


def expires_at(made: datetime, last_day: date | None) -> datetime:
    """From when a link made at ``made`` opens no more; ``last_day`` is the last day of the agreement.

    Made on 23 November for a promise of 27 November: 22 January."""
    usual = made + timedelta(days=OPENS_DAYS)
    if last_day is None:
        return usual
    after_last = made + timedelta(days=max(0, (last_day - made.date()).days) + AFTER_LAST_DAYS)
    return max(usual, after_last)


def is_new_visit(seen: datetime | None, now: datetime) -> bool:
    """Whether looking at ``now`` is another visit than the one at ``seen``: a page that is loaded again is not."""
    return seen is None or now - seen >= ONE_VISIT


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def answer_digest(kind: Answered, version: str, words: str, about: int | None) -> str:
    """The same for the same answer to the same version about the same invoice, however often and with whatever spaces."""
    flat = " ".join(words.split()).casefold()
    return token_hash("\0".join((kind.value, version, str(about or ""), flat)))
