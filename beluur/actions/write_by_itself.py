"""Puts in the outbox what the ladder sends without anybody looking (H4): a cap a night, the oldest duty first (J4)."""

from __future__ import annotations

from datetime import datetime, time

from beluur.actions.once import Doer
from beluur.actions.queue_mail import why_not_sent
from beluur.actions.send_reminders import send_reminders
from beluur.actions.tell_tried import tell_tried
from beluur.domain.ladder_days import LEVEL_OF
from beluur.domain.local_time import local_day, moment_at
from beluur.domain.steps import Step
from beluur.queries.by_itself import ByItself, by_itself, left_by_itself
from beluur.store.load import load_policy
from beluur.store.models import Administration
from beluur.values.problem import Refused


def write_by_itself(administration_id: int, now: datetime) -> int:
    """How many were written to; none unless a rung says so. Who may not be written to is left alone, and takes no place of
    another. What is over the cap waits for the next night. Each mail is a transaction of its own."""
    house = Administration.objects.get(id=administration_id)
    if why_not_sent(house, house.email or "?"):
        return 0
    today = local_day(now, house.time_zone)
    begin = moment_at(today, time(0), house.time_zone)
    left = load_policy(administration_id).mails_a_night - left_by_itself(administration_id, begin)
    written = 0
    for mail in by_itself(administration_id, today, begin) if left > 0 else ():
        written += _write(Doer(administration_id, now), mail)
        if written >= left:
            break
    return written


def _write(doer: Doer, mail: ByItself) -> bool:
    if mail.step is not Step.OTHER_CHANNEL:
        queued = send_reminders(doer, [mail.debtor_id], LEVEL_OF[mail.step], by_itself=True)
        return bool(queued.message_ids)
    try:
        tell_tried(doer, mail.debtor_id, by_itself=True)
    except Refused:
        return False
    return True
