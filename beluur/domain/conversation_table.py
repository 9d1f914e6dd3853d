"""The stages of a conversation and which leads to which: the one table that the screen and docs/conversation.md follow, with
the ways out of each (D3, D9, J11) and what may be said at each (D2, D10). A conversation is no form: one may go to any stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from beluur.domain.conversation import NOBODY_YET, Stage
from beluur.values.sentence import Sentence, say


class Event(StrEnum):
    """What brings a conversation from one stage to the next."""

    ANSWERED = "somebody answers"
    NOT_ANSWERED = "nobody answers, it is engaged, or the number is wrong"
    VOICEMAIL = "a voicemail"
    PUT_THROUGH = "one is put through"
    SOMEBODY_ELSE = "a gatekeeper or somebody else, who tells how to reach him"
    RIGHT_PERSON = "it is the right person"
    HAS_TIME = "he has a moment"
    BROKEN = "the opening asked for the day: a broken promise, or he rings back"
    ALL_RECEIVED = "all was received"
    PROBLEM = "there is a problem"
    NAMES_DAY = "he names a day"
    TELLS = "he tells what is the matter"
    GIVES_REASON = "the reason is clear"
    ANSWERABLE = "its answer leads to the question when"
    NEEDS_NOTING = "it is to be noted: a dispute, a payment, a contact"
    CANNOT_AT_ONCE = "he cannot pay at once"
    ACCEPTABLE = "the proposal is acceptable"
    NOT_ACCEPTABLE = "the ultimatum was said"
    CONCRETE = "it is concrete, or sure that nothing is agreed"
    SAYS_YES = "he says yes"
    CORRECTS = "he corrects"
    NOT_NOW = "it does not suit now: a day and an hour"
    ASKS = "he asks for something: it is noted as ours, with an hour"
    VULNERABLE = "illness, death, distress"
    INSOLVENT = "bankruptcy, or protection from creditors"
    CUT_OFF = "he hangs up, or the line goes"
    CLOSED = "one has taken leave"
    AGAIN = "one dials again"


_S, _E = Stage, Event

TALKING = (_S.OPENING, _S.RECEIVED, _S.WHEN, _S.LISTEN, _S.REASON, _S.NEGOTIATE, _S.AGREE, _S.RECAP)
"""The stages in which one speaks with the right person and the demand stands."""

TRANSITIONS: tuple[tuple[Stage, Event, Stage], ...] = (
    (_S.DIAL, _E.ANSWERED, _S.WHO),
    *((s, e, _S.SAVE) for e in (_E.NOT_ANSWERED, _E.VOICEMAIL) for s in NOBODY_YET),
    (_S.WHO, _E.PUT_THROUGH, _S.WHO),
    (_S.WHO, _E.SOMEBODY_ELSE, _S.SAVE),
    (_S.WHO, _E.NOT_NOW, _S.SAVE),
    (_S.WHO, _E.RIGHT_PERSON, _S.OPENING),
    (_S.OPENING, _E.HAS_TIME, _S.RECEIVED),
    (_S.OPENING, _E.BROKEN, _S.LISTEN),
    (_S.RECEIVED, _E.ALL_RECEIVED, _S.WHEN),
    (_S.RECEIVED, _E.PROBLEM, _S.LISTEN),
    (_S.WHEN, _E.NAMES_DAY, _S.AGREE),
    (_S.WHEN, _E.TELLS, _S.LISTEN),
    (_S.WHEN, _E.GIVES_REASON, _S.REASON),
    (_S.LISTEN, _E.NAMES_DAY, _S.AGREE),
    (_S.LISTEN, _E.GIVES_REASON, _S.REASON),
    (_S.REASON, _E.ANSWERABLE, _S.WHEN),
    (_S.REASON, _E.NEEDS_NOTING, _S.AGREE),
    (_S.REASON, _E.CANNOT_AT_ONCE, _S.NEGOTIATE),
    (_S.NEGOTIATE, _E.TELLS, _S.LISTEN),
    (_S.NEGOTIATE, _E.ACCEPTABLE, _S.AGREE),
    (_S.NEGOTIATE, _E.NOT_ACCEPTABLE, _S.AGREE),
    (_S.AGREE, _E.GIVES_REASON, _S.REASON),
    (_S.AGREE, _E.CANNOT_AT_ONCE, _S.NEGOTIATE),
    (_S.AGREE, _E.CONCRETE, _S.RECAP),
    (_S.RECAP, _E.CORRECTS, _S.AGREE),
    (_S.RECAP, _E.SAYS_YES, _S.SAVE),
    *((s, _E.NOT_NOW, _S.AGREE) for s in TALKING if s not in (_S.AGREE, _S.RECAP)),
    *((s, _E.ASKS, s) for s in TALKING),
    *((s, e, _S.STOP) for e in (_E.VULNERABLE, _E.INSOLVENT) for s in (_S.WHO, *TALKING)),
    *((s, _E.CUT_OFF, _S.SAVE) for s in (_S.WHO, *TALKING, _S.STOP)),
    (_S.STOP, _E.CLOSED, _S.SAVE),
    (_S.SAVE, _E.AGAIN, _S.DIAL),
)

BACK: dict[Stage, Stage] = {
    _S.WHO: _S.DIAL,
    _S.OPENING: _S.WHO,
    _S.RECEIVED: _S.OPENING,
    _S.WHEN: _S.RECEIVED,
    _S.LISTEN: _S.WHEN,
    _S.REASON: _S.LISTEN,
    _S.NEGOTIATE: _S.REASON,
    _S.AGREE: _S.NEGOTIATE,
    _S.STOP: _S.LISTEN,
    _S.RECAP: _S.AGREE,
    _S.SAVE: _S.RECAP,
}
"""Where one goes back to when nothing else is known; a screen that knows its path uses `conversation.before`."""


def leads_to(stage: Stage, event: Event) -> Stage | None:
    """The stage that ``event`` leads to; None when it cannot happen at ``stage``."""
    return next((target for source, by, target in TRANSITIONS if (source, by) == (stage, event)), None)


class Topic(StrEnum):
    """What can be spoken of."""

    OURSELVES = "ourselves"  # who calls, and for whom
    SUBJECT = "subject"  # what was delivered
    MONEY = "money"  # amounts, invoices, days
    OFFER = "offer"  # what we would accept


_T = Topic
_MAY: dict[Stage, tuple[Topic, ...]] = {
    **dict.fromkeys(NOBODY_YET, (_T.OURSELVES,)),
    **dict.fromkeys((_S.OPENING, _S.RECEIVED), (_T.OURSELVES, _T.SUBJECT)),
    **dict.fromkeys((_S.WHEN, _S.LISTEN, _S.REASON), (_T.OURSELVES, _T.SUBJECT, _T.MONEY)),
    **dict.fromkeys((_S.NEGOTIATE, _S.AGREE, _S.RECAP, _S.SAVE), tuple(_T)),
    _S.STOP: (_T.OURSELVES, _T.SUBJECT),
}


@dataclass(frozen=True, slots=True)
class Sayable:
    """What may be said now, and what not yet, with until when. ``money`` is whether amounts may be said."""

    now: tuple[Sentence, ...]
    not_yet: tuple[Sentence, ...]
    money: bool


def may_be_said(stage: Stage, *, known: bool, person: bool, broken: bool = False) -> Sayable:
    """``known``: it is sure who is on the line; ``person``: a consumer or sole trader, of whom others hear only who called;
    ``broken``: the opening is about a promise, so that its amount may be said at once (D4)."""
    topics = topics_at(stage, known=known, person=person, broken=broken)
    left = tuple(t for t in Topic if t not in topics)
    return Sayable(
        tuple(say(f"topic.{t.value}") for t in topics),
        tuple(
            say("topic.not_yet", what=say(f"topic.{t.value}"), until=_until(stage, t, known=known))
            for t in left
        ),
        Topic.MONEY in topics,
    )


def topics_at(stage: Stage, *, known: bool, person: bool, broken: bool = False) -> tuple[Topic, ...]:
    """What may be spoken of, see `may_be_said`."""
    if not known:
        return (_T.OURSELVES,) if person or stage in NOBODY_YET else (_T.OURSELVES, _T.SUBJECT)
    if broken and stage is _S.OPENING:
        return (_T.OURSELVES, _T.SUBJECT, _T.MONEY)
    return _MAY[stage]


def _until(stage: Stage, topic: Topic, *, known: bool) -> Sentence:
    if not known or stage in NOBODY_YET:
        return say("topic.until_identity")
    if stage is _S.STOP:
        return say("topic.until_colleague")
    return say("topic.until_proposal") if topic is _T.OFFER else say("topic.until_received")


def mermaid() -> str:
    """The table as a Mermaid state diagram: what happens between two stages on one arrow."""
    edges: dict[tuple[Stage, Stage], list[str]] = {}
    for source, by, target in TRANSITIONS:
        edges.setdefault((source, target), []).append(by.value)
    lines = ["stateDiagram-v2", f"    [*] --> {_S.DIAL.value}", f"    [*] --> {_S.WHO.value}: he rings"]
    lines += [f"    {s.value} --> {t.value}: {' / '.join(by)}" for (s, t), by in edges.items()]
    return "\n".join([*lines, f"    {_S.SAVE.value} --> [*]"])


_HEAD = """# The stages of a conversation

Drawn from the table in `beluur/domain/conversation_table.py` (`python -m beluur.domain.conversation_table`); a test fails when
they differ. The arrows are what usually happens. Beside them one may go back from any stage, and to any other at any time: a
conversation is no form. What does change with the stage is what may be said.
"""

_FOOT = """As long as it is not sure who is on the line: ourselves, and at a company what was delivered; to others than the person
himself nothing else.
"""


def page() -> str:
    """The whole of docs/conversation.md."""
    rows = ["| stage | may be spoken of | back to |", "|---|---|---|"]
    for stage in Stage:
        back = BACK[stage].value if stage in BACK else ""
        rows.append(f"| {stage.value} | {', '.join(t.value for t in _MAY[stage])} | {back} |")
    table = "\n".join(rows)
    return f"{_HEAD}\n```mermaid\n{mermaid()}\n```\n\n{table}\n\n{_FOOT}"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - printing is what this is for
