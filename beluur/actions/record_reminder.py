"""Records a reminder that was sent before or beside us (C4), so that the next one knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.store.models import Reminder
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

CHANNELS = ("mail", "letter", "phone", "other")


def record_reminder(
    doer: Doer,
    *,
    debtor_id: int,
    level: int,
    on: date,
    today: date,
    channel: str = "mail",
    invoice_numbers: Sequence[str] = (),
) -> int:
    """Gives the reminder's id. ``level`` 1 or 2."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        if level not in (1, 2):
            raise Refused(say("by_hand.choose"), "level")
        if on > today:
            raise Refused(say("by_hand.day_to_come", today=today), "on")
        if channel not in CHANNELS:
            raise Refused(say("by_hand.choose"), "channel")
        reminder = Reminder.objects.create(
            administration_id=doer.administration_id,
            debtor=debtor,
            level=level,
            on=on,
            channel=channel,
            invoice_numbers=list(invoice_numbers),
            at=doer.at,
        )
        said = say("event.reminder_recorded", level=level, day=on, channel=say(f"channel.{channel}"))
        record = {"reminder": reminder.id, "invoices": list(invoice_numbers)}
        put_on_record(doer, Happening(debtor.id, "reminder_recorded", said, facts=record))
        facts_changed(doer, [debtor.id])
        return {"reminder": reminder.id}

    return int(once(doer, "record_reminder", do)["reminder"])
