"""How far each role may go alone, and one colleague otherwise than his role (A2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from typing import Any

from beluur.actions.once import Doer, once
from beluur.domain.mandate import OF_THE_HOUSE, SHIPPED, Mandate, Role, mandate_for
from beluur.store.models import Administration, Membership
from beluur.values.problem import Refused, check_all
from beluur.values.sentence import say

Bounds = Mapping[str, int | bool | None]
"""Names of `Mandate` with their value; None for what stays as it was given."""

_NAMES = frozenset(f.name for f in fields(Mandate)) - OF_THE_HOUSE


def change_role_mandate(doer: Doer, *, role: str, bounds: Bounds) -> None:
    """Takes over the whole form of that role: what is None is as the method has it. Refused at each bound that no mandate has."""

    def do() -> dict[str, Any]:
        if role not in set(Role):
            raise Refused(say("by_hand.choose"), "role")
        usual = SHIPPED[Role(role)]
        changed = {n: v for n, v in _checked(role, bounds).items() if getattr(usual, n) != v}
        house = Administration.objects.select_for_update().get(id=doer.administration_id)
        house.mandates = {r: m for r, m in (house.mandates | {role: changed}).items() if m}
        house.save(update_fields=["mandates"])
        return {}

    once(doer, "change_role_mandate", do)


def change_own_mandate(doer: Doer, *, user_id: int, bounds: Bounds) -> None:
    """The same of one colleague: what is None is as his role has it. Raises Membership.DoesNotExist."""

    def do() -> dict[str, Any]:
        members = Membership.objects.select_for_update().filter(administration_id=doer.administration_id)
        member = members.get(user_id=user_id)
        member.mandate = _checked(member.role, bounds)
        member.save(update_fields=["mandate"])
        return {}

    once(doer, "change_own_mandate", do)


def _checked(role: str, bounds: Bounds) -> dict[str, int | bool]:
    """Those that were given; what `mandate_for` would leave out is refused."""
    given = {name: value for name, value in bounds.items() if value is not None}
    check_all(*(partial(_check, role, name, value=value) for name, value in given.items()))
    return given


def _check(role: str, name: str, *, value: int | bool) -> None:
    if name not in _NAMES:
        raise Refused(say("by_hand.choose"), name)
    kept = getattr(mandate_for(role, {name: value}), name)
    if kept != value or type(kept) is not type(value):
        raise Refused(say("house.number_out_of_range"), name)
