"""Which of our mails a mail answers: by what it refers to, by the token in our address, else by subject and sender (E3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from beluur.importers.mail import MailRecord
from beluur.mailroom.clean import bare_subject
from beluur.queries.message_file import TOKEN_LENGTH
from beluur.store.models import Contact, Debtor, Message

_BY_SUBJECT = timedelta(days=60)
_BOUNCES_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Answered:
    """``known``: its sender is who we wrote to, or is on file at that debtor; otherwise a person looks who it is. ``by_subject``:
    it names nothing that only who had our mail can know."""

    message: Message
    known: bool
    by_subject: bool = False


def answered_mail(administration_id: int, record: MailRecord, now: datetime) -> Answered | None:
    """The mail of ours, that went to a debtor; None when it answers none."""
    ours = Message.objects.filter(administration_id=administration_id, debtor__isnull=False)
    if record.message_id and ours.filter(message_id=record.message_id).exists():
        return None  # the copy to ourselves of a mail that corrects an earlier one
    message = None
    for named in record.answers:
        message = message or ours.filter(message_id=named).first()
    if message is None and len(record.token) >= TOKEN_LENGTH:
        message = ours.filter(message_id__startswith=record.token).first()
    if message is not None:
        return Answered(message, _is_known(message, record.sender))
    subject = _bare(record.subject)
    if not subject or not record.sender or subject == _flat(record.subject):
        return None
    his = Contact.objects.filter(
        administration_id=administration_id, removed_at=None, email__iexact=record.sender
    )
    wrote = Q(to__iexact=record.sender) | Q(debtor__email__iexact=record.sender)
    to_him = ours.filter(wrote | Q(debtor_id__in=his.values("debtor_id")), sent_at__gte=now - _BY_SUBJECT)
    recent = to_him.order_by("-sent_at", "-id")[:50]
    known = next((m for m in recent if _flat(m.subject) == subject), None)
    return Answered(known, known=True, by_subject=True) if known else None


def _bare(subject: str) -> str:
    """Without *Re:*; a subject that had none answers nothing."""
    return bare_subject(_flat(subject))


def _flat(subject: str) -> str:
    return " ".join(subject.split()).casefold()


def bounced_mail(administration_id: int, record: MailRecord, now: datetime) -> Message | None:
    """The mail of ours that did not arrive; None when the notice is about none that went there."""
    if record.bounce is None:
        return None
    ours = Message.objects.filter(administration_id=administration_id, debtor__isnull=False)
    to_him = ours.filter(to__iexact=record.bounce.address)
    if record.bounce.message_id:
        return to_him.filter(message_id=record.bounce.message_id).first()
    return to_him.filter(sent_at__gte=now - _BOUNCES_WITHIN).order_by("-sent_at", "-id").first()


def _is_known(message: Message, sender: str) -> bool:
    if not sender:
        return False
    if message.to.strip().lower() == sender:
        return True
    here = {"administration_id": message.administration_id}
    at_him = Contact.objects.filter(**here, debtor=message.debtor, removed_at=None, email__iexact=sender)
    own = Debtor.objects.filter(**here, id=message.debtor_id or 0, email__iexact=sender)
    return own.exists() or at_him.exists()
