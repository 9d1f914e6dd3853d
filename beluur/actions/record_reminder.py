"""Records a reminder that was sent before or beside us (C4), so that the next one knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from beluur.actions.decide_rung import let_out
from beluur.actions.end_letters import withdraw_of
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.ladder import RungKind
from beluur.domain.ladder_days import NOTICE_LEVEL
from beluur.store.models import Reminder
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say

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
    """Gives the reminder's id. ``level`` 1, 2 or 3, which is a formal notice (H1): refused when nobody let it go out. A
    letter that lies ready goes no more."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        if level not in (1, 2, NOTICE_LEVEL):
            raise Refused(say("by_hand.choose"), "level")
        if on > today:
            raise Refused(say("by_hand.day_to_come", today=today), "on")
        if channel not in CHANNELS:
            raise Refused(say("by_hand.choose"), "channel")
        with_yes: tuple[Sentence, ...] = ()
        if level == NOTICE_LEVEL:
            with_yes = let_out(doer, debtor, RungKind.NOTICE)
            withdraw_of(doer, debtor.id)
        reminder = Reminder.objects.create(
            administration_id=doer.administration_id,
            debtor=debtor,
            level=level,
            on=on,
            channel=channel,
            invoice_numbers=list(invoice_numbers),
            at=doer.at,
        )
        record = {"reminder": reminder.id, "invoices": list(invoice_numbers)}
        said = _said(level, on, say(f"channel.{channel}"))
        put_on_record(doer, Happening(debtor.id, "reminder_recorded", said, with_yes, facts=record))
        facts_changed(doer, [debtor.id])
        return {"reminder": reminder.id}

    return int(once(doer, "record_reminder", do)["reminder"])


def _said(level: int, on: date, channel: Sentence) -> Sentence:
    if level == NOTICE_LEVEL:
        return say("event.notice_recorded", day=on, channel=channel)
    return say("event.reminder_recorded", level=level, day=on, channel=channel)
