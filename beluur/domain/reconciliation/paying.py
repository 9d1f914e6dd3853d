"""What a payment can be for by who pays: his invoices that it almost names, that have the amount, or that add up to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from beluur.domain.reconciliation.amounts import (
    adding_up,
    is_telling,
    pair_adds_up,
)
from beluur.domain.reconciliation.candidates import Room
from beluur.domain.reconciliation.certainty import WITHOUT_AMOUNT
from beluur.domain.reconciliation.fitting import fit, is_left_over, whole
from beluur.domain.reconciliation.hits import Hit, is_digit_wrong, names_another, nearest
from beluur.domain.reconciliation.months import is_of, is_of_day, months_named
from beluur.domain.reconciliation.on_account import on_account
from beluur.domain.reconciliation.payers import Seen
from beluur.domain.reconciliation.proposals import PAYS, STRONG, Proposal, Proposer, any_cancel
from beluur.domain.reconciliation.reasons import Fit, Which, Who
from beluur.domain.reconciliation.roughly import roughly
from beluur.domain.reconciliation.signals import (
    labelled,
    means_ahead,
    means_an_order,
    means_everything,
)

_FIRST = -(10**15)  # turns; what he names comes before what he mostly pays
_RATHER = -1


def by_payer(search: Proposer, *, decisive: bool) -> Iterator[Proposal]:
    """From who pays: his invoices that are almost named, that have the amount, or that add up to it. ``decisive``: only of those
    whose invoices may be certain, or may make another's uncertain; otherwise only of the others."""
    for debtor_id in search.signs.debtors():
        seen = search.signs.seen(debtor_id)
        if seen.who is Who.NOBODY and any(h.which in STRONG for h in search.hits.get(debtor_id, ())):
            # only nearly so called, but he writes a number of his, of the last time
            seen = seen._replace(who=Who.ALIKE)
        if seen.who in PAYS and decisive is _is_decisive(search, seen, debtor_id):
            rooms = search.rooms(debtor_id)
            for proposal in _of_payer(search, debtor_id, seen, rooms) if rooms else ():
                yield _doubted(search, proposal)


def _is_decisive(search: Proposer, seen: Seen, debtor_id: int) -> bool:
    """Of seven who bear the payer's name mostly none has an invoice of the amount: what else is said of them is a guess."""
    return seen.who in WITHOUT_AMOUNT or search.has_it(debtor_id)


def _doubted(search: Proposer, proposal: Proposal) -> Proposal:
    if _is_unsure(search, proposal):
        proposal = proposal._replace(fitting=proposal.fitting._replace(firm=False))
    other = _told_otherwise(search, proposal)
    return proposal._replace(doubt=other) if other and not proposal.doubt else proposal


def _told_otherwise(search: Proposer, proposal: Proposal) -> str:
    """A number in the payment that points elsewhere; "" when there is none. Where the amount tells little, any number that is not
    accounted for does: it may be of an invoice that was paid before."""
    chosen = [r.item for r in proposal.fitting.rooms]
    common = search.is_common(search.payment.cents)
    strict = proposal.which in (Which.SUBSET, Which.ALL) or (proposal.which is Which.AMOUNT and common)
    if strict and (other := search.unaccounted(chosen, proposal.debtor_id)):
        return other
    to_the_cent = proposal.which is Which.AMOUNT and proposal.fitting.fit is Fit.EXACT
    telling = to_the_cent and not common and search.is_himself(proposal.debtor_id, proposal.seen)
    own = search.candidates.by_debtor(proposal.debtor_id)
    cents = search.payment.cents
    return names_another(
        search.said,
        chosen,
        own,
        search.candidates,
        cents=cents if telling else None,
        paid=[i for i in own if i.amount_cents != cents and not search.room(i).cents] if telling else (),
        written=[h.written for h in proposal.hits],
    )


