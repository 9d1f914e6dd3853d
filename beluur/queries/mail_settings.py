"""Where mail leaves through, without its secret; and what of the creditor's own data mails still lack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from beluur.domain.message_state import MessageState
from beluur.store.models import Administration, Document, Message


@dataclass(frozen=True, slots=True)
class MailSettings:
    """``has_secret``: a password or token is kept; it is never shown. ``waiting``: mails that a person must send himself."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    sign_in: str = "password"
    username: str = ""
    has_secret: bool = False
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    copy_to: str = ""
    authorities: str = ""
    provider: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """The general terms that go along with a mail."""

    document_id: int
    name: str
    size: int
    at: datetime


def mail_settings(administration_id: int) -> MailSettings:
    """What is set; the defaults when nothing is. The sender is proposed from the creditor's own data."""
    a = Administration.objects.get(id=administration_id)
    kept = {k: v for k, v in a.smtp.items() if k != "secret"}
    proposed = {"sender": a.email, "sender_name": a.name, "username": a.email}
    waiting = Message.objects.filter(administration_id=administration_id, state=MessageState.NOT_SENT).count()
    return MailSettings(**(proposed | kept), has_secret=bool(a.smtp.get("secret")), waiting=waiting)


def missing_in_mails(administration_id: int) -> tuple[str, ...]:
    """Which of iban, address, phone, e-mail the creditor has not filled in, though mails use them."""
    names = ("iban", "address", "phone", "email")
    row = Administration.objects.values_list(*names).get(id=administration_id)
    return tuple(name for name, value in zip(names, row, strict=True) if not value.strip())


def terms_of(administration_id: int) -> Terms | None:
    """The general terms, when there are any."""
    terms_id = Administration.objects.values_list("terms_id", flat=True).get(id=administration_id)
    rows = Document.objects.filter(administration_id=administration_id, id=terms_id or 0)
    row = rows.values_list("id", "name", "size", "created_at").first()
    return Terms(*row) if row else None
