"""How a mailbox is told an access token, against a server that speaks as those of the providers do."""

from __future__ import annotations

import socket
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from beluur.mailroom.imap import ImapSettings, trouble_of
from beluur.mailroom.send import Security, SignIn

REFUSED = "eyJzdGF0dXMiOiI0MDAifQ=="  # {"status":"400"}


@contextmanager
def provider(answer: str, told: list[str]) -> Iterator[int]:
    """Answers a token with ``answer``: a challenge that holds the reason and then NO, NO at once, or nothing more."""

    def serve() -> None:
        with listener.accept()[0] as line, line.makefile("rw", newline="\r\n") as talk:

            def say(text: str) -> None:
                talk.write(f"{text}\n")
                talk.flush()

            say("* OK ready")
            while words := talk.readline().split():
                tag, verb = words[0], words[1].upper()
                if verb == "CAPABILITY":
                    say("* CAPABILITY IMAP4rev1 AUTH=XOAUTH2")
                elif verb == "AUTHENTICATE":
                    say("+ ")
                    told.append(b64decode(talk.readline()).decode())
                    if answer == "gone":
                        return
                    if answer == "challenge":
                        say(f"+ {REFUSED}")
                        told.append(talk.readline().strip())
                    say(f"{tag} NO AUTHENTICATE failed.")
                    continue
                say(f"{tag} OK done")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


@pytest.mark.parametrize(("answer", "rest"), [("challenge", [""]), ("no", [])])
def test_a_refused_token_is_known_as_one_and_its_reason_answered_with_nothing(answer, rest):
    told: list[str] = []
    with provider(answer, told) as port:
        trouble = trouble_of(settings(port))
    assert trouble is not None
    assert (trouble.sentence.code, trouble.token_refused) == ("mail.failed.login", True)
    assert told == ["user=bel@proef.example\x01auth=Bearer token\x01\x01", *rest]


def test_a_line_that_breaks_is_no_refusal():
    with provider("gone", []) as port:
        trouble = trouble_of(settings(port))
    assert trouble is not None
    assert not trouble.token_refused


def settings(port: int) -> ImapSettings:
    return ImapSettings(
        "127.0.0.1",
        port,
        security=Security.NONE,
        sign_in=SignIn.XOAUTH2,
        username="bel@proef.example",
        secret="token",
        timeout_seconds=5,
    )