def _is_unsure(search: Proposer, proposal: Proposal) -> bool:
    """Whether an invoice that is not here yet may be meant: the payer speaks of one to come, or many others have the amounts."""
    if proposal.which is Which.NEAR:
        return False
    common = search.shares_amounts(proposal.fitting.rooms)
    if means_ahead(search.incoming) or (common and means_an_order(search.incoming)):
        return True
    if search.signs.names_another_of_group(proposal.debtor_id) or _is_for_another(search, proposal):
        return True
    if proposal.which in (Which.SUBSET, Which.ALL) and _is_twice_or_half(search, proposal.debtor_id):
        return True
    known = proposal.seen.who is Who.ACCOUNT and proposal.debtor_id not in search.hits
    said_so = proposal.which is Which.ALL and (known or means_everything(search.incoming))
    return common and proposal.which in (Which.SUBSET, Which.ALL) and not said_so


def _is_for_another(search: Proposer, proposal: Proposal) -> bool:
    """Whether the text has a name like another debtor's, and only the amount speaks for this one."""
    hinted = search.signs.hinted
    return bool(hinted) and proposal.debtor_id not in hinted and proposal.which >= Which.ALL


def _is_twice_or_half(search: Proposer, debtor_id: int) -> bool:
    """Whether just twice what he names came in, or half of it: that may be a mistake, or an instalment."""
    named = sum(search.room(h.item).cents for h in search.hits.get(debtor_id, ()))
    return named > 0 and (search.payment.cents == 2 * named or 2 * search.payment.cents == named)


def _of_payer(search: Proposer, debtor_id: int, seen: Seen, rooms: list[Room]) -> Iterator[Proposal]:
    yield from _almost(search, debtor_id, seen, rooms)
    exact = [r for r in rooms if r.cents == search.payment.cents]
    if exact:
        yield from _of_amount(search, debtor_id, seen, rooms, exact)
        return
    everything = sum(r.cents for r in rooms) == search.payment.cents
    if everything:
        yield Proposal(debtor_id, Which.ALL, whole(rooms, firm=not any_cancel(rooms)), seen)
        if any_cancel(rooms) and not means_everything(search.incoming):
            yield Proposal(
                debtor_id, Which.ALL, whole(_not_cancelled(search, rooms), firm=False), seen, turn=_RATHER
            )
        return
    yield from _as_they_stand(search, debtor_id, seen, rooms)
    yield from _several(search, debtor_id, seen, rooms)
    yield from roughly(search, debtor_id, seen, rooms)
    yield from on_account(search, debtor_id, seen, rooms)


def _not_cancelled(search: Proposer, rooms: list[Room]) -> list[Room]:
    """Without each credit note that is just an invoice, and the one of its invoices that is paid on such a day the least."""
    left = list(rooms)
    for note in (r for r in rooms if r.cents < 0):
        if same := [r for r in left if r.cents == -note.cents]:
            left.remove(note)
            left.remove(max(reversed(same), key=search.turn))
    return left


def _almost(search: Proposer, debtor_id: int, seen: Seen, rooms: list[Room]) -> Iterator[Proposal]:
    near = search.near(debtor_id, rooms)
    by_id = {r.item.invoice_id: r for r in rooms}
    exact = [h for h in near if by_id[h.item.invoice_id].cents == search.payment.cents]
    if exact:
        firm = len(exact) == 1 and (_have_it(rooms, search) == 1 or _is_surely(exact[0], search))
        fitting = whole([by_id[exact[0].item.invoice_id]], firm=firm)
        yield Proposal(debtor_id, Which.NEAR, fitting, seen, (exact[0],))
    elif near:
        fitting_ = fit([by_id[h.item.invoice_id] for h in near], (), search.payment)
        if fitting_ is not None and (fitting_.fit is Fit.EXACT or len(near) == 1):
            taken = {r.item.invoice_id for r in fitting_.rooms}
            used = tuple(h for h in near if h.item.invoice_id in taken)
            yield Proposal(debtor_id, Which.NEAR, fitting_, seen, used)


def _have_it(rooms: Sequence[Room], search: Proposer) -> int:
    return sum(r.cents == search.payment.cents for r in rooms)


def _is_surely(hit: Hit, search: Proposer) -> bool:
    """Whether what is written is that number, though others have the amount too: a number of the payer's own books may be one
    digit off from one of many, when he does not call it an invoice's."""
    return not is_digit_wrong(hit.written, hit.item.number_key) or hit.written in labelled(
        search.incoming.text
    )


