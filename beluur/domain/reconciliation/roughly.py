"""What nearly pays an invoice, or all of them: less a discount or a fee, a little more, or with a digit mistyped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beluur.domain.reconciliation.amounts import discounted, rounded_up, slipped
from beluur.domain.reconciliation.candidates import Room
from beluur.domain.reconciliation.fitting import Fitting, is_fee, spread, whole
from beluur.domain.reconciliation.on_account import is_round
from beluur.domain.reconciliation.payers import Seen
from beluur.domain.reconciliation.proposals import Proposal, Proposer
from beluur.domain.reconciliation.reasons import Fit, Which
from beluur.domain.reconciliation.signals import means_part


def roughly(search: Proposer, debtor_id: int, seen: Seen, rooms: list[Room]) -> Iterator[Proposal]:
    """One invoice, less a discount, a fee or a credit note, or with a digit mistyped; or all of them so. Not of who says himself
    that it is a part."""
    if means_part(search.incoming):
        return
    positive = [r for r in rooms if r.cents > 0]
    wholes: list[Sequence[Room]] = [[r] for r in positive]
    if len(rooms) > 1:
        wholes.append(rooms)
    yield from _rounded_up(search, debtor_id, seen, rooms)
    for chosen in wholes[: search.rules.largest_search]:
        if (fitting := _rough(search, chosen)) is not None:
            yield Proposal(debtor_id, Which.ALL if len(chosen) > 1 else Which.AMOUNT, fitting, seen)


def _rounded_up(search: Proposer, debtor_id: int, seen: Seen, rooms: list[Room]) -> Iterator[Proposal]:
    """A little more than all that is open, or than one of several; which of several is a guess."""
    cents = search.payment.cents
    wholes = [(sum([r.cents for r in rooms]), rooms)]
    if len(rooms) > 1:
        wholes += [(r.cents, [r]) for r in rooms if r.cents > 0]
    for total, chosen in wholes:
        if rounded_up(cents, total):
            which = Which.ALL if chosen is rooms else Which.AMOUNT
            firm = search.is_himself(debtor_id, seen) and not search.shares_amounts(chosen)
            yield Proposal(debtor_id, which, whole(chosen, Fit.OVER, cents - total, firm=firm), seen)


def _rough(search: Proposer, chosen: Sequence[Room]) -> Fitting | None:
    cents = search.payment.cents
    total = sum([r.cents for r in chosen])
    if cents > total and len(chosen) > 1:
        return None  # neither less a discount or a fee, nor one with a digit mistyped
    if cents >= total:
        return _slipped(cents, total, chosen)
    if off := discounted(chosen, cents, search.incoming.booked, search.rules):
        return Fitting(Fit.DISCOUNT, tuple(chosen), off.cents, total - cents, off.percent, firm=False)
    if is_fee(total - cents, total, search.rules) and not is_round(search):
        return Fitting(
            Fit.FEE, tuple(chosen), spread([r.cents for r in chosen], cents), total - cents, firm=False
        )
    return _slipped(cents, total, chosen)


def _slipped(cents: int, total: int, chosen: Sequence[Room]) -> Fitting | None:
    if len(chosen) == 1 and slipped(cents, total):
        return Fitting(Fit.SLIP, tuple(chosen), (min(cents, total),), abs(total - cents), firm=False)
    return None
