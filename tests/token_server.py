"""A provider of mailboxes of our own: a page on which one signs in, a token endpoint over TLS that is strict (PKCE, one use of a
code, the registration, the address to come back at), whose a token is. It also refuses, hangs, or talks nonsense, as asked."""

from __future__ import annotations

import json
import secrets
import socket
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from beluur.domain.mail_sign_in import challenge_of
from beluur.mailroom.providers import PROVIDERS, Provider, Server
from beluur.mailroom.send import Security
from tests.imap_server import USER
from tests.mailroom.certificates import make_certificate

CLIENT, SECRET = "client-1", "geheim van de app"
TENANT = "12345678-abcd-1234-abcd-123456789abc"
LIVES = 3600


@dataclass
class TokenServer:
    """``answers`` are how the next requests for tokens are answered, one each: refuse, client, later, garbage, huge, html, hang,
    empty, no_refresh, rotate; after them as it should. ``asked`` is what was posted."""

    plain: str = ""  # where its page is, and where a mail server asks whose a token is
    secure: str = ""  # where tokens are given
    authorities: str = ""
    answers: list[str] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    visits: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refreshing: set[str] = field(default_factory=set)
    valid: set[str] = field(default_factory=set)
    released: threading.Event = field(default_factory=threading.Event)

    def provider(self, smtp: int = 1, imap: int = 1) -> Provider:
        """Microsoft's row of the table, with our own servers in it."""
        return replace(
            PROVIDERS["microsoft"],
            sign_in=f"{self.plain}/{{tenant}}/authorize",
            token=f"{self.secure}/{{tenant}}/token",
            smtp=Server("127.0.0.1", smtp, Security.STARTTLS),
            imap=Server("127.0.0.1", imap, Security.NONE),
            authorities=self.authorities,
        )

    def allow(self, visit: dict[str, str]) -> str:
        """The address to which who says yes is sent back."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = visit
        return f"{visit['redirect_uri']}?{urlencode({'code': code, 'state': visit['state']})}"

    def revoke(self) -> None:
        """As when somebody withdraws it, or changes his password."""
        self.refreshing.clear()
        self.valid.clear()

    def answer(self, path: str, asked: dict[str, str]) -> tuple[int, bytes]:
        """To a request for tokens."""
        self.asked.append(asked)
        how = self.answers.pop(0) if self.answers else ""
        if how == "hang":
            self.released.wait(30)
        odd = {
            "refuse": (
                400,
                {"error": "invalid_grant", "error_description": "AADSTS70008: expired.\nTrace 1"},
            ),
            "client": (
                401,
                {"error": "invalid_client", "error_description": "AADSTS7000222: secret expired."},
            ),
            "later": (503, {"error": "temporarily_unavailable"}),
        }
        if how in odd:
            return odd[how][0], json.dumps(odd[how][1]).encode()
        plain = {"garbage": b"\xff\x00{", "html": b"<html>sign in to the wifi</html>", "empty": b"{}"}
        if how in plain or how == "huge":
            return 200, plain.get(how, b'{"access_token": "' + b"a" * 200_000 + b'"}')
        return self._granted(path, asked, how)

    def _granted(self, path: str, asked: dict[str, str], how: str) -> tuple[int, bytes]:
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT, SECRET):
            return 401, b'{"error": "invalid_client"}'
        if asked["grant_type"] == "authorization_code":
            visit = self.codes.pop(asked["code"], None)
            right = (
                visit
                and visit["redirect_uri"] == asked["redirect_uri"]
                and visit["code_challenge"] == challenge_of(asked["code_verifier"])
                and path == f"/{TENANT}/token"
            )
        else:
            right = asked["refresh_token"] in self.refreshing
        if not right:
            return 400, b'{"error": "invalid_grant", "error_description": "no such grant"}'
        said = {"access_token": secrets.token_urlsafe(24), "expires_in": LIVES, "token_type": "Bearer"}
        self.valid.add(str(said["access_token"]))
        if (asked["grant_type"] == "authorization_code" and how != "no_refresh") or how == "rotate":
            self.refreshing.discard(asked.get("refresh_token", ""))
            said["refresh_token"] = secrets.token_urlsafe(24)
            self.refreshing.add(str(said["refresh_token"]))
        return 200, json.dumps(said).encode()


class _Door(BaseHTTPRequestHandler):
    tokens: TokenServer

    def log_message(self, *_: Any) -> None:
        """Silent."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path.endswith("/authorize"):
            self.tokens.visits.append(asked)
            where = escape(self.tokens.allow(asked))
            denied = {"error": "access_denied", "state": asked["state"]}
            no = escape(f"{asked['redirect_uri']}?{urlencode(denied)}")
            who = escape(asked.get("login_hint", ""))
            page = f'<p>{who}</p><a href="{where}">Sta toe</a> <a href="{no}">Weiger</a>'
            self._give(200, page.encode(), "text/html; charset=utf-8")
        else:
            active = asked.get("token", "") in self.tokens.valid
            self._give(
                200, json.dumps({"active": active, "email": USER} if active else {"active": False}).encode()
            )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._give(*self.tokens.answer(self.path, {n: v[0] for n, v in parse_qs(body).items()}))

    def _give(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def token_server(folder: Path) -> Iterator[TokenServer]:
    """Its page over http, its tokens over https with a certificate of our own (in ``folder``)."""
    context, pem = make_certificate(folder)
    tokens = TokenServer(authorities=pem)
    door = type("Door", (_Door,), {"tokens": tokens})
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), door) for _ in range(2)]
    servers[1].socket = context.wrap_socket(servers[1].socket, server_side=True)
    tokens.plain = f"http://127.0.0.1:{servers[0].server_port}"
    tokens.secure = f"https://127.0.0.1:{servers[1].server_port}"
    for server in servers:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who hangs up is no error here
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield tokens
    tokens.released.set()
    for server in servers:
        server.shutdown()
        server.server_close()


