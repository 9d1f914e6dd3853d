"""Practice calls that are over: how they went, as it was kept; and who answers for a debtor of the practice administration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beluur.domain.practice_talk import customer_number
from beluur.playbook.practice_texts import Character
from beluur.store.models import Administration, Call, DebtorKey

LATEST = 60


@dataclass(frozen=True, slots=True)
class Practised:
    """A practice call that is over: where it stands, and the talk as JSON."""

    slug: str
    call_id: int
    ended_at: datetime | None
    kept: Mapping[str, Any]


def practice_kept(administration_id: int, call_id: int) -> Mapping[str, Any] | None:
    """The talk as JSON; None when it was no practice call, or is still going on."""
    rows = Call.objects.filter(administration_id=administration_id, id=call_id)
    review = rows.values_list("review", flat=True).first() or {}
    kept = review.get("practice")
    return kept if isinstance(kept, dict) else None


def practised(user_id: int) -> tuple[Practised, ...]:
    """His latest practice calls that are over, newest first. Two queries."""
    mine = Administration.objects.filter(kind=Administration.Kind.PRACTICE, membership__user_id=user_id)
    found = mine.values_list("id", "slug").first()
    if found is None:
        return ()
    here, slug = found
    over = Call.objects.filter(administration_id=here, review__has_key="practice")
    rows = over.order_by("-ended_at", "-id").values_list("id", "ended_at", "review")[:LATEST]
    return tuple(Practised(slug, i, ended_at, review["practice"]) for i, ended_at, review in rows)


def character_of(administration_id: int, debtor_id: int) -> Character | None:
    """Who answers for this debtor; None when nobody does."""
    keys = DebtorKey.objects.filter(administration_id=administration_id, debtor_id=debtor_id, kind="number")
    numbers = set(keys.values_list("value", flat=True))
    return next((who for who in Character if customer_number(who) in numbers), None)
