"""One payment for several debtors without a number: the desk of a group, or a bookkeeper. Proposed, never booked by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from beluur.domain.reconciliation.amounts import adding_up
from beluur.domain.reconciliation.candidates import Candidates, Room
from beluur.domain.reconciliation.fitting import whole
from beluur.domain.reconciliation.payers import PayerSigns
from beluur.domain.reconciliation.proposals import Proposal, Proposer
from beluur.domain.reconciliation.reasons import Which
from beluur.domain.reconciliation.rules import Rules

_MOST_DEBTORS = 40
_MOST_ROOMS = 22  # searched through for a sum


def by_several(search: Proposer) -> Iterator[Proposal]:
    """What several debtors owe together that is just the amount: those whom the text names, those of the payer's group, those
    for whom was paid from the account before; of each circle the first sum that people pay at one go."""
    for circle, must in circles(search.signs, search.candidates, search.rules, search.signs.in_text):
        owed = {d: rooms for d in circle if (rooms := search.rooms(d))}
        if len(owed) < 2:
            continue
        chosen = next((c for c in _sums(search, owed, must) if c), None)
        if chosen:
            seen = min((search.signs.seen(r.item.debtor_id) for r in chosen), key=lambda s: s.who)
            first = chosen[0].item.debtor_id
            yield Proposal(first, Which.SUBSET, whole(chosen, firm=False), seen)
            return


def circles(
    signs: PayerSigns, candidates: Candidates, rules: Rules, named: Collection[int]
) -> Iterator[tuple[Sequence[int], Collection[int]]]:
    """Debtors who may be paid for in one sum, each time with those of them who are in any case; ``named`` by the text. More who
    bear one name than are ever looked at are no circle: it says nothing of who among them."""
    few = rules.most_debtors
    if len(named) > few:
        named = ()
    if len(named) > 1:
        yield sorted(named), named
    payers = signs.owners or (signs.namesakes if len(signs.namesakes) <= few else ())
    group = {d for debtor in payers for d in candidates.group_of(debtor)}
    if len(group) > 1:
        yield sorted(group)[:_MOST_DEBTORS], ()
    if named and signs.owners:
        yield sorted({*signs.owners, *named})[:_MOST_DEBTORS], named


def _sums(search: Proposer, owed: dict[int, list[Room]], must: Collection[int]) -> Iterator[list[Room]]:
    rooms = [r for some in owed.values() for r in some]
    invoices = [r for r in rooms if r.cents > 0]
    each = [owes for some in owed.values() if (owes := [r for r in some if r.cents > 0])]
    usual, oldest = [min(owes, key=search.turn) for owes in each], [owes[0] for owes in each]
    booked = search.incoming.booked
    due = [r for r in invoices if _is_due(r, booked)]
    for chosen in (rooms, invoices, due, usual, oldest):
        if sum(r.cents for r in chosen) == search.payment.cents and _several(chosen):
            yield chosen
    for among in (usual, oldest, sorted(invoices, key=search.turn)):
        yield _adding_up(search, among, must)


def _adding_up(search: Proposer, among: Sequence[Room], must: Collection[int]) -> list[Room]:
    """Some of them that are the amount, of more than one debtor, one who must be among them included."""
    if len(among) > _MOST_ROOMS:
        return []
    found = adding_up([r.cents for r in among], search.payment.cents, search.payment.effort)
    chosen = [among[n] for n in found.places] if found else []
    debtors = {r.item.debtor_id for r in chosen}
    return chosen if _several(chosen) and (not must or not debtors.isdisjoint(must)) else []


def _several(chosen: Sequence[Room]) -> bool:
    return len({r.item.debtor_id for r in chosen}) > 1


def _is_due(room: Room, booked: date) -> bool:
    return room.item.due is not None and room.item.due <= booked
