"""Against a real SMTP server on this machine, also one that misbehaves."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from aiosmtpd.smtp import Envelope as Received

from beluur.mailroom import send as sending
from beluur.mailroom.compose import compose_confirmation
from beluur.mailroom.mime import message_bytes
from beluur.mailroom.send import Delivery, DeliveryState, Security, SignIn, SmtpSettings, send
from beluur.words import render
from tests.mailroom.certificates import make_certificate
from tests.mailroom.samples import CREDITOR, RECIPIENT, agreement
from tests.mailroom.test_mime import ENVELOPE, PDF

RAW = message_bytes(compose_confirmation(CREDITOR, RECIPIENT, agreement()), ENVELOPE, (PDF,))
PLAIN = SmtpSettings("127.0.0.1", 0, Security.NONE, timeout_seconds=0.5)


class Server:
    """Keeps what it receives; ``answers`` say what it replies to MAIL, RCPT (by address) and DATA."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.received: list[Received] = []

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if answer := self.answers.get("mail"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if answer := self.answers.get(address.split("@")[0]):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self.answers.get("data", "250 OK")
        if answer == "die":
            server.transport.abort()
            await asyncio.sleep(0.1)
        if answer in ("hang", "250 slow"):
            await asyncio.sleep(4 if answer == "hang" else 1)
        self.received.append(envelope)
        return answer


@contextmanager
def running(server: Server, **options) -> Iterator[SmtpSettings]:
    controller = Controller(server, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield replace(PLAIN, port=controller.port)
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def said(delivery: Delivery) -> str:
    for language in ("nl", "en", "fr"):
        assert "[" not in render(delivery.sentence, language)
    return delivery.sentence.code


def test_a_mail_arrives_as_it_was_made():
    server = Server()
    with running(server) as smtp:
        delivery = send(RAW, ENVELOPE, smtp)
    assert (delivery.state, said(delivery)) == (DeliveryState.SENT, "mail.sent")
    (got,) = server.received
    assert got.mail_from == ENVELOPE.sender
    assert got.rcpt_tos == [ENVELOPE.to, *ENVELOPE.copies]
    assert got.content.rstrip(b"\r\n") == RAW.rstrip(b"\r\n")


REFUSALS = [
    pytest.param({"mail": "450 later"}, "mail.failed.sender", True, id="the sender may be accepted later"),
    pytest.param({"mail": "550 no"}, "mail.failed.sender", False, id="the sender is refused"),
    pytest.param({"els": "452 full"}, "mail.failed.recipient", True, id="the mailbox is full for now"),
    pytest.param({"els": "550 unknown"}, "mail.failed.recipient", False, id="the address does not exist"),
    pytest.param({"data": "451 greylisted"}, "mail.failed.message", True, id="the message may come later"),
    pytest.param({"data": "554 spam"}, "mail.failed.message", False, id="the message is refused"),
]


@pytest.mark.parametrize(("answers", "code", "temporary"), REFUSALS)
def test_a_refusal_is_a_failure(answers, code, temporary):
    server = Server(**answers)
    with running(server) as smtp:
        delivery = send(RAW, ENVELOPE, smtp)
    assert (delivery.state, said(delivery), delivery.temporary) == (DeliveryState.FAILED, code, temporary)
    assert delivery.answer.startswith(next(iter(answers.values())).split()[0])


def test_a_copy_that_is_refused_does_not_stop_the_mail():
    server = Server(kopie="550 unknown")
    with running(server) as smtp:
        delivery = send(RAW, ENVELOPE, smtp)
    assert (delivery.state, said(delivery)) == (DeliveryState.SENT, "mail.sent_without")
    assert len(server.received) == 1


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["die", "hang", "what?", "100 wait"])
def test_no_answer_after_the_message_is_uncertain(answer):
    with running(Server(data=answer)) as smtp:
        delivery = send(RAW, ENVELOPE, smtp)
    assert (delivery.state, said(delivery)) == (DeliveryState.UNCERTAIN, "mail.uncertain")


@pytest.mark.parametrize("answer", ["250 slow", "251 forwarded"])
def test_a_server_that_takes_it_in_its_own_way_has_taken_it(answer):
    with running(Server(data=answer)) as smtp:
        assert send(RAW, ENVELOPE, smtp).state is DeliveryState.SENT


@contextmanager
def scripted(*answers: bytes) -> Iterator[SmtpSettings]:
    """A server that greets, gives these answers to what it is told, line by line, and hangs up."""

    def serve() -> None:
        with listener.accept()[0] as line, line.makefile("rb") as told, suppress(OSError):
            for answer in (b"220 hello", *answers):
                line.sendall(answer + b"\r\n")
                told.readline()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve, daemon=True)
        server.start()
        yield replace(PLAIN, port=listener.getsockname()[1], timeout_seconds=5)
        server.join(5)


