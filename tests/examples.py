"""How many examples a property is tried on."""

from __future__ import annotations

from hypothesis import settings

QUICK = 20  # what `make check` has time for


def examples(wanted: int) -> int:
    """``wanted``, or what the profile of `make check` allows: a number in @settings would override the profile."""
    return min(wanted, QUICK) if settings.get_current_profile_name() == "quick" else wanted
