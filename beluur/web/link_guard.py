"""Slows down who asks for pages of debtors too often: per computer and per link, in the memory of this process."""

from __future__ import annotations

from django.core.cache import cache

from beluur.domain.personal_link import token_hash

WINDOW_SECONDS = 10 * 60
PER_COMPUTER = 150
PER_LINK = 75


def minutes_to_wait(token: str, computer: str) -> int:
    """Counts this request; 0 when it may be answered. Known links and guesses are counted alike."""
    counts = [(_count(key), most) for key, most in _keys(token, computer)]
    return WINDOW_SECONDS // 60 if any(count > most for count, most in counts) else 0


def _count(key: str) -> int:
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:  # its time was over between the two
        return 1


def _keys(token: str, computer: str) -> tuple[tuple[str, int], tuple[str, int]]:
    return (f"page:link:{token_hash(token)}", PER_LINK), (f"page:computer:{computer[:60]}", PER_COMPUTER)
