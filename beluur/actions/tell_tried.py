"""Mails who cannot be reached that we tried to (B9): by one key, or by itself (`write_by_itself`)."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.queue_mail import Outgoing, queue_mail
from beluur.actions.send_reminders import tell_queued
from beluur.actions.touched import the_debtor
from beluur.domain.calling_window import may_write_from
from beluur.mailroom.texts_file import MailKind
from beluur.queries.tried import tried_mail
from beluur.store.load import load_case
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence


def tell_tried(doer: Doer, debtor_id: int, *, by_itself: bool = False) -> int:
    """The message's id; it can be taken back for a moment, and counts as a letter when it has left. Refused with the reason when
    there is nothing to tell. Raises Debtor.DoesNotExist."""

    def do() -> dict[str, Any]:
        the_debtor(doer, debtor_id)
        found = tried_mail(doer.administration_id, debtor_id, now=doer.at, caller=doer.name)
        if isinstance(found, Sentence):
            raise Refused(found)
        leaves = may_write_from(load_case(doer.administration_id, debtor_id), doer.at, by_itself=by_itself)
        outgoing = Outgoing(found, MailKind.TRIED_TO_REACH.value, debtor_id, not_before=leaves)
        message = queue_mail(doer, outgoing)
        tell_queued(doer, [message])
        return {"message": message.id}

    return int(once(doer, "tell_tried", do)["message"])
