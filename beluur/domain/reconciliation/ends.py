"""Ends of invoice numbers, as people give them ("1480 + 2235"): which invoices are meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from beluur.domain.reconciliation.candidates import Room
from beluur.domain.reconciliation.fitting import whole
from beluur.domain.reconciliation.hits import Hit
from beluur.domain.reconciliation.proposals import STRONG, Proposal, Proposer
from beluur.domain.reconciliation.reasons import Which
from beluur.domain.reconciliation.shapes import ends_among, full_keys
from beluur.values.invoice_number import is_year

_MOST_WAYS = 256


def by_ends(search: Proposer) -> Iterator[Proposal]:
    """From ends of numbers, whoever's: one invoice that has the amount is proposed; several that are the amount together are as
    good as named, when that is all that the payment says and there is one way only."""
    listed = [rooms for key in ends_among(search.said.number_keys) if (rooms := _ending(search, key))]
    if len(listed) == 1:
        for room, hit in listed[0]:
            if room.cents == search.payment.cents and not is_year(hit.written):
                seen = search.signs.seen(room.item.debtor_id)
                yield Proposal(room.item.debtor_id, Which.SHORT, whole([room], firm=False), seen, (hit,))
        return
    numbers = [rooms for rooms in listed if not is_year(rooms[0][1].written)]
    for some in (listed, numbers):
        if len(some) > 1 and prod(map(len, some)) <= _MOST_WAYS and (found := _several(search, some)):
            yield found
            return


def _several(search: Proposer, listed: Sequence[Sequence[tuple[Room, Hit]]]) -> Proposal | None:
    ways = [way for way in product(*listed) if sum(r.cents for r, _ in way) == search.payment.cents]
    if not ways:
        return None
    rooms, found = [r for r, _ in ways[0]], [h for _, h in ways[0]]
    if len({r.item.invoice_id for r in rooms}) < len(rooms):
        return None
    debtors = sorted({r.item.debtor_id for r in rooms})
    seen = min((search.signs.seen(d) for d in debtors), key=lambda s: s.who)
    firm = len(ways) == 1 and search.lists_only(found, rooms)
    return Proposal(debtors[0], Which.FAIR, whole(rooms, firm=firm), seen, tuple(found))


def _ending(search: Proposer, end: str) -> list[tuple[Room, Hit]]:
    """What can be paid of the invoices that end so, or of which it is all; none beside a whole number that tells."""
    candidates = search.candidates
    if any(h.which in STRONG for hits in search.hits.values() for h in hits):
        return []
    meant = dict.fromkeys((end, *full_keys(end, candidates.shapes)))
    items = [i for key in meant for i in candidates.by_number(key)]
    payable = (i for i in items if i.currency == search.incoming.currency)
    return [(r, Hit(r.item, Which.SHORT, end)) for i in payable if (r := search.room(i)).cents > 0]
