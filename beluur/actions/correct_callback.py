"""A call-back that was noted wrongly, moved, or is off: the old one stays on file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from beluur.actions.corrected_mail import queue_corrected, take_back
from beluur.actions.end_call import ReportRefused
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.record_effect import record_callback
from beluur.actions.share_try import lock_desk, of_the_same_call
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.call_check import check_callback
from beluur.domain.call_report import CallbackSaid
from beluur.domain.call_told import callback_told
from beluur.domain.case import CallbackFact, Case
from beluur.domain.local_time import local, local_day
from beluur.queries.agreement_facts import agreement_of_callback
from beluur.queries.mail_facts import papers_of
from beluur.store.load import load_case, load_policy
from beluur.store.models import Callback
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say


def correct_callback(
    doer: Doer,
    callback_id: int,
    *,
    at: datetime | None,
    why: str,
    who: str = "",
    number: str = "",
    send: bool = True,
) -> int:
    """``at`` None cancels it; the same for the others who come along in that call. Gives the new one's id, 0 for none. A
    corrected mail goes out when a confirmation was made."""

    def do() -> dict[str, Any]:
        old = _open_callback(doer, callback_id)
        if not why.strip():
            raise Refused(say("call.why_needed"), "why")
        case, policy = load_case(doer.administration_id, old.debtor_id), load_policy(doer.administration_id)
        said = CallbackSaid(at, who or old.who, number or old.number)
        if at and (objections := tuple(check_callback(said, policy, doer.at))):
            raise ReportRefused(objections)
        along = of_the_same_call(doer, old)
        new_id, lines = _replaced(doer, old, said, why, case)
        lines += _mail(doer, old, at, case, send=send)
        put_on_record(doer, _happening(old, new_id, lines))
        for other in along:
            put_on_record(doer, _happening(other, *_replaced(doer, other, said, why, case)))
        facts_changed(doer, [old.debtor_id, *(other.debtor_id for other in along)])
        return {"callback": new_id}

    return int(once(doer, "correct_callback", do)["callback"])


def _replaced(
    doer: Doer, old: Callback, said: CallbackSaid, why: str, case: Case
) -> tuple[int, list[Sentence]]:
    """The new one's id, 0 for none, and what is told of it."""
    Callback.objects.filter(administration_id=doer.administration_id, id=old.id).update(state="corrected")
    lines = [
        say("event.corrected", why=why.strip()),
        say("event.callback_was", at=local(old.at, case.time_zone)),
    ]
    if said.at is None:
        return 0, lines
    fact = CallbackFact(0, said.at, who=said.who)
    new = record_callback(doer, old.debtor_id, fact, number=said.number, call_id=old.call_id)
    return new.id, [*lines, callback_told(fact, case)]


def _happening(old: Callback, new_id: int, lines: list[Sentence]) -> Happening:
    said = say("event.callback_changed") if new_id else say("event.callback_cancelled")
    facts = {"callback": new_id, "was": old.id}
    return Happening(
        old.debtor_id, "callback_corrected", said, tuple(lines), facts=facts, call_id=old.call_id
    )


def _open_callback(doer: Doer, callback_id: int) -> Callback:
    callbacks = Callback.objects.filter(administration_id=doer.administration_id)
    lock_desk(doer, *callbacks.values_list("debtor_id", "debtor__payer_group_id").get(id=callback_id))
    the_debtor(doer, callbacks.get(id=callback_id).debtor_id)
    old = callbacks.select_for_update().get(id=callback_id)
    if old.state != "open":
        raise Refused(say("call.not_open_any_more"))
    return old


def _mail(doer: Doer, old: Callback, at: datetime | None, case: Case, *, send: bool) -> list[Sentence]:
    earlier = take_back(doer, old.call_id)
    if earlier is None:
        return []
    if at is None or not send:
        return [say("event.mail_stood")] if earlier.out else []
    papers = papers_of(doer.administration_id, case.debtor_id, late_on=local_day(doer.at, case.time_zone))
    spoken_on = local_day(old.made_at, case.time_zone)
    _, line = queue_corrected(
        doer,
        old.debtor_id,
        agreement_of_callback(case, at, papers, spoken_on=spoken_on),
        papers,
        agreement_of_callback(case, old.at, papers, spoken_on=spoken_on),
        earlier=earlier,
        call_id=old.call_id,
    )
    return [line]
