"""A mail from the outbox as the bytes that leave, with its papers: for the worker, and to be opened as .eml by a person."""

from __future__ import annotations

from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from beluur.domain.message_state import MessageState
from beluur.mailroom.clean import file_name
from beluur.mailroom.compose import ComposedMail
from beluur.mailroom.mime import AddressProblem, Attachment, Envelope, header_address, message_bytes
from beluur.mailroom.page_address import with_token
from beluur.mailroom.payment import InlineImage
from beluur.mailroom.texts_file import MailKind
from beluur.queries.mail_thread import thread_of
from beluur.store.kept_bytes import kept_bytes
from beluur.store.models import Administration, Document, Mailbox, Message, PersonalLink
from beluur.store.sealing import unseal

TOKEN_LENGTH = 16  # of a Message-ID, which nobody guesses; stands in the address to answer to
NOBODY = "onbekend@beluur.invalid"  # stands in a file that cannot leave: .invalid is reserved for that


@dataclass(frozen=True, slots=True)
class MessageFile:
    """``name`` ends in .eml."""

    name: str
    content: bytes


def message_file(administration_id: int, message_id: int) -> MessageFile:
    """The mail as a file. One that has not left opens as a draft. Raises Message.DoesNotExist."""
    message = Message.objects.get(administration_id=administration_id, id=message_id)
    envelope = envelope_of(message)
    shown = Envelope(
        sender=_usable(envelope.sender),
        to=_usable(envelope.to),
        message_id=envelope.message_id,
        date=envelope.date,
        sender_name=envelope.sender_name,
        to_name=envelope.to_name,
        thread=envelope.thread,
        automatic=envelope.automatic,
    )
    content = message_bytes(mail_of(message), shown, attachments_of(message))
    draft = b"" if message.state == MessageState.SENT else b"X-Unsent: 1\r\n"
    return MessageFile(file_name(f"{message.subject}.eml"), draft + content)


def envelope_of(message: Message) -> Envelope:
    """From whom, to whom, under which mails; the sender is the one that is set now, the date that of its last try."""
    a = Administration.objects.get(id=message.administration_id)
    left = message.sent_at or message.claimed_at or message.created_at
    return Envelope(
        sender=str(a.smtp.get("sender") or a.email),
        to=message.to,
        message_id=message.message_id,
        date=left.astimezone(ZoneInfo(a.time_zone)),
        sender_name=str(a.smtp.get("sender_name") or a.name),
        to_name=str(message.facts.get("to_name", "")),
        reply_to=_reply_to(a, message),
        copies=(message.copy_to,) if message.copy_to else (),
        thread=thread_of(message),
        automatic=message.by_id is None,
    )


def _reply_to(a: Administration, message: Message) -> str:
    """Where an answer goes: with the token of this mail when the mailbox takes such addresses."""
    set_to = str(a.smtp.get("reply_to", ""))
    plus = Mailbox.objects.filter(administration_id=a.id, plus=True).exists()
    name, at, domain = (set_to or str(a.smtp.get("sender") or a.email)).strip().rpartition("@")
    token = message.message_id[:TOKEN_LENGTH]
    if not plus or message.debtor_id is None or "+" in name or not (at and name and token.isalnum()):
        return set_to
    return f"{name}+{token}@{domain}"


def mail_of(message: Message) -> ComposedMail:
    """The composed mail as it was stored; until it has left with the token of its reader's page."""
    images = tuple(InlineImage(i["cid"], b64decode(i["base64"]), i["media_type"]) for i in message.inline)
    kind = MailKind(message.facts["mail_kind"])
    text, html = message.text, message.html
    if token := _token_of(message):
        text, html = with_token(text, token), with_token(html, token)
    return ComposedMail(kind, message.subject, text, html, message.language, images)


def _token_of(message: Message) -> str:
    links = PersonalLink.objects.filter(administration_id=message.administration_id, message_id=message.id)
    return unseal(links.values_list("sealed", flat=True).first() or "")


def attachments_of(message: Message) -> tuple[Attachment, ...]:
    """The papers that go along, in order. Raises FileNotFoundError for bytes that are gone."""
    rows = Document.objects.filter(administration_id=message.administration_id, id__in=message.documents)
    by_id = {row.id: row for row in rows}
    names = message.facts.get("names", {})
    found = (by_id[i] for i in message.documents if i in by_id)
    return tuple(Attachment(names.get(str(d.id), d.name), kept_bytes(d.sha256), d.media_type) for d in found)


def _usable(address: str) -> str:
    with suppress(AddressProblem):
        header_address(address)
        return address
    return NOBODY
