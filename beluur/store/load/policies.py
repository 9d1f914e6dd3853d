"""The policy of an administration: the method's defaults with what the user changed; and whether it acts for another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from beluur.domain.ladder import Ladder
from beluur.domain.policy import Policy
from beluur.store.load.ladders import own_ladders
from beluur.store.load.ready import Ready
from beluur.store.models import Administration

_USUAL = Policy()
_NUMBERS = frozenset(f.name for f in fields(Policy) if isinstance(getattr(_USUAL, f.name), int))
_HOUSE = Ready(lambda mine: Administration.objects.filter(mine).values_list("policy", "kind"), house="id")


def policy_from(overrides: Mapping[str, Any], ladders: tuple[Ladder, ...] = ()) -> Policy:
    """The defaults with the plain numbers of ``overrides`` merged in; unknown names are left out."""
    changed: dict[str, Any] = {k: v for k, v in overrides.items() if k in _NUMBERS and isinstance(v, int)}
    return Policy(**changed, ladders=ladders)


def load_policy(administration_id: int) -> Policy:
    """The policy of this administration."""
    policy, _ = _house(administration_id)
    return policy_from(policy, own_ladders(administration_id))


def is_agency(administration_id: int) -> bool:
    """Whether this administration acts for another creditor."""
    _, kind = _house(administration_id)
    return bool(kind == Administration.Kind.AGENCY)


def _house(administration_id: int) -> tuple[Any, ...]:
    for row in _HOUSE.of_house(administration_id):
        return row
    raise Administration.DoesNotExist(f"administration {administration_id}")
