"""Mails who cannot be reached that we tried to (B9): by one key, or at night when the administration wants that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.queue_mail import Outgoing, queue_mail
from beluur.actions.send_reminders import tell_queued
from beluur.actions.touched import the_debtor
from beluur.domain.local_time import local_day
from beluur.mailroom.texts_file import MailKind
from beluur.queries.tried import to_be_told, tried_mail
from beluur.store.load import load_policy
from beluur.store.models import Administration
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence


def tell_tried(doer: Doer, debtor_id: int) -> int:
    """The message's id; it can be taken back for a moment, and counts as a letter when it has left. Refused with the reason when
    there is nothing to tell. Raises Debtor.DoesNotExist."""

    def do() -> dict[str, Any]:
        the_debtor(doer, debtor_id)
        found = tried_mail(doer.administration_id, debtor_id, now=doer.at, caller=doer.name)
        if isinstance(found, Sentence):
            raise Refused(found)
        message = queue_mail(doer, Outgoing(found, MailKind.TRIED_TO_REACH.value, debtor_id))
        tell_queued(doer, [message])
        return {"message": message.id}

    return int(once(doer, "tell_tried", do)["message"])


def write_by_itself(administration_id: int, now: datetime) -> int:
    """How many were written to: none unless the administration wants it. Who may not be written to is left alone."""
    policy = load_policy(administration_id)
    if not (policy.write_when_unreached and policy.write_by_itself):
        return 0
    zone = Administration.objects.values_list("time_zone", flat=True).get(id=administration_id)
    written = 0
    for debtor_id in to_be_told(administration_id, local_day(now, zone)):
        try:
            tell_tried(Doer(administration_id, now), debtor_id)
        except Refused:
            continue
        written += 1
    return written
