"""Asks a provider for tokens: one short request over TLS, to an address of the table, no redirects, nothing kept."""

from __future__ import annotations

import http.client
import logging
import ssl
from urllib.parse import urlencode, urlsplit

from beluur.domain.mail_sign_in import Declined, Granted, Why, read_answer
from beluur.mailroom.clean import one_line
from beluur.mailroom.providers import Provider, Registration, in_directory

_SECONDS = 10
_LARGEST = 64 * 1024
log = logging.getLogger("beluur.sign_in")


def token_for_code(
    provider: Provider, registration: Registration, *, code: str, verifier: str, back: str
) -> Granted | Declined:
    """The tokens for the code with which somebody came back; ``back`` is the address he came back at. Never raises."""
    told = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    return _ask(provider, registration, told)


def token_again(provider: Provider, registration: Registration, refresh: str) -> Granted | Declined:
    """Another access token for the refresh token. Never raises."""
    told = {"grant_type": "refresh_token", "refresh_token": refresh}
    return _ask(provider, registration, told)


def _ask(provider: Provider, registration: Registration, told: dict[str, str]) -> Granted | Declined:
    told |= {"client_id": registration.client_id, "client_secret": registration.client_secret}
    parts = urlsplit(in_directory(provider.token, registration.tenant))
    context = ssl.create_default_context(cadata=provider.authorities or None)
    door = http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=_SECONDS, context=context)
    head = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
        "User-Agent": "Beluur",
    }
    try:
        door.request("POST", parts.path, urlencode(told), head)
        answer = door.getresponse()
        read = read_answer(answer.status, answer.read(_LARGEST))
    except (OSError, http.client.HTTPException, ValueError) as problem:
        read = Declined(Why.LATER, one_line(str(problem))[:200] or type(problem).__name__)
    finally:
        door.close()
    if isinstance(read, Declined):
        log.warning("no token of %s: %s, %s", provider.name, read.why.value, read.answer)
    return read
