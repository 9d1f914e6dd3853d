"""Takes the address of one's own calendar back."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.store.models import CalendarFeed


def drop_feed(doer: Doer, *, user_id: int) -> None:
    """From now on the address gives nothing; without one there is nothing to do."""

    def do() -> dict[str, Any]:
        CalendarFeed.objects.filter(administration_id=doer.administration_id, user_id=user_id).delete()
        return {}

    once(doer, "drop_feed", do)
