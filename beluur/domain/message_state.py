"""The states of an outgoing mail, and which leads to which: the one table that the actions and docs/message-states.md follow.

The row is the job. What a crash left in *sending* becomes *uncertain*: nobody knows whether it left, so it is never sent again by
itself; a person says that it arrived, or sends it again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from beluur.domain.state_page import state_page


class MessageState(StrEnum):
    """Where a mail is on its way out."""

    HELD = "held"  # may still be undone
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    NOT_SENT = "not_sent"  # no mail server is set, nobody is signed in there, or no address is known
    WITHDRAWN = "withdrawn"


class Cause(StrEnum):
    """What brings a mail from one state to the next."""

    CLAIMED = "the worker takes it"
    ACCEPTED = "the server took it"
    LATER = "the server asks to try later"
    REFUSED = "the server refuses it, or too often asked to try later"
    BOUNCED = "it comes back, or its server says that it cannot be delivered"
    SIGNED_OUT = "the provider of the mailbox asks for a new sign-in"
    LOST = "the worker stopped half-way, or the line broke at the end"
    UNDONE = "a person takes it back"
    AGAIN = "a person sends it again"
    SEEN = "a person says that it went out"


_S, _C = MessageState, Cause

TRANSITIONS: tuple[tuple[MessageState, Cause, MessageState], ...] = (
    (_S.HELD, _C.CLAIMED, _S.SENDING),
    (_S.HELD, _C.UNDONE, _S.WITHDRAWN),
    (_S.QUEUED, _C.CLAIMED, _S.SENDING),
    (_S.QUEUED, _C.UNDONE, _S.WITHDRAWN),
    (_S.SENDING, _C.ACCEPTED, _S.SENT),
    (_S.SENDING, _C.LATER, _S.QUEUED),
    (_S.SENDING, _C.REFUSED, _S.FAILED),
    (_S.SENDING, _C.SIGNED_OUT, _S.NOT_SENT),
    (_S.SENDING, _C.LOST, _S.UNCERTAIN),
    (_S.SENT, _C.BOUNCED, _S.FAILED),
    (_S.UNCERTAIN, _C.BOUNCED, _S.FAILED),
    (_S.UNCERTAIN, _C.ACCEPTED, _S.SENT),
    (_S.UNCERTAIN, _C.SEEN, _S.SENT),
    (_S.UNCERTAIN, _C.AGAIN, _S.QUEUED),
    (_S.FAILED, _C.AGAIN, _S.QUEUED),
    (_S.FAILED, _C.SEEN, _S.SENT),
    (_S.FAILED, _C.UNDONE, _S.WITHDRAWN),
    (_S.NOT_SENT, _C.AGAIN, _S.QUEUED),
    (_S.NOT_SENT, _C.SEEN, _S.SENT),
    (_S.NOT_SENT, _C.UNDONE, _S.WITHDRAWN),
)
FIRST = (_S.HELD, _S.QUEUED, _S.NOT_SENT)
UNDERWAY = (_S.HELD, _S.QUEUED, _S.SENDING, _S.UNCERTAIN)  # may be with the debtor, or soon will be
UNFINISHED = (*UNDERWAY, _S.NOT_SENT, _S.FAILED)  # and what a person has to look at

UNDO = timedelta(seconds=30)
LOST_AFTER = timedelta(minutes=10)
RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120))


def states_before(cause: Cause, target: MessageState | None = None) -> tuple[MessageState, ...]:
    """The states that ``cause`` may leave, towards ``target`` when it is given."""
    return tuple(s for s, c, t in TRANSITIONS if c is cause and (target is None or t is target))


def may(state: str, cause: Cause) -> bool:
    """Whether a mail in ``state`` may undergo ``cause``."""
    return state in states_before(cause)


def retry_at(tries: int, now: datetime) -> datetime | None:
    """When to try again after the ``tries``th try failed for now; None when it has been tried often enough."""
    return now + RETRY_AFTER[tries - 1] if 1 <= tries <= len(RETRY_AFTER) else None


def page() -> str:
    """The whole of docs/message-states.md."""
    return state_page("The states of an outgoing mail", "message_state", FIRST, TRANSITIONS)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - printing is what this is for
