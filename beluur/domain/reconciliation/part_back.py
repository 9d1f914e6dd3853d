"""Of which invoices a payment is taken when only a part of it goes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Taken(NamedTuple):
    """Cents of a payment that go back: ``of_rest`` was on no invoice, ``of_parts`` was, in the order of the parts."""

    of_rest: int
    of_parts: tuple[int, ...]


def part_back(parts: Sequence[int], rest: int, cents: int) -> Taken:
    """``cents`` > 0 go back of a payment with these ``parts`` on invoices, the newest first, and a ``rest`` on none.

    What is on no invoice goes first, for who is refunded paid too much; then the newest. A credit note that was used (a part
    below nothing) is given back only when all goes back, with everything else.

    >>> part_back([40_00, 100_00], 5_00, 60_00)
    Taken(of_rest=500, of_parts=(4000, 1500))
    """
    if cents >= rest + sum(parts):
        return Taken(rest, tuple(parts))
    of_rest = min(rest, cents)
    left, taken = cents - of_rest, []
    for part in parts:
        taken.append(min(max(part, 0), left))
        left -= taken[-1]
    return Taken(of_rest, tuple(taken))


def still_standing(parts: Sequence[tuple[int, int]], gone: dict[int, int]) -> list[int]:
    """Cents of each of the ``parts`` (invoice, cents; the newest first) after what went back of each invoice before."""
    gone, found = dict(gone), []
    for invoice_id, cents in parts:
        before = min(max(cents, 0), gone.get(invoice_id, 0))
        gone[invoice_id] = gone.get(invoice_id, 0) - before
        found.append(cents - before)
    return found
