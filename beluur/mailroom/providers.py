"""Where one signs in at Microsoft 365 and Gmail, and the servers that take the tokens of each: this table and nothing that
anybody fills in. So no token is asked for, or shown, anywhere else.

Microsoft: learn.microsoft.com, *Authenticate an IMAP, POP or SMTP connection using OAuth*; Google: developers.google.com,
*OAuth 2.0 for web server applications* and *IMAP, POP, and SMTP*. Both as of November 2026."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from beluur.domain.mail_sign_in import challenge_of
from beluur.mailroom.send import Security

_TENANT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ANY_TENANT = "organizations"


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail leaves through, or is read."""

    host: str
    port: int
    security: Security


@dataclass(frozen=True, slots=True)
class Provider:
    """``name`` as people call it, ``firm`` where one signs in; in its addresses ``{tenant}`` is the directory of the user's own
    firm. ``asks`` is what its page is told besides, ``vouches`` the name under which it says who sent a mail; ``authorities`` is
    PEM text for a private CA."""

    name: str
    firm: str
    sign_in: str
    token: str
    scope: str
    smtp: Server
    imap: Server
    has_tenant: bool = False
    asks: Mapping[str, str] = field(default_factory=dict)
    vouches: str = ""
    authorities: str = ""


PROVIDERS: dict[str, Provider] = {
    "microsoft": Provider(
        name="Microsoft 365",
        firm="Microsoft",
        sign_in="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        token="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",  # noqa: S106 - an address
        scope="https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
        smtp=Server("smtp.office365.com", 587, Security.STARTTLS),
        imap=Server("outlook.office365.com", 993, Security.TLS),
        has_tenant=True,
        asks={"prompt": "select_account", "response_mode": "query"},
        vouches="microsoft365",
    ),
    "google": Provider(
        name="Gmail",
        firm="Google",
        sign_in="https://accounts.google.com/o/oauth2/v2/auth",
        token="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
        scope="https://mail.google.com/",
        smtp=Server("smtp.gmail.com", 587, Security.STARTTLS),
        imap=Server("imap.gmail.com", 993, Security.TLS),
        asks={"access_type": "offline", "prompt": "select_account consent"},
        vouches="mx.google.com",
    ),
}


@dataclass(frozen=True, slots=True)
class Registration:
    """The user's own registration of the app; ``tenant`` empty: any firm's."""

    client_id: str
    client_secret: str
    tenant: str = ""

    def __repr__(self) -> str:
        """Without the secret: it ends up in logs."""
        return f"Registration({self.client_id!r})"


def is_tenant(text: str) -> bool:
    """Whether ``text`` is the id of a directory, in small letters."""
    return _TENANT.fullmatch(text) is not None


def in_directory(address: str, tenant: str) -> str:
    """``address`` of the table with the directory in its place. ValueError for what is no id of one."""
    if tenant and not is_tenant(tenant):
        raise ValueError(tenant)
    return address.replace("{tenant}", tenant or _ANY_TENANT)


def sign_in_address(
    provider: Provider, registration: Registration, *, state: str, verifier: str, back: str, mailbox: str = ""
) -> str:
    """The page of the provider on which ``mailbox`` is signed in; it leads to ``back`` with ``state`` and a code."""
    asked = {
        "client_id": registration.client_id,
        "response_type": "code",
        "redirect_uri": back,
        "scope": provider.scope,
        "state": state,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        **provider.asks,
        **({"login_hint": mailbox} if mailbox else {}),
    }
    return f"{in_directory(provider.sign_in, registration.tenant)}?{urlencode(asked)}"


def origin_of(provider: Provider) -> str:
    """``https://name`` of its sign-in page: where a form of ours may lead to."""
    parts = urlsplit(provider.sign_in)
    return f"{parts.scheme}://{parts.netloc}"
