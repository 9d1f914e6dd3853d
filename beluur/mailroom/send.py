"""Hands one message to an SMTP server and says what became of it: sent, failed, or uncertain.

Whatever goes wrong before the message itself is offered is *failed*: nothing left. From then on, without an answer, it is
*uncertain*: the server may have it, and sending again would be a second mail. A 4xx answer may work later, a 5xx will not.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from beluur.mailroom.clean import one_line
from beluur.mailroom.mime import AddressProblem, Envelope, header_address
from beluur.values.sentence import Sentence, say

_LONGEST_ANSWER = 200
# To take a message lasts longer than any other answer: it has to cross the line, and is looked at for spam and viruses first
# (RFC 5321 4.5.3.2.6). All together stays below `LOST_AFTER`.
_PATIENCE = 4
_SLOWEST = 64 * 1024  # bytes a second


class Security(StrEnum):
    """How the connection is secured: TLS from the first byte (465), STARTTLS (587), or not at all (a server next door)."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class SignIn(StrEnum):
    """How we sign in: not, with a password, or with an OAuth 2 access token (`mailroom.providers`)."""

    NONE = "none"
    PASSWORD = "password"  # noqa: S105 - the name of a way, not a secret
    XOAUTH2 = "xoauth2"


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Where and how to send. ``secret`` is the password or the access token; ``authorities`` is PEM text for a private CA."""

    host: str
    port: int = 587
    security: Security = Security.STARTTLS
    sign_in: SignIn = SignIn.NONE
    username: str = ""
    secret: str = ""
    timeout_seconds: float = 30.0
    authorities: str = ""

    def __repr__(self) -> str:
        """Without the secret: settings end up in logs."""
        return f"SmtpSettings({self.host!r}, {self.port}, {self.security.value}, {self.sign_in.value})"


class DeliveryState(StrEnum):
    """What became of it."""

    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SIGNED_OUT = "signed_out"  # it was not offered: a person has to sign in at the provider first


@dataclass(frozen=True, slots=True)
class Delivery:
    """``temporary``: trying later may work. ``answer`` is what the server said, for the log. ``token_refused``: nothing was
    offered, for the server takes the access token not, or no more."""

    state: DeliveryState
    sentence: Sentence
    temporary: bool = False
    answer: str = ""
    token_refused: bool = False


class _Failed(Exception):  # noqa: N818 - an answer of the server, not an error of ours
    def __init__(
        self, sentence: Sentence, *, temporary: bool, answer: str = "", token_refused: bool = False
    ) -> None:
        super().__init__(sentence.code)
        self.delivery = Delivery(DeliveryState.FAILED, sentence, temporary, answer, token_refused)


def send(raw_message: bytes, envelope: Envelope, smtp: SmtpSettings) -> Delivery:
    """Sends ``raw_message`` (CRLF lines) to ``envelope.to`` and its copies. Never raises for what a server or a line does."""
    try:
        sender, to = _address(envelope.sender), _address(envelope.to)
        copies = [_address(copy) for copy in envelope.copies]
        with _session(smtp) as server:
            refused = _offer(server, sender, to, copies)
            return _hand_over(server, raw_message, smtp, to, refused)
    except _Failed as failed:
        return failed.delivery


def test_connection(smtp: SmtpSettings) -> Delivery:
    """Connects and signs in, sends nothing; for the button beside the settings."""
    try:
        with _session(smtp) as server:
            server.noop()
    except _Failed as failed:
        return failed.delivery
    return Delivery(DeliveryState.SENT, say("mail.connection.works", host=smtp.host))


test_connection.__test__ = False  # type: ignore[attr-defined]  # the name is the button's; pytest must not collect it


def _address(address: str) -> str:
    try:
        parsed = header_address(address)
    except AddressProblem as problem:
        raise _Failed(say("mail.failed.address", address=problem.address), temporary=False) from problem
    if not parsed.username.isascii():
        raise _Failed(say("mail.failed.address", address=one_line(address)), temporary=False)
    return f"{parsed.username}@{parsed.domain}"


@contextmanager
def _session(smtp: SmtpSettings) -> Iterator[smtplib.SMTP]:
    """A signed-in connection; what goes wrong inside, before the message is offered, becomes a _Failed."""
    server: smtplib.SMTP | None = None
    try:
        server = _connected(smtp)
        _sign_in(server, smtp)
        yield server
        with suppress(smtplib.SMTPException, OSError):
            server.putcmd(
                "quit"
            )  # its answer is not waited for: what became of the mail must be noted at once
    except ssl.SSLError as error:
        answer = one_line(str(error.reason or error))
        raise _Failed(say("mail.failed.tls", host=smtp.host, answer=answer), temporary=False) from error
    except TimeoutError as error:
        raise _Failed(say("mail.failed.timeout", host=smtp.host), temporary=True) from error
    except smtplib.SMTPServerDisconnected as error:
        raise _dropped(error, smtp) from error
    except smtplib.SMTPResponseException as error:
        answer = _answer(error.smtp_error)
        temporary = _is_temporary(error.smtp_code)
        raise _Failed(
            say("mail.failed.message", answer=answer), temporary=temporary, answer=answer
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise _Failed(
            say("mail.failed.connect", host=smtp.host), temporary=True, answer=str(error)
        ) from error
    finally:
        if server is not None:
            server.close()


def _dropped(error: smtplib.SMTPServerDisconnected, smtp: SmtpSettings) -> _Failed:
    timed_out = isinstance(error.__context__, TimeoutError)
    code = "mail.failed.timeout" if timed_out else "mail.failed.dropped"
    return _Failed(say(code, host=smtp.host), temporary=True, answer=one_line(str(error)))


def _connected(smtp: SmtpSettings) -> smtplib.SMTP:
    name = "beluur.localdomain"  # a look-up of our own full name may hang, and may tell more than it should
    if smtp.security is Security.TLS:
        return smtplib.SMTP_SSL(
            smtp.host,
            smtp.port,
            local_hostname=name,
            timeout=smtp.timeout_seconds,
            context=_trust(smtp.authorities),
        )
    server = smtplib.SMTP(smtp.host, smtp.port, local_hostname=name, timeout=smtp.timeout_seconds)
    if smtp.security is Security.STARTTLS:
        _start_tls(server, smtp, _trust(smtp.authorities))
    return server


@lru_cache(maxsize=8)
def _trust(authorities: str) -> ssl.SSLContext:
    """Kept, for reading what the system trusts takes longer than all the rest of a mail."""
    return ssl.create_default_context(cadata=authorities or None)


def _start_tls(server: smtplib.SMTP, smtp: SmtpSettings, context: ssl.SSLContext) -> None:
    try:
        server.starttls(context=context)
    except smtplib.SMTPNotSupportedError as error:
        server.close()
        raise _Failed(say("mail.failed.tls", host=smtp.host, answer="STARTTLS"), temporary=False) from error
    except smtplib.SMTPResponseException as error:
        server.close()
        answer, temporary = _answer(error.smtp_error) or "STARTTLS", _is_temporary(error.smtp_code)
        raise _Failed(say("mail.failed.tls", host=smtp.host, answer=answer), temporary=temporary) from error
    except (OSError, smtplib.SMTPException):
        server.close()
        raise


def _sign_in(server: smtplib.SMTP, smtp: SmtpSettings) -> None:
    if smtp.sign_in is SignIn.NONE:
        return
    if smtp.security is Security.NONE:
        raise _Failed(say("mail.failed.login_unsafe"), temporary=False)
    try:
        if smtp.sign_in is SignIn.PASSWORD:
            server.login(smtp.username, smtp.secret)
        else:
            _sign_in_with_token(server, smtp)
    except smtplib.SMTPResponseException as error:
        answer = _answer(error.smtp_error)
        temporary = _is_temporary(error.smtp_code)
        raise _Failed(
            say("mail.failed.login", answer=answer),
            temporary=temporary,
            answer=answer,
            token_refused=smtp.sign_in is SignIn.XOAUTH2 and not temporary,
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise _Failed(say("mail.failed.login", answer="AUTH"), temporary=False) from error


def _sign_in_with_token(server: smtplib.SMTP, smtp: SmtpSettings) -> None:
    server.ehlo_or_helo_if_needed()
    first = f"user={smtp.username}\x01auth=Bearer {smtp.secret}\x01\x01"
    # A refused token is answered with a challenge that holds the reason; an empty reply then brings the real answer.
    server.auth("XOAUTH2", lambda challenge=None: first if challenge is None else "")


def _offer(server: smtplib.SMTP, sender: str, to: str, copies: list[str]) -> tuple[str, ...]:
    """Names sender and recipients; returns the copies that were refused."""
    server.ehlo_or_helo_if_needed()
    _accepted(server.mail(sender), "mail.failed.sender", sender)
    _accepted(server.rcpt(to), "mail.failed.recipient", to)
    answers = ((copy, server.rcpt(copy)[0]) for copy in copies)
    return tuple(copy for copy, code in answers if code not in (250, 251))


def _accepted(reply: tuple[int, bytes], code: str, address: str) -> None:
    status, text = reply
    if status not in (250, 251):
        answer = _answer(text)
        sentence = say(code, address=address, answer=answer)
        raise _Failed(sentence, temporary=_is_temporary(status), answer=f"{status} {answer}")


def _hand_over(
    server: smtplib.SMTP, raw_message: bytes, smtp: SmtpSettings, to: str, refused: tuple[str, ...]
) -> Delivery:
    _ready_for_data(server)
    uncertain = Delivery(DeliveryState.UNCERTAIN, say("mail.uncertain", host=smtp.host))
    try:
        if server.sock is not None:
            server.sock.settimeout(_PATIENCE * smtp.timeout_seconds + len(raw_message) / _SLOWEST)
        server.send(_dotted(raw_message))
        status, text = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return replace(uncertain, answer=one_line(str(error)))
    answer = f"{status} {_answer(text)}"
    if not 200 <= status < 300 and not 400 <= status < 600:
        return replace(uncertain, answer=answer)  # no answer that SMTP knows: it may have been a yes
    if status >= 400:
        sentence = say("mail.failed.message", answer=_answer(text))
        return Delivery(DeliveryState.FAILED, sentence, _is_temporary(status), answer)
    if refused:
        return Delivery(DeliveryState.SENT, say("mail.sent_without", to=to, refused=refused), answer=answer)
    return Delivery(DeliveryState.SENT, say("mail.sent", to=to), answer=answer)


def _ready_for_data(server: smtplib.SMTP) -> None:
    status, text = server.docmd("data")
    if status != 354:
        answer = _answer(text)
        sentence = say("mail.failed.message", answer=answer)
        raise _Failed(sentence, temporary=_is_temporary(status), answer=f"{status} {answer}")


def _dotted(raw_message: bytes) -> bytes:
    lines = raw_message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"


def _is_temporary(status: int) -> bool:
    return 400 <= status < 500 or status == -1


def _answer(text: bytes | str) -> str:
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return one_line(plain)[:_LONGEST_ANSWER]
