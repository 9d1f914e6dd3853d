"""How a payment fits invoices that something points at, and what it takes of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from beluur.domain.reconciliation.amounts import Effort, adding_up, credit_choice, discounted, is_telling
from beluur.domain.reconciliation.candidates import Room
from beluur.domain.reconciliation.incoming import Part
from beluur.domain.reconciliation.reasons import Fit
from beluur.domain.reconciliation.rules import Rules

TINY = 100  # cents; nobody pays so small a rest of an older invoice with another: it was left from rounding


class Fitting(NamedTuple):
    """``cents`` taken of each of ``rooms``; ``difference_cents`` is the credit, discount, fee, shortage or surplus; ``percent``
    of a discount; ``firm`` is False when it could have been put together otherwise."""

    fit: Fit
    rooms: tuple[Room, ...]
    cents: tuple[int, ...]
    difference_cents: int = 0
    percent: int = 0
    firm: bool = True

    @property
    def parts(self) -> tuple[Part, ...]:
        """As they are booked."""
        taken = zip(self.rooms, self.cents, strict=True)
        return tuple(Part(r.item.invoice_id, r.item.debtor_id, c, r.lowers) for r, c in taken if c)

    @property
    def asks(self) -> bool:
        """Whether a person must say first if an open amount already holds the payment."""
        return any(r.ask for r in self.rooms)


class Payment(NamedTuple):
    """What of a payment matters here, with the rules and the effort it may cost."""

    cents: int
    booked: date
    rules: Rules
    effort: Effort
    too_much: bool = False  # he says himself that he paid too much


def whole(
    rooms: Sequence[Room], fit: Fit = Fit.EXACT, difference_cents: int = 0, *, firm: bool = True
) -> Fitting:
    """All of ``rooms`` taken in full."""
    return Fitting(fit, tuple(rooms), tuple(r.cents for r in rooms), difference_cents, firm=firm)


def fit(named: Sequence[Room], others: Sequence[Room], payment: Payment) -> Fitting | None:
    """How the payment fits the ``named`` rooms, the best way; ``others`` is what else is open of the same debtor. None when
    there is nothing to pay of them."""
    named = [r for r in named if r.cents]
    if sum(r.cents for r in named) == payment.cents:
        return whole(named)
    if sum(r.cents for r in named if r.cents > 0) <= 0:
        return None
    return next((f for f in _ways(named, others, payment) if f is not None), None)


def _ways(named: Sequence[Room], others: Sequence[Room], payment: Payment) -> Iterator[Fitting | None]:
    yield _some(named, payment)
    total = sum(r.cents for r in named)
    if total <= 0:
        return
    yield _credited(named, others, payment.cents, total)
    yield _discount(named, payment)
    if not payment.too_much:
        yield _completed(named, others, payment, total)
    yield _difference(named, payment, total)


def _some(named: Sequence[Room], payment: Payment) -> Fitting | None:
    """A text may seem to name more than it does: those that add up to the amount are meant."""
    if len(named) < 2:
        return None
    found = adding_up([r.cents for r in named], payment.cents, payment.effort, payment.rules.largest_search)
    return whole([named[n] for n in found.places], firm=found.unique) if found else None


def _credited(named: Sequence[Room], others: Sequence[Room], cents: int, total: int) -> Fitting | None:
    notes = [r for r in others if r.cents < 0]
    if not notes or total <= cents:
        return None
    found = credit_choice([r.cents for r in notes], total - cents)
    if found is None:
        return None
    firm = found.unique and 2 * cents != total  # half of it may as well be a first instalment
    return whole([*named, *(notes[n] for n in found.places)], Fit.CREDITED, total - cents, firm=firm)


def _discount(named: Sequence[Room], payment: Payment) -> Fitting | None:
    found = discounted(named, payment.cents, payment.booked, payment.rules)
    if found is None or any(
        c <= 0 < r.cents or c > r.cents > 0 for c, r in zip(found.cents, named, strict=True)
    ):
        return None
    off = sum(r.cents for r in named) - payment.cents
    return Fitting(Fit.DISCOUNT, tuple(named), found.cents, off, found.percent)


def _completed(named: Sequence[Room], others: Sequence[Room], payment: Payment, total: int) -> Fitting | None:
    """The payer named some and paid others with them; where invoices alone do not add up, less credit notes as well."""
    others = [r for r in others if not is_left_over(r)]
    rest = [r for r in others if 0 < r.cents <= payment.cents - total]
    found = _with_others(named, rest, others, payment, total) if rest else None
    if found is None and payment.cents > total and any(r.cents < 0 for r in others):
        return _with_others(named, others, others, payment, total)
    return found


def _with_others(
    named: Sequence[Room], rest: Sequence[Room], others: Sequence[Room], payment: Payment, total: int
) -> Fitting | None:
    amounts = [r.cents for r in rest]
    found = adding_up(amounts, payment.cents - total, payment.effort, payment.rules.largest_search)
    if found is None or len(found.places) > payment.rules.largest_sum:
        return None
    chosen = len(found.places)
    all_there_is = chosen == len(others if rest is others else [r for r in others if r.cents > 0])
    firm = found.unique and (chosen == 1 or all_there_is or is_telling(amounts, chosen, payment.rules))
    firm = firm and payment.cents != 2 * total  # he may have paid the same twice at once
    return whole([*named, *(rest[n] for n in found.places)], Fit.COMPLETED, firm=firm)


def _difference(named: Sequence[Room], payment: Payment, total: int) -> Fitting:
    cents = payment.cents
    if cents >= total:
        return whole(named, Fit.OVER, cents - total)
    if len(named) == 1:
        short = total - cents
        kind = Fit.FEE if is_fee(short, total, payment.rules) else Fit.PART
        return Fitting(kind, tuple(named), (cents,), short)
    kind = Fit.FEE if is_fee(total - cents, total, payment.rules) else Fit.SPREAD
    taken = spread([r.cents for r in named], cents)
    return Fitting(kind, tuple(named), taken, total - cents, firm=False)


def is_left_over(room: Room) -> bool:
    """Whether so little is open of it that nobody pays it with another; a credit note is small when it was made so."""
    return abs(room.cents) <= TINY and not room.cents == room.item.amount_cents < 0


def is_fee(short: int, total: int, rules: Rules) -> bool:
    """Whether a shortage may be what a bank kept: small, and a small part of it."""
    return 0 < short <= rules.fee_cents and short * 10 <= total


def spread(amounts: Sequence[int], cents: int) -> tuple[int, ...]:
    """``cents`` laid over ``amounts`` in their order; credit notes are used in full first.

    >>> spread([300, 500, -100], 450)
    (300, 250, -100)
    """
    left = cents - sum(a for a in amounts if a < 0)
    taken = []
    for amount in amounts:
        part = amount if amount < 0 else min(amount, left)
        taken.append(part)
        left -= max(part, 0)
    return tuple(taken)
