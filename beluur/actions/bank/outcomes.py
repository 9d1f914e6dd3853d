"""What becomes of many bookings together, so that no two of them take the same euro."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from beluur.actions.bank.outcome import Outcome, announced, as_proposed, of_explanation
from beluur.actions.bank.proposal_json import returns_json
from beluur.domain.payment_state import PaymentState
from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.earlier_waiting import AllBooked, Waiting
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.first_look import first_look
from beluur.domain.reconciliation.incoming import Certainty, Explanation, Incoming
from beluur.domain.reconciliation.returns import explain_return
from beluur.domain.reconciliation.rules import Rules
from beluur.domain.reconciliation.signals import Signals, signals
from beluur.store.among import rows_among
from beluur.store.load.candidates import Books
from beluur.store.load.earlier import earlier_payments, waiting_as, waiting_of
from beluur.store.models import Allocation, Source
from beluur.values.sentence import say

_OPEN = (PaymentState.PROPOSED, PaymentState.UNEXPLAINED)


def outcomes(
    books: Books,
    payments: Sequence[Incoming],
    said: Sequence[Signals] | None = None,
    *,
    pending: Iterable[int] = (),
) -> list[Outcome]:
    """An outcome for each payment, in order; two of them never take the same euro. ``said``: what each says, when it is at hand;
    ``pending``: ids that are only announced."""
    not_yet = set(pending)
    said = said or [signals(payment) for payment in payments]
    settled = _settled(books, payments, said)
    hard = [(p, s) for p, s in zip(payments, said, strict=True) if p.id not in settled and p.cents > 0]
    outgoing, reopened = _all_outgoing(books.administration_id, payments)
    opened = {invoice for some in reopened.values() for invoice, _ in some}
    candidates, signs = books.candidates([p for p, _ in hard], [s for _, s in hard], opened)
    for explanation in settled.values():
        candidates.take(explanation)
    since = known_since(books.administration_id)
    found = []
    for payment, says in zip(payments, said, strict=True):
        if payment.cents <= 0:
            outcome = outgoing[payment.id]
            for invoice_id, cents in reopened.get(payment.id, ()):
                candidates.give_back(invoice_id, cents)
            found.append(outcome)
            continue
        early = settled.get(payment.id)
        explanation = early or explain(payment, candidates, books.rules, says, signs.get(payment.id))
        if payment.id in not_yet:
            found.append(announced(payment, explanation))
            continue
        outcome = of_explanation(payment, explanation, since, books.rules)
        if outcome.parts and not early:
            candidates.take(explanation)
        found.append(outcome)
    found = _once_all_is_taken(found, said, candidates, since, books.rules)
    last = _held_back(books, found, said, candidates, since)
    for outcome in last:
        if outcome.parts and outcome.payment.id not in settled:
            books.numbers.update(candidates.numbers(outcome.parts))
    return last


def _held_back(
    books: Books,
    found: Sequence[Outcome],
    said: Sequence[Signals],
    candidates: Candidates,
    since: date | None,
) -> list[Outcome]:
    """What is certain is only proposed while an earlier payment waits that could be for the same invoice: one that waited
    before, or one of these, as it is explained when the later ones took nothing."""
    booked = [o for o in found if o.parts and o.payment.cents > 0]
    if not booked:
        return list(found)
    together, last, held = AllBooked(booked), list(found), dict[int, Waiting]()
    debtors = {part.debtor_id for o in booked for part in o.parts}
    for waiting in waiting_of(books.administration_id, debtors, {o.payment.id for o in found}):
        held.update((o.payment.id, waiting) for o in together.held_by(waiting))
    for place, (outcome, says) in enumerate(zip(found, said, strict=True)):
        if outcome.state not in _OPEN or outcome.payment.cents <= 0:
            continue
        later = [o for o in together.later(outcome.payment, says, candidates) if o.payment.id not in held]
        if later:
            candidates.put_back(part for o in later for part in o.parts)
            explanation = explain(outcome.payment, candidates, books.rules, says)
            again = of_explanation(outcome.payment, explanation, since, books.rules)
            waiting_now = _waiting(again)
            holds = [o.payment.id for o in together.held_by(waiting_now)] if waiting_now else []
            candidates.take_parts(part for o in later if o.payment.id not in holds for part in o.parts)
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


def _once_all_is_taken(
    found: Sequence[Outcome],
    said: Sequence[Signals],
    candidates: Candidates,
    since: date | None,
    rules: Rules,
) -> list[Outcome]:
    """Explains once more what was to be proposed of an invoice that a later one of these payments took: nobody is to choose what
    cannot be booked any more, and what is left may be certain by now."""
    last = []
    for outcome, says in zip(found, said, strict=True):
        payment, choices = outcome.payment, outcome.proposal.get("choices")
        parts = [part for choice in choices for part in choice["parts"]] if choices else ()
        if all(candidates.has_room(invoice, cents, payment.booked) for invoice, _, cents in parts):
            last.append(outcome)
            continue
        explanation = explain(payment, candidates, rules, says)
        last.append(of_explanation(payment, explanation, since, rules))
        if last[-1].parts:
            candidates.take(explanation)
    return last


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


def _all_outgoing(
    administration_id: int, payments: Sequence[Incoming]
) -> tuple[dict[int, Outcome], dict[int, list[tuple[int, int]]]]:
    """By payment that goes out, in their order: what becomes of it, and what it opens again of which invoices."""
    earlier = _earlier_payments(administration_id, payments)
    found: dict[int, Outcome] = {}
    for payment in payments:
        if payment.cents <= 0:
            found[payment.id] = outcome = _outgoing(payment, earlier)
            earlier = [e for e in earlier if e.id != outcome.takes_back]
    back = {o.takes_back: i for i, o in found.items() if o.takes_back}
    lowered = _on_invoices(administration_id, back)
    return found, {back[original]: some for original, some in lowered.items()}


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


def _on_invoices(administration_id: int, ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """By payment that is there already: (invoice id, cents) that it lowered, which is open again when the payment goes back."""
    columns = ("payment_id", "invoice_id", "cents")
    lowered: dict[int, list[tuple[int, int]]] = {}
    for payment, invoice, cents in rows_among(
        Allocation, administration_id, "payment_id", ids, columns, "r.lowers"
    ):
        lowered.setdefault(payment, []).append((invoice, cents))
    return lowered
