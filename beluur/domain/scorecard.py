"""The scorecard of a practice call: a hundred points in nine items, and what fails the whole call whatever the points say.

The weights are a proposal of ours after the categories that collectors' quality forms have in common (identification, dialogue,
facts, agreement, tone; science 5.5). What is told to the wrong person, a plan beyond the mandate, a complaint that is not noted
and money asked of somebody who told of illness or death make the score nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from beluur.domain.practice_talk import Talk
from beluur.playbook.practice_texts import Character
from beluur.values.sentence import Sentence, say

PREPARED_SECONDS = 20
"""Between opening the dossier and speaking: time to read it once."""

_WRONG = 5  # points, for each thing that shows one did not listen


class Item(StrEnum):
    """What is looked at, in the order of a call."""

    PREPARATION = "preparation"
    IDENTITY = "identity"
    FACTS = "facts"
    LISTENING = "listening"
    REASON = "reason"
    PROPOSED = "proposed"
    COMMITMENT = "commitment"
    RECORD = "record"
    TONE = "tone"


class Fail(StrEnum):
    """What makes the score nothing."""

    TOLD = "told"
    BEYOND = "beyond"
    DISPUTE_IGNORED = "dispute_ignored"
    VULNERABLE_IGNORED = "vulnerable_ignored"


WEIGHTS: Mapping[Item, int] = {
    Item.PREPARATION: 10,
    Item.IDENTITY: 10,
    Item.FACTS: 10,
    Item.LISTENING: 15,
    Item.REASON: 10,
    Item.PROPOSED: 10,
    Item.COMMITMENT: 15,
    Item.RECORD: 10,
    Item.TONE: 10,
}

_WITH_A_STRANGER = (Item.PREPARATION, Item.IDENTITY, Item.COMMITMENT, Item.TONE)
"""With somebody else there is no reason to find and nothing to agree but when the right person is there."""

_WITH_THE_BEREAVED = (Item.PREPARATION, Item.IDENTITY, Item.LISTENING, Item.REASON, Item.TONE)
"""Where the demand stops there is nothing to agree: to hear it and to stop is all."""

_ITEMS = {Character.STRANGER: _WITH_A_STRANGER, Character.BEREAVED: _WITH_THE_BEREAVED}


@dataclass(frozen=True, slots=True)
class Scored:
    """One item: ``points`` of ``most``; ``better`` says what to do next time, None when all was had."""

    item: Item
    points: int
    most: int
    better: Sentence | None = None

    @property
    def name(self) -> Sentence:
        """The item, by name."""
        return say(f"practice.item.{self.item.value}")


@dataclass(frozen=True, slots=True)
class Scorecard:
    """``score`` of 100: nothing when something of ``failed`` happened."""

    score: int
    items: tuple[Scored, ...]
    failed: tuple[Sentence, ...] = ()


def scorecard(talk: Talk, *, prepared_seconds: int = PREPARED_SECONDS) -> Scorecard:
    """How the call went. ``prepared_seconds`` passed between opening the dossier and the first word."""
    looked_at = _ITEMS.get(talk.character, tuple(Item))
    items = tuple(_scored(item, _POINTS[item](talk, prepared_seconds), talk.character) for item in looked_at)
    failed = fails(talk)
    most = sum(s.most for s in items)
    score = (200 * sum(s.points for s in items) + most) // (2 * most)
    return Scorecard(0 if failed else score, items, tuple(say(f"practice.fail.{f.value}") for f in failed))


def fails(talk: Talk) -> tuple[Fail, ...]:
    """What makes the score nothing."""
    happened = {
        Fail.TOLD: talk.told,
        Fail.BEYOND: talk.beyond,
        Fail.DISPUTE_IGNORED: talk.character is Character.ANGRY
        and not talk.disputed
        and (talk.asked_received or talk.asked_when or bool(talk.offer)),
        Fail.VULNERABLE_IGNORED: talk.pressed_on,
    }
    return tuple(fail for fail, so in happened.items() if so)


def _scored(item: Item, points: int, character: Character) -> Scored:
    most = WEIGHTS[item]
    stops = character is Character.BEREAVED and item in (Item.LISTENING, Item.REASON)
    better = "stopping" if stops else item.value
    return Scored(item, points, most, None if points == most else say(f"practice.better.{better}"))


def _preparation(_talk: Talk, seconds: int) -> int:
    return min(max(seconds, 0), PREPARED_SECONDS) * WEIGHTS[Item.PREPARATION] // PREPARED_SECONDS


def _identity(talk: Talk, _seconds: int) -> int:
    if talk.character is Character.STRANGER:
        return (5 if talk.asked_received else WEIGHTS[Item.IDENTITY]) if talk.put_off and not talk.told else 0
    return WEIGHTS[Item.IDENTITY] if talk.met else 0


def _facts(talk: Talk, _seconds: int) -> int:
    right = "no" if talk.character is Character.ANGRY else "yes"
    return 5 * talk.asked_received + 5 * (talk.received == right)


def _listening(talk: Talk, _seconds: int) -> int:
    if talk.character is Character.BEREAVED:
        return WEIGHTS[Item.LISTENING] * (talk.confided and talk.stopped and not talk.pressed_on)
    if not talk.asked_when and not talk.day_asks:
        return 0
    return max(WEIGHTS[Item.LISTENING] - _WRONG * (talk.wrong_reasons + talk.too_early + talk.took_vague), 0)


def _reason(talk: Talk, _seconds: int) -> int:
    return WEIGHTS[Item.REASON] * talk.reason_right


def _proposed(talk: Talk, _seconds: int) -> int:
    return WEIGHTS[Item.PROPOSED] * (talk.asked_first and talk.agreed and not talk.ours)


def _commitment(talk: Talk, _seconds: int) -> int:
    reached = talk.way_out if talk.character is Character.STRANGER else talk.agreed
    return WEIGHTS[Item.COMMITMENT] * reached


def _record(talk: Talk, _seconds: int) -> int:
    return 5 * (talk.recap and talk.agreed) + 5 * (talk.closed and talk.yes)


def _tone(talk: Talk, _seconds: int) -> int:
    if talk.ended:
        return 0
    return 5 if talk.early_last_word else WEIGHTS[Item.TONE]


_POINTS = {
    Item.PREPARATION: _preparation,
    Item.IDENTITY: _identity,
    Item.FACTS: _facts,
    Item.LISTENING: _listening,
    Item.REASON: _reason,
    Item.PROPOSED: _proposed,
    Item.COMMITMENT: _commitment,
    Item.RECORD: _record,
    Item.TONE: _tone,
}
