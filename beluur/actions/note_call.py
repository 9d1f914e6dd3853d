"""Keeps what is typed during a call, and renews the claim. Nothing that was typed is lost, also not with two tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from beluur.actions.once import Doer
from beluur.actions.open_call import LEASE
from beluur.store.models import Call
from beluur.values.problem import Refused
from beluur.values.sentence import say

KEPT = "_overwritten"  # field -> texts that another tab had there
_MOST_KEPT = 10


@dataclass(frozen=True, slots=True)
class Noted:
    """``version`` goes with the next note. ``others`` are fields that another tab has otherwise: those it filled in and this one
    did not send, and what stood in a field that this one has now."""

    version: int
    others: Mapping[str, Any] = field(default_factory=dict)


def note_call(doer: Doer, call_id: int, draft: Mapping[str, Any], version: int) -> Noted:
    """Saves the fields in ``draft`` over those that are there; the last one who writes a field wins. ``version`` is the one that
    this tab saw last. Refused when the call has ended or a colleague took it over."""
    with transaction.atomic():
        call = (
            Call.objects.select_for_update()
            .filter(administration_id=doer.administration_id, id=call_id)
            .first()
        )
        if call is None or call.state != "open" or call.caller_id != doer.user_id:
            raise Refused(say("call.not_yours"))
        before = dict(call.draft)
        others = _others(before, draft) if version != call.draft_version else {}
        call.draft = {**before, **draft, **_kept(before, draft, others)}
        call.draft_version += 1
        call.lease_until = doer.at + LEASE
        call.save(update_fields=["draft", "draft_version", "lease_until"])
    return Noted(call.draft_version, others)


def _others(before: Mapping[str, Any], draft: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in before.items() if k != KEPT and v not in ("", None) and draft.get(k) != v}


def _kept(before: Mapping[str, Any], draft: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Text that is being written over by a tab which had not seen it, unless the new text contains it."""
    kept: dict[str, list[Any]] = {k: list(v) for k, v in before.get(KEPT, {}).items()}
    for name, value in others.items():
        if name in draft and not (isinstance(value, str) and value in str(draft[name])):
            kept[name] = [*kept.get(name, []), value][-_MOST_KEPT:]
    return {KEPT: kept} if kept else {}
