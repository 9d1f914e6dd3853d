"""Seals a secret (a mail password, a token) with a key made from SECRET_KEY: the database alone does not give it away."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(secret: str) -> str:
    """``secret`` sealed; an empty one stays empty."""
    return _fernet().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """What was sealed; empty when it was sealed with another SECRET_KEY, so that the user is asked for it again."""
    try:
        return _fernet().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""


def _fernet() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"beluur seal\0" + settings.SECRET_KEY.encode()).digest()))
