"""Puts written reminders in the outbox, for one debtor or for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.queue_mail import Outgoing, queue_many, queued_line
from beluur.actions.touched import the_debtors
from beluur.domain.calling_window import may_write_from
from beluur.domain.local_time import local_day
from beluur.queries.reminder_mail import ReminderMails
from beluur.queries.reminders import KINDS, Reminding, reminders_waiting, remindings
from beluur.store.models import Message
from beluur.store.save import Happening, append_many
from beluur.values.sentence import Sentence, say


@dataclass(frozen=True, slots=True)
class Queued:
    """``message_ids`` of what was made; ``left_out`` is (debtor id, why)."""

    message_ids: tuple[int, ...]
    left_out: tuple[tuple[int, Sentence], ...] = ()


def send_reminders(doer: Doer, debtor_ids: Sequence[int], level: int, *, by_itself: bool = False) -> Queued:
    """``level`` 1, 2 or that of the last. Left out, with the reason: who is on hold or stopped, owes nothing that may be asked
    for, has no address, or has such a reminder waiting. A reminder counts as sent when it has left; that is not in hours that the
    law forbids, nor, ``by_itself``, in those of decency."""

    def do() -> dict[str, Any]:
        ids = [debtor.id for debtor in the_debtors(doer, debtor_ids)]
        today_of = {d.id: local_day(doer.at, d.time_zone) for d in the_debtors(doer, ids)}
        waiting = reminders_waiting(doer.administration_id, ids)
        left_out: list[tuple[int, Sentence]] = []
        outgoings = []
        writer = _Writer(doer, level, by_itself=by_itself)
        for day in sorted(set(today_of.values())):
            there = [i for i in ids if today_of[i] == day]
            found = remindings(doer.administration_id, there, day)
            for i in there:
                why = _why_not(found.get(i), day, waiting=(i, level) in waiting)
                if why:
                    left_out.append((i, why))
                else:
                    outgoings.append(writer.outgoing(found[i], day))
        messages = queue_many(doer, outgoings)
        tell_queued(doer, messages)
        return {"messages": [m.id for m in messages], "left_out": [[i, s.to_json()] for i, s in left_out]}

    said = once(doer, "send_reminders", do)
    return Queued(tuple(said["messages"]), tuple((i, Sentence.from_json(s)) for i, s in said["left_out"]))


def tell_queued(doer: Doer, messages: Sequence[Message]) -> None:
    """One event per debtor: what a person put in the outbox."""
    happenings = [
        Happening(m.debtor_id, "mail_queued", queued_line(m), facts={"message": m.id}, call_id=m.call_id)
        for m in messages
        if m.debtor_id is not None
    ]
    append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)


def _why_not(reminding: Reminding | None, today: date, *, waiting: bool) -> Sentence | None:
    if reminding is None:
        return say("outbox.nothing_to_send")
    case = reminding.case
    if case.stop:
        return say("outbox.stopped")
    if hold := case.hold_on(today):
        return say("outbox.on_hold", reason=hold.reason)
    if not reminding.recipient.email:
        return say("outbox.no_address")
    return say("outbox.already_waiting") if waiting else None


class _Writer:
    """Writes for one action."""

    def __init__(self, doer: Doer, level: int, *, by_itself: bool) -> None:
        self.level, self.now, self.by_itself = level, doer.at, by_itself
        self.mails = ReminderMails(doer.administration_id, doer.name)

    def outgoing(self, reminding: Reminding, today: date) -> Outgoing:
        case = reminding.case
        mailing = self.mails.mailing(reminding, self.level, today)
        leaves = may_write_from(case, self.now, by_itself=self.by_itself)
        return Outgoing(mailing, KINDS[self.level], case.debtor_id, not_before=leaves)
