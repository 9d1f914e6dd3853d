"""Puts in the outbox what leaves without anybody looking, of the ladder (H4) and of promises (E3): a cap a night, the oldest
duty first (J4)."""

from __future__ import annotations

from datetime import date, datetime, time

from beluur.actions.once import Doer
from beluur.actions.queue_mail import why_not_sent
from beluur.actions.send_reminders import send_reminders
from beluur.actions.tell_tried import tell_tried
from beluur.actions.write_about_promise import write_about_promise
from beluur.domain.ladder_days import LEVEL_OF
from beluur.domain.local_time import local_day, moment_at
from beluur.domain.promise_mail import PromiseMail
from beluur.domain.steps import Step
from beluur.queries.by_itself import ByItself, by_itself, left_by_itself, may_be_written_to
from beluur.queries.promise_mails import to_ask, to_note
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
    written: set[int] = set()
    for mail in _duties(house, now, today, begin) if left > 0 else ():
        if mail.debtor_id not in written and _write(Doer(administration_id, now), mail):
            written.add(mail.debtor_id)
        if len(written) >= left:
            break
    return len(written)


def _duties(
    house: Administration, now: datetime, today: date, begin: datetime
) -> list[ByItself | PromiseMail]:
    """What the ladder sends and what is asked and noted of promises, the oldest duty first; who was written to today is left
    out."""
    found: list[ByItself | PromiseMail] = list(by_itself(house.id, today, begin))
    policy, zone = load_policy(house.id), house.time_zone
    about = [
        *(to_ask(house.id, now, zone) if policy.ask_confirm else ()),
        *to_note(house.id, today, policy.note_before_days, zone),
    ]
    if about:
        ids = {mail.debtor_id for mail in about}
        free = set(may_be_written_to(house.id, today, begin).filter(id__in=ids).values_list("id", flat=True))
        found += [mail for mail in about if mail.debtor_id in free]
    return sorted(found, key=lambda mail: mail.on)


def _write(doer: Doer, mail: ByItself | PromiseMail) -> bool:
    if isinstance(mail, PromiseMail):
        return write_about_promise(doer, mail)
    if mail.step is not Step.OTHER_CHANNEL:
        queued = send_reminders(doer, [mail.debtor_id], LEVEL_OF[mail.step], by_itself=True)
        return bool(queued.message_ids)
    try:
        tell_tried(doer, mail.debtor_id, by_itself=True)
    except Refused:
        return False
    return True
