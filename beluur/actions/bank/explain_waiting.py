"""Looks again at payments that wait: new invoices came, or a person said whose an account is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from beluur.actions.bank.book import Raced, book
from beluur.actions.bank.outcome import Outcome, for_a_person
from beluur.actions.bank.outcomes import outcomes
from beluur.actions.bank.write_lines import concerned, entry_of
from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer
from beluur.domain.payment_state import PaymentState
from beluur.domain.reconciliation.incoming import Incoming
from beluur.store.load import also_his
from beluur.store.load.bank import IN_INDEX
from beluur.store.load.candidates import Books
from beluur.store.models import Debtor, Payment

CHUNK = 500
AT_ONCE = 60
_OPEN = (PaymentState.PROPOSED.value, PaymentState.UNEXPLAINED.value)


def explain_waiting(
    doer: Doer,
    books: Books | None = None,
    *,
    only: Collection[int] | None = None,
    besides: int | None = None,
) -> set[int]:
    """Explains anew what nobody has decided on, ``only`` these payments when they are named, and none that came with the intake
    ``besides``; gives the debtors for whom something was booked."""
    books = books or Books(doer.administration_id)
    waiting = Payment.objects.filter(
        IN_INDEX, administration_id=doer.administration_id, state__in=_OPEN, account__isnull=False
    )
    if only is not None:
        waiting = waiting.filter(id__in=list(only))
    if besides is not None:
        waiting = waiting.exclude(statement__intake_id=besides)
    debtors: set[int] = set()
    last = 0
    while rows := list(waiting.filter(id__gt=last).order_by("id")[:CHUNK]):
        last = rows[-1].id
        found = outcomes(books, [_incoming_of(row) for row in rows], waiting=True)
        for start in range(0, len(found), AT_ONCE):
            try:
                with transaction.atomic():
                    debtors |= _apply(doer, books, found[start : start + AT_ONCE])
            except Raced:
                continue
    return debtors


def _apply(doer: Doer, books: Books, found: Sequence[Outcome]) -> set[int]:
    """Each as long as nobody decided meanwhile. What a person took off is never booked again by itself."""
    here = {"administration_id": doer.administration_id}
    ids = [outcome.payment.id for outcome in found]
    rows = Payment.objects.filter(**here, id__in=ids)
    perhaps = set(rows.exclude(perhaps=None).values_list("perhaps_id", flat=True))
    perhaps |= {i for proposal in rows.values_list("proposal", flat=True) for i in also_his(proposal)}
    debtors = lock_debtors(doer.administration_id, perhaps | concerned(doer, found))
    Debtor.objects.filter(**here, id__in=debtors).update(step_stale=True)
    taken_off = set(rows.filter(allocations__isnull=False).values_list("id", flat=True))
    taken_off |= {i for i, proposal in rows.values_list("id", "proposal") if proposal.get("held")}
    mine = []
    for outcome in (for_a_person(o) if o.payment.id in taken_off else o for o in found):
        if outcome.takes_back:
            continue  # money that went back is decided on when it comes, or by a person
        changed = Payment.objects.filter(**here, id=outcome.payment.id, state__in=_OPEN).update(
            state=outcome.state.value,
            left_cents=outcome.left_cents,
            debtor_id=outcome.debtor_id,
            proposal=dict(outcome.proposal),
            perhaps_id=outcome.perhaps,
        )
        if changed and outcome.parts:
            mine.append(outcome)
    return book(doer, [entry_of(outcome) for outcome in mine], books.numbers)


def explain_behind(doer: Doer, decided: Collection[int]) -> set[int]:
    """Looks once more at what was only proposed because an earlier payment waited that is ``decided`` on by now; gives the
    debtors for whom something was booked."""
    behind = Payment.objects.filter(
        IN_INDEX,
        administration_id=doer.administration_id,
        state="proposed",
        proposal__behind__in=list(decided),
    )
    ids = list(behind.values_list("id", flat=True)) if decided else []
    return explain_waiting(doer, only=ids) if ids else set()


def propose_again(doer: Doer, payment: Payment, taken_off: Collection[int] = ()) -> None:
    """A person took this payment off: it waits whole, with what the engine finds for it, and only a person books it again.
    ``taken_off``: the debtors of whom he said that it is not theirs; they are proposed, and called all the same."""
    (found,) = outcomes(Books(doer.administration_id), [_incoming_of(payment)], waiting=True)
    again = for_a_person(found)
    perhaps = None if again.perhaps in taken_off else again.perhaps
    payment.debtor, payment.perhaps_id, payment.proposal = None, perhaps, dict(again.proposal)
    payment.left_cents, payment.state = payment.amount_cents, again.state.value
    payment.save(update_fields=["debtor", "perhaps", "proposal", "left_cents", "state"])


def _incoming_of(row: Payment) -> Incoming:
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
