"""Slows down who asks for pages of debtors too often: per computer and per link, in the memory of this process."""

from __future__ import annotations

from django.core.cache import caches

from beluur.domain.personal_link import token_hash

WINDOW_SECONDS = 10 * 60
PER_COMPUTER = 150
PER_LINK = 75


def minutes_to_wait(token: str, computer: str) -> int:
    """Counts this request; 0 when it may be answered. Known links and guesses are counted alike; of who asks too much only that
    he asks, so that a flood fills no memory."""
    limits = ((f"computer:{computer[:60]}", PER_COMPUTER), (f"link:{token_hash(token)}", PER_LINK))
    full = any(_count(key) > most for key, most in limits)
    return WINDOW_SECONDS // 60 if full else 0


def _count(key: str) -> int:
    cache = caches["pages"]
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:  # its time was over between the two
        return 1
