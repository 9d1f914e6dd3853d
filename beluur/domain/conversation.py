"""The path of a conversation, and what to say at each stage of it (D1, D2, D4, D5, D14).

Nothing about money is in a line before it is sure who is on the line: those moments of the playbook know no amount.
Lines are in the debtor's language; their hints in the caller's. How one stage leads to another is `conversation_table`; what is
said to a reason is `reason_talk`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from typing import Any

from beluur.domain.case import Outcome
from beluur.playbook import Line, OwnLine, greeting, spoken
from beluur.values.money import Money
from beluur.values.sentence import Sentence
from beluur.words import long_date_text, money_text, render

_NAMED = 3  # more invoices than this are counted, not named


class Stage(StrEnum):
    """Where the conversation is. One may go from any to any other; what may be said there is another matter."""

    DIAL = "dial"
    WHO = "who"
    OPENING = "opening"
    RECEIVED = "received"
    WHEN = "when"
    LISTEN = "listen"
    REASON = "reason"
    NEGOTIATE = "negotiate"
    AGREE = "agree"
    STOP = "stop"  # a vulnerable person, or an insolvency: the demand ends here (J11)
    RECAP = "recap"
    SAVE = "save"


NOBODY_YET = (Stage.DIAL, Stage.WHO)
"""The stages in which it is not sure yet who is on the line."""

_ASKED = (Stage.RECEIVED, Stage.WHEN)
_FIRST = {
    Stage.REASON: "listen.play_back",
    Stage.NEGOTIATE: "negotiate.first",
    Stage.STOP: "stop.kindly",
    Stage.RECAP: "recap.intro",
}
_HEARD = (Stage.LISTEN, Stage.REASON, Stage.NEGOTIATE)


class Answer(StrEnum):
    """What the customer says to *when will it be paid*; several may go together."""

    PROMISE = "promise"
    CALLBACK = "callback"
    DISPUTE = "dispute"
    PAID = "paid"
    FORWARD = "forward"
    REFUSAL = "refusal"
    NOTHING = "nothing"


ALONE = frozenset((Answer.REFUSAL, Answer.NOTHING))  # they go with nothing else


@dataclass(frozen=True, slots=True)
class BrokenWord:
    """A promise that did not come, or in part: on which day it was made, for which day and how much."""

    made_on: date
    due: date
    amount: Money
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Speaking:
    """The facts that lines are filled with. ``contact`` is whom to ask for, empty when nobody is known; ``person``: nothing
    may be said to others (consumer, sole trader); ``cut_off``: the line went in today's last conversation; ``stopped``: nothing
    is asked of him any more (J11); ``at`` is the debtor's clock; ``hints`` the caller's language; ``own`` the administration's
    own lines."""

    caller: str
    creditor: str
    language: str
    at: time
    hints: str = "nl"
    own_number: str = ""
    contact: str = ""
    person: bool = False
    incoming: bool = False
    what: str = ""
    asked: Money = field(default_factory=lambda: Money(0))
    numbers: tuple[str, ...] = ()
    broken: BrokenWord | None = None
    called_back: bool = False
    cut_off: bool = False
    stopped: bool = False
    own: tuple[OwnLine, ...] = ()


def phases(
    outcome: Outcome | None, *, broken: bool, incoming: bool, stopped: bool = False
) -> tuple[Stage, ...]:
    """The stages of this conversation, in order. Who was not reached is only recorded; a broken promise and somebody who rings
    are not asked first whether all was received; who rings was not dialled. ``stopped``: the demand ended."""
    if outcome is not None and outcome is not Outcome.REACHED:
        return (*NOBODY_YET, Stage.SAVE)
    first = () if incoming else (Stage.DIAL,)
    if stopped:
        return (*first, Stage.WHO, Stage.OPENING, Stage.STOP, Stage.SAVE)
    asked = () if broken or incoming else _ASKED
    return (*first, Stage.WHO, Stage.OPENING, *asked, *_HEARD, Stage.AGREE, Stage.RECAP, Stage.SAVE)


def after(stage: Stage, stages: tuple[Stage, ...]) -> Stage:
    """The stage that follows; the last one stays."""
    place = stages.index(stage) if stage in stages else 0
    return stages[min(place + 1, len(stages) - 1)]


def before(stage: Stage, stages: tuple[Stage, ...]) -> Stage:
    """The stage that one goes back to; the first one stays."""
    return stages[max(stages.index(stage) - 1, 0)] if stage in stages else stages[0]


def toggled(answers: Collection[Answer], picked: Answer) -> tuple[Answer, ...]:
    """``answers`` with ``picked`` put in, or taken out when it was there; a refusal goes with nothing else."""
    if picked in answers:
        return tuple(a for a in answers if a is not picked)
    if picked in ALONE:
        return (picked,)
    return (*(a for a in answers if a not in ALONE), picked)


def line_for(
    stage: Stage,
    speaking: Speaking,
    *,
    outcome: Outcome | None = None,
    answers: tuple[Answer, ...] = (),
    received: str = "",
    undisputed: Money | None = None,
    on_paper: bool = False,
) -> Line:
    """What to say now. ``undisputed`` is what is left to ask for beside a dispute that is being noted. As long as a person was
    not reached, every stage says who it is that one asks for; ``on_paper`` nobody listens yet."""
    if outcome is not None and outcome is not Outcome.REACHED:
        moment = _not_reached(outcome, speaking)
        return (unsaid if moment.endswith(".wait") else said)(speaking, moment)
    if outcome is None and speaking.person and not on_paper:
        stage = Stage.WHO
    match stage:
        case Stage.DIAL | Stage.WHO:
            return said(speaking, _who(speaking))
        case Stage.LISTEN if received != "no" or answers:
            return said(speaking, "listen.first")
        case Stage.OPENING if not answers:
            return _opening(speaking)
        case Stage.RECEIVED if not answers:
            return said(speaking, "received.what" if speaking.what else "received.plain", what=speaking.what)
        case Stage.REASON | Stage.NEGOTIATE | Stage.STOP | Stage.RECAP:
            return said(speaking, _FIRST[stage])
        case Stage.SAVE:
            return said(speaking, "closing.incoming" if speaking.incoming else "closing.agreed")
    if answers:
        return _answer(answers[-1], answers, speaking, undisputed)
    return said(speaking, "when.problem") if received == "no" else _when(speaking)


def said(speaking: Speaking, moment: str, **facts: str) -> Line:
    """The line for ``moment`` in this conversation; ``facts`` beside who calls whom are written out in the debtor's language.
    Raises PlaybookError when one is missing."""
    common = {
        "greeting": greeting(speaking.at, speaking.language, speaking.own),
        "caller": speaking.caller,
        "creditor": speaking.creditor,
        "contact": speaking.contact,
        "own_number": speaking.own_number,
    }
    return spoken(
        moment, speaking.language, hint_language=speaking.hints, own=speaking.own, **{**common, **facts}
    )


def unsaid(speaking: Speaking, moment: str) -> Line:
    """The line for a ``moment`` in which nobody listens: for whoever calls, in his language."""
    return said(replace(speaking, language=speaking.hints), moment)


def cued(speaking: Speaking, moment: str, facts: Mapping[str, Any]) -> Line:
    """As `said`, of facts that are values yet (Money, date, int, str or a Sentence), written out in the debtor's language."""
    return said(speaking, moment, **{name: _written(fact, speaking.language) for name, fact in facts.items()})


