"""With whom one practises: what he makes of each thing that the caller did, what he says, and what he gives away for it.

The right approach of the method leads to an agreement, the wrong one to *no*, and in the end to a receiver put down. Nothing
here knows a real debtor; the dossier is invented. What he says is `playbook.practice_texts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from beluur.domain.conversation import Stage
from beluur.domain.practice_talk import Desk, Limits, Move, Talk, move_of, offer_text
from beluur.playbook import ReasonCode
from beluur.playbook.practice_texts import Character, Cue

TURNS = 30
"""He has not all day: after so many turns he puts the receiver down."""

_ASKS = 2  # times that the evasive one is asked for a day after the first question, before he names one
_MONTH = timedelta(days=27)
_R = ReasonCode

HIS_REASONS: Mapping[Character, frozenset[ReasonCode]] = {
    Character.FORGETFUL: frozenset((_R.NOT_RECEIVED, _R.NEEDS_COPY)),
    Character.EVASIVE: frozenset((_R.VAGUE_PROMISE,)),
    Character.SHORT_OF_CASH: frozenset((_R.CASH_PROBLEM, _R.WAITING_FOR_OWN_PAYMENT)),
    Character.ANGRY: frozenset((_R.DISPUTE_QUALITY, _R.DISPUTE_DELIVERY)),
    Character.STRANGER: frozenset((_R.WRONG_PERSON, _R.RESPONSIBLE_ABSENT, _R.WILL_PASS_ON)),
    Character.BEREAVED: frozenset((_R.SICK_OR_DECEASED,)),
}


def hear(talk: Talk, desk: Desk, limits: Limits) -> Talk:
    """He hears what was done, and answers: ``cue`` of the talk that is given. Nothing done, nothing said."""
    if talk.ended or talk.closed:
        return talk
    move = move_of(talk, desk)
    known = replace(
        talk, stage=desk.stage.value, yes=desk.yes, beyond=talk.beyond or (desk.beyond and desk.yes)
    )
    known = replace(known, received=desk.received or talk.received, way_out=talk.way_out or desk.way_out)
    if move is Move.SILENT:
        return known
    after = _HEARD[move](replace(known, turn=talk.turn + 1), desk, limits)
    if talk.character is Character.STRANGER and after.met and move in _TELLING:
        after = replace(after, told=True)
    if talk.character is Character.BEREAVED:
        after = _confided(talk, after, move)
    if after.patience <= 0 or after.turn >= TURNS:
        return replace(after, cue=Cue.HANGS_UP, ended=True)
    return after


_TELLING = frozenset((Move.ASKED_WHEN, Move.OFFERED, Move.LAST_WORD, Move.DISPUTED, Move.MAILED))
"""From these somebody else learns of the debt."""

_ASKING = frozenset((Move.ASKED_RECEIVED, Move.ASKED_WHEN, Move.ASKED_DAY, Move.OFFERED, Move.LAST_WORD))
_PRESSING = (_ASKING - {Move.ASKED_RECEIVED}) | {Move.TOOK_VAGUE}
"""With these one goes on about money."""


def _confided(before: Talk, after: Talk, move: Move) -> Talk:
    """The first question makes him tell what happened; to ask for money after that is to press on."""
    pressed = before.confided and move in _PRESSING
    return replace(
        after,
        confided=before.confided or move in _ASKING,
        pressed_on=before.pressed_on or pressed,
        patience=after.patience - pressed,
    )


def ready(talk: Talk) -> bool:
    """Whether he names a day when he is asked: the right thing was done first."""
    match talk.character:
        case Character.FORGETFUL:
            return talk.mailed
        case Character.EVASIVE:
            return talk.day_asks >= _ASKS
        case Character.ANGRY:
            return talk.disputed
        case Character.STRANGER | Character.BEREAVED:
            return False
    return True


def acceptable(talk: Talk, desk: Desk, limits: Limits) -> Cue:
    """What he says to the rows: yes, too much (or too soon), or not yet."""
    if not ready(talk):
        return Cue.NOT_YET
    if sum(cents for _, cents in desk.parts) > limits.left_cents:
        return Cue.TOO_MUCH
    first = min(due for due, _ in desk.parts)
    if first < (limits.day if talk.character is Character.EVASIVE else limits.today):
        return Cue.TOO_MUCH
    if talk.character is Character.SHORT_OF_CASH and _most_in_a_month(desk.parts) > limits.most_cents:
        return Cue.TOO_MUCH
    return Cue.OFFER_YES


def _most_in_a_month(parts: tuple[tuple[date, int], ...]) -> int:
    return max(sum(c for due, c in parts if start <= due <= start + _MONTH) for start, _ in parts)


def _met(talk: Talk, _desk: Desk, _limits: Limits) -> Talk:
    return replace(talk, cue=Cue.WHO, met=True)


def _put_off(talk: Talk, _desk: Desk, _limits: Limits) -> Talk:
    right = talk.character is Character.STRANGER
    return replace(talk, cue=Cue.PUT_OFF, put_off=True, met=False, patience=talk.patience - (not right))


def _received(talk: Talk, _desk: Desk, _limits: Limits) -> Talk:
    return replace(talk, cue=Cue.RECEIVED, asked_received=True)


def _when(talk: Talk, _desk: Desk, _limits: Limits) -> Talk:
    if talk.asked_when:
        return _day(talk, _desk, _limits)
    return replace(talk, cue=Cue.WHEN, asked_when=True)


def _day(talk: Talk, _desk: Desk, _limits: Limits) -> Talk:
    asked = replace(talk, day_asks=talk.day_asks + 1)
    if not ready(asked):
        return replace(asked, cue=Cue.NOT_YET)
    return replace(asked, cue=Cue.DAY, revealed=True)


def _reason(talk: Talk, desk: Desk, _limits: Limits) -> Talk:
    reasons = (*talk.reasons, desk.reason)[-8:]
    if desk.reason in HIS_REASONS[talk.character]:
        return replace(talk, cue=Cue.REASON, reasons=reasons, reason_right=True)
    wrong = talk.wrong_reasons + 1
    return replace(
        talk, cue=Cue.REASON_WRONG, reasons=reasons, wrong_reasons=wrong, patience=talk.patience - 1
    )


def _mailed(talk: Talk, _desk: Desk, _limits: Limits) -> Talk:
    return replace(talk, cue=Cue.MAILED, mailed=True)


def _disputed(talk: Talk, _desk: Desk, _limits: Limits) -> Talk:
    return replace(talk, cue=Cue.DISPUTED, disputed=True)


def _offered(talk: Talk, desk: Desk, limits: Limits) -> Talk:
    cue = acceptable(talk, desk, limits)
    asked = talk.asked_when or talk.day_asks > 0
    after = replace(
        talk,
        cue=cue,
        offer=offer_text(desk),
        agreed=cue is Cue.OFFER_YES,
        ours=desk.ours,
        asked_first=talk.asked_first or (asked and not talk.offer),
        too_early=talk.too_early + (cue is Cue.NOT_YET),
        patience=talk.patience - (cue is not Cue.OFFER_YES),
    )
    summed_up = after.agreed and desk.stage is Stage.RECAP
    return _recap(after, desk, limits) if summed_up else after


def _took_vague(talk: Talk, desk: Desk, _limits: Limits) -> Talk:
    return replace(talk, cue=Cue.VAGUE_TAKEN, vague=desk.vague, took_vague=talk.took_vague + 1, agreed=False)


def _last_word(talk: Talk, _desk: Desk, _limits: Limits) -> Talk:
    early = not ready(talk) or talk.day_asks < 1
    return replace(
        talk, cue=Cue.LAST_WORD, last_word=True, early_last_word=early, patience=talk.patience - 1 - early
    )


def _recap(talk: Talk, _desk: Desk, _limits: Limits) -> Talk:
    return replace(talk, cue=Cue.RECAP_YES if talk.agreed else Cue.RECAP_NO, recap=True)


def _closed(talk: Talk, _desk: Desk, _limits: Limits) -> Talk:
    return replace(talk, cue=Cue.CLOSE, closed=True)


def _stopped(talk: Talk, desk: Desk, _limits: Limits) -> Talk:
    right = talk.reason_right or desk.reason in HIS_REASONS[talk.character]
    return replace(talk, cue=Cue.STOPPED, agreed=False, stopped=True, reason_right=right)


_HEARD = {
    Move.MET: _met,
    Move.PUT_OFF: _put_off,
    Move.ASKED_RECEIVED: _received,
    Move.ASKED_WHEN: _when,
    Move.ASKED_DAY: _day,
    Move.REASON: _reason,
    Move.MAILED: _mailed,
    Move.DISPUTED: _disputed,
    Move.OFFERED: _offered,
    Move.TOOK_VAGUE: _took_vague,
    Move.LAST_WORD: _last_word,
    Move.RECAP: _recap,
    Move.CLOSED: _closed,
    Move.STOPPED: _stopped,
}
