"""A practice talk as it stands: what he remembers of it, and what of the caller's screen he hears as something done."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from beluur.domain.case import Outcome
from beluur.domain.conversation import Stage
from beluur.playbook.practice_texts import Character, Cue

KEPT = "_practice"
"""Where the draft of a call keeps the talk."""

PATIENCE: Mapping[Character, int] = {Character.ANGRY: 3, Character.EVASIVE: 4}
_PATIENT = 5
HANGS_UP = "hangs_up"
"""The button that ends the call: what was typed meanwhile was never said."""

_UNSAID = ("row", "split", HANGS_UP)  # with these buttons nothing is said of the rows


def customer_number(who: Character) -> str:
    """By which number his dossier is known in the books that one practises in."""
    return str(90_001 + list(Character).index(who))


class Move(StrEnum):
    """What the caller did, as one hears it at the other end."""

    MET = "met"  # takes him for the person he asked for
    PUT_OFF = "put_off"  # takes him for somebody else, or for nobody
    ASKED_RECEIVED = "asked_received"
    ASKED_WHEN = "asked_when"
    ASKED_DAY = "asked_day"
    REASON = "reason"
    MAILED = "mailed"
    DISPUTED = "disputed"
    OFFERED = "offered"
    TOOK_VAGUE = "took_vague"
    LAST_WORD = "last_word"
    RECAP = "recap"
    CLOSED = "closed"
    STOPPED = "stopped"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Desk:
    """How the caller's screen stands after a button.

    ``pressed`` is the button; ``promise``: he is asked what he pays and when; ``parts`` the rows (day, cents) once all
    are complete, ``vague``: what a row says that is no day; ``beyond``: passes the mandate; ``ours``: we proposed it; ``yes``:
    noted that he agreed himself; ``way_out``: it was noted how to reach the right person."""

    stage: Stage
    pressed: str = ""
    outcome: Outcome | None = None
    received: str = ""
    reason: str = ""
    mailed: bool = False
    disputed: bool = False
    promise: bool = False
    parts: tuple[tuple[date, int], ...] = ()
    vague: str = ""
    last_word: bool = False
    beyond: bool = False
    ours: bool = False
    yes: bool = False
    way_out: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What he has to give: what is asked beside what he contests, the day from which he can, and of the one who is short of
    cash the most per month. Cents; days are his."""

    today: date
    day: date
    left_cents: int
    most_cents: int


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation so far: all that the scorecard asks, and what he remembers. ``offer`` is what was put to him last, as
    text; ``turn`` counts his answers."""

    character: Character
    seed: int
    cue: Cue = Cue.PICKS_UP
    turn: int = 0
    stage: str = Stage.WHO
    patience: int = _PATIENT
    met: bool = False
    put_off: bool = False
    asked_received: bool = False
    received: str = ""
    asked_when: bool = False
    day_asks: int = 0
    reasons: tuple[str, ...] = ()
    reason_right: bool = False
    wrong_reasons: int = 0
    mailed: bool = False
    disputed: bool = False
    vague: str = ""
    took_vague: int = 0
    offer: str = ""
    too_early: int = 0  # offers before the question what he can do
    asked_first: bool = False  # he was asked before the first offer
    agreed: bool = False
    ours: bool = False
    beyond: bool = False
    told: bool = False  # somebody else knows of the debt
    confided: bool = False  # he told what happened to him
    pressed_on: bool = False  # after that he was asked for money all the same
    stopped: bool = False
    revealed: bool = False
    last_word: bool = False
    early_last_word: bool = False
    recap: bool = False
    yes: bool = False
    way_out: bool = False
    closed: bool = False
    ended: bool = False  # he put the receiver down

    def to_json(self) -> dict[str, Any]:
        """As it is kept with the call."""
        return asdict(self)


def begin(character: Character, seed: int) -> Talk:
    """The telephone is picked up. The same ``seed`` is the same talk."""
    return Talk(character, seed, patience=PATIENCE.get(character, _PATIENT))


def kept_talk(talk: Talk, *, prepared: int = 0) -> dict[str, Any]:
    """As the draft of a call keeps it; ``prepared`` seconds passed before the first word."""
    return {KEPT: {"talk": talk.to_json(), "prepared": prepared}}


def talk_from_json(kept: Any) -> Talk | None:
    """What `Talk.to_json` gave; None for anything else."""
    if not isinstance(kept, dict) or kept.get("character") not in set(Character):
        return None
    known = {f.name: kept[f.name] for f in fields(Talk) if f.name in kept}
    cue = known.get("cue")
    known |= {
        "character": Character(kept["character"]),
        "cue": Cue(cue) if cue in set(Cue) else Cue.PICKS_UP,
        "reasons": tuple(known.get("reasons", ())),
    }
    return Talk(**known)


def variant(talk: Talk) -> int:
    """Which way of saying it comes now: by the seed, so that a talk can be had again."""
    return zlib.crc32(f"{talk.seed}:{talk.turn}:{talk.cue}".encode())


def move_of(talk: Talk, desk: Desk) -> Move:
    """What was done since he spoke last; what binds most goes first."""
    if desk.outcome is not None and desk.outcome is not Outcome.REACHED:
        return Move.SILENT if talk.put_off else Move.PUT_OFF
    if desk.stage is Stage.STOP:
        return Move.STOPPED if talk.stage != Stage.STOP else Move.SILENT
    if desk.outcome is Outcome.REACHED and not talk.met:
        return Move.MET
    news = _news(talk, desk)
    if news is not None:
        return news
    if desk.stage == talk.stage or (desk.stage is Stage.AGREE and (talk.agreed or not desk.promise)):
        return Move.SILENT
    return _ARRIVED.get(desk.stage, Move.SILENT)


_ARRIVED: Mapping[Stage, Move] = {
    Stage.RECEIVED: Move.ASKED_RECEIVED,
    Stage.WHEN: Move.ASKED_WHEN,
    Stage.NEGOTIATE: Move.ASKED_DAY,
    Stage.AGREE: Move.ASKED_DAY,
    Stage.RECAP: Move.RECAP,
    Stage.SAVE: Move.CLOSED,
}


def _news(talk: Talk, desk: Desk) -> Move | None:
    """What is on the desk that he had not heard yet."""
    told = (
        (desk.mailed and not talk.mailed, Move.MAILED),
        (desk.reason and (not talk.reasons or desk.reason != talk.reasons[-1]), Move.REASON),
        (desk.disputed and not talk.disputed, Move.DISPUTED),
        (desk.last_word and not talk.last_word, Move.LAST_WORD),
        (desk.vague and desk.vague != talk.vague, Move.TOOK_VAGUE),
        (_put_to_him(talk, desk), Move.OFFERED),
        (_asked_for_a_day(talk, desk), Move.ASKED_DAY),
    )
    return next((move for new, move in told if new), None)


def _put_to_him(talk: Talk, desk: Desk) -> bool:
    """Rows that are being made are not heard; the same rows again are, as long as he did not agree to them."""
    if not desk.parts or desk.pressed.partition(":")[0] in _UNSAID:
        return False
    return offer_text(desk) != talk.offer or (desk.pressed == "propose" and not talk.agreed)


def _asked_for_a_day(talk: Talk, desk: Desk) -> bool:
    if desk.pressed == "propose":
        return not desk.parts  # an amount without a day is a question for it
    return desk.pressed == "again" or (desk.promise and desk.pressed == "pick:promise" and not talk.agreed)


def offer_text(desk: Desk) -> str:
    """The rows as one text, to know an offer again."""
    return ";".join(f"{due.isoformat()}={cents}" for due, cents in desk.parts)
