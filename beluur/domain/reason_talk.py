"""What to say to a reason (D7): the answer and the next question, what to note, and that he gave it before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beluur.domain.case import Outcome
from beluur.domain.conversation import Speaking, Stage, line_for, said
from beluur.domain.reason_actions import reason_name
from beluur.playbook import Line, ReasonCode, moment_of
from beluur.playbook.reason_codes import AGAIN, FIRM, FROM_ANYBODY, HUSHED
from beluur.values.sentence import Sentence, say
from beluur.words import long_date_text, money_text

_OTHERS = (Outcome.GATEKEEPER, Outcome.WRONG_PERSON)
_BESIDE = {
    Stage.LISTEN: ("listen.go_on", "listen.play_back", "listen.ask_on", "listen.upset"),
    Stage.REASON: ("listen.ask_on", "listen.upset"),
    Stage.STOP: ("stop.closing",),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A reason that he gives. ``sure``: our own delivery is sure (C3); ``given``: the days on which he gave it before."""

    code: ReasonCode
    sure: bool = False
    given: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonTalk:
    """``answer`` comes first, then ``ask``. ``milder`` is the plain answer when the one shown is firm or comes back to an earlier
    time. ``note`` and ``wait`` (where silence helps) are for the caller, in his language. ``earlier``: he gave it before."""

    answer: Line
    ask: Line
    milder: Line | None = None
    note: str = ""
    wait: str = ""
    earlier: Sentence | None = None


def reason_talk(heard: Heard, speaking: Speaking, *, known: bool) -> ReasonTalk:
    """What to say to ``heard``: as a thing that comes back when he gave it before, firm only where our delivery is sure.
    ``known``: it is sure who is on the line; otherwise nobody else hears of a person's invoice (D2)."""
    if not known and speaking.person and heard.code not in FROM_ANYBODY | HUSHED:
        return ReasonTalk(_not_his(speaking), line_for(Stage.WHO, speaking))
    part = _part(heard)
    plain, ask = _line(heard, speaking, "answer"), _line(heard, speaking, "ask")
    answer = plain if part == "answer" else _line(heard, speaking, part)
    return ReasonTalk(
        answer=answer,
        ask=ask,
        milder=None if answer is plain else plain,
        note=answer.hint,
        wait=ask.hint,
        earlier=earlier(heard),
    )


def earlier(heard: Heard) -> Sentence | None:
    """*Factuur niet ontvangen, voor de 3e keer; vorige keer op …*; None the first time, and never of illness or insolvency."""
    if not heard.given or heard.code in HUSHED:
        return None
    reason = reason_name(heard.code.value)
    return say("conversation.reason_again", reason=reason, times=len(heard.given) + 1, on=max(heard.given))


def beside(stage: Stage, speaking: Speaking, outcome: Outcome | None = None) -> tuple[Line, ...]:
    """The other lines that may be said at ``stage``, under the one that `conversation.line_for` gives. Somebody else on the line
    may ask what it is about; who was not reached otherwise hears nothing."""
    if stage is Stage.WHO or outcome in _OTHERS:
        return () if speaking.incoming else _about(speaking)
    if outcome not in (None, Outcome.REACHED) or (outcome is None and speaking.person):
        return ()
    return tuple(said(speaking, moment) for moment in _BESIDE.get(stage, ()))


def _about(speaking: Speaking) -> tuple[Line, ...]:
    if not speaking.person:
        return (said(speaking, "gatekeeper.about"),)
    return (said(speaking, "gatekeeper.about_person"),) if speaking.contact else ()


def _not_his(speaking: Speaking) -> Line:
    return said(speaking, "gatekeeper.about_person" if speaking.contact else "wrong_person.desk")


def _part(heard: Heard) -> str:
    if heard.given and heard.code in AGAIN:
        return "again"
    return "firm" if heard.sure and heard.code in FIRM else "answer"


def _line(heard: Heard, speaking: Speaking, part: str) -> Line:
    facts = {
        "what": speaking.what,
        "amount": money_text(speaking.asked, speaking.language),
        "numbers": ", ".join(speaking.numbers),
        "count": str(len(speaking.numbers)),
    }
    if part == "again":
        facts["before"] = long_date_text(max(heard.given), speaking.language)
    return said(speaking, moment_of(heard.code, part), **facts)
