"""A mail that says that ours did not arrive: a delivery status notification (RFC 3464), or what older servers send instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from beluur.importers.mail_text import MAX_PARTS, header_text

_ID = re.compile(r"message-id:\s*<([^<>\s]{3,250})>", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>;:,\"]+@[^\s<>;:,\"]+")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_NOT_THE_ADDRESS = re.compile(r"^5\.(2\.[0-4]|3\.|4\.|6\.|7\.)")  # full, too large, a route, content, policy
_LOOK = 200_000


@dataclass(frozen=True, slots=True)
class Bounce:
    """``address``: whom it did not reach, lower case; ``message_id``: of our mail, "" when not named; ``status``
    is RFC 3463's, "" when not said; ``bad_address``: it is the address that is wrong, not a full mailbox or a filter."""

    address: str
    message_id: str = ""
    status: str = ""
    answer: str = ""

    @property
    def bad_address(self) -> bool:
        """Whether writing there again makes no sense."""
        return not self.status.startswith("4.") and not _NOT_THE_ADDRESS.match(self.status)


def bounce_in(message: Message) -> Bounce | None:
    """What failed; None for a mail that is no notice, and for one that says *delayed* or *delivered*."""
    parts = list(_all(message))
    statuses = [p for p in parts if p.get_content_type() == "message/delivery-status"]
    if statuses:
        return _by_status(statuses[0], _named(parts))
    failed = header_text(message, "X-Failed-Recipients").lower()
    if found := _ADDRESS.search(failed):
        text = _text(message)
        status = _STATUS.search(text)
        return Bounce(found.group(0), _named(parts), status.group(0) if status else "")
    return None


def _all(message: Message) -> Iterator[Message]:
    for n, part in enumerate(message.walk()):
        if n >= MAX_PARTS:
            return
        yield part


def _by_status(status: Message, message_id: str) -> Bounce | None:
    groups = status.get_payload()
    for group in groups if isinstance(groups, list) else []:
        if not isinstance(group, Message) or header_text(group, "Action").lower() != "failed":
            continue
        said = header_text(group, "Original-Recipient") or header_text(group, "Final-Recipient")
        address = _ADDRESS.search(said.rpartition(";")[2].strip().lower())
        if address is None:
            continue
        number = _STATUS.search(header_text(group, "Status"))
        answer = header_text(group, "Diagnostic-Code")
        return Bounce(address.group(0), message_id, number.group(0) if number else "", answer[:300])
    return None


def _named(parts: list[Message]) -> str:
    """The message-id of the mail that is sent back, whole or its headers only."""
    for part in parts[1:]:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            said = f"message-id: {header_text(first, 'Message-ID')}" if isinstance(first, Message) else ""
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            said = _text(part)
        else:
            continue
        if found := _ID.search(said):
            return found.group(1)
    found = _ID.search(_text(parts[0])) if parts else None
    return found.group(1) if found else ""


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if isinstance(raw, bytes):
        return raw[:_LOOK].decode("utf-8", "replace")
    inner = part.get_payload()
    if isinstance(inner, list):
        return "\n".join(_text(one) for one in inner[:5] if isinstance(one, Message))[:_LOOK]
    return str(inner)[:_LOOK]
