"""Whose something is: a colleague, by his account and his name, or an outsider, by name alone."""

from __future__ import annotations

from beluur.actions.once import Doer
from beluur.store.models import Membership
from beluur.values.problem import Refused
from beluur.values.sentence import say

LONGEST_NAME = 120


def owner_of(
    doer: Doer, user_id: int | None, name: str, *, field: str = "dispute_owner"
) -> tuple[int | None, str]:
    """(user id or None, name). The account decides over the name; refused at ``field`` when he does not work here."""
    if user_id is None:
        return None, name.strip()[:LONGEST_NAME]
    here = Membership.objects.filter(administration_id=doer.administration_id, user_id=user_id)
    known = here.values_list("user__name", flat=True).first()
    if known is None:
        raise Refused(say("by_hand.choose"), field)
    return user_id, known[:LONGEST_NAME]
