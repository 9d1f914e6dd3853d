"""Takes in one mail from the mailbox: to the dossier of what it answers, once. Only a plain yes confirms (E3); a bounce makes the
address bad; what a machine wrote is never answered; all else waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from beluur.actions.answered_mail import Answered, answered_mail, bounced_mail
from beluur.actions.keep_bytes import keep_bytes
from beluur.actions.keep_document import safe_name
from beluur.actions.mail_bounced import mail_bounced
from beluur.actions.note_delivery import BY
from beluur.actions.note_reply import agree_by_mail
from beluur.actions.once import Doer, put_on_record
from beluur.actions.touched import facts_changed
from beluur.domain.local_time import local_day
from beluur.domain.reply import Answer, Reply, read_reply
from beluur.importers.mail import Attached, MailRecord, read_mail
from beluur.importers.mail_vouched import Vouched, vouched
from beluur.queries.replies import vouched_line
from beluur.store.models import Debtor, Document, Instalment, Mailbox, MailIn, Message, Promise
from beluur.store.save import Happening
from beluur.values.sentence import Sentence, say

_LONGEST_NOTE = 4000
_STARTS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class TakenIn:
    """``mail_in_id`` is None when it was not kept; ``problem`` says why when it could not be read."""

    mail_in_id: int | None = None
    problem: Sentence | None = None


def take_in_mail(administration_id: int, raw: bytes, now: datetime) -> TakenIn:
    """What answers nothing of ours is left where it is; the same mail again changes nothing."""
    read = read_mail("mail", raw)
    record = read.record
    if record is None:
        return TakenIn(problem=read.problems[0].sentence)
    mail_id = record.message_id or f"sha256-{sha256(raw).hexdigest()}"
    with transaction.atomic():
        bounced = bounced_mail(administration_id, record, now)
        answered = Answered(bounced, known=True) if bounced else None
        if record.bounce is None:
            answered = answered_mail(administration_id, record, now)
        if answered is None:
            return TakenIn()
        debtor = _debtor(answered.message)
        if MailIn.objects.filter(administration_id=administration_id, mail_id=mail_id).exists():
            return TakenIn()
        mail = _row(answered, debtor, record, mail_id, now)
        mail.problems = [p.sentence.to_json() for p in read.problems]
        reply = _judge(mail, answered, debtor, record)
        if record.bounce is None:  # what comes back with one is our own mail: nothing for the dossier
            mail.documents = [_keep(debtor, one, now) for one in record.attachments]
        mail.save(force_insert=True)
        _follow(mail, debtor, record, reply)
        return TakenIn(mail.id)


def _debtor(message: Message) -> Debtor:
    """Whose it is, locked; of who was merged into another, that other."""
    rows = Debtor.objects.select_for_update().filter(administration_id=message.administration_id)
    debtor = rows.get(id=message.debtor_id or 0)
    while debtor.merged_into_id is not None:
        debtor = rows.get(id=debtor.merged_into_id)
    return debtor


def _row(answered: Answered, debtor: Debtor, record: MailRecord, mail_id: str, now: datetime) -> MailIn:
    return MailIn(
        administration_id=debtor.administration_id,
        debtor=debtor,
        message=answered.message,
        mail_id=mail_id[:250],
        sender=record.sender,
        sender_name=record.sender_name,
        subject=record.subject,
        text=record.text,
        whole=record.whole,
        sent_at=record.sent,
        at=now,
        vouched=_vouched(debtor.administration_id, record).value,
    )


def _vouched(administration_id: int, record: MailRecord) -> Vouched:
    trusted = Mailbox.objects.filter(administration_id=administration_id).values_list("vouched_by", flat=True)
    return vouched(record.authentication, trusted.first() or "", record.sender)


def _judge(mail: MailIn, answered: Answered, debtor: Debtor, record: MailRecord) -> Reply:
    """Sets what it is and whether a person has to read it; gives what it says."""
    if record.bounce is not None:
        bounced = say("mail_in.bounced", address=record.bounce.address, answer=record.bounce.answer or "–")
        reply = Reply(Answer.OTHER, bounced)
        mail.kind, mail.state = "bounce", "taken"
    elif record.automatic:
        reply = Reply(Answer.OTHER, say("mail_in.automatic"))
        mail.kind, mail.state = "automatic", "taken"
    else:
        promise, parts = _confirmed(answered.message)
        today = local_day(mail.at, debtor.time_zone)
        names = f"{record.sender_name} {debtor.name}"
        reply = read_reply(record.text, today, debtor.language, confirmed=parts, names=names)
        reply = _held_back(reply, mail, answered, promise)
        mail.kind, mail.promise = reply.answer.value, promise
        mail.state = "confirmed" if reply.answer is Answer.AGREE else "open"
        mail.proposed = [[p.due.isoformat(), p.cents] for p in reply.parts if p.due is not None]
    mail.because = reply.because.to_json()
    return reply


def _confirmed(message: Message) -> tuple[Promise | None, tuple[tuple[date, int], ...]]:
    """The promise that this mail confirmed and that still stands as it told it."""
    if message.kind not in ("confirmation", "ask_confirm") or message.call_id is None:
        return None, ()
    here = {"administration_id": message.administration_id}
    newer = Message.objects.filter(**here, replaces=message).exclude(state="withdrawn")
    promise = Promise.objects.filter(**here, call_id=message.call_id, active=True, reserved=False).last()
    if promise is None or newer.exists() or promise.id != message.facts.get("promise", promise.id):
        return None, ()
    parts = Instalment.objects.filter(**here, promise=promise).order_by("number").values_list("due", "cents")
    return promise, tuple(parts)


def _held_back(reply: Reply, mail: MailIn, answered: Answered, promise: Promise | None) -> Reply:
    """A yes of somebody we do not know, that anybody could have written, or to what does not stand any more, is for a person."""
    if reply.answer is not Answer.AGREE:
        return reply
    if not answered.known:
        return Reply(Answer.OTHER, say("mail_in.unknown_sender"), reply.words)
    if mail.vouched == Vouched.NO or (answered.by_subject and mail.vouched != Vouched.YES):
        return Reply(Answer.OTHER, say("mail_in.anybody"), reply.words)
    return reply if promise else Reply(Answer.OTHER, say("mail_in.nothing_to_confirm"), reply.words)


def _keep(debtor: Debtor, attached: Attached, now: datetime) -> int:
    """An attachment as a file of the dossier; only what is surely a PDF or a picture is ever shown as such."""
    media = next(
        (m for start, m in _STARTS.items() if attached.content.startswith(start)), "application/octet-stream"
    )
    document = Document.objects.create(
        administration_id=debtor.administration_id,
        debtor=debtor,
        kind="other",
        name=safe_name(attached.name),
        sha256=keep_bytes(attached.content),
        size=attached.size,
        media_type=media,
        created_at=now,
    )
    return document.id


def _follow(mail: MailIn, debtor: Debtor, record: MailRecord, reply: Reply) -> None:
    doer = Doer(debtor.administration_id, mail.at, None, BY)
    if record.bounce is not None and mail.message is not None:
        mail_bounced(doer, debtor, mail.message, record.bounce)
        return
    if mail.state == "confirmed" and mail.promise is not None:
        agree_by_mail(doer, debtor, mail.promise, name=record.sender_name or record.sender)
    code = {"agree": "event.reply_confirmed", "automatic": "event.reply_automatic"}.get(
        mail.kind, "event.mail_in"
    )
    said = Sentence(code, {"who": record.sender_name or record.sender})
    evidence = {
        "mail_in": mail.id,
        "mail_id": mail.mail_id,
        "answers": mail.message_id,
        "promise": mail.promise_id,
        "vouched": mail.vouched,
    }
    happening = Happening(
        debtor.id,
        "mail_in",
        said,
        (reply.because, vouched_line(mail.vouched, mail.sender)),
        note=mail.text[:_LONGEST_NOTE],
        facts=evidence,
        call_id=mail.message.call_id if mail.message else None,
    )
    put_on_record(doer, happening)
    facts_changed(doer, [debtor.id])
