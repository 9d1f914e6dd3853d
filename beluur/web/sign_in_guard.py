"""Slows down who guesses passwords: per address and per computer, in the cache, so that a restart forgives."""

from __future__ import annotations

from hashlib import sha256

from django.core.cache import cache

WINDOW_SECONDS = 15 * 60
PER_ADDRESS = 8
PER_COMPUTER = 40


def minutes_to_wait(email: str, computer: str) -> int:
    """0 when he may try now."""
    full = any(int(cache.get(key, 0)) >= most for key, most in _keys(email, computer))
    return WINDOW_SECONDS // 60 if full else 0


def note_failure(email: str, computer: str) -> None:
    """One try more that did not succeed."""
    for key, _most in _keys(email, computer):
        cache.add(key, 0, WINDOW_SECONDS)
        cache.incr(key)


def forgive(email: str, computer: str) -> None:
    """He knew it after all."""
    cache.delete(_keys(email, computer)[0][0])


def _keys(email: str, computer: str) -> tuple[tuple[str, int], tuple[str, int]]:
    address = sha256(email.strip().lower().encode()).hexdigest()[:32]
    return (f"sign-in:address:{address}", PER_ADDRESS), (f"sign-in:computer:{computer[:60]}", PER_COMPUTER)
