"""Gives a user the address at which his own calendar reads what is due."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.store.models import CalendarFeed


def make_feed(doer: Doer, *, user_id: int, secret_hash: str, tells: bool) -> bool:
    """The address with that secret is his, and an earlier one works no more; False when this form was answered before with
    another, which nobody can show again. The secret itself is known to the page alone."""

    def do() -> dict[str, Any]:
        mine = CalendarFeed.objects.filter(administration_id=doer.administration_id, user_id=user_id)
        mine.delete()
        CalendarFeed.objects.create(
            administration_id=doer.administration_id,
            user_id=user_id,
            secret_hash=secret_hash,
            tells=tells,
            made_at=doer.at,
        )
        return {"hash": secret_hash}

    return bool(once(doer, "make_feed", do)["hash"] == secret_hash)
