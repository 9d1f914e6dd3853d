"""Which records of a CODA group are payments: a total that stands for several is given up for its details, when they add up.

The first digit of the transaction code says what a movement is: 1 and 2 are totals (of the customer, of the bank), 5, 6 and 7
their details; 3 is one amount and 8 its parts, such as capital and interest or the charges of a transfer; 9 are the parts of a 7.
The globalisation code (1 to 9) opens a level with a movement, and closes it with the last detail of that level.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from beluur.importers.coda_records import Movement

MAIN = "0000"
_PARTS = ("8", "9")
_SINGLE = "3"


class Payment(NamedTuple):
    """A movement that is one payment; ``total`` is the movement that it is part of, itself when it stands alone."""

    movement: Movement
    total: Movement


def groups(movements: Iterable[Movement]) -> Iterator[list[Movement]]:
    """Each movement with its details; a detail whose movement is not there stands alone."""
    group: list[Movement] = []
    for movement in movements:
        if group and (movement.detail == MAIN or movement.sequence != group[0].sequence):
            yield group
            group = []
        group.append(movement)
    if group:
        yield group


def apart(group: list[Movement]) -> list[Payment]:
    """The details of one group in a file of details, each for itself: their total stands in another file."""
    return [Payment(movement, movement) for movement in group if movement.code[0] not in _PARTS]


def payments(group: list[Movement]) -> list[Payment] | None:
    """The payments in one group; None when there are details that do not add up to their total."""
    total, *details = group
    if total.code[0] == _SINGLE:
        return [Payment(total, total)]
    candidates = [detail for detail in details if detail.code[0] not in _PARTS]
    if not candidates:
        return [Payment(total, total)]
    placed = _placed(candidates, total.globalisation)
    lowest = [detail for detail, _, opens in placed if not opens]
    highest = [detail for detail, depth, _ in placed if depth == 0]
    for level in (lowest, highest, candidates):
        if all(m.cents is not None for m in level) and sum(m.cents or 0 for m in level) == total.cents:
            return [Payment(movement, total) for movement in level]
    return None


def _placed(details: list[Movement], outermost: str) -> list[tuple[Movement, int, bool]]:
    """Each detail with the number of levels that it stands under, and whether it opens one itself; the code of the total, the
    ``outermost``, opens none."""
    open_codes: list[str] = []
    found: list[tuple[Movement, int, bool]] = []
    for place, detail in enumerate(details):
        code = detail.globalisation
        begins = (
            code in "123456789"
            and code not in (outermost, *open_codes)
            and any(later.globalisation == code for later in details[place + 1 :])
        )
        found.append((detail, len(open_codes), begins))
        if begins:
            open_codes.append(code)
        elif code in open_codes:
            del open_codes[open_codes.index(code) :]
    return found
