"""What becomes of many bookings together, so that no two of them take the same euro."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from beluur.actions.bank.outcome import Outcome, announced, as_proposed, of_explanation
from beluur.actions.bank.outgoing import WentBack, went_back
from beluur.domain.payment_state import PaymentState
from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.earlier_waiting import AllBooked, Waiting
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.first_look import first_look
from beluur.domain.reconciliation.hits import hits
from beluur.domain.reconciliation.incoming import Explanation, Incoming
from beluur.domain.reconciliation.payers import PayerSigns
from beluur.domain.reconciliation.rules import Rules
from beluur.domain.reconciliation.signals import Signals, signals
from beluur.store.load.candidates import Books
from beluur.store.load.earlier import waiting_as, waiting_of
from beluur.store.models import Source
from beluur.values.sentence import say

_OPEN = (PaymentState.PROPOSED, PaymentState.UNEXPLAINED)


class _Look(NamedTuple):
    """What payments are looked at with. ``since``: the open items hold what was paid before that day."""

    candidates: Candidates
    since: date | None
    rules: Rules

    def at(
        self, payment: Incoming, says: Signals, signs: PayerSigns | None = None
    ) -> tuple[Explanation, Outcome]:
        """As things stand now; takes nothing."""
        return self.told(payment, explain(payment, self.candidates, self.rules, says, signs))

    def told(self, payment: Incoming, explanation: Explanation) -> tuple[Explanation, Outcome]:
        """With what becomes of it."""
        return explanation, of_explanation(payment, explanation, self.since, self.rules)

    def once_more(self, outcome: Outcome, says: Signals) -> Outcome:
        """The same payment as things stand by now; what of it is booked is taken."""
        _, again = self.at(outcome.payment, says)
        self.candidates.take_parts(again.parts)
        return again


def outcomes(
    books: Books,
    payments: Sequence[Incoming],
    said: Sequence[Signals] | None = None,
    *,
    pending: Collection[int] = (),
    waiting: bool = False,
) -> list[Outcome]:
    """An outcome for each payment, in order; two of them never take the same euro. ``said``: what each says, when it is at hand;
    ``pending``: ids that are only announced; ``waiting``: all of them waited already, and none goes back by itself any more."""
    said = said or [signals(payment) for payment in payments]
    settled = _settled(books, payments, said)
    hard = [(p, s) for p, s in zip(payments, said, strict=True) if p.id not in settled and p.cents > 0]
    back = went_back(books.administration_id, payments, waiting=waiting)
    candidates, signs = books.candidates(
        [p for p, _ in hard], [s for _, s in hard], back.opened_before, back.gone
    )
    for explanation in settled.values():
        candidates.take(explanation)
    look = _Look(candidates, known_since(books.administration_id), books.rules)
    found: dict[int, Outcome] = {}
    for place in back.in_order(payments):
        payment, says = payments[place], said[place]
        if payment.cents <= 0:
            found[payment.id] = back.outcomes[payment.id]
            candidates.give_back(back.opens(payment.id, found))
            continue
        early = settled.get(payment.id)
        known = look.told(payment, early) if early else look.at(payment, says, signs.get(payment.id))
        explanation, outcome = known
        if payment.id in pending:
            outcome = announced(payment, explanation)
        elif outcome.parts and not early:
            candidates.take(explanation)
        found[payment.id] = outcome
    last = _looked_again(books, [found[payment.id] for payment in payments], said, look, back)
    for outcome in last:
        if outcome.parts and outcome.payment.id not in settled:
            books.numbers.update(candidates.numbers(outcome.parts))
    return last


def _looked_again(
    books: Books, found: Sequence[Outcome], said: Sequence[Signals], look: _Look, back: WentBack
) -> list[Outcome]:
    """Once all of them are explained: what one of them opened or took may tell of another, before it or after."""
    opened = {
        invoice for i in back.outcomes for invoice, _ in back.opens(i, {o.payment.id: o for o in found})
    }
    if opened:
        found = _once_opened(found, said, look, opened)
    found = _once_all_is_taken(found, said, look)
    return _held_back(books, found, said, look, back.gone)


def _once_opened(
    found: Sequence[Outcome], said: Sequence[Signals], look: _Look, opened: Collection[int]
) -> list[Outcome]:
    """Explains once more what was to wait and came before money went back that had paid what it may be for."""
    whose = look.candidates.whose(opened)

    def may_be_for(outcome: Outcome, says: Signals) -> bool:
        named = hits(outcome.payment, says, look.candidates).values()
        return outcome.perhaps in whose or any(
            hit.item.invoice_id in opened for some in named for hit in some
        )

    return [
        look.once_more(outcome, says)
        if outcome.state in _OPEN and outcome.payment.cents > 0 and may_be_for(outcome, says)
        else outcome
        for outcome, says in zip(found, said, strict=True)
    ]


def _once_all_is_taken(found: Sequence[Outcome], said: Sequence[Signals], look: _Look) -> list[Outcome]:
    """Explains once more what was to be proposed of an invoice that a later one of these payments took: nobody is to choose what
    cannot be booked any more, and what is left may be certain by now."""

    def has_room(outcome: Outcome) -> bool:
        choices, day = outcome.proposal.get("choices"), outcome.payment.booked
        parts = [part for choice in choices for part in choice["parts"]] if choices else ()
        return all(look.candidates.has_room(invoice, cents, day) for invoice, _, cents in parts)

    return [
        outcome if has_room(outcome) else look.once_more(outcome, says)
        for outcome, says in zip(found, said, strict=True)
    ]


def _held_back(
    books: Books, found: Sequence[Outcome], said: Sequence[Signals], look: _Look, gone: Collection[int]
) -> list[Outcome]:
    """What is certain is only proposed while an earlier payment waits that could be for the same invoice: one that waited
    before, or one of these, as it is explained when the later ones took nothing. What is ``gone`` waits no longer."""
    booked = [o for o in found if o.parts and o.payment.cents > 0 and o.payment.id not in gone]
    if not booked:
        return list(found)
    together, last, held = AllBooked(booked), list(found), dict[int, Waiting]()
    debtors = {part.debtor_id for o in booked for part in o.parts}
    for waiting in waiting_of(books.administration_id, debtors, {*gone, *(o.payment.id for o in found)}):
        held.update((o.payment.id, waiting) for o in together.held_by(waiting))
    for place, (outcome, says) in enumerate(zip(found, said, strict=True)):
        if outcome.state not in _OPEN or outcome.payment.cents <= 0 or outcome.payment.id in gone:
            continue
        later = [
            o for o in together.later(outcome.payment, says, look.candidates) if o.payment.id not in held
        ]
        if later:
            look.candidates.put_back(part for o in later for part in o.parts)
            _, again = look.at(outcome.payment, says)
            waiting_now = _waiting(again)
            holds = [o.payment.id for o in together.held_by(waiting_now)] if waiting_now else []
            look.candidates.take_parts(part for o in later if o.payment.id not in holds for part in o.parts)
            if waiting_now and holds:
                last[place] = again
                held.update((i, waiting_now) for i in holds)
    return [_behind(o, held[o.payment.id]) if o.payment.id in held else o for o in last]


def _waiting(outcome: Outcome) -> Waiting | None:
    choices, p = outcome.proposal.get("choices"), outcome.payment
    return waiting_as(p.id, p.booked, p.iban, p.name, choices[0]) if choices else None


def _behind(outcome: Outcome, earlier: Waiting) -> Outcome:
    waits = say("explain.earlier_waits", day=earlier.booked)
    proposed = as_proposed(outcome._replace(by=(*outcome.by, waits)))
    return proposed._replace(proposal={**proposed.proposal, "behind": earlier.payment_id})


def _settled(books: Books, payments: Sequence[Incoming], said: Sequence[Signals]) -> dict[int, Explanation]:
    """By payment: those that name in so many words all that they pay, to the cent."""
    candidates = books.named(said)
    found: dict[int, Explanation] = {}
    for payment, says in zip(payments, said, strict=True):
        if explanation := first_look(payment, says, candidates, books.rules):
            candidates.take(explanation)
            books.numbers.update(candidates.numbers(explanation.parts))
            found[payment.id] = explanation
    return found


def known_since(administration_id: int) -> date | None:
    """The day to which the open items of every source are known: they hold what was paid before it."""
    days = Source.objects.filter(
        administration_id=administration_id, format__startswith="open-items", as_of__isnull=False
    ).values_list("as_of", flat=True)
    return min((d for d in days if d), default=None)
