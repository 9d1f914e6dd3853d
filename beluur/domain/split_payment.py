"""Divides a payment over invoices that a person ticked, where he typed no amount himself."""

from __future__ import annotations

from collections.abc import Sequence


def divided(left_cents: int, wanted: Sequence[tuple[int, int | None]]) -> tuple[int, ...]:
    """Cents for each of ``wanted``: (room of the invoice, cents as typed or None). What was typed stays, with the sign of its
    invoice; a credit note is used whole; what is left then goes down the list, never more than there is room.

    >>> divided(100_00, [(80_00, None), (-30_00, None), (90_00, None)])
    (8000, -3000, 5000)
    """
    cents = [_signed(typed, room) if typed is not None else min(room, 0) for room, typed in wanted]
    left = left_cents - sum(cents)
    for place, (room, typed) in enumerate(wanted):
        if typed is None and room > 0:
            cents[place] = max(min(left, room), 0)
            left -= cents[place]
    return tuple(cents)


def _signed(typed: int, room: int) -> int:
    return -abs(typed) if room < 0 else typed
