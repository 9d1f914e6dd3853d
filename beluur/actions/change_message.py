"""What a person does with a mail: takes it back, sends it again, or says that it went out. All by the table of its states."""

from __future__ import annotations

from typing import Any

from beluur.actions.answer_mail_in import open_again
from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.mail_left import mail_left
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.queue_mail import new_message_id, why_not_sent
from beluur.domain.message_state import Cause, MessageState, may, states_before
from beluur.store.models import Administration, Message
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say


def withdraw_message(doer: Doer, message_id: int) -> None:
    """Undo: it does not leave. Refused when it has left, or is leaving. What was agreed stands."""

    def do() -> dict[str, Any]:
        _withdraw(doer, _locked(doer, message_id, Cause.UNDONE, say("outbox.already_gone")))
        return {}

    once(doer, "withdraw_message", do)


def withdraw_waiting(doer: Doer, debtor_id: int) -> None:
    """In the running transaction, the debtor locked: what was to go to him is taken back; a colleague is still asked."""
    rows = Message.objects.filter(administration_id=doer.administration_id, debtor_id=debtor_id)
    waiting = rows.filter(state__in=states_before(Cause.UNDONE)).exclude(kind="delivery_question")
    for message in waiting.select_for_update().order_by("id"):
        _withdraw(doer, message)


def _withdraw(doer: Doer, message: Message) -> None:
    message.state = MessageState.WITHDRAWN
    message.save(update_fields=["state"])
    open_again(message)
    said = say("event.mail_withdrawn", kind=_kind(message), to=message.to or "?")
    _tell(doer, message, "mail_withdrawn", said)


def resend_message(doer: Doer, message_id: int, *, to: str | None = None) -> None:
    """Failed, not sent or uncertain: into the queue again, to another address when ``to`` is given. Its Message-ID stays, so that
    a server which had it may recognise it. Refused when there is still no server or address."""

    def do() -> dict[str, Any]:
        message = _locked(doer, message_id, Cause.AGAIN, say("outbox.not_again"))
        message.to = message.to if to is None else to.strip()
        house = Administration.objects.only("kind", "smtp").get(id=doer.administration_id)
        if why := why_not_sent(house, message.to):
            raise Refused(why, "to")
        if message.state == MessageState.NOT_SENT and message.claimed_at is None:
            message.message_id = new_message_id(str(house.smtp.get("sender", "")))  # no server had it yet
        message.state, message.tries, message.problem = MessageState.QUEUED, 0, {}
        message.send_after, message.copy_to = doer.at, str(house.smtp.get("copy_to", ""))
        message.save(update_fields=["to", "copy_to", "message_id", "state", "tries", "problem", "send_after"])
        _tell(doer, message, "mail_again", say("event.mail_again", kind=_kind(message), to=message.to))
        return {}

    once(doer, "resend_message", do)


def mark_message_sent(doer: Doer, message_id: int) -> None:
    """A person saw that it arrived, or sent the .eml himself: it counts as sent."""

    def do() -> dict[str, Any]:
        message = _locked(doer, message_id, Cause.SEEN, say("outbox.not_to_mark"))
        message.state, message.sent_at, message.problem = MessageState.SENT, doer.at, {}
        message.save(update_fields=["state", "sent_at", "problem"])
        mail_left(doer, message)
        return {}

    once(doer, "mark_message_sent", do)


def _locked(doer: Doer, message_id: int, cause: Cause, refusal: Sentence) -> Message:
    rows = Message.objects.filter(administration_id=doer.administration_id, id=message_id)
    lock_debtors(doer.administration_id, rows.values_list("debtor_id", flat=True))
    message = rows.select_for_update().get()
    if not may(message.state, cause):
        raise Refused(refusal)
    return message


def _kind(message: Message) -> Sentence:
    return say(f"outbox.kind.{message.kind}")


def _tell(doer: Doer, message: Message, kind: str, said: Sentence) -> None:
    if message.debtor_id is not None:
        facts = {"message": message.id}
        put_on_record(doer, Happening(message.debtor_id, kind, said, facts=facts, call_id=message.call_id))
