"""Answers a mail that came in, from the dossier: to who wrote it, in his conversation, once; with that it is dealt with (E3)."""

from __future__ import annotations

from typing import Any

from beluur.actions.handle_mail_in import locked_mail
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.queue_mail import Outgoing, queue_mail, queued_line
from beluur.queries.mail_answer import answer_to_mail, answerable
from beluur.queries.mail_thread import thread_of_answer
from beluur.store.models import MailIn, Message
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

ANSWERED = "answered"


def answer_mail_in(doer: Doer, mail_in_id: int, words: str) -> int:
    """Gives the message's id; it waits half a minute, and taken back it leaves the mail open again. Refused at ``words`` when
    nothing was written, and when the mail was answered before. Raises MailIn.DoesNotExist, also of what a machine wrote."""

    def do() -> dict[str, Any]:
        answerable(doer.administration_id).values_list("id").get(id=mail_in_id)
        mail, debtor = locked_mail(doer, mail_in_id)
        if mail.state == ANSWERED:
            raise Refused(say("mail_in.answered_before"))
        if not words.strip():
            raise Refused(say("mail_in.no_answer"), "words")
        message = _send(doer, mail, words)
        mail.state, mail.handled_by_id, mail.handled_at = ANSWERED, doer.user_id, doer.at
        mail.save(update_fields=["state", "handled_by", "handled_at"])
        said = say("event.reply_answered", who=mail.sender_name or mail.sender)
        evidence = {"mail_in": mail.id, "mail_id": mail.mail_id, "message": message.id}
        told = (queued_line(message),)
        put_on_record(
            doer, Happening(debtor.id, "mail_in_answered", said, told, note=words.strip(), facts=evidence)
        )
        return {"message": message.id}

    return int(once(doer, "answer_mail_in", do)["message"])


def _send(doer: Doer, mail: MailIn, words: str) -> Message:
    mailing = answer_to_mail(mail, words, doer.at, caller=doer.name)
    thread = {"mail_in": mail.id, "thread": thread_of_answer(mail)}
    return queue_mail(doer, Outgoing(mailing, "reply", mail.debtor_id, facts=thread))


def open_again(message: Message) -> None:
    """The answer did not leave: what it answered waits for one again."""
    here = MailIn.objects.filter(administration_id=message.administration_id, state=ANSWERED)
    here.filter(id=message.facts.get("mail_in", 0)).update(state="open", handled_by=None, handled_at=None)
