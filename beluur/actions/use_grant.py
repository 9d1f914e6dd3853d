"""What a colleague granted is agreed with the debtor: the grant is used, once, in the transaction that ends the call (A2)."""

from __future__ import annotations

from beluur.actions.once import Doer
from beluur.domain.approval import Cause, follow
from beluur.domain.plan import Plan
from beluur.queries.approvals import request_of_call
from beluur.store.models import Approval, Call
from beluur.values.sentence import Sentence


def use_grant(doer: Doer, call: Call) -> Plan | None:
    """The plan that was granted in this call, its request marked as used; a request that still waits is taken back. None when
    nothing is granted (any more)."""
    found = request_of_call(doer.administration_id, call.id, doer.at)
    if found is None:
        return None
    here = Approval.objects.filter(administration_id=doer.administration_id, id=found.id)
    used = follow(found.request, Cause.AGREED)
    if isinstance(used, Sentence):
        gone = follow(found.request, Cause.WITHDRAWS)
        if not isinstance(gone, Sentence):
            here.filter(state=found.request.state.value).update(state=gone.state.value)
        return None
    if not here.filter(state=found.request.state.value).update(state=used.state.value):
        return None
    return found.request.granted or found.request.plan
