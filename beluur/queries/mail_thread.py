"""Which mails a mail stands under, so that a debtor's mail program shows one conversation for a dossier."""

from __future__ import annotations

from beluur.domain.message_state import MessageState
from beluur.store.models import MailIn, Message
from beluur.store.models.mail_in import BY_MACHINE

_OUT = (MessageState.SENT, MessageState.UNCERTAIN)
_TO_A_COLLEAGUE = "delivery_question"
_LONGEST_ID = 250  # a longer one was cut when it was kept
_MADE_UP = "sha256-"  # stands for that of a mail that had none


def thread_of_answer(mail: MailIn) -> list[str]:
    """The message-ids of the conversation that an answer to ``mail`` goes on with, the oldest first; the last is answered."""
    ours = mail.message.message_id if mail.message else ""
    has_own = not mail.mail_id.startswith(_MADE_UP) and len(mail.mail_id) < _LONGEST_ID
    return [i for i in (ours, mail.mail_id if has_own else "") if i]


def thread_of(message: Message) -> tuple[str, ...]:
    """The message-ids for *References*, the first of the dossier in front; the last of them is the one that is answered. Empty
    for the first mail, and for what does not go to the debtor. A correction answers what it corrects, an answer what he wrote."""
    if answered := message.facts.get("thread"):
        return tuple(str(i) for i in answered)
    if message.debtor_id is None or message.kind == _TO_A_COLLEAGUE:
        return ()
    here = {"administration_id": message.administration_id, "debtor_id": message.debtor_id}
    ours = Message.objects.filter(**here, id__lt=message.id, state__in=_OUT).exclude(kind=_TO_A_COLLEAGUE)
    sent = list(ours.order_by("id").values_list("id", "message_id", "sent_at", "created_at"))
    if message.replaces_id:
        answered = next((name for i, name, *_ in sent if i == message.replaces_id), "")
        if answered:
            return tuple(dict.fromkeys((sent[0][1], answered)))
    said = MailIn.objects.filter(**here, at__lt=message.created_at).exclude(kind__in=BY_MACHINE)
    his = said.order_by("-at").values_list("mail_id", "at").first()
    last = sent[-1] if sent else None
    names = [sent[0][1], last[1]] if last else []
    if his and (last is None or his[1] > (last[2] or last[3])):
        names.append(his[0])
    return tuple(dict.fromkeys(names))
