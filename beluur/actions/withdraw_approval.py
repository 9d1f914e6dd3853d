"""The caller takes back what he asked: the debtor came nearer, or hung up (A2)."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.domain.approval import Cause, follow
from beluur.store.load.approvals import request_of
from beluur.store.models import Approval
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say


def withdraw_approval(doer: Doer, approval_id: int) -> None:
    """Also when it was granted already. Refused when it was refused, used or is over, and for who did not ask it. Raises
    Approval.DoesNotExist."""

    def do() -> dict[str, Any]:
        here = Approval.objects.filter(administration_id=doer.administration_id)
        row = here.get(id=approval_id)
        if row.asked_by_id != doer.user_id:
            raise Refused(say("call.not_yours"))
        after = follow(request_of(row, doer.at), Cause.WITHDRAWS)
        if isinstance(after, Sentence):
            raise Refused(after)
        if not here.filter(id=row.id, state=row.state).update(state=after.state.value):
            raise Refused(say("approval.answered"))  # a colleague answered at this very moment
        return {}

    once(doer, "withdraw_approval", do)
