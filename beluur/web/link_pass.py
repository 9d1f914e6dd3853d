"""The pass that a tap on the cover of a debtor's page gives: until it runs out, what is behind the cover can be fetched by GET.

A mail scanner follows links; it does not tap. The pass stands in the address, so that no cookie is needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

LASTS = timedelta(hours=2)


def give_pass(link_id: int, now: datetime) -> str:
    """A pass for this link, from now."""
    return _signer().sign(f"{link_id}.{int(now.timestamp())}")


def has_pass(passed: str, link_id: int, now: datetime) -> bool:
    """Whether ``passed`` is a pass for this link that has not run out."""
    try:
        of_link, _, given = _signer().unsign(passed).partition(".")
    except BadSignature:
        return False
    age = now.timestamp() - int(given)
    return of_link == str(link_id) and 0 <= age < LASTS.total_seconds()


def answer_to_knock(nonce: str) -> str:
    """What only this Beluur can answer: the settings ask for it at the public address."""
    return salted_hmac("beluur.knock", nonce[:64], secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def _signer() -> Signer:
    return Signer(salt="beluur.page", sep="~")
