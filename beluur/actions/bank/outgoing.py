"""Money of a file that goes back: of which payment, what that opens again, and in what order the file is then to be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from beluur.actions.bank.outcome import Outcome
from beluur.actions.bank.proposal_json import returns_json
from beluur.domain.payment_state import PaymentState
from beluur.domain.reconciliation.incoming import Certainty, Incoming
from beluur.domain.reconciliation.returns import explain_return
from beluur.store.among import rows_among
from beluur.store.load.earlier import earlier_payments
from beluur.store.models import Allocation

Opened = list[tuple[int, int]]
"""Invoice ids with the cents that are open again of each."""


class WentBack(NamedTuple):
    """``outcomes`` by the payment that goes out; ``gone``: what it takes back, by itself and whole; ``lowered``: of those of
    them that were booked before, what is open again when they go."""

    outcomes: Mapping[int, Outcome]
    gone: frozenset[int]
    lowered: Mapping[int, Opened]

    @property
    def opened_before(self) -> set[int]:
        """Invoices that payments which were booked before had lowered."""
        return {invoice for some in self.lowered.values() for invoice, _ in some}

    def opens(self, back_id: int, found: Mapping[int, Outcome]) -> Opened:
        """What a payment that goes out opens; ``found``: what became of those of this file that came before it."""
        original = self.outcomes[back_id].takes_back
        if original not in self.gone:
            return []
        if original in found:
            return [(part.invoice_id, part.cents) for part in found[original].parts if part.lowers]
        return self.lowered.get(original, [])

    def in_order(self, payments: Sequence[Incoming]) -> list[int]:
        """Their places as they are to be explained: as they stand, but within a day what went back comes before who may pay
        once more. A bank tells no hours."""
        places = list(range(len(payments)))
        if self.gone:
            places.sort(key=lambda place: (payments[place].booked, self._turn(payments[place])))
        return places

    def _turn(self, payment: Incoming) -> int:
        if payment.cents > 0:
            return 1 if payment.id in self.gone else 2
        return 0 if self.outcomes[payment.id].takes_back in self.lowered else 1


def went_back(administration_id: int, payments: Sequence[Incoming], *, waiting: bool = False) -> WentBack:
    """``waiting``: they are looked at once more, when nothing goes back by itself."""
    earlier = _earlier_payments(administration_id, payments)
    found: dict[int, Outcome] = {}
    for payment in payments:
        if payment.cents <= 0:
            found[payment.id] = outcome = _outgoing(payment, earlier)
            earlier = [e for e in earlier if e.id != outcome.takes_back]
    if waiting:
        return WentBack(found, frozenset(), {})
    gone = frozenset(o.takes_back for o in found.values() if o.takes_back)
    before = gone - {payment.id for payment in payments}
    return WentBack(found, gone, _on_invoices(administration_id, before))


def _outgoing(payment: Incoming, earlier: Sequence[Incoming]) -> Outcome:
    taken = explain_return(payment, earlier)
    if taken.certainty is Certainty.CERTAIN:
        return Outcome(
            payment, PaymentState.EXPLAINED, left_cents=0, by=taken.by, takes_back=taken.payment_id
        )
    proposal = returns_json(taken)
    if payment.returned:
        state = PaymentState.PROPOSED if taken.payment_id else PaymentState.UNEXPLAINED
    else:
        exact = taken.payment_id is not None and taken.certainty is Certainty.LIKELY
        state = PaymentState.PROPOSED if exact else PaymentState.NOT_OURS
    return Outcome(payment, state, left_cents=payment.cents, by=taken.by, proposal=proposal)


def _earlier_payments(administration_id: int, payments: Sequence[Incoming]) -> list[Incoming]:
    """What came in before from the accounts, or by the ids, to which something goes back; and within these payments."""
    back = [p for p in payments if p.cents < 0]
    if not back:
        return []
    ibans = {p.iban for p in back if p.iban}
    ids = {p.end_to_end for p in back if p.end_to_end}
    cents = {-p.cents for p in back if p.returned}
    by_amount = cents if any(p.returned and not p.iban for p in back) else ()
    together = [
        p for p in payments if p.cents > 0 and (p.iban in ibans or p.end_to_end in ids or p.cents in cents)
    ]
    return [*earlier_payments(administration_id, ibans, ids, by_amount), *together]


def _on_invoices(administration_id: int, ids: Collection[int]) -> dict[int, Opened]:
    """By each of these payments, which are there already, what it lowered."""
    columns = ("payment_id", "invoice_id", "cents")
    lowered: dict[int, Opened] = {i: [] for i in ids}
    for payment, invoice, cents in rows_among(
        Allocation, administration_id, "payment_id", ids, columns, "r.lowers"
    ):
        lowered[payment].append((invoice, cents))
    return lowered


def what_goes_back_first(found: Iterable[Outcome]) -> list[Outcome]:
    """As they are to be written: what takes back a payment that is there already, then each that comes and goes back with what
    takes it, and then all others, which may pay what is open again by that."""
    mine = list(found)
    by_original = {o.takes_back: o for o in mine if o.takes_back}
    if not by_original:
        return mine
    here = {o.payment.id for o in mine}
    first = [o for original, o in by_original.items() if original not in here]
    both = [one for o in mine if o.payment.id in by_original for one in (o, by_original[o.payment.id])]
    placed = {o.payment.id for o in (*first, *both)}
    return [*first, *both, *(o for o in mine if o.payment.id not in placed)]
