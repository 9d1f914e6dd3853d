"""The caller asks a colleague, with the debtor on the line, whether he may agree to more than his mandate allows (A2)."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.domain.approval import TRANSITIONS, ApprovalState, Cause, Request, ask
from beluur.domain.local_time import local_day
from beluur.domain.plan import Plan
from beluur.store.load import load_case, load_mandate
from beluur.store.load.approvals import VALID_FOR, plan_to_json, refusals_to_json
from beluur.store.models import Approval, Call
from beluur.values.problem import Refused
from beluur.values.sentence import say

_TO_WITHDRAW = [source.value for source, cause, _ in TRANSITIONS if cause is Cause.WITHDRAWS]


def ask_approval(doer: Doer, call_id: int, plan: Plan, *, words: str = "") -> int:
    """Gives the request's id; what was asked before in this call is taken back. Refused when the call is not his or is over, and
    when the plan is within his mandate. Raises Call.DoesNotExist."""

    def do() -> dict[str, Any]:
        calls = Call.objects.select_for_update().filter(administration_id=doer.administration_id)
        call = calls.get(id=call_id)
        if call.state != "open" or call.caller_id != doer.user_id or doer.user_id is None:
            raise Refused(say("call.not_yours"))
        case = load_case(doer.administration_id, call.debtor_id)
        mandate = load_mandate(doer.administration_id, doer.user_id)
        today = local_day(doer.at, case.time_zone)
        request = ask(plan, mandate, case, today, asked_by=doer.user_id, expires_at=doer.at + VALID_FOR)
        if not isinstance(request, Request):
            raise Refused(request)
        mine = Approval.objects.filter(administration_id=doer.administration_id, call=call)
        mine.filter(state__in=_TO_WITHDRAW).update(state=ApprovalState.WITHDRAWN.value)
        row = Approval.objects.create(
            administration_id=doer.administration_id,
            debtor_id=call.debtor_id,
            call=call,
            plan=plan_to_json(plan),
            beyond=refusals_to_json(request.refusals),
            words=words.strip()[:500],
            state=request.state.value,
            asked_by_id=doer.user_id,
            asked_at=doer.at,
        )
        return {"approval": row.id}

    return int(once(doer, "ask_approval", do)["approval"])
