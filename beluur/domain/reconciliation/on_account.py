"""A round sum with hardly a word: paid on account, and on which invoices is a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beluur.domain.reconciliation.candidates import Room
from beluur.domain.reconciliation.fitting import Fitting, spread
from beluur.domain.reconciliation.payers import Seen
from beluur.domain.reconciliation.proposals import Proposal, Proposer
from beluur.domain.reconciliation.reasons import Fit, Which, Who
from beluur.domain.reconciliation.signals import means_everything
from beluur.values.invoice_number import LONG

_MOST_WAYS = 4


def on_account(search: Proposer, debtor_id: int, seen: Seen, rooms: Sequence[Room]) -> Iterator[Proposal]:
    """A part of the invoice that is mostly paid on such a day; where it is more than the oldest, on the oldest first, as the law
    has it when the payer does not say (art. 6:43 BW). Small rests of invoices that were paid before are left out: nobody pays
    those with a part."""
    if not _is_round_part(search, seen):
        return
    cents = search.payment.cents
    owed = [r for r in rooms if r.cents > 0]
    whole = [r for r in owed if not _is_left_over(r, cents)]
    if sum(r.cents for r in whole) >= cents:
        owed = whole
    spread_out = _spread_over(owed, cents)
    yield _guessed(debtor_id, spread_out, seen, search.turn(owed[0]) if spread_out.fit is Fit.PART else -1)
    for room in sorted(owed[1:], key=search.turn)[: _MOST_WAYS - 1]:
        if room.cents > cents:
            part = Fitting(Fit.PART, (room,), (cents,), room.cents - cents)
            yield _guessed(debtor_id, part, seen, search.turn(room))


def _is_round_part(search: Proposer, seen: Seen) -> bool:
    if any(len(key) >= LONG for key in search.said.number_keys) and not means_everything(search.incoming):
        return False
    sure = seen.who in (Who.ACCOUNT, Who.NAME, Who.SHARED)
    return sure and (is_round(search) or means_everything(search.incoming))


def is_round(search: Proposer) -> bool:
    """Whether a round sum came in, as people pay on account."""
    return search.payment.cents % search.rules.round_cents == 0


def _is_left_over(room: Room, cents: int) -> bool:
    """Whether less than a tenth of the invoice is still open, and less than what came in (a discount was taken, a fee kept)."""
    return room.cents < cents and room.cents * 10 < room.item.amount_cents


def _spread_over(owed: Sequence[Room], cents: int) -> Fitting:
    total = sum(r.cents for r in owed)
    taken = spread([r.cents for r in owed], min(cents, total))
    used = [(r, c) for r, c in zip(owed, taken, strict=True) if c]
    fits = Fit.OVER if total < cents else Fit.PART if len(used) == 1 else Fit.SPREAD
    return Fitting(fits, tuple(r for r, _ in used), tuple(c for _, c in used), abs(total - cents))


def _guessed(debtor_id: int, fitting: Fitting, seen: Seen, turn: int) -> Proposal:
    return Proposal(debtor_id, Which.OLDEST, fitting._replace(firm=False), seen, turn=turn)
