"""How far a person may go alone in an administration (A2): the method's, with what the house and he himself have otherwise."""

from __future__ import annotations

from beluur.domain.mandate import Mandate, mandate_for
from beluur.store.models import Membership


def load_mandate(administration_id: int, user_id: int) -> Mandate:
    """Raises Membership.DoesNotExist for who does not work here."""
    rows = Membership.objects.filter(administration_id=administration_id)
    role, house, own = rows.values_list("role", "administration__mandates", "mandate").get(user_id=user_id)
    return mandate_for(role, house.get(role), own)