def _of_amount(
    search: Proposer, debtor_id: int, seen: Seen, rooms: list[Room], exact: list[Room]
) -> Iterator[Proposal]:
    positive = [r.cents for r in rooms if r.cents > 0]
    meant = months_named(search.incoming.text)
    of_the_day = [r for r in exact if is_of_day(meant, r.item.issued)]
    of_the_month = [r for r in exact if is_of(meant, r.item.issued)]
    only = exact if len(exact) == 1 else of_the_day if len(of_the_day) == 1 else []
    if not only and of_the_month == exact[:1]:  # the month says the same as the order in which people pay
        only = of_the_month
    himself = search.is_himself(debtor_id, seen) or _is_named_company(search, debtor_id, seen)
    firm = (himself or not search.is_common(search.payment.cents)) and (
        not pair_adds_up(positive, search.payment.cents)
    )
    firm = firm and search.incoming.id not in search.candidates.repeated  # it may have been paid twice
    near = nearest(search.said.number_keys, [r.item for r in exact]) if len(exact) > 1 else None
    for room in exact:
        turn = search.turn(room) + (_FIRST if is_of(meant, room.item.issued) or room.item == near else 0)
        fitting = whole([room], firm=firm and room in only)
        yield Proposal(debtor_id, Which.AMOUNT, fitting, seen, turn=turn)


def _is_named_company(search: Proposer, debtor_id: int, seen: Seen) -> bool:
    """Whether the text holds the whole name of a company: it tells as much as that name on the account."""
    return seen.who is Who.NAMED and not search.candidates.payer(debtor_id).exact


def _as_they_stand(search: Proposer, debtor_id: int, seen: Seen, rooms: list[Room]) -> Iterator[Proposal]:
    """What people pay at one go: all that is due, all that nothing was paid of yet, or the oldest."""
    invoices = [r for r in rooms if r.cents > 0]
    booked = search.incoming.booked
    due = [r for r in invoices if r.item.due and r.item.due <= booked]
    months = months_named(search.incoming.text)
    named = [r for r in invoices if is_of(months, r.item.issued)]
    untouched = [r for r in invoices if r.cents == r.item.amount_cents]
    everything = means_everything(search.incoming)
    for chosen, is_all, turn in (
        (named, False, _FIRST),
        (_of_each_month(months, named), False, _FIRST),
        (invoices, True, _RATHER),
        (untouched, True, _RATHER),
        (due, True, _RATHER),
        (_oldest_up_to(search, invoices), False, _RATHER),
    ):
        if len(chosen) > 1 and sum(r.cents for r in chosen) == search.payment.cents:
            said_so = everything and is_all and not _could_stand_in(invoices, chosen)
            which = Which.ALL if said_so else Which.SUBSET
            yield Proposal(debtor_id, which, whole(chosen, firm=said_so), seen, turn=turn)
            return


def _of_each_month(months: Collection[tuple[int, int]], named: Sequence[Room]) -> list[Room]:
    """The oldest of each month or day that is written out."""
    found = (next((r for r in named if is_of(frozenset((m,)), r.item.issued)), None) for m in sorted(months))
    return [room for room in found if room is not None]


def _could_stand_in(invoices: list[Room], chosen: list[Room]) -> bool:
    """Whether an invoice that was not chosen is of the amount of one that was."""
    others = {r.cents for r in invoices if r not in chosen}
    return any(r.cents in others for r in chosen)


def _oldest_up_to(search: Proposer, invoices: list[Room]) -> list[Room]:
    """The oldest that the payment covers."""
    left = search.payment.cents
    chosen = []
    for room in invoices:
        left -= room.cents
        if left < 0:
            break
        chosen.append(room)
    return chosen


def _several(search: Proposer, debtor_id: int, seen: Seen, rooms: list[Room]) -> Iterator[Proposal]:
    credit = sum(r.cents for r in rooms if r.cents < 0)
    useful = [r for r in rooms if r.cents <= search.payment.cents - credit and not is_left_over(r)]
    useful.sort(key=search.turn)
    amounts = [r.cents for r in useful]
    found = adding_up(amounts, search.payment.cents, search.payment.effort, search.rules.largest_search)
    if found is not None and len(found.places) <= search.rules.largest_sum:
        firm = found.unique and is_telling(amounts, len(found.places), search.rules)
        yield Proposal(debtor_id, Which.SUBSET, whole([useful[n] for n in found.places], firm=firm), seen)
