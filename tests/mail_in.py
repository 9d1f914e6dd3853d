"""Mails as they come in, as bytes: an answer, a notice that ours did not arrive. All names are invented."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP

SENT = "Mon, 23 Nov 2026 11:00:00 +0100"


def raw_mail(
    text: str,
    *,
    sender: str = "Jan Kruimel <jan@kruimel.example>",
    to: str = "bel@proef.example",
    message_id: str = "r1@kruimel.example",
    answers: str = "",
    kind: str = "plain",
    attached: Mapping[str, bytes] | None = None,
    **headers: str,
) -> bytes:
    """An answer; other headers by their name."""
    mail = EmailMessage(policy=SMTP)
    known = {
        "From": sender,
        "To": to,
        "Subject": "Re: Afspraak",
        "Date": SENT,
        "Message-ID": f"<{message_id}>",
    }
    if answers:
        known |= {"In-Reply-To": f"<{answers}>", "References": f"<{answers}>"}
    for name, value in (known | headers).items():
        mail[name] = value
    mail.set_content(text, subtype=kind)
    for name, content in (attached or {}).items():
        mail.add_attachment(content, "application", "octet-stream", filename=name)
    return mail.as_bytes()


def dsn(
    address: str,
    message_id: str,
    status: str = "5.1.1",
    *,
    action: str = "failed",
    own: str = "b1@mx.example",
) -> bytes:
    """What a mail server sends back (RFC 3464)."""
    number = f"Status: {status}\r\n" if status else ""
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: bel@proef.example\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <{own}>\r\nDate: {SENT}\r\nReturn-Path: <>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\n{number}Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}>\r\nSubject: Afspraak\r\n\r\n--b--\r\n"
    ).encode()
