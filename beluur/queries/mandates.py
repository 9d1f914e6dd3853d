"""The mandates of a house: what each role may, and what one colleague may otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from beluur.domain.mandate import SHIPPED, Mandate, Role, mandate_for
from beluur.store.models import Administration, Membership


@dataclass(frozen=True, slots=True)
class MandateForm:
    """``usual`` holds where nothing is filled in; ``overrides`` are what is."""

    name: str
    role: str
    usual: Mandate
    overrides: dict[str, Any]


def role_mandates(administration_id: int) -> tuple[MandateForm, ...]:
    """Each role, with the method's own as usual."""
    house = Administration.objects.values_list("mandates", flat=True).get(id=administration_id)
    return tuple(MandateForm("", r.value, SHIPPED[r], house.get(r.value, {})) for r in reversed(Role))


def own_mandate(administration_id: int, user_id: int) -> MandateForm:
    """One colleague, with that of his role as usual. Raises Membership.DoesNotExist."""
    rows = Membership.objects.filter(administration_id=administration_id)
    columns = ("user__name", "role", "administration__mandates", "mandate")
    name, role, house, own = rows.values_list(*columns).get(user_id=user_id)
    return MandateForm(name, role, mandate_for(role, house.get(role)), own)
