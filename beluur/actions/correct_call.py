"""A call that was recorded wrongly is recorded anew: what came of it is taken back, both stay in the history."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from beluur.actions.corrected_mail import Earlier, take_back
from beluur.actions.end_call import Ended, ReportRefused, Retelling, ended_from, record, the_call
from beluur.actions.once import Doer, once
from beluur.actions.record_ultimatum import undo_ultimatums
from beluur.domain.call_mandate import mandate_objections, plan_agreed
from beluur.domain.call_report import CallReport
from beluur.domain.case import Case, PromiseFact
from beluur.domain.local_time import local_day
from beluur.mailroom.facts import AgreementFacts, AgreementKind
from beluur.queries.agreement_facts import agreement_of_callback, agreement_of_promise
from beluur.queries.mail_facts import Papers
from beluur.store.load import load_case, load_mandate, load_policy
from beluur.store.models import Call, Callback, Contact, Debtor, Dispute, Event, PaidClaim, Promise, Task
from beluur.values.problem import Refused
from beluur.values.sentence import say


def correct_call(doer: Doer, call_id: int, report: CallReport, *, why: str) -> Ended:
    """``report`` takes the place of the whole earlier one. Its agreements end as corrected; a confirmation that has not left is
    taken back, one that has is followed by a mail that says what it replaces. Refused as in `end_call`, by the mandate of who
    corrects."""

    def do() -> dict[str, Any]:
        old = the_call(doer, call_id)
        if old.state != "ended" or old.corrected_by_id is not None:
            raise Refused(say("call.not_ended"))
        if not why.strip():
            raise Refused(say("call.why_needed"), "why")
        before = load_case(doer.administration_id, old.debtor_id)
        stood = _promise(old, before)
        was = _agreement(old, before, stood)
        earlier = take_back(doer, call_id)
        anew = _as_reserved(report, old)
        _undo(doer, old)
        new = _anew(doer, old)
        case, policy = load_case(doer.administration_id, old.debtor_id), load_policy(doer.administration_id)
        retelling = _retelling(old, case, report, why, earlier)
        out = earlier is not None and earlier.out
        said = record(
            doer,
            new,
            case,
            policy,
            anew,
            corrects=was if out else None,
            replaces=earlier.message if earlier and out else None,
            retelling=retelling,
        )
        _within_mandate(doer, old, case, anew, stood)  # after what is wrong with the report itself
        Call.objects.filter(administration_id=doer.administration_id, id=new.id).update(ended_at=old.ended_at)
        return said

    return ended_from(once(doer, "correct_call", do))


def _as_reserved(report: CallReport, old: Call) -> CallReport:
    """A correction grants nothing: what a colleague has still to decide stays so."""
    reserved = old.promises.filter(
        administration_id=old.administration_id, active=True, reserved=True
    ).exists()
    if report.promise is None or not reserved:
        return report
    return replace(report, promise=replace(report.promise, reserved=True))


def _within_mandate(doer: Doer, old: Call, case: Case, report: CallReport, stood: PromiseFact | None) -> None:
    """By the day of the call, as it was agreed then. What was recorded already is not asked again, nor what is under reservation:
    a colleague has still to decide it."""
    if report.promise is None or report.promise.reserved:
        return
    mandate, then = (
        load_mandate(doer.administration_id, doer.user_id),
        local_day(old.opened_at, case.time_zone),
    )
    agreed = plan_agreed(stood) if stood else None
    if beyond := mandate_objections(report, case, mandate, then, granted=agreed):
        raise ReportRefused(beyond)


def _retelling(old: Call, case: Case, report: CallReport, why: str, earlier: Earlier | None) -> Retelling:
    said = say(
        "event.call_corrected",
        on=local_day(old.opened_at, case.time_zone),
        was=say(f"outcome.{old.outcome}"),
        now=say(f"outcome.{report.outcome.value}"),
    )
    lines = [say("event.corrected", why=why.strip())]
    if earlier and earlier.out and not (report.spoken and report.send):
        lines.append(say("event.mail_stood"))
    return Retelling(said, tuple(lines))


def _promise(old: Call, case: Case) -> PromiseFact | None:
    mine = set(old.promises.filter(administration_id=old.administration_id).values_list("id", flat=True))
    return next((promise for promise in case.promises if promise.id in mine), None)


def _agreement(old: Call, case: Case, promise: PromiseFact | None) -> AgreementFacts:
    """What the earlier confirmation said, as far as a reader has to know that it no longer holds."""
    none, spoken_on = Papers((), {}), local_day(old.opened_at, case.time_zone)
    if promise is not None:
        return agreement_of_promise(case, promise, none, spoken_on=spoken_on)
    callback = old.callbacks.filter(administration_id=old.administration_id, state="open").first()
    if callback is not None:
        return agreement_of_callback(case, callback.at, none, spoken_on=spoken_on)
    return AgreementFacts(AgreementKind.NOTHING_AGREED, spoken_on, ())


def _undo(doer: Doer, old: Call) -> None:
    mine = {"administration_id": doer.administration_id, "call": old}
    promises = Promise.objects.filter(**mine, active=True)
    ids = list(promises.values_list("id", flat=True))
    Promise.objects.filter(
        administration_id=doer.administration_id, replaced_by_id__in=ids, ended_because="replaced"
    ).update(active=True, ended_because="", replaced_by=None)
    promises.update(active=False, ended_because="corrected")
    Callback.objects.filter(**mine, state="open").update(state="corrected")
    Dispute.objects.filter(**mine, state="open").update(state="corrected", ended_at=doer.at)
    PaidClaim.objects.filter(**mine, state="open").update(state="corrected")
    asked = {"kind": "delivery"}  # a colleague has the question in his mail already
    Task.objects.filter(**mine, done_at=None).exclude(**asked).update(kind="corrected", done_at=doer.at)
    undo_ultimatums(doer, old)
    facts = _recorded(doer, old)
    Callback.objects.filter(
        administration_id=doer.administration_id, id__in=facts.get("fulfilled", []), state="done"
    ).update(state="open")
    _put_numbers_back(doer, old.debtor_id, facts.get("taken_off", []))


def _recorded(doer: Doer, old: Call) -> dict[str, Any]:
    events = Event.objects.filter(
        administration_id=doer.administration_id, debtor_id=old.debtor_id, call_id_ref=old.id
    )
    payload = (
        events.filter(kind__in=("call_ended", "call_corrected"))
        .order_by("-seq")
        .values_list("payload", flat=True)
    )
    first = payload.first()
    return dict(json.loads(first).get("facts", {})) if first else {}


def _put_numbers_back(doer: Doer, debtor_id: int, taken_off: list[list[Any]]) -> None:
    for contact_id, field, number in taken_off:
        if not contact_id:
            Debtor.objects.filter(administration_id=doer.administration_id, id=debtor_id, phone="").update(
                phone=number
            )
        elif field == "phone":
            Contact.objects.filter(administration_id=doer.administration_id, id=contact_id).update(
                phone_invalid=False
            )
        else:
            Contact.objects.filter(administration_id=doer.administration_id, id=contact_id, mobile="").update(
                mobile=number
            )


def _anew(doer: Doer, old: Call) -> Call:
    new = Call.objects.create(
        administration_id=doer.administration_id,
        debtor_id=old.debtor_id,
        caller_id=old.caller_id,
        incoming=old.incoming,
        state="ended",
        opened_at=old.opened_at,
        lease_until=old.lease_until,
        number=old.number,
        contact_id=old.contact_id,
        goal=old.goal,
        overruled=old.overruled,
        slot=old.slot,
    )
    old.corrected_by = new
    old.save(update_fields=["corrected_by"])
    return new
