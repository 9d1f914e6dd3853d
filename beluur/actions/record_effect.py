"""Writes all that a call report comes to, in the running transaction: agreements, our own tasks, corrected contacts."""

from __future__ import annotations

from beluur.actions.add_contact import ContactFacts, checked_contact, only_one_for_payments
from beluur.actions.dispute_row import new_dispute
from beluur.actions.once import Doer
from beluur.actions.record_promise import end_promise, record_promise
from beluur.actions.record_ultimatum import record_ultimatum, replace_ultimatums
from beluur.actions.stop_demand import stop_demand
from beluur.domain.call_effect import Effect
from beluur.domain.call_report import CallReport, ContactChange
from beluur.domain.case import CallbackFact, Case, Outcome
from beluur.store.models import (
    Call,
    Callback,
    CallReason,
    Contact,
    Debtor,
    Dispute,
    PaidClaim,
    Task,
)
from beluur.values.phone import parse_phone
from beluur.values.problem import Refused
from beluur.values.sentence import say

TakenOff = tuple[int, str, str]  # contact id (0: the debtor's own), field, number


def record_effect(doer: Doer, call: Call, case: Case, report: CallReport, result: Effect) -> list[TakenOff]:
    """The rows, each bound to the call; gives the numbers that are not dialled again. Raises Refused at a contact's field that is
    not right."""
    for change in enumerate(report.contacts):
        _change_contact(doer, call.debtor_id, case.country, *change)
    taken_off = _mark_invalid(doer, call, case.country) if report.outcome is Outcome.NUMBER_INVALID else []
    if result.promise and report.promise:
        promise = record_promise(doer, case, result.promise, call_id=call.id)
        if report.promise.replaces:
            end_promise(doer, report.promise.replaces, "replaced", replaced_by=promise)
        if not result.promise.reserved:
            said = say("event.ultimatum_promised")
            replace_ultimatums(doer, call.debtor_id, said, before=call.opened_at, call_id=call.id)
    here = Callback.objects.filter(administration_id=doer.administration_id, debtor_id=call.debtor_id)
    here.filter(id__in=result.fulfilled, state="open").update(state="done")
    for fact in (result.callback, result.moved):
        if fact:
            number = report.callback.number if report.callback else ""
            record_callback(doer, call.debtor_id, fact, number=number, call_id=call.id)
    _dispute(doer, call, report, result)
    _claim(doer, call, result)
    _own_promises(doer, call, report)
    _reasons(doer, call, report, case.language)
    if result.ultimatum:
        record_ultimatum(doer, call, case, result.ultimatum)
    if report.stop:
        stop_demand(doer, call.debtor_id, report.stop, call_id=call.id)
    return taken_off


def record_callback(
    doer: Doer, debtor_id: int, fact: CallbackFact, *, number: str = "", call_id: int | None
) -> Callback:
    """The agreed call-back, saved."""
    return Callback.objects.create(
        administration_id=doer.administration_id,
        debtor_id=debtor_id,
        call_id=call_id,
        at=fact.at,
        who=fact.who[:160],
        number=number[:40],
        by_id=doer.user_id,
        made_at=doer.at,
    )


def _dispute(doer: Doer, call: Call, report: CallReport, result: Effect) -> None:
    if report.dispute is None:
        return
    Dispute.objects.bulk_create(
        new_dispute(
            doer,
            report.dispute,
            debtor_id=call.debtor_id,
            invoice_id=fact.invoice_id,
            cents=fact.cents,
            call_id=call.id,
        )
        for fact in result.disputes
    )


def _claim(doer: Doer, call: Call, result: Effect) -> None:
    if result.claim:
        PaidClaim.objects.create(
            administration_id=doer.administration_id,
            debtor_id=call.debtor_id,
            call=call,
            paid_on=result.claim.paid_on,
            cents=result.claim.cents,
            check_on=result.claim.check_on,
            made_at=doer.at,
        )


def _own_promises(doer: Doer, call: Call, report: CallReport) -> None:
    Task.objects.bulk_create(
        Task(
            administration_id=doer.administration_id,
            debtor_id=call.debtor_id,
            call=call,
            kind="own_promise",
            what=own.what.strip()[:500],
            at=own.at,
            owner_id=doer.user_id,
            made_at=doer.at,
        )
        for own in report.own
        if own.at is not None
    )


def _reasons(doer: Doer, call: Call, report: CallReport, language: str) -> None:
    CallReason.objects.bulk_create(
        CallReason(
            administration_id=doer.administration_id,
            debtor_id=call.debtor_id,
            call=call,
            code=reason.code,
            heard=reason.heard[:300],
            offered=",".join(reason.offered)[:120],
            language=language,
            at=doer.at,
        )
        for reason in report.reasons
    )


def _change_contact(doer: Doer, debtor_id: int, country: str, n: int, change: ContactChange) -> None:
    here = Contact.objects.filter(administration_id=doer.administration_id, debtor_id=debtor_id)
    contact = here.select_for_update().filter(id=change.contact_id or 0, removed_at=None).first()
    if contact is None:
        contact = Contact(
            administration_id=doer.administration_id, debtor_id=debtor_id, position=here.count()
        )
    before = contact.phone
    given = {
        name: getattr(change, name) for name in ContactFacts.__slots__ if getattr(change, name) is not None
    }
    known = ContactFacts(**{name: getattr(contact, name) for name in ContactFacts.__slots__} | given)
    try:
        checked = checked_contact(known, country)
    except Refused as refused:
        raise Refused(refused.sentence, f"contact_{refused.field}:{n}") from refused
    for name in ContactFacts.__slots__:
        setattr(contact, name, getattr(checked, name))
    contact.phone_invalid = contact.phone_invalid and contact.phone == before
    contact.save()
    only_one_for_payments(doer, contact)


def _mark_invalid(doer: Doer, call: Call, country: str) -> list[TakenOff]:
    """The dialled number is not dialled again. A mobile or the switchboard has no such mark: it is taken off, and the event
    keeps it."""
    taken: list[TakenOff] = []
    people = Contact.objects.filter(administration_id=doer.administration_id, debtor_id=call.debtor_id)
    for person in people.filter(removed_at=None):
        if _same(person.phone, call.number, country):
            person.phone_invalid = True
            taken.append((person.id, "phone", person.phone))
        if _same(person.mobile, call.number, country):
            taken.append((person.id, "mobile", person.mobile))
            person.mobile = ""
        person.save(update_fields=["phone_invalid", "mobile"])
    debtor = Debtor.objects.get(administration_id=doer.administration_id, id=call.debtor_id)
    if _same(debtor.phone, call.number, country):
        taken.append((0, "phone", debtor.phone))
        debtor.phone = ""
        debtor.save(update_fields=["phone"])
    return taken


def _same(one: str, other: str, country: str) -> bool:
    if not one or not other:
        return False
    left, right = parse_phone(one, country), parse_phone(other, country)
    return left.e164 == right.e164 if left and right else one.strip() == other.strip()
