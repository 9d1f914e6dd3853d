"""To which conversation a mail of ours belongs: what it answers, and what went before that."""

from __future__ import annotations

from beluur.store.models import MailIn, Message

_LONGEST_ID = 250  # a longer one was cut when it was kept
_MADE_UP = "sha256-"  # stands for that of a mail that had none


def thread_of_answer(mail: MailIn) -> list[str]:
    """The message-ids of the conversation that an answer to ``mail`` goes on with, the oldest first; the last is answered."""
    ours = mail.message.message_id if mail.message else ""
    has_own = not mail.mail_id.startswith(_MADE_UP) and len(mail.mail_id) < _LONGEST_ID
    return [i for i in (ours, mail.mail_id if has_own else "") if i]


def thread_of(message: Message) -> tuple[str, ...]:
    """The same of a mail in the outbox that answers one; empty when it answers none."""
    return tuple(str(i) for i in message.facts.get("thread", ()))