class TokenMailbox:
    """An SMTP server that takes the tokens of a provider; ``messages`` are what it received, ``tries`` how often somebody signed
    in. ``closed``: it refuses every sign-in."""

    def __init__(self, tokens: TokenServer) -> None:
        self.tokens, self.closed = tokens, False
        self.messages: list[bytes] = []
        self.tries = 0

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> Any:  # noqa: N802 - aiosmtpd's name
        """The token is asked after at the provider."""
        from aiosmtpd.smtp import AuthResult

        self.tries += 1
        user, _, token = b64decode(args[1]).decode().rstrip("\x01").partition("\x01auth=Bearer ")
        if user == f"user={USER}" and token in self.tokens.valid and not self.closed:
            return AuthResult(success=True)
        await server.push("334 eyJzdGF0dXMiOiI0MDEifQ==")
        await server._reader.readline()
        return AuthResult(success=False, handled=False, message="535 5.7.3 Authentication unsuccessful")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Kept."""
        self.messages.append(envelope.content)
        return "250 OK"


@contextmanager
def smtp_by_token(tokens: TokenServer, folder: Path) -> Iterator[tuple[TokenMailbox, int]]:
    """With STARTTLS, and its port; its certificate is that of the token server."""
    import ssl

    from aiosmtpd.controller import Controller

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    mailbox = TokenMailbox(tokens)
    options: dict[str, Any] = {"tls_context": context, "require_starttls": True, "auth_required": True}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    yield mailbox, port
    controller.stop()


def sign_in(world: Any, tokens: TokenServer, at: datetime) -> None:
    """The registration of ``world`` is saved, and its owner has been at the provider's and back, at that moment."""
    from beluur.actions.save_mail_provider import ProviderForm, save_mail_provider
    from beluur.actions.sign_in_mail import CameBack, sign_in_mail

    form = ProviderForm("microsoft", CLIENT, SECRET, TENANT, username=USER, sender="a@proef.example")
    save_mail_provider(world.doer, form)
    verifier, back = secrets.token_urlsafe(48), "https://beluur.example/mail/aangemeld"
    visit = {"redirect_uri": back, "code_challenge": challenge_of(verifier), "state": "s"}
    code = parse_qs(urlsplit(tokens.allow(visit)).query)["code"][0]
    came = CameBack(secrets.token_urlsafe(8), CLIENT, code, verifier, back)
    sign_in_mail(replace(world.doer, at=at), came)