OK, GO = b"250 ok", b"354 go"
BROKEN_OFF = [
    pytest.param((), DeliveryState.FAILED, id="after its greeting"),
    pytest.param((OK,), DeliveryState.FAILED, id="after the sender"),
    pytest.param((OK, OK), DeliveryState.FAILED, id="after the recipient"),
    pytest.param((OK, OK, OK, OK), DeliveryState.FAILED, id="when the message is announced"),
    pytest.param((OK, OK, OK, OK, GO), DeliveryState.UNCERTAIN, id="within the message"),
]


@pytest.mark.parametrize(("answers", "state"), BROKEN_OFF)
def test_a_line_that_breaks_is_uncertain_only_once_the_message_is_under_way(answers, state):
    with scripted(*answers) as smtp:
        delivery = send(RAW, replace(ENVELOPE, copies=ENVELOPE.copies[:1]), smtp)
    assert delivery.state is state
    assert delivery.temporary == (state is DeliveryState.FAILED), "before it, nothing left: later it may"
    assert said(delivery)


@pytest.mark.parametrize(
    ("answer", "temporary"), [(b"454 TLS not now", True), (b"502 no", False), (b"rubbish", True)], ids=str
)
def test_a_refused_starttls_sends_nothing_and_is_tried_again_only_when_it_may_pass(answer, temporary):
    with scripted(b"250-here\r\n250 STARTTLS", answer) as smtp:
        delivery = send(RAW, ENVELOPE, replace(smtp, security=Security.STARTTLS))
    assert (delivery.state, said(delivery)) == (DeliveryState.FAILED, "mail.failed.tls")
    assert delivery.temporary is temporary


def test_a_closed_port_is_a_failure_that_may_pass():
    delivery = send(RAW, ENVELOPE, replace(PLAIN, port=free_port()))
    assert (delivery.state, said(delivery), delivery.temporary) == (
        DeliveryState.FAILED,
        "mail.failed.connect",
        True,
    )


def test_an_unknown_host_is_a_failure():
    delivery = send(RAW, ENVELOPE, replace(PLAIN, host="mail.invalid", port=25))
    assert (delivery.state, said(delivery)) == (DeliveryState.FAILED, "mail.failed.connect")


