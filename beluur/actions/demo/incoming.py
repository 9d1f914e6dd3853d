"""Mails as they come in, for the demo: an answer to one of ours, and the notice that ours did not arrive."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from beluur.actions.demo.cast import Player
from beluur.store.models import Message

HOUSE_EMAIL = "debiteuren@voorbeeldsteigers.example"
_GREETING = {"fr": ("Bonjour,", "Cordialement,")}
_DUTCH = ("Goedemiddag,", "Met vriendelijke groet,")


def reply(player: Player, message: Message, text: str, at: datetime) -> bytes:
    """What he wrote back, from the address on file."""
    hello, regards = _GREETING.get(player.language, _DUTCH)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"{player.contact} <{player.email}>"
    mail["To"] = HOUSE_EMAIL
    mail["Subject"] = f"Re: {message.subject}"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<antwoord-{player.number}@{player.email.rpartition('@')[2]}>"
    mail["In-Reply-To"] = mail["References"] = f"<{message.message_id}>"
    mail.set_content(f"{hello}\n\n{text}\n\n{regards}\n{player.contact}\n")
    return mail.as_bytes()


def bounce(address: str, at: datetime) -> bytes:
    """What his mail server sends back (RFC 3464): nobody has that address."""
    host = address.rpartition("@")[2]
    return (
        f"From: MAILER-DAEMON@{host}\r\nTo: {HOUSE_EMAIL}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <terug-{at:%Y%m%d}@{host}>\r\nDate: {format_datetime(at)}\r\nAuto-Submitted: auto-replied\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; {host}\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n--b--\r\n"
    ).encode()