def _written(fact: Any, language: str) -> str:
    match fact:
        case Money():
            return money_text(fact, language)
        case date():
            return long_date_text(fact, language)
        case Sentence():
            return render(fact, language)
    return str(fact)


def _who(speaking: Speaking) -> str:
    if speaking.incoming:
        return "who.incoming_person" if speaking.person else "who.incoming"
    return "who.known" if speaking.contact else "who.desk"


def _not_reached(outcome: Outcome, speaking: Speaking) -> str:
    whom = "known" if speaking.contact else "desk"
    if outcome is Outcome.VOICEMAIL:
        return f"voicemail.{whom}" if speaking.own_number else "voicemail.no_number"
    if outcome in (Outcome.GATEKEEPER, Outcome.WRONG_PERSON):
        return f"{outcome.value}.{whom}"
    return f"{outcome.value}.wait"


def _opening(speaking: Speaking) -> Line:
    if speaking.cut_off and not speaking.incoming:
        return said(speaking, "cut_off.again")
    if speaking.stopped:
        return said(speaking, "opening.stopped")
    if speaking.broken is not None:
        broken = speaking.broken
        return said(
            speaking,
            "opening.broken_part" if broken.partly else "opening.broken",
            made_on=long_date_text(broken.made_on, speaking.language),
            due=long_date_text(broken.due, speaking.language),
            amount=money_text(broken.amount, speaking.language),
        )
    if speaking.incoming:
        known = speaking.contact and speaking.what
        return said(speaking, "opening.incoming" if known else "opening.incoming_plain", what=speaking.what)
    if speaking.called_back:
        return said(speaking, "opening.callback")
    return said(speaking, "opening.what" if speaking.what else "opening.plain", what=speaking.what)


def _when(speaking: Speaking) -> Line:
    if speaking.asked.cents <= 0:
        return said(speaking, "when.nothing")
    amount = money_text(speaking.asked, speaking.language)
    if len(speaking.numbers) == 1:
        return said(speaking, "when.one", amount=amount, numbers=speaking.numbers[0])
    return said(speaking, "when.more", amount=amount, count=str(len(speaking.numbers)))


def _answer(last: Answer, answers: tuple[Answer, ...], speaking: Speaking, undisputed: Money | None) -> Line:
    if (
        last is Answer.PROMISE
        and Answer.DISPUTE in answers
        and undisputed is not None
        and undisputed.cents > 0
    ):
        return said(speaking, "agree.promise_rest", amount=money_text(undisputed, speaking.language))
    return said(speaking, f"agree.{last.value}")


def named(numbers: tuple[str, ...]) -> str:
    """Invoice numbers as they are read aloud: a few by name.

    >>> named(("1", "2", "3", "4"))
    '1, 2, … 4'
    """
    if len(numbers) <= _NAMED:
        return ", ".join(numbers)
    return f"{numbers[0]}, {numbers[1]}, … {numbers[-1]}"
