"""One desk was rung for several debtors (B6): a try that reached nobody counts for each of them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer, put_on_record
from beluur.actions.record_effect import record_callback
from beluur.actions.touched import facts_changed
from beluur.domain.call_report import CallReport
from beluur.domain.call_told import told
from beluur.domain.case import CallbackFact, Case, Outcome
from beluur.domain.local_time import local, local_day
from beluur.domain.steps import CALLS, Step
from beluur.store.models import Call, Callback, Debtor
from beluur.store.save import Happening
from beluur.values.sentence import Sentence, say

_IN_VAIN = frozenset(
    (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.BUSY, Outcome.GATEKEEPER, Outcome.WRONG_PERSON)
)
_SHARED = tuple(CALLS - {Step.CALL_BACK})  # what was agreed with one of them for another hour stands


def lock_payers(doer: Doer, call_id: int) -> None:
    """The debtor of the call and all that the same desk pays for, before anything of theirs. Raises Call.DoesNotExist."""
    calls = Call.objects.filter(administration_id=doer.administration_id)
    lock_desk(doer, *calls.values_list("debtor_id", "debtor__payer_group_id").get(id=call_id))


def lock_desk(doer: Doer, debtor: int, group: int | None) -> None:
    """This debtor, and all others of his payer group when he has one."""
    members = Debtor.objects.filter(administration_id=doer.administration_id, payer_group_id=group)
    others = members.values_list("id", flat=True) if group else ()
    lock_debtors(doer.administration_id, [debtor, *others])


def share_try(doer: Doer, call: Call, case: Case, report: CallReport) -> None:
    """Puts the try of ``call``, which has ended, with the others of its payer group who were to be called with it; in the running
    transaction, after `lock_payers`. They come along at the hour at which the desk is called back. ``case`` is as it was before
    the call. Nothing when he rang us, when somebody was spoken, or when he has no group."""
    group = call.debtor.payer_group_id
    if group is None or call.incoming or call.outcome not in _IN_VAIN:
        return
    due = {c.at for c in case.callbacks if not c.done and c.at <= doer.at}
    shared = _to_be_called_too(doer, call, group, due)
    back = Callback.objects.filter(administration_id=doer.administration_id, call=call, state="open").first()
    for debtor in shared:
        row = _same_try(doer, call, debtor)
        lines = [say("event.called_for", name=call.debtor.name)]
        if back and (report.callback or debtor.step == Step.CALL_BACK):
            lines.append(_come_along(doer, debtor, back, row, due, moved=report.callback is None))
        said = told(CallReport(report.outcome), incoming=False)
        facts = {"report": {"outcome": call.outcome}, "shared_with": call.id}
        put_on_record(doer, Happening(debtor.id, "call_ended", said, tuple(lines), "", facts, row.id))
    facts_changed(doer, [debtor.id for debtor in shared])


def _same_try(doer: Doer, call: Call, debtor: Debtor) -> Call:
    return Call.objects.create(
        administration_id=doer.administration_id,
        debtor=debtor,
        caller_id=call.caller_id,
        state="ended",
        opened_at=call.opened_at,
        lease_until=doer.at,
        ended_at=doer.at,
        outcome=call.outcome,
        result=call.result,
        slot=call.slot,
    )


def _come_along(
    doer: Doer, debtor: Debtor, back: Callback, row: Call, due: set[datetime], *, moved: bool
) -> Sentence:
    """The call-back of the desk is his too; what was agreed with the desk before is made good by it."""
    his = Callback.objects.filter(administration_id=doer.administration_id, debtor=debtor, state="open")
    his.filter(at__in=due).update(state="done")
    fact = CallbackFact(0, back.at, who=back.who)
    record_callback(doer, debtor.id, fact, number=back.number, call_id=row.id)
    at = local(back.at, debtor.time_zone)
    if moved:
        return say("event.callback_moved", at=at)
    return say("event.callback_with", at=at, who=back.who) if back.who else say("event.callback", at=at)


def _to_be_called_too(doer: Doer, call: Call, group: int, due: set[datetime]) -> list[Debtor]:
    """Whose call was due, or whose call-back was at the same hour (``due``); without whom a colleague has on the line."""
    on_the_line = Call.objects.filter(administration_id=doer.administration_id, state="open")
    due_too = Q(step__in=_SHARED) | Q(step=Step.CALL_BACK, step_at__in=due)
    others = Debtor.objects.filter(
        due_too, administration_id=doer.administration_id, payer_group_id=group, merged_into=None
    ).exclude(id__in=[call.debtor_id, *on_the_line.values_list("debtor_id", flat=True)])
    return [
        debtor
        for debtor in others.order_by("id")
        if debtor.step_on and debtor.step_on <= local_day(doer.at, debtor.time_zone)
    ]


def of_the_same_call(doer: Doer, callback: Callback) -> list[Callback]:
    """The open call-backs of the others who come along in this one (`share_try`): made at one moment for the same hour."""
    group = callback.debtor.payer_group_id
    if group is None:
        return []
    others = Callback.objects.filter(administration_id=doer.administration_id, state="open")
    same = others.filter(debtor__payer_group_id=group, at=callback.at, made_at=callback.made_at)
    return list(same.exclude(debtor_id=callback.debtor_id).order_by("debtor_id"))
