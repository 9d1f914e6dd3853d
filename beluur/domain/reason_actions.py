"""What each reason leads to: its action, one key away, the stage to go to, and what of it is kept (D7, D8, J11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from beluur.domain.call_report import DisputeCode
from beluur.domain.conversation import Answer, Stage
from beluur.playbook import ReasonCode
from beluur.values.sentence import Sentence, say

HUMAN_FIRST = "human_first"
"""All that is kept of illness, death or distress: a person looks at this first."""


class Action(StrEnum):
    """What is done about a reason while he is on the line."""

    MAIL_COPY = "mail_copy"
    DISPUTE = "dispute"
    OTHER_CONTACT = "other_contact"
    CONTACT_DETAILS = "contact_details"
    CHECK_BANK = "check_bank"
    ASK_RUN_DATE = "ask_run_date"
    CALLBACK = "callback"
    PROMISE = "promise"
    PLAN = "plan"
    STOP_INSOLVENCY = "stop_insolvency"
    HAND_TO_HUMAN = "hand_to_human"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Consequence:
    """``science`` is the code in the field's lists (A process, B cannot, C dispute, D delay or will not, E vulnerable);
    ``answer`` the field of the report that it opens; ``dispute`` the code that is filled in first."""

    action: Action
    stage: Stage
    science: str = ""
    answer: Answer | None = None
    dispute: DisputeCode | None = None

    @property
    def stops(self) -> bool:
        """The demand ends."""
        return self.stage is Stage.STOP


def _dispute(science: str, code: DisputeCode) -> Consequence:
    return Consequence(Action.DISPUTE, Stage.AGREE, science, Answer.DISPUTE, code)


def _promise(science: str, action: Action = Action.PROMISE) -> Consequence:
    return Consequence(action, Stage.AGREE, science, Answer.PROMISE)


_R = ReasonCode

CONSEQUENCES: Mapping[ReasonCode, Consequence] = {
    _R.NOT_RECEIVED: Consequence(Action.MAIL_COPY, Stage.WHEN, "A1"),
    _R.NEEDS_COPY: Consequence(Action.MAIL_COPY, Stage.WHEN, "A1"),
    _R.ALREADY_PAID: Consequence(Action.CHECK_BANK, Stage.AGREE, "A2", Answer.PAID),
    _R.RESPONSIBLE_ABSENT: Consequence(Action.CALLBACK, Stage.AGREE, "A3", Answer.CALLBACK),
    _R.WILL_PASS_ON: Consequence(Action.OTHER_CONTACT, Stage.AGREE, "A3", Answer.FORWARD),
    _R.WRONG_PERSON: Consequence(Action.CONTACT_DETAILS, Stage.WHO, "A3"),
    _R.AWAITS_APPROVAL: _promise("A4"),
    _R.NEEDS_PO_NUMBER: _dispute("A4", DisputeCode.DOCUMENT),
    _R.PAYMENT_RUN_DATE: _promise("A5", Action.ASK_RUN_DATE),
    _R.TERMS_DIFFER: _dispute("A6", DisputeCode.TERMS),
    _R.BANK_TROUBLE: _promise("A7"),
    _R.WAITING_FOR_OWN_PAYMENT: Consequence(Action.PLAN, Stage.NEGOTIATE, "B1", Answer.PROMISE),
    _R.CASH_PROBLEM: Consequence(Action.PLAN, Stage.NEGOTIATE, "B2", Answer.PROMISE),
    _R.INSOLVENCY: Consequence(Action.STOP_INSOLVENCY, Stage.STOP, "B3"),
    _R.DISPUTE_QUALITY: _dispute("C1", DisputeCode.QUALITY),
    _R.DISPUTE_DELIVERY: _dispute("C1", DisputeCode.QUANTITY),
    _R.CREDIT_NOTE_PROMISED: _dispute("C2", DisputeCode.RETURN),
    _R.BUSY_NOW: Consequence(Action.CALLBACK, Stage.AGREE, "D1", Answer.CALLBACK),
    _R.VAGUE_PROMISE: _promise("D2"),
    _R.REFUSES: Consequence(Action.NONE, Stage.AGREE, "D3", Answer.REFUSAL),
    _R.SICK_OR_DECEASED: Consequence(Action.HAND_TO_HUMAN, Stage.STOP, "E1"),
    _R.OTHER: Consequence(Action.NONE, Stage.LISTEN),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored of a reason: its code and the words that were noted with it."""

    code: str
    words: str = ""


def kept(code: ReasonCode, words: str = "") -> Kept:
    """What may be stored of ``code``. Of illness, death or distress neither the reason nor a word of it, only that a person looks
    at this first (GDPR art. 9)."""
    if CONSEQUENCES[code].action is Action.HAND_TO_HUMAN:
        return Kept(HUMAN_FIRST)
    return Kept(code.value, words.strip())


def reason_name(code: str) -> Sentence:
    """A reason as it is stored, by name; what is no reason (any more) is *other*."""
    known = code == HUMAN_FIRST or code in set(ReasonCode)
    return say(f"reason.{code if known else ReasonCode.OTHER.value}")
