"""Looks in a mailbox for what came in since the last time, by IMAP. Nothing in it is changed, moved or deleted."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from imaplib import IMAP4

from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from beluur.mailroom.clean import one_line
from beluur.mailroom.send import Security, SignIn
from beluur.values.sentence import Sentence, say

AT_ONCE = 50  # mails in one look
LARGEST = 30 * 1024 * 1024
_LONGEST_ANSWER = 200
_HERE = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """Where to look. ``secret`` is the password or the OAuth access token; ``authorities`` is PEM text for a private CA."""

    host: str
    port: int = 993
    security: Security = Security.TLS
    sign_in: SignIn = SignIn.PASSWORD
    username: str = ""
    secret: str = ""
    folder: str = "INBOX"
    timeout_seconds: float = 20.0
    authorities: str = ""

    def __repr__(self) -> str:
        """Without the secret: settings end up in logs."""
        return f"ImapSettings({self.host!r}, {self.port}, {self.security.value}, {self.sign_in.value})"


@dataclass(frozen=True, slots=True)
class Place:
    """Up to where a mailbox was read. Another ``validity`` means that the server numbers its mails anew (RFC 3501)."""

    validity: int = 0
    uid: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A mail and its place. ``raw`` is None when it is larger than is read, or was gone before it could be."""

    place: Place
    raw: bytes | None


class NoMailbox(Exception):  # noqa: N818 - an answer of the server, not an error of ours
    """The mailbox cannot be looked in now; ``sentence`` says why. ``token_refused``: its server takes the access token not, or no
    more."""

    def __init__(self, sentence: Sentence, *, token_refused: bool = False) -> None:
        super().__init__(sentence.code)
        self.sentence = sentence
        self.token_refused = token_refused


def new_mails(imap: ImapSettings, since: date, after: Place) -> Iterator[Found]:
    """What came in ``since`` that day and ``after`` that place, oldest first, at most AT_ONCE. NoMailbox, also half-way."""
    with _signed_in(imap) as box:
        validity = int(box.folder.status(imap.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
        last = after.uid if after.validity == validity else 0
        uids = sorted(int(uid) for uid in box.uids(AND(date_gte=since)))
        for uid in [uid for uid in uids if uid > last][:AT_ONCE]:
            yield Found(Place(validity, uid), _raw(box, uid))


def try_mailbox(imap: ImapSettings) -> Sentence | None:
    """Why it cannot be looked in; None when it can. For the button beside the settings."""
    trouble = trouble_of(imap)
    return trouble.sentence if trouble else None


def trouble_of(imap: ImapSettings) -> NoMailbox | None:
    """The same, also saying whether it is the token that is refused."""
    try:
        with _signed_in(imap):
            return None
    except NoMailbox as trouble:
        return trouble


def _raw(box: BaseMailBox, uid: int) -> bytes | None:
    size = next((line for line in box.client.uid("fetch", str(uid), "(RFC822.SIZE)")[1] if line), b"")
    digits = bytes(size).partition(b"RFC822.SIZE ")[2].partition(b")")[0].split(b" ")[0]
    if not digits.isdigit() or int(digits) > LARGEST:
        return None
    answer = box.client.uid("fetch", str(uid), "(BODY.PEEK[])")[1]
    return next((bytes(part[1]) for part in answer if isinstance(part, tuple)), None)


@contextmanager
def _signed_in(imap: ImapSettings) -> Iterator[BaseMailBox]:
    """A connection with the folder open; whatever goes wrong becomes NoMailbox."""
    box: BaseMailBox | None = None
    try:
        box = _connected(imap)
        _sign_in(box, imap)
        box.folder.set(imap.folder, readonly=True)
        yield box
    except NoMailbox:
        raise
    except ssl.SSLError as error:
        answer = one_line(str(error.reason or error))[:_LONGEST_ANSWER]
        raise NoMailbox(say("mail.failed.tls", host=imap.host, answer=answer)) from error
    except TimeoutError as error:
        raise NoMailbox(say("mail.failed.timeout", host=imap.host)) from error
    except (IMAP4.error, ImapToolsError, ValueError, KeyError) as error:
        answer = one_line(str(error))[:_LONGEST_ANSWER]
        raise NoMailbox(say("imap.answer", host=imap.host, answer=answer)) from error
    except OSError as error:
        raise NoMailbox(say("mail.failed.connect", host=imap.host)) from error
    finally:
        if box is not None:
            with suppress(Exception):
                box.logout()


def _connected(imap: ImapSettings) -> BaseMailBox:
    if imap.security is Security.NONE:
        if imap.host not in _HERE:
            raise NoMailbox(say("mail.failed.login_unsafe"))
        return MailBoxUnencrypted(imap.host, imap.port, imap.timeout_seconds)
    context = ssl.create_default_context(cadata=imap.authorities or None)
    kind = MailBox if imap.security is Security.TLS else MailBoxStartTls
    return kind(imap.host, imap.port, imap.timeout_seconds, ssl_context=context)


def _sign_in(box: BaseMailBox, imap: ImapSettings) -> None:
    by_token = imap.sign_in is SignIn.XOAUTH2
    try:
        if by_token:
            _sign_in_with_token(box, imap)
        else:
            box.login(imap.username, imap.secret, initial_folder=None)
    except (IMAP4.abort, UnicodeError) as error:
        raise NoMailbox(say("mail.failed.login", answer=one_line(str(error))[:_LONGEST_ANSWER])) from error
    except (IMAP4.error, ImapToolsError) as error:
        sentence = say("mail.failed.login", answer=one_line(str(error))[:_LONGEST_ANSWER])
        raise NoMailbox(sentence, token_refused=by_token) from error


def _sign_in_with_token(box: BaseMailBox, imap: ImapSettings) -> None:
    first = f"user={imap.username}\x01auth=Bearer {imap.secret}\x01\x01".encode()
    # A refused token is answered with a challenge that holds the reason; an empty reply then brings the real answer.
    replies = iter((first, b""))
    box.client.authenticate("XOAUTH2", lambda _challenge: next(replies, None))
