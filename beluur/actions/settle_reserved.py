"""A promise under reservation is decided by a colleague (A2): it stands, and the debtor reads so, or it ends and he hears so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from beluur.actions.change_promise import was_told
from beluur.actions.corrected_mail import queue_corrected, take_back
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.record_promise import end_promise
from beluur.actions.record_ultimatum import replace_ultimatums
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.approval import WAITING, ApprovalState
from beluur.domain.call_check import without_promise
from beluur.domain.call_mandate import plan_agreed
from beluur.domain.call_told import promise_told
from beluur.domain.case import Case, PromiseFact
from beluur.domain.local_time import local_day
from beluur.domain.mandate import judge
from beluur.queries.agreement_facts import agreement_of_promise
from beluur.queries.mail_facts import papers_of
from beluur.store.load import load_case, load_mandate
from beluur.store.models import Approval, Promise
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.words import render


def settle_reserved(doer: Doer, promise_id: int, *, granted: bool, why: str = "", send: bool = True) -> None:
    """Refused when it is not under reservation (any more), when the grant is beyond the doer's own mandate, or at "why" when a
    refusal does not say why. What was asked of a colleague about it is answered with it. Raises Promise.DoesNotExist."""

    def do() -> dict[str, Any]:
        promise = _reserved(doer, promise_id)
        case = load_case(doer.administration_id, promise.debtor_id)
        fact = next(p for p in case.promises if p.id == promise_id)
        if not granted and not why.strip():
            raise Refused(say("approval.no_reason"), "why")
        lines = (
            _grant(doer, promise, case, fact, send=send) if granted else _refuse(doer, promise, case, fact)
        )
        _answer(doer, promise, granted=granted, why=why.strip())
        said = say("event.promise_granted") if granted else say("event.promise_refused")
        kind = "promise_granted" if granted else "promise_refused"
        facts = {"promise": promise_id}
        put_on_record(
            doer,
            Happening(
                promise.debtor_id,
                kind,
                said,
                tuple(lines),
                note=why.strip(),
                facts=facts,
                call_id=promise.call_id,
            ),
        )
        facts_changed(doer, [promise.debtor_id])
        return {}

    once(doer, "settle_reserved", do)


def _reserved(doer: Doer, promise_id: int) -> Promise:
    promises = Promise.objects.filter(administration_id=doer.administration_id)
    the_debtor(doer, promises.get(id=promise_id).debtor_id)
    promise = promises.select_for_update().get(id=promise_id)
    if not (promise.active and promise.reserved):
        raise Refused(say("approval.answered"))
    return promise


def _grant(doer: Doer, promise: Promise, case: Case, fact: PromiseFact, *, send: bool) -> list[Sentence]:
    mandate = load_mandate(doer.administration_id, doer.user_id)
    before, today = without_promise(case, promise.id), local_day(promise.made_at, case.time_zone)
    if beyond := judge(plan_agreed(fact), mandate, before, today):
        raise Refused(beyond[0].sentence)
    promise.reserved = False
    promise.save(update_fields=["reserved"])
    instead = say("event.ultimatum_promised")
    replace_ultimatums(doer, promise.debtor_id, instead, before=promise.made_at, call_id=None)
    stands = replace(fact, reserved=False)
    return [*promise_told(stands, case), *(_mail(doer, promise, case, stands) if send else ())]


def _refuse(doer: Doer, promise: Promise, case: Case, fact: PromiseFact) -> list[Sentence]:
    end_promise(doer, promise.id, "refused")
    return was_told(fact, case)


def _mail(doer: Doer, promise: Promise, case: Case, stands: PromiseFact) -> list[Sentence]:
    """The agreement again, without the reservation; it takes nothing back, so it corrects nothing."""
    earlier = take_back(doer, promise.call_id)
    language = earlier.message.language if earlier else case.language
    papers = papers_of(doer.administration_id, case.debtor_id, invoice_ids=[i for i, _ in stands.covers])
    agreement = replace(
        agreement_of_promise(case, stands, papers), discussed=render(say("confirm.granted"), language)
    )
    _, line = queue_corrected(
        doer,
        case.debtor_id,
        agreement,
        papers,
        agreement,
        earlier=replace(earlier, out=False) if earlier else None,
        call_id=promise.call_id,
    )
    return [line]


def _answer(doer: Doer, promise: Promise, *, granted: bool, why: str) -> None:
    asked = Approval.objects.filter(administration_id=doer.administration_id, debtor_id=promise.debtor_id)
    asked.filter(call_id=promise.call_id or 0, state__in=WAITING).update(
        state=(ApprovalState.USED if granted else ApprovalState.REFUSED).value,
        decided_by_id=doer.user_id,
        decided_at=doer.at,
        why=why[:500],
    )
