"""What the call screen shows of a reason: the answer, the next question, what to note, and its action one key away (D7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from beluur.domain.conversation import Speaking, Stage, said
from beluur.domain.reason_actions import CONSEQUENCES, Action, reason_name
from beluur.domain.reason_talk import Heard, ReasonTalk, reason_talk
from beluur.playbook import Line, ReasonCode
from beluur.queries.call_screen import CallScreen
from beluur.queries.pages_opened import OpenedNow
from beluur.values.sentence import Sentence, say
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_reasons import reason_of, stop_of

GRID = (
    (ReasonCode.NOT_RECEIVED, "1"),
    (ReasonCode.ALREADY_PAID, "2"),
    (ReasonCode.PAYMENT_RUN_DATE, "3"),
    (ReasonCode.RESPONSIBLE_ABSENT, "4"),
    (ReasonCode.WILL_PASS_ON, "5"),
    (ReasonCode.WAITING_FOR_OWN_PAYMENT, "6"),
    (ReasonCode.CASH_PROBLEM, "7"),
    (ReasonCode.VAGUE_PROMISE, "8"),
    (ReasonCode.DISPUTE_QUALITY, "9"),
    (ReasonCode.DISPUTE_DELIVERY, "0"),
    (ReasonCode.NEEDS_PO_NUMBER, "-"),
    (ReasonCode.NEEDS_COPY, "="),
)
_REST = tuple(c for c in ReasonCode if c not in {code for code, _key in GRID} and c is not ReasonCode.OTHER)
_LABELS: Mapping[Action, tuple[Any, str]] = {
    Action.MAIL_COPY: (_("Mail de factuur nu"), "mail"),
    Action.DISPUTE: (_("Noteer de betwisting"), "message-square-warning"),
    Action.OTHER_CONTACT: (_("Noteer aan wie"), "forward"),
    Action.CONTACT_DETAILS: (_("Noteer wie het wel is"), "user-x"),
    Action.CHECK_BANK: (_("Noteer wanneer en hoeveel"), "landmark"),
    Action.ASK_RUN_DATE: (_("Noteer de dag van de ronde"), "calendar-clock"),
    Action.CALLBACK: (_("Spreek een uur af"), "calendar-clock"),
    Action.PROMISE: (_("Noteer de dag"), "hand-coins"),
    Action.PLAN: (_("Naar het voorstel"), "hand-coins"),
    Action.STOP_INSOLVENCY: (_("Leg vast en stop"), "ban"),
    Action.HAND_TO_HUMAN: (_("Leg vast: eerst kijkt een collega"), "ban"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """A reason in the grid: its name and its key (none for who is found by typing), and how often he gave it before."""

    code: str
    name: Sentence
    key: str
    times: int


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """The reason that is being answered. ``label`` and ``icon`` are of its action, ``go`` what the button sends: empty when there
    is none. ``mailed_to``: where the copies went during this call. ``stops``: the demand ends. ``lacks_copy``: he asks for what
    we cannot mail now."""

    code: ReasonCode
    name: Sentence
    talk: ReasonTalk
    label: Any
    icon: str
    go: str
    mailed_to: str
    stops: bool
    lacks_copy: bool = False

    @property
    def mailed(self) -> bool:
        """Whether the copies left."""
        return bool(self.mailed_to)


def grid(screen: CallScreen) -> tuple[Key, ...]:
    """Twelve reasons with a key, then the others; type-ahead finds them all."""
    codes = (*GRID, *((code, "") for code in _REST))
    return tuple(Key(c.value, reason_name(c.value), key, _times(screen, c)) for c, key in codes)


def given_before(screen: CallScreen) -> tuple[Sentence, ...]:
    """The reasons that he gave in earlier calls, the most often given first (D7)."""
    return tuple(
        say("letter.reason_often", reason=reason_name(g.code), times=g.times, last=g.last_on)
        if g.times > 1
        else say("letter.reason", reason=reason_name(g.code), last=g.last_on)
        for g in screen.given.values()
    )


def _times(screen: CallScreen, code: ReasonCode) -> int:
    given = screen.given.get(code.value)
    return given.times if given else 0


def reason_shown(draft: Draft, screen: CallScreen, speaking: Speaking) -> ReasonShown | None:
    """The reason that is answered at this stage; None when none is."""
    code = reason_of(draft)
    if code is None or draft.stage not in (Stage.REASON, Stage.STOP):
        return None
    given = screen.given.get(code.value)
    heard = Heard(code, sure=is_sure(draft, screen), given=given.days if given else ())
    consequence = CONSEQUENCES[code]
    label, icon = _LABELS.get(consequence.action, ("", ""))
    possible = consequence.action is not Action.MAIL_COPY or screen.has_copies
    lacks = not possible and (draft.reached or not speaking.person)
    talk = reason_talk(heard, speaking, known=draft.reached)
    return ReasonShown(
        code=code,
        name=reason_name(code.value),
        talk=_without_copy(talk, speaking) if lacks else talk,
        label=label,
        icon=icon,
        go="act" if label and possible else "",
        lacks_copy=lacks,
        mailed_to=draft.text("mailed"),
        stops=stop_of(draft) is not None,
    )


def _without_copy(talk: ReasonTalk, speaking: Speaking) -> ReasonTalk:
    """Nobody says that he mails it now when there is nothing to mail."""
    answer, ask = said(speaking, "ours.no_copy"), said(speaking, "ours.no_copy_ask")
    return replace(talk, answer=answer, ask=ask, milder=None, note=answer.hint, wait="")


def is_sure(draft: Draft, screen: CallScreen) -> bool:
    """Whether our own delivery is sure (C3): he says so himself, or it is on record for all that is asked and nobody contests."""
    if draft.text("received") == "yes":
        return True
    asked = [i for i in screen.invoices if i.asked.cents > 0]
    return (
        bool(asked) and not screen.case.disputes and all(i.delivery or screen.debtor.delivery for i in asked)
    )


def seen_line(opened: OpenedNow | None, speaking: Speaking) -> Line | None:
    """What to ask once he has the invoice before him; None while that is not known."""
    return said(speaking, "ours.mail_seen") if opened is not None and opened.number else None


def reason_line(shown: ReasonShown, speaking: Speaking) -> Line:
    """What to say: the answer; once the copies have left, that they are in his mailbox."""
    if shown.mailed:
        return said(speaking, "ours.mailed", email=shown.mailed_to)
    return shown.talk.answer
