"""Who has no bank files looks himself (J3): an instalment or what was asked by a last day is in or not in, a payment that was
claimed is found or not found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.record_payment import record_payment
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.because_ultimatum import consequence_name
from beluur.domain.case import Verdict
from beluur.domain.commitment import cover
from beluur.domain.local_time import local_day
from beluur.store.models import Cover, Debtor, Instalment, Invoice, PaidClaim, Promise, Ultimatum
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import say


def look(doer: Doer, instalment_id: int, *, is_in: bool, on: date | None = None) -> None:
    """What he saw is recorded with his name and the time. In: a payment of ``on`` (today when he does not say) is booked on what
    the promise covers. Not in can only be said after the control date, and then the promise is broken."""

    def do() -> dict[str, Any]:
        part, debtor = _instalment(doer, instalment_id)
        today = local_day(doer.at, debtor.time_zone)
        if not is_in and today <= part.control:
            raise Refused(say("call.look_later", control=part.control))
        _write(doer, part, Verdict.KEPT if is_in else Verdict.BROKEN)
        amount = Money(part.cents, part.promise.currency)
        said = say("event.looked_in", amount=amount) if is_in else say("event.looked_not_in", amount=amount)
        facts = {"promise": part.promise_id, "instalment": part.number}
        put_on_record(doer, Happening(debtor.id, "looked", said, facts=facts))
        if is_in:
            _book(doer, debtor, part, on or today, today)
            _end_if_kept(doer, part)
        facts_changed(doer, [debtor.id])
        return {}

    once(doer, "look", do)


def look_at_ultimatum(doer: Doer, ultimatum_id: int, *, is_in: bool, on: date | None = None) -> None:
    """The same of a last day (D12). Not in can only be said when the money can no longer come in on time; then what was announced
    is due. Raises Ultimatum.DoesNotExist."""

    def do() -> dict[str, Any]:
        here = Ultimatum.objects.filter(administration_id=doer.administration_id)
        debtor = the_debtor(doer, here.get(id=ultimatum_id).debtor_id)
        row = here.select_for_update().get(id=ultimatum_id)
        today = local_day(doer.at, debtor.time_zone)
        if row.state != "open":
            raise Refused(say("call.not_open_any_more"))
        if not is_in and today <= (row.check_on or row.until):
            raise Refused(say("call.look_later", control=row.check_on or row.until))
        row.state, row.ended_at = ("met" if is_in else "missed"), doer.at
        row.save(update_fields=["state", "ended_at"])
        put_on_record(doer, _seen(row))
        if is_in:
            _pay(doer, debtor, row.cents, _still_open(row), on or today, today)
        facts_changed(doer, [debtor.id])
        return {}

    once(doer, "look_at_ultimatum", do)


def _seen(row: Ultimatum) -> Happening:
    amount = Money(row.cents, row.currency)
    met = say("event.ultimatum_met", amount=amount, on=row.until)
    missed = say(
        "event.ultimatum_missed", amount=amount, on=row.until, consequence=consequence_name(row.consequence)
    )
    saw = say("event.looked_in" if row.state == "met" else "event.looked_not_in", amount=amount)
    said = met if row.state == "met" else missed
    return Happening(row.debtor_id, f"ultimatum_{row.state}", said, (saw,), facts={"ultimatum": row.id})


def _still_open(row: Ultimatum) -> list[tuple[int, int]]:
    ids = [invoice_id for invoice_id, *_ in row.covers]
    open_cents = dict(
        Invoice.objects.filter(administration_id=row.administration_id, id__in=ids).values_list(
            "id", "open_cents"
        )
    )
    return [(i, open_cents[i]) for i in ids if i in open_cents]


def check_claim(doer: Doer, claim_id: int, *, found: bool, on: date | None = None) -> None:
    """Found: the payment is booked on the oldest open invoices. Not found: the amount is asked for again."""

    def do() -> dict[str, Any]:
        claims = PaidClaim.objects.filter(administration_id=doer.administration_id)
        debtor = the_debtor(doer, claims.get(id=claim_id).debtor_id)
        claim = claims.select_for_update().get(id=claim_id)
        if claim.state != "open":
            raise Refused(say("call.not_open_any_more"))
        claim.state = "found" if found else "not_found"
        claim.save(update_fields=["state"])
        amount, today = Money(claim.cents, debtor.currency), local_day(doer.at, debtor.time_zone)
        said = (
            say("event.claim_found", amount=amount) if found else say("event.claim_not_found", amount=amount)
        )
        happening = Happening(
            debtor.id, "claim_checked", said, facts={"claim": claim.id}, call_id=claim.call_id
        )
        put_on_record(doer, happening)
        if found:
            still = Invoice.objects.filter(
                administration_id=doer.administration_id,
                debtor=debtor,
                currency=debtor.currency,
                open_cents__gt=0,
            ).order_by("due", "id")
            _pay(doer, debtor, claim.cents, list(still.values_list("id", "open_cents")), on or today, today)
        facts_changed(doer, [debtor.id])
        return {}

    once(doer, "check_claim", do)


def _instalment(doer: Doer, instalment_id: int) -> tuple[Instalment, Debtor]:
    parts = Instalment.objects.filter(administration_id=doer.administration_id).select_related("promise")
    debtor = the_debtor(doer, parts.get(id=instalment_id).promise.debtor_id)
    part = parts.select_for_update(of=("self",)).get(id=instalment_id)
    if not part.promise.active or part.verdict in (Verdict.KEPT, Verdict.LATE):
        raise Refused(say("call.promise_gone"))
    return part, debtor


def _write(doer: Doer, part: Instalment, verdict: Verdict) -> None:
    Instalment.objects.filter(administration_id=doer.administration_id, id=part.id).update(
        verdict=verdict, judged_at=doer.at, looked_by_id=doer.user_id
    )


def _book(doer: Doer, debtor: Debtor, part: Instalment, on: date, today: date) -> None:
    covers = Cover.objects.filter(administration_id=doer.administration_id, promise_id=part.promise_id)
    open_cents = list(covers.order_by("id").values_list("invoice_id", "invoice__open_cents"))
    _pay(doer, debtor, part.cents, open_cents, on, today)


def _pay(
    doer: Doer, debtor: Debtor, cents: int, open_cents: list[tuple[int, int]], on: date, today: date
) -> None:
    """What he saw lowers what is still open, unless the books show it already."""
    parts = cover(cents, ((i, max(still, 0)) for i, still in open_cents))
    if not parts:
        return
    record_payment(
        replace(doer, key=""),
        debtor_id=debtor.id,
        day=on,
        cents=sum(c for _, c in parts),
        today=today,
        invoice_ids=[i for i, _ in parts],
        counted=False,
    )


def _end_if_kept(doer: Doer, part: Instalment) -> None:
    verdicts = set(
        Instalment.objects.filter(
            administration_id=doer.administration_id, promise_id=part.promise_id
        ).values_list("verdict", flat=True)
    )
    if verdicts <= {Verdict.KEPT, Verdict.LATE}:
        Promise.objects.filter(administration_id=doer.administration_id, id=part.promise_id).update(
            active=False, ended_because="kept" if verdicts == {Verdict.KEPT} else "late"
        )
