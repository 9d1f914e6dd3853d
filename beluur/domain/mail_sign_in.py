"""Signing in at the provider of a mailbox (OAuth 2): what its answers mean, how long an access token is used, when another is
asked for (RFC 6749, 7636).

An access token lives about an hour, a refresh token until it is revoked or forgotten: with the second the first is renewed."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from beluur.values.sentence import Sentence, say

EARLY = timedelta(minutes=2)  # so long before its end a token is renewed: a mail may take that long
SETTLED = timedelta(minutes=1)  # a token younger than this that is refused is refused for another reason
LASTS = timedelta(minutes=15)  # how long somebody may be at the provider's before he comes back
_UNKNOWN_LIFE, _SHORTEST, _LONGEST = 600, 60, 24 * 3600  # seconds
_LONGEST_TOKEN = 8000
_OF_THE_REGISTRATION = frozenset(("invalid_client", "unauthorized_client"))
FOR_A_PERSON = frozenset(f"mail.sign_in.{code}" for code in ("ended", "missing", "nowhere", "registration"))
"""Codes of the sentences that ask a person to sign in, or to look at the registration."""
_LATER = frozenset(("temporarily_unavailable", "server_error", "slow_down"))


class Why(StrEnum):
    """Why there is no token: the sign-in holds no more, the registration of the app is refused, or it may work later."""

    ENDED = "ended"
    REGISTRATION = "registration"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Granted:
    """An access token for ``seconds``. ``refresh`` is empty when the one that is kept stays."""

    access: str
    refresh: str
    seconds: int

    def __repr__(self) -> str:
        """Without the tokens: answers end up in logs."""
        return f"Granted(for {self.seconds} s)"


@dataclass(frozen=True, slots=True)
class Declined:
    """No token; ``answer`` is what the provider said."""

    why: Why
    answer: str


def read_answer(status: int, body: bytes) -> Granted | Declined:
    """What a token endpoint says. Never raises: what is no answer at all may be one later, for it came from something between."""
    said = _object(body)
    error = said.get("error")
    if status == 200 and not error:
        access = said.get("access_token")
        if not _is_token(access):
            return Declined(Why.LATER, "?")
        refresh = said.get("refresh_token")
        return Granted(
            str(access), str(refresh) if _is_token(refresh) else "", _seconds(said.get("expires_in"))
        )
    answer = one_answer(said.get("error_description"), error) or str(status)
    if not isinstance(error, str) or not error or not 400 <= status < 500 or status == 429 or error in _LATER:
        return Declined(Why.LATER, answer)
    return Declined(Why.REGISTRATION if error in _OF_THE_REGISTRATION else Why.ENDED, answer)


def why_none(declined: Declined, provider: str) -> Sentence:
    """Why no mail leaves and none is read; ``provider`` as people call it."""
    if declined.why is Why.ENDED:
        return say("mail.sign_in.ended", provider=provider)
    code = "mail.sign_in.registration" if declined.why is Why.REGISTRATION else "mail.sign_in.later"
    return Sentence(code, {"provider": provider, "answer": declined.answer})


def asks_to_sign_in(why: Sentence | None) -> bool:
    """Whether ``why`` is for a person: he signs in, or looks at the registration; waiting does not help."""
    return why is not None and why.code in FOR_A_PERSON


def one_answer(*said: object) -> str:
    """The first of what a provider said that is a text: its first line, not too long; empty when none is."""
    return next((line for text in said if (line := _first_line(text))), "")


def is_fresh(until: datetime | None, now: datetime) -> bool:
    """Whether an access token that lives ``until`` then can still be used."""
    return until is not None and now < until - EARLY


def is_worth_renewing(given_at: datetime | None, now: datetime) -> bool:
    """Whether a token that a mail server refused is old enough for another one to help."""
    return given_at is None or now >= given_at + SETTLED


def has_run_out(began: datetime, now: datetime) -> bool:
    """Whether who went to the provider's at ``began`` comes back too late."""
    return not timedelta(0) <= now - began < LASTS


def challenge_of(verifier: str) -> str:
    """What is shown of ``verifier`` at the beginning, so that only who has it can end it (RFC 7636, S256)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _is_token(value: object) -> bool:
    """A token goes into a line of a mail server: nothing in it may end one."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= _LONGEST_TOKEN
        and value.isascii()
        and value.isprintable()
    )


def _seconds(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 9:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return _UNKNOWN_LIFE
    return min(max(value, _SHORTEST), _LONGEST)


def _first_line(value: object) -> str:
    lines = value.strip().splitlines() if isinstance(value, str) else []
    return "".join(c for c in lines[0] if c.isprintable())[:200] if lines else ""
