"""One desk was rung for several debtors (B6): a try that reached nobody counts for each of them."""

from __future__ import annotations

from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer, put_on_record
from beluur.actions.touched import facts_changed
from beluur.domain.call_report import CallReport
from beluur.domain.call_told import told
from beluur.domain.case import Outcome
from beluur.domain.local_time import local_day
from beluur.domain.steps import CALLS, Step
from beluur.store.models import Call, Debtor
from beluur.store.save import Happening
from beluur.values.sentence import say

_IN_VAIN = frozenset(
    (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.BUSY, Outcome.GATEKEEPER, Outcome.WRONG_PERSON)
)
_SHARED = tuple(CALLS - {Step.CALL_BACK})  # what was agreed with one of them stands


def lock_payers(doer: Doer, call_id: int) -> None:
    """The debtor of the call and all that the same desk pays for, before anything of theirs. Raises Call.DoesNotExist."""
    calls = Call.objects.filter(administration_id=doer.administration_id)
    debtor, group = calls.values_list("debtor_id", "debtor__payer_group_id").get(id=call_id)
    members = Debtor.objects.filter(administration_id=doer.administration_id, payer_group_id=group)
    others = members.values_list("id", flat=True) if group else ()
    lock_debtors(doer.administration_id, [debtor, *others])


def share_try(doer: Doer, call: Call) -> None:
    """Puts the try of ``call``, which has ended, with the others of its payer group who were to be called with it; in the running
    transaction, after `lock_payers`. Nothing when he rang us, when somebody was spoken, or when he has no group."""
    group = call.debtor.payer_group_id
    if group is None or call.incoming or call.outcome not in _IN_VAIN:
        return
    report = CallReport(Outcome(call.outcome))
    shared = _to_be_called_too(doer, call, group)
    for debtor in shared:
        row = Call.objects.create(
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
        said = told(report, incoming=False)
        with_whom = say("event.called_for", name=call.debtor.name)
        facts = {"report": {"outcome": call.outcome}, "shared_with": call.id}
        put_on_record(doer, Happening(debtor.id, "call_ended", said, (with_whom,), "", facts, row.id))
    facts_changed(doer, [debtor.id for debtor in shared])


def _to_be_called_too(doer: Doer, call: Call, group: int) -> list[Debtor]:
    """Without whom a colleague has on the line."""
    on_the_line = Call.objects.filter(administration_id=doer.administration_id, state="open")
    others = Debtor.objects.filter(
        administration_id=doer.administration_id, payer_group_id=group, merged_into=None, step__in=_SHARED
    ).exclude(id__in=[call.debtor_id, *on_the_line.values_list("debtor_id", flat=True)])
    return [
        debtor
        for debtor in others.order_by("id")
        if debtor.step_on and debtor.step_on <= local_day(doer.at, debtor.time_zone)
    ]
