"""A promise that was noted wrongly, or that the debtor changed later by mail: the new one takes its place, the old one stays on
file, and a corrected mail goes out. Or it is withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from beluur.actions.corrected_mail import queue_corrected, take_back
from beluur.actions.end_call import ReportRefused
from beluur.actions.handle_mail_in import answered_by_change
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.record_promise import end_promise, record_promise
from beluur.actions.record_ultimatum import replace_ultimatums
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.call_check import check_said, without_promise
from beluur.domain.call_effect import promise_fact
from beluur.domain.call_mandate import beyond_mandate, plan_agreed
from beluur.domain.call_report import PromiseSaid
from beluur.domain.call_told import promise_told
from beluur.domain.case import Case, PromiseFact
from beluur.domain.local_time import local_day
from beluur.domain.plan import Plan
from beluur.queries.agreement_facts import agreement_of_promise
from beluur.queries.mail_facts import papers_of
from beluur.store.load import load_case, load_mandate, load_policy
from beluur.store.models import Promise
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say


def change_promise(
    doer: Doer,
    promise_id: int,
    said: PromiseSaid,
    *,
    why: str,
    send: bool = True,
    to: str = "",
    mail_in: int | None = None,
) -> int:
    """Gives the id of the new promise. Refused at its field as in `end_call`, when it goes beyond the mandate of who changes
    it, when nothing says why, and when the promise no longer stands. ``to`` is for another address than the confirmation had;
    ``mail_in`` is the mail about this promise in which he proposed it, which waits no longer."""

    def do() -> dict[str, Any]:
        old = standing_promise(doer, promise_id, why)
        full = load_case(doer.administration_id, old.debtor_id)
        case, policy = without_promise(full, promise_id), load_policy(doer.administration_id)
        today = local_day(doer.at, case.time_zone)
        if objections := tuple(check_said(said, case, policy, today)):
            raise ReportRefused(objections)
        before = _fact(full, promise_id)
        said_so = replace(said, reserved=said.reserved or before.reserved)  # a change grants nothing
        if not said_so.reserved:
            _within_mandate(doer, said_so, full, today, plan_agreed(before))
        fact = promise_fact(said_so, case, policy, today, doer.at)
        new = record_promise(doer, case, fact, call_id=old.call_id)
        end_promise(doer, promise_id, "changed", replaced_by=new)
        if not fact.reserved:
            instead = say("event.ultimatum_promised")
            replace_ultimatums(doer, old.debtor_id, instead, before=doer.at, call_id=None)
        lines = [say("event.corrected", why=why.strip()), *was_told(before, case), *promise_told(fact, case)]
        lines += _mail(doer, old, case, before, fact, send=send, to=to)
        changed, facts = say("event.promise_changed"), {"promise": new.id, "was": promise_id}
        _tell(doer, old, "promise_changed", changed, lines, facts)
        if mail_in is not None:
            answered_by_change(doer, mail_in, promise_id)
        facts_changed(doer, [old.debtor_id])
        return {"promise": new.id}

    return int(once(doer, "change_promise", do)["promise"])


def _within_mandate(doer: Doer, said: PromiseSaid, case: Case, today: date, agreed: Plan) -> None:
    """What is agreed already is not asked again: another way of paying, or the same days, may be noted by anyone."""
    mandate = load_mandate(doer.administration_id, doer.user_id)
    if beyond := beyond_mandate(said, case, mandate, today, granted=agreed):
        raise ReportRefused(beyond)


def _mail(
    doer: Doer, old: Promise, case: Case, before: PromiseFact, fact: PromiseFact, *, send: bool, to: str
) -> list[Sentence]:
    earlier = take_back(doer, old.call_id)
    if not send:
        return [say("event.mail_stood")] if earlier and earlier.out else []
    papers = papers_of(doer.administration_id, case.debtor_id, invoice_ids=[i for i, _ in fact.covers])
    spoken_on = local_day(old.made_at, case.time_zone)
    _, line = queue_corrected(
        doer,
        case.debtor_id,
        agreement_of_promise(case, fact, papers, spoken_on=spoken_on),
        papers,
        agreement_of_promise(case, before, papers),
        earlier=earlier,
        call_id=old.call_id,
        to=to,
    )
    return [line]


def withdraw_promise(doer: Doer, promise_id: int, *, why: str) -> None:
    """It was never made, or no longer stands. A confirmation that has not left is taken back."""

    def do() -> dict[str, Any]:
        old = standing_promise(doer, promise_id, why)
        case = load_case(doer.administration_id, old.debtor_id)
        end_promise(doer, promise_id, "withdrawn")
        earlier = take_back(doer, old.call_id)
        lines = [say("event.corrected", why=why.strip()), *was_told(_fact(case, promise_id), case)]
        if earlier and earlier.out:
            lines.append(say("event.mail_stood"))
        _tell(doer, old, "promise_withdrawn", say("event.promise_withdrawn"), lines, {"promise": promise_id})
        facts_changed(doer, [old.debtor_id])
        return {}

    once(doer, "withdraw_promise", do)


def standing_promise(doer: Doer, promise_id: int, why: str) -> Promise:
    """The promise, its debtor locked; Refused when it no longer stands or nothing says why."""
    promises = Promise.objects.filter(administration_id=doer.administration_id)
    the_debtor(doer, promises.get(id=promise_id).debtor_id)
    promise = promises.select_for_update().get(id=promise_id)
    if not promise.active:
        raise Refused(say("call.promise_gone"))
    if not why.strip():
        raise Refused(say("call.why_needed"), "why")
    return promise


def was_told(fact: PromiseFact, case: Case) -> list[Sentence]:
    """What the promise was before."""
    return [
        say("event.promise_was", amount=Money(part.cents, case.currency), on=part.due)
        for part in fact.instalments
    ]


def _fact(case: Case, promise_id: int) -> PromiseFact:
    return next(p for p in case.promises if p.id == promise_id)


def _tell(
    doer: Doer, promise: Promise, kind: str, said: Sentence, lines: list[Sentence], facts: dict[str, Any]
) -> None:
    happening = Happening(promise.debtor_id, kind, said, tuple(lines), facts=facts, call_id=promise.call_id)
    put_on_record(doer, happening)
