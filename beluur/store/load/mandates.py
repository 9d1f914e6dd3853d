"""How far a member may go alone: what ships for his role, with what the house and he himself were given otherwise (A2)."""

from __future__ import annotations

from beluur.domain.mandate import Mandate, mandate_for, under
from beluur.store.load.policies import policy_from
from beluur.store.models import Membership


def load_mandate(administration_id: int, user_id: int | None) -> Mandate:
    """The mandate of this user here; one query. Who is no member may what a caller may."""
    here = Membership.objects.filter(administration_id=administration_id, user_id=user_id or 0)
    row = here.values_list("role", "mandate", "administration__mandates", "administration__policy").first()
    if row is None:
        return mandate_for("caller")
    role, own, of_house, policy = row
    return under(mandate_for(role, of_house.get(role, {}), own), policy_from(policy))
