"""Two payments that could both be for one invoice: while the earlier waits for a person, the later is not booked by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Generic, NamedTuple, Protocol, TypeVar

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.hits import hits
from beluur.domain.reconciliation.incoming import Incoming, Part
from beluur.domain.reconciliation.signals import Signals
from beluur.values.names import comparable_name
from beluur.values.sentence import Sentence

_WRITTEN = frozenset(
    f"explain.{told}" for told in ("reference", "reference_mended", "number", "numbers", "number_near")
)


class Waiting(NamedTuple):
    """A payment that waits, with what is proposed of it first: ``takes`` so many cents of each invoice, ``left_cents`` of it are
    on none, and ``written`` says whether its number stands there. ``iban`` and ``name`` are the payer's."""

    payment_id: int
    booked: date
    iban: str
    name: str
    takes: Mapping[int, int]
    left_cents: int
    written: bool


def by_what_is_written(code: str) -> bool:
    """Whether the first reason of a proposal (the ``code`` of its sentence) is a number or a reference, and not the amount."""
    return code in _WRITTEN


def waits_for_the_same(
    waiting: Waiting, payment: Incoming, parts: Iterable[Part], by: Iterable[Sentence]
) -> bool:
    """Whether ``waiting`` came before ``payment`` and could as well be for an invoice that this one would be booked on: it takes
    just as much of it, and is spent by it or of the same payer. Where the invoice is written in the later one (its reasons
    ``by``) and not in the earlier, that cannot be for both: it says which of the two is for it. What comes only second for the
    earlier is hardly for it, and another amount is not for what this one pays to the cent."""
    if (waiting.booked, waiting.payment_id) >= (payment.booked, payment.id):
        return False
    if not any(waiting.takes.get(part.invoice_id) == part.cents for part in parts if part.cents > 0):
        return False
    if not waiting.written and any(by_what_is_written(reason.code) for reason in by):
        return False
    return not waiting.left_cents or is_same_payer(waiting, payment)


class Booked(Protocol):
    """A payment with what it would be booked on, and by what that is known."""

    @property
    def payment(self) -> Incoming:
        """What came in."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """What of it goes on which invoice."""

    @property
    def by(self) -> tuple[Sentence, ...]:
        """By what that is known."""


_Booked = TypeVar("_Booked", bound=Booked)


class AllBooked(Generic[_Booked]):
    """What is to be booked of payments that are looked at together."""

    def __init__(self, booked: Iterable[_Booked]) -> None:
        self._by_cents: dict[int, list[_Booked]] = {}
        self._by_invoice: dict[int, list[_Booked]] = {}
        for one in booked:
            self._by_cents.setdefault(one.payment.cents, []).append(one)
            for part in one.parts:
                self._by_invoice.setdefault(part.invoice_id, []).append(one)

    def held_by(self, waiting: Waiting) -> list[_Booked]:
        """Those for whose invoice the payment that waits could be."""
        found = {b.payment.id: b for i in waiting.takes for b in self._by_invoice.get(i, ())}
        return [b for b in found.values() if waits_for_the_same(waiting, b.payment, b.parts, b.by)]

    def later(self, payment: Incoming, said: Signals, candidates: Candidates) -> list[_Booked]:
        """Those that came after ``payment`` and took an invoice that it names, or have its payer and amount."""
        found = [b for b in self._by_cents.get(payment.cents, ()) if is_same_payer(payment, b.payment)]
        for some in hits(payment, said, candidates).values() if said.number_keys or said.references else ():
            for hit in some:
                found += self._by_invoice.get(hit.item.invoice_id, ())
        once = {b.payment.id: b for b in found}
        return [b for b in once.values() if (b.payment.booked, b.payment.id) > (payment.booked, payment.id)]


def is_same_payer(one: Waiting | Incoming, other: Incoming) -> bool:
    """By account; by name where the bank does not tell the account of both."""
    if one.iban and other.iban:
        return one.iban == other.iban
    return bool(one.name) and comparable_name(one.name) == comparable_name(other.name)
