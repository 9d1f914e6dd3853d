"""A mail that came in (RFC 5322): who wrote, what it answers, his own words, what hangs on it.

For any bytes an answer, never an error. Nothing in it is opened, fetched or executed: HTML is read as text, attachments are
bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime

from beluur.importers.limits import MEGABYTE
from beluur.importers.mail_bounce import Bounce, bounce_in
from beluur.importers.mail_quotation import own_words
from beluur.importers.mail_text import MAX_TEXT, Part, header_text, leaves, text_in
from beluur.importers.mail_vouched import Found, found_on_top
from beluur.importers.problem_list import ProblemList
from beluur.values.problem import Problem, Severity
from beluur.values.sentence import say

MAX_MAIL = 30 * MEGABYTE
MAX_ATTACHMENTS = 30
MAX_ATTACHED = 25 * MEGABYTE  # of one mail, together
_ID = re.compile(r"<([^<>\s]{3,250})>")
_PLUS = re.compile(r"\+([a-z0-9]{16,40})@", re.IGNORECASE)
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_AUTO_SUBJECT = re.compile(
    r"^\s*(automatic reply|auto(matisch|matic)?[ :-]|automatisch antwoord|afwezigheid|afwezig\b|out of (the )?office|"
    r"(absence|réponse automatique|message d.absence|absent)\b|undeliver|niet bestelbaar|non remis)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that hangs on a mail; ``name`` and ``media_type`` are as its sender says, ``size`` in bytes."""

    name: str
    media_type: str
    size: int
    content: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True)
class MailRecord:
    """One mail. Addresses are lower case; ``answers`` are message-ids without brackets, the one answered first; ``token`` is what
    stood after a plus in the address it was sent to; ``text`` is what he wrote himself, ``whole`` with the quotation."""

    message_id: str
    sender: str
    sender_name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    sent: datetime | None = None  # as he says, aware; None when he does not say it readably
    answers: tuple[str, ...] = ()
    token: str = ""
    text: str = ""
    whole: str = ""
    automatic: bool = False
    bounce: Bounce | None = None
    authentication: Found | None = None  # what a server wrote about the sender; None also when he names two
    attachments: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class MailRead:
    """``record`` is None when it is refused."""

    record: MailRecord | None
    problems: tuple[Problem, ...] = ()


def read_mail(name: str, content: bytes) -> MailRead:
    """What stands in ``content``; ``name`` is for the problems. Refused: too large, or without a sender."""
    if len(content) > MAX_MAIL:
        return _refused(name, "mailin.too-large", megabytes=MAX_MAIL // MEGABYTE)
    problems = ProblemList(name)
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(content)
        record = _record(message, problems)
    except Exception:  # noqa: BLE001 - damaged mail makes the library fail in every way there is
        return _refused(name, "mailin.unreadable")
    if not record.sender and record.bounce is None:
        return _refused(name, "mailin.no-sender")
    return MailRead(record, problems.all())


def _refused(name: str, code: str, **params: int) -> MailRead:
    return MailRead(None, (Problem(say(code, **params), Severity.REFUSED, name),))


def _record(message: Message, problems: ProblemList) -> MailRecord:
    parts = tuple(leaves(message))
    whole = text_in(parts)
    if len(whole) >= MAX_TEXT:
        problems.warn("mailin.cut", characters=MAX_TEXT)
    senders = _addresses(message, "From") or _addresses(message, "Sender")
    name, sender = senders[0] if senders else ("", "")
    bounce = bounce_in(message)
    return MailRecord(
        message_id=_own_id(message),
        sender=sender,
        sender_name=name[:160],
        to=tuple(dict.fromkeys(address for header in _TO for _, address in _addresses(message, header))),
        subject=header_text(message, "Subject")[:250],
        sent=_sent(message),
        answers=_answers(message),
        token=_token(message),
        text=own_words(whole),
        whole=whole,
        automatic=bounce is not None or _is_automatic(message),
        bounce=bounce,
        authentication=found_on_top(message) if len(senders) == 1 else None,
        attachments=_attachments(parts, problems),
    )


def _own_id(message: Message) -> str:
    found = _ID.search(header_text(message, "Message-ID"))
    return found.group(1) if found else ""


def _answers(message: Message) -> tuple[str, ...]:
    """In-Reply-To first, then the references, the nearest first."""
    direct = _ID.findall(header_text(message, "In-Reply-To"))
    earlier = _ID.findall(header_text(message, "References"))[-50:]
    return tuple(dict.fromkeys((*direct, *reversed(earlier))))


def _addresses(message: Message, header: str) -> list[tuple[str, str]]:
    raw = [str(value)[:20_000] for value in message.get_all(header, [])]
    found = [(header_text(name), address.strip().lower()) for name, address in getaddresses(raw)]
    return [(name, address) for name, address in found if "@" in address[1:-1] and len(address) <= 254]


def _token(message: Message) -> str:
    for header in _TO:
        for _, address in _addresses(message, header):
            if found := _PLUS.search(address):
                return found.group(1).lower()
    return ""


def _sent(message: Message) -> datetime | None:
    try:
        sent = parsedate_to_datetime(header_text(message, "Date"))
        return sent if sent.tzinfo is not None and 1990 <= sent.year < 2100 else None
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _is_automatic(message: Message) -> bool:
    """By RFC 3834 and what older machines write instead; a list is no debtor either."""
    submitted = header_text(message, "Auto-Submitted").lower() or "no"
    precedence = header_text(message, "Precedence").lower()
    marked = any(message.get(name) is not None for name in ("X-Autoreply", "X-Autorespond", "List-Id"))
    from_nobody = header_text(message, "Return-Path").strip() == "<>"
    return (
        not submitted.startswith("no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or marked
        or from_nobody
        or bool(_AUTO_SUBJECT.match(header_text(message, "Subject")))
    )


def _attachments(parts: tuple[Part, ...], problems: ProblemList) -> tuple[Attached, ...]:
    kept: list[Attached] = []
    room = MAX_ATTACHED
    for part in parts:
        if part.is_body:
            continue
        content = part.content()
        if not content:
            continue
        if len(kept) >= MAX_ATTACHMENTS or len(content) > room:
            problems.warn("mailin.attachment-left", name=part.name or part.media_type)
            continue
        room -= len(content)
        kept.append(Attached(part.name or "bijlage", part.media_type, len(content), content))
    return tuple(kept)
