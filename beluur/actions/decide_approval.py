"""A colleague answers while the debtor is on the line: yes, no with a reason, or another plan; the first answer stands (A2)."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.domain.approval import Answer, ApprovalState, Request, answer
from beluur.domain.local_time import local_day
from beluur.store.load import load_case, load_mandate
from beluur.store.load.approvals import as_kept, plan_to_json
from beluur.store.models import Approval
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say

_MOST_WORDS = 500


def decide_approval(doer: Doer, approval_id: int, given: Answer) -> str:
    """Gives the state that it now has. Refused when another answered first, its time is over, or it is beyond his own mandate;
    at ``words`` for a refusal without a reason. Raises Approval.DoesNotExist."""

    def do() -> dict[str, Any]:
        here = Approval.objects.filter(administration_id=doer.administration_id)
        row = here.select_related("call").get(id=approval_id)
        if doer.user_id is None or row.call.state != "open":
            raise Refused(say("approval.expired"))
        case = load_case(doer.administration_id, row.debtor_id)
        mandate = load_mandate(doer.administration_id, doer.user_id)
        today = local_day(doer.at, case.time_zone)
        after = answer(as_kept(row), given, mandate, case, now=doer.at, today=today)
        if not isinstance(after, Request):
            raise Refused(after[0], "words" if after[0].code == "approval.no_reason" else "")
        decided = here.filter(id=row.id, state=ApprovalState.ASKED.value).update(
            state=after.state.value,
            decided_by_id=doer.user_id,
            decided_at=doer.at,
            answer=plan_to_json(after.granted) if after.granted else {},
            why=after.words[:_MOST_WORDS],
        )
        if not decided:  # two colleagues at the same moment: the other was first
            raise Refused(say("approval.answered"))
        _tell(doer, row, after, case.currency)
        return {"state": after.state.value}

    return str(once(doer, "decide_approval", do)["state"])


def _tell(doer: Doer, row: Approval, after: Request, currency: str) -> None:
    plan = after.granted or after.plan
    facts = {"amount": Money(plan.cents, currency), "parts": len(plan.parts), "last": plan.last}
    told = {
        ApprovalState.APPROVED: say("event.approval_approved", **facts),
        ApprovalState.CHANGED: say("event.approval_changed", **facts),
    }.get(after.state, say("event.approval_refused", **facts))
    beyond: tuple[Sentence, ...] = tuple(r.sentence for r in after.refusals)
    record = {"approval": row.id, "asked_by": row.asked_by_id}
    happening = Happening(
        row.debtor_id, "approval_decided", told, beyond, note=after.words, facts=record, call_id=row.call_id
    )
    put_on_record(doer, happening)
