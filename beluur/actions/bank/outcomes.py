"""What becomes of each booking: the engine's explanation turned into a state, the parts to book, and what is kept to propose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from beluur.domain.payment_state import PaymentState
from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.first_look import first_look
from beluur.domain.reconciliation.incoming import Certainty, Explanation, Incoming, Part
from beluur.domain.reconciliation.returns import TakenBack, explain_return
from beluur.domain.reconciliation.rules import Rules
from beluur.domain.reconciliation.signals import Signals, no_customer, signals
from beluur.store.among import rows_among
from beluur.store.load.candidates import Books
from beluur.store.load.earlier import earlier_payments
from beluur.store.models import Allocation, Payment, Source
from beluur.values.sentence import Sentence


class Outcome(NamedTuple):
    """What becomes of one booking. ``parts`` are booked; ``takes_back`` is the payment that it reverses; ``proposal`` as JSON is
    what a person may choose from; ``perhaps``: whose it may be."""

    payment: Incoming
    state: PaymentState
    parts: tuple[Part, ...] = ()
    left_cents: int = 0
    debtor_id: int | None = None
    by: tuple[Sentence, ...] = ()
    takes_back: int | None = None
    proposal: Mapping[str, Any] = {}
    perhaps: int | None = None


def outcomes(
    books: Books,
    payments: Sequence[Incoming],
    said: Sequence[Signals] | None = None,
    *,
    pending: Iterable[int] = (),
) -> list[Outcome]:
    """An outcome for each payment, in order; two of them never take the same euro. ``said``: what each says, when it is at hand;
    ``pending``: ids that are only announced."""
    announced = set(pending)
    said = said or [signals(payment) for payment in payments]
    settled = _settled(books, payments, said)
    hard = [(p, s) for p, s in zip(payments, said, strict=True) if p.id not in settled and p.cents > 0]
    candidates, signs = books.candidates([p for p, _ in hard], [s for _, s in hard])
    for explanation in settled.values():
        candidates.take(explanation)
    since = known_since(books.administration_id)
    earlier = _earlier_payments(books.administration_id, payments)
    reopened = _on_invoices(books.administration_id, earlier)
    found = []
    for payment, says in zip(payments, said, strict=True):
        if payment.cents <= 0:
            outcome = _outgoing(payment, earlier)
            earlier = [e for e in earlier if e.id != outcome.takes_back]
            for invoice_id, cents in reopened.pop(outcome.takes_back or 0, ()):
                candidates.give_back(invoice_id, cents)
            found.append(outcome)
            continue
        early = settled.get(payment.id)
        explanation = early or explain(payment, candidates, books.rules, says, signs.get(payment.id))
        if payment.id in announced:
            found.append(_announced(payment, explanation))
            continue
        outcome = _incoming(payment, explanation, since, books.rules)
        if outcome.parts and not early:
            candidates.take(explanation)
        found.append(outcome)
    last = _once_all_is_taken(found, said, candidates, since, books.rules)
    for outcome in last:
        if outcome.parts and outcome.payment.id not in settled:
            books.numbers.update(candidates.numbers(outcome.parts))
    return last


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
        last.append(_incoming(payment, explanation, since, rules))
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


def for_a_person(outcome: Outcome) -> Outcome:
    """The same to choose from, never booked by itself: a person took this payment off before, and that stands."""
    proposal = dict(outcome.proposal)
    if outcome.parts:
        parts = [[p.invoice_id, p.debtor_id, p.cents] for p in outcome.parts]
        by = [sentence.to_json() for sentence in outcome.by]
        choice = {"debtor": outcome.debtor_id, "parts": parts, "left_cents": outcome.left_cents, "by": by}
        proposal = {"choices": [choice]}
    elif outcome.takes_back:
        by = [sentence.to_json() for sentence in outcome.by]
        back = {"payment": outcome.takes_back, "cents": outcome.payment.cents, "by": by}
        proposal = {"choices": [], "returns": [back]}
    chosen_from = proposal.get("choices") or proposal.get("returns")
    return outcome._replace(
        state=PaymentState.PROPOSED if chosen_from else PaymentState.UNEXPLAINED,
        parts=(),
        left_cents=outcome.payment.cents,
        debtor_id=None,
        takes_back=None,
        proposal=proposal | {"held": True},
        perhaps=outcome.debtor_id or outcome.perhaps,
    )


def known_since(administration_id: int) -> date | None:
    """The day to which the open items of every source are known: they hold what was paid before it."""
    days = Source.objects.filter(
        administration_id=administration_id, format__startswith="open-items", as_of__isnull=False
    ).values_list("as_of", flat=True)
    return min((d for d in days if d), default=None)


def _incoming(payment: Incoming, explanation: Explanation, since: date | None, rules: Rules) -> Outcome:
    """Not ours when it comes from an account of our own, a tax office, or who passes on card payments."""
    certain = explanation.certainty is Certainty.CERTAIN
    if certain and explanation.parts:
        left = explanation.left_cents
        state = PaymentState.REST if left else PaymentState.EXPLAINED
        perhaps = explanation.debtor_id if left else None
        return Outcome(
            payment, state, explanation.parts, left, explanation.debtor_id, explanation.by, perhaps=perhaps
        )
    if since is not None and payment.booked < since and not explanation.unseen:
        return Outcome(payment, PaymentState.EARLIER, left_cents=payment.cents)
    if explanation.certainty is Certainty.NONE:
        state = PaymentState.NOT_OURS if no_customer(payment, rules) else PaymentState.UNEXPLAINED
        return Outcome(
            payment, state, left_cents=payment.cents, by=explanation.by, proposal=_why(explanation)
        )
    return Outcome(
        payment,
        PaymentState.PROPOSED,
        left_cents=payment.cents,
        by=explanation.by,
        proposal=proposal_json(explanation),
        perhaps=explanation.debtor_id,
    )


def _announced(payment: Incoming, explanation: Explanation) -> Outcome:
    return Outcome(
        payment,
        PaymentState.PENDING,
        left_cents=payment.cents,
        perhaps=explanation.debtor_id,
        by=explanation.by,
    )


def _outgoing(payment: Incoming, earlier: Sequence[Incoming]) -> Outcome:
    taken = explain_return(payment, earlier)
    if taken.certainty is Certainty.CERTAIN:
        return Outcome(
            payment, PaymentState.EXPLAINED, left_cents=0, by=taken.by, takes_back=taken.payment_id
        )
    proposal = _returns_json(taken)
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


def _on_invoices(administration_id: int, earlier: Sequence[Incoming]) -> dict[int, list[tuple[int, int]]]:
    """By payment that is there already: (invoice id, cents) that it lowered, which is open again when the payment goes back."""
    ids, columns = [e.id for e in earlier], ("payment_id", "invoice_id", "cents")
    lowered: dict[int, list[tuple[int, int]]] = {}
    for payment, invoice, cents in rows_among(
        Allocation, administration_id, "payment_id", ids, columns, "r.lowers"
    ):
        lowered.setdefault(payment, []).append((invoice, cents))
    return lowered


def incoming_of(row: Payment) -> Incoming:
    """A payment as the engine reads it."""
    return Incoming(
        row.id,
        row.amount_cents,
        row.currency,
        row.booked_on,
        row.counterparty,
        row.iban,
        row.reference,
        row.text,
        row.end_to_end,
        row.reversal or bool(row.returned),
    )


def proposal_json(explanation: Explanation) -> dict[str, Any]:
    """What a person may choose from, the best first."""
    return {"choices": [_choice(e) for e in (explanation, *explanation.alternatives) if e.debtor_id]}


def _choice(explanation: Explanation) -> dict[str, Any]:
    return {
        "debtor": explanation.debtor_id,
        "parts": [[p.invoice_id, p.debtor_id, p.cents] for p in explanation.parts],
        "left_cents": explanation.left_cents,
        "by": [sentence.to_json() for sentence in explanation.by],
    }


def _why(explanation: Explanation) -> dict[str, Any]:
    """Also whom the text names with others, for `propose_by_amount`."""
    told: dict[str, Any] = {"by": [sentence.to_json() for sentence in explanation.by]}
    if explanation.named:
        told["named"] = list(explanation.named)
    return {"choices": [], **told} if explanation.by or explanation.named else {}


def _returns_json(taken: TakenBack) -> dict[str, Any]:
    found = (taken, *taken.alternatives)
    return {
        "choices": [],
        "returns": [
            {"payment": t.payment_id, "cents": t.cents, "by": [s.to_json() for s in t.by]}
            for t in found
            if t.payment_id
        ],
    }
