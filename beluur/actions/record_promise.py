"""Writes a promise to pay with its instalments and what it covers, in the running transaction."""

from __future__ import annotations

from beluur.actions.once import Doer
from beluur.domain.case import Case, PromiseFact
from beluur.store.models import Cover, Instalment, Promise


def record_promise(doer: Doer, case: Case, fact: PromiseFact, *, call_id: int | None) -> Promise:
    """The row, saved. What was open on the covered invoices is kept with it: the verdict is told from what comes off."""
    promise = Promise.objects.create(
        administration_id=doer.administration_id,
        debtor_id=case.debtor_id,
        call_id=call_id,
        made_at=fact.made_at,
        cents=sum(part.cents for part in fact.instalments),
        currency=case.currency,
        said=fact.said,
        way=fact.way[:12],
        words=fact.words[:500],
        proposed_by=fact.proposed_by,
        reserved=fact.reserved,
        by_id=doer.user_id,
    )
    Instalment.objects.bulk_create(
        Instalment(
            administration_id=doer.administration_id,
            promise=promise,
            number=n,
            due=part.due,
            cents=part.cents,
            control=part.control,
        )
        for n, part in enumerate(fact.instalments, start=1)
    )
    open_then = {invoice.id: invoice.open_cents for invoice in case.invoices}
    Cover.objects.bulk_create(
        Cover(
            administration_id=doer.administration_id,
            promise=promise,
            invoice_id=invoice_id,
            cents=cents,
            open_then_cents=open_then[invoice_id],
        )
        for invoice_id, cents in fact.covers
    )
    return promise


def end_promise(doer: Doer, promise_id: int, because: str, *, replaced_by: Promise | None = None) -> None:
    """It no longer stands; the row stays, with what took its place."""
    Promise.objects.filter(administration_id=doer.administration_id, id=promise_id).update(
        active=False, ended_because=because, replaced_by=replaced_by
    )
