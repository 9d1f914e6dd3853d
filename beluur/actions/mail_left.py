"""What follows when a mail has left: the timeline tells it, and a reminder counts as sent."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from beluur.actions.notice_said import notice_facts, notice_said
from beluur.actions.once import Doer, put_on_record
from beluur.actions.plan_next_steps import plan_debtors
from beluur.domain.ladder_days import NOTICE_LEVEL, TRIED_LEVEL
from beluur.queries.notice import MESSAGE
from beluur.queries.reminders import KINDS
from beluur.store.models import Debtor, Message, PersonalLink, Reminder
from beluur.store.save import Happening
from beluur.values.sentence import Sentence, say

LEVELS = {
    "tried_to_reach": TRIED_LEVEL,
    MESSAGE: NOTICE_LEVEL,
    **{kind: level for level, kind in KINDS.items()},
}


def mail_left(doer: Doer, message: Message) -> None:
    """In the running transaction; the message has its new state already. Of its link only the hash is kept from now on."""
    PersonalLink.objects.filter(administration_id=message.administration_id, message_id=message.id).update(
        sealed=""
    )
    if message.debtor_id is None:
        return
    said = say("event.mail_sent", kind=say(f"outbox.kind.{message.kind}"), to=message.to or "?")
    facts = {"message": message.id, "message_id": message.message_id, "subject": message.subject}
    details: tuple[Sentence, ...] = ()
    if reckoned := message.facts.get("notice"):
        details = notice_said(doer, message.debtor_id, reckoned, by_post=False)
        facts |= notice_facts(reckoned)
    put_on_record(
        doer, Happening(message.debtor_id, "mail_sent", said, details, facts=facts, call_id=message.call_id)
    )
    if (level := LEVELS.get(message.kind)) is not None:
        _count_reminder(doer, message, message.debtor_id, level)
        plan_debtors(doer.administration_id, [message.debtor_id], doer.at)


def _count_reminder(doer: Doer, message: Message, debtor_id: int, level: int) -> None:
    debtor = Debtor.objects.filter(administration_id=doer.administration_id, id=debtor_id)
    zone = debtor.values_list("time_zone", flat=True).get()
    Reminder.objects.create(
        administration_id=doer.administration_id,
        debtor_id=debtor_id,
        level=level,
        on=doer.at.astimezone(ZoneInfo(zone)).date(),
        invoice_numbers=message.facts.get("invoices", []),
        message=message,
        at=doer.at,
    )
