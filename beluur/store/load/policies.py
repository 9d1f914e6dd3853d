"""The policy of an administration: the method's defaults with what the user changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from beluur.domain.policy import Policy
from beluur.store.models import Administration


def policy_from(overrides: Mapping[str, Any]) -> Policy:
    """The defaults with the plain numbers of ``overrides`` merged in; unknown names are left out."""
    numbers = {f.name for f in fields(Policy) if isinstance(getattr(Policy(), f.name), int)}
    changed: dict[str, Any] = {k: v for k, v in overrides.items() if k in numbers and isinstance(v, int)}
    return Policy(**changed)


def load_policy(administration_id: int) -> Policy:
    """The policy of this administration."""
    return policy_from(Administration.objects.values_list("policy", flat=True).get(id=administration_id))
