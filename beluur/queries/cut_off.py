"""Whether the last conversation with a debtor broke off: then one rings back, and takes up where it stopped."""

from __future__ import annotations

import json
from datetime import date, time

from beluur.domain.local_time import moment_at
from beluur.store.models import Event


def was_cut_off(administration_id: int, debtor_id: int, today: date, zone: str) -> bool:
    """Whether the last call that ended ``today`` (the debtor's, in ``zone``) did so because the line went."""
    since = moment_at(today, time(0), zone)
    rows = Event.objects.filter(
        administration_id=administration_id, debtor_id=debtor_id, kind="call_ended", at__gte=since
    )
    payload = rows.order_by("-seq").values_list("payload", flat=True).first()
    details = json.loads(payload).get("details", ()) if payload else ()
    return any(line["code"] == "event.cut_off" for line in details)