@contextmanager
def silent(greeting: bytes = b"") -> Iterator[SmtpSettings]:
    """A port that takes the call, perhaps says one thing, and no more."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        smtp = replace(PLAIN, port=listener.getsockname()[1])
        if greeting:
            threading.Thread(target=lambda: listener.accept()[0].sendall(greeting), daemon=True).start()
        yield smtp


def test_a_server_that_says_nothing_is_a_failure():
    with silent() as smtp:
        delivery = send(RAW, ENVELOPE, smtp)
    assert (delivery.state, said(delivery), delivery.temporary) == (
        DeliveryState.FAILED,
        "mail.failed.timeout",
        True,
    )


def test_a_server_that_hangs_up_before_the_message_is_a_failure():
    with silent(b"220 hello\r\n") as smtp:
        delivery = send(RAW, ENVELOPE, smtp)
    assert delivery.state is DeliveryState.FAILED
    assert said(delivery) in ("mail.failed.dropped", "mail.failed.timeout", "mail.failed.connect")


@pytest.mark.parametrize("field", ["sender", "to"])
def test_an_address_that_is_none_is_not_tried(field):
    delivery = send(
        RAW, replace(ENVELOPE, **{field: "a@b\r\nRCPT TO:<x@y>"}), replace(PLAIN, host="mail.invalid")
    )
    assert (delivery.state, said(delivery)) == (DeliveryState.FAILED, "mail.failed.address")


# Signing in, over TLS.


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


class SignedIn(Server):
    """Takes the password ``goed`` or the token ``token``."""

    async def auth_XOAUTH2(self, server, args):  # noqa: N802 - aiosmtpd's name
        from base64 import b64decode

        if b64decode(args[1]) == b"user=sanne\x01auth=Bearer token\x01\x01":
            return AuthResult(success=True)
        await server.push("334 eyJzdGF0dXMiOiI0MDEifQ==")
        await server._reader.readline()
        return AuthResult(success=False, handled=False, message="535 5.7.8 token expired")


def authenticator(server, session, envelope, mechanism, data):
    return AuthResult(success=data.password == b"goed", handled=False)


@contextmanager
def secured(certificate, server=None) -> Iterator[SmtpSettings]:
    context, pem = certificate
    options = {"tls_context": context, "require_starttls": True, "authenticator": authenticator}
    with running(server or SignedIn(), **options) as smtp:
        yield replace(smtp, timeout_seconds=5, security=Security.STARTTLS, authorities=pem, username="sanne")


SIGN_INS = [
    pytest.param(SignIn.PASSWORD, "goed", "mail.sent", id="the right password"),
    pytest.param(SignIn.PASSWORD, "fout", "mail.failed.login", id="a wrong password"),
    pytest.param(SignIn.XOAUTH2, "token", "mail.sent", id="a token"),
    pytest.param(SignIn.XOAUTH2, "verlopen", "mail.failed.login", id="a token that expired"),
]


@pytest.mark.parametrize(("way", "secret", "code"), SIGN_INS)
def test_signing_in(certificate, way, secret, code):
    with secured(certificate) as smtp:
        delivery = send(RAW, ENVELOPE, replace(smtp, sign_in=way, secret=secret))
    assert said(delivery) == code
    assert not delivery.temporary


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate):
    with secured(certificate) as smtp:
        delivery = send(RAW, ENVELOPE, replace(smtp, authorities=""))
    assert (delivery.state, said(delivery)) == (DeliveryState.FAILED, "mail.failed.tls")


def test_a_server_without_starttls_is_not_trusted():
    with running(Server()) as smtp:
        delivery = send(RAW, ENVELOPE, replace(smtp, security=Security.STARTTLS))
    assert (delivery.state, said(delivery)) == (DeliveryState.FAILED, "mail.failed.tls")


def test_tls_from_the_first_byte(certificate):
    context, pem = certificate
    server = Server()
    with running(server, ssl_context=context) as smtp:
        delivery = send(RAW, ENVELOPE, replace(smtp, security=Security.TLS, authorities=pem))
    assert said(delivery) == "mail.sent"


def test_a_password_never_goes_over_an_open_line():
    with running(Server()) as smtp:
        delivery = send(RAW, ENVELOPE, replace(smtp, sign_in=SignIn.PASSWORD, username="x", secret="goed"))
    assert said(delivery) == "mail.failed.login_unsafe"


def test_the_button_says_that_it_works(certificate):
    server = SignedIn()
    with secured(certificate, server) as smtp:
        delivery = sending.test_connection(replace(smtp, sign_in=SignIn.PASSWORD, secret="goed"))
    assert (delivery.state, said(delivery)) == (DeliveryState.SENT, "mail.connection.works")
    assert server.received == []


def test_the_button_says_what_is_wrong():
    delivery = sending.test_connection(replace(PLAIN, port=free_port()))
    assert (delivery.state, said(delivery)) == (DeliveryState.FAILED, "mail.failed.connect")


def test_settings_do_not_show_their_secret():
    assert "geheim" not in repr(replace(PLAIN, secret="geheim"))
