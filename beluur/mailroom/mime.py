"""A composed mail and its envelope to the bytes of a message (.eml), the same bytes for the same input."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime

from beluur.mailroom.clean import file_name, one_line
from beluur.mailroom.compose import ComposedMail


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom, to whom, when. ``copies`` (to oneself) are in the SMTP envelope only, not in the headers.

    ``message_id`` with or without angle brackets; ``date`` is aware; ``thread`` are the message-ids that it stands under, the
    last of them the one that it answers; ``automatic``: nobody pressed a button for it (RFC 3834).
    """

    sender: str
    to: str
    message_id: str
    date: datetime
    sender_name: str = ""
    to_name: str = ""
    reply_to: str = ""
    copies: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along; ``media_type`` such as application/pdf."""

    name: str
    data: bytes
    media_type: str = "application/pdf"


class _MessageIds(UnstructuredHeader, BaseHeader):
    """Names of mails, one a line: the usual folding writes a long one in a way that no mail program reads as a name."""

    def fold(self, *, policy: Policy) -> str:
        """As it stands in the message."""
        return f"{self.name}: {f'{policy.linesep} '.join(str(self).split())}{policy.linesep}"


_HEADERS = HeaderRegistry()
for _name in ("in-reply-to", "references"):
    _HEADERS.map_to_type(_name, _MessageIds)
_POLICY = SMTP.clone(header_factory=_HEADERS)
_ID = re.compile(r"<?[!-;=?-~]{1,240}@[!-;=?-~]{1,240}>?")  # theirs come from outside: printable ASCII


class AddressProblem(ValueError):  # noqa: N818 - bad input, not an error of ours
    """``address`` cannot stand in a header or an SMTP envelope."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def message_bytes(mail: ComposedMail, envelope: Envelope, attachments: Sequence[Attachment] = ()) -> bytes:
    """The message with CRLF lines: text and HTML as alternatives, the picture related to the HTML, the files after them.

    Raises AddressProblem for an address that is none.
    """
    message = EmailMessage(policy=_POLICY)
    _put_headers(message, mail, envelope)
    message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", charset="utf-8", cte="quoted-printable")
    html = list(message.iter_parts())[1]
    for image in mail.images:
        kind, subtype = image.media_type.split("/")
        html.add_related(image.data, kind, subtype, cid=f"<{image.cid}>", disposition="inline")
    for attachment in attachments:
        _attach(message, attachment)
    message["Content-Language"] = (
        mail.language
    )  # after the parts: Content- headers move into the first of them
    _fix_boundaries(message, envelope.message_id)
    return message.as_bytes()


def _put_headers(message: EmailMessage, mail: ComposedMail, envelope: Envelope) -> None:
    message["From"] = header_address(envelope.sender, envelope.sender_name)
    message["To"] = header_address(envelope.to, envelope.to_name)
    if envelope.reply_to:
        message["Reply-To"] = header_address(envelope.reply_to, envelope.sender_name)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(envelope.date)
    message["Message-ID"] = _bracketed(envelope.message_id)
    if known := [_bracketed(name) for name in envelope.thread if _ID.fullmatch(one_line(name))]:
        message["In-Reply-To"] = known[-1]
        message["References"] = " ".join(known)
    if envelope.automatic:
        message["Auto-Submitted"] = "auto-generated"


def header_address(address: str, name: str = "") -> Address:
    """The address for a header. Raises AddressProblem when it is none."""
    local, at, domain = address.strip().rpartition("@")
    odd = any(c.isspace() or c in '<>(),;:"[]\\' or ord(c) < 32 for c in local + domain)
    if not at or not local or "." not in f"{domain.strip('.')}." or not domain or odd or "@" in local:
        raise AddressProblem(one_line(address))
    return Address(one_line(name), local, ascii_domain(domain))


def ascii_domain(domain: str) -> str:
    """``bücher.example`` -> ``xn--bcher-kva.example``."""
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise AddressProblem(domain) from error


def _bracketed(message_id: str) -> str:
    return f"<{one_line(message_id).strip('<> ')}>"


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    kind, _, subtype = one_line(attachment.media_type).partition("/")
    safe = kind.isalpha() and subtype and kind not in ("multipart", "message", "text")
    kind, subtype = (kind, subtype) if safe else ("application", "octet-stream")
    message.add_attachment(attachment.data, kind, subtype, filename=file_name(attachment.name))


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    for n, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary("=_" + hashlib.sha256(f"{message_id}/{n}".encode()).hexdigest()[:32])
