"""Lets leave what nothing kept but that nobody was signed in at the provider: one button, after signing in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.mail_left import LEVELS
from beluur.actions.once import Doer, once
from beluur.actions.queue_mail import new_message_id, why_not_sent
from beluur.domain.calling_window import may_write_from
from beluur.domain.case import Case
from beluur.domain.local_time import local_day
from beluur.domain.message_state import MessageState
from beluur.domain.waited_mail import why_look_first
from beluur.queries.waited_mails import waited_facts, waited_for_sign_in
from beluur.store.models import Administration, Message
from beluur.store.save import Happening, append_many
from beluur.values.problem import Refused
from beluur.values.sentence import say


@dataclass(frozen=True, slots=True)
class Waited:
    """How many leave, and how many a person has to look at first; each of those says why."""

    leave: int
    look_first: int


def send_what_waited(doer: Doer) -> Waited:
    """Refused when still no mail can leave. A mail that leaves keeps its Message-ID when a server may have had it, and what the
    law says of the hours; what became out of date since it was written stays, with the reason."""

    def do() -> dict[str, Any]:
        house = Administration.objects.get(id=doer.administration_id)
        if why := why_not_sent(house, house.email or "?"):
            raise Refused(why)
        waited = waited_for_sign_in(house.id)
        lock_debtors(house.id, set(waited.values_list("debtor_id", flat=True)))
        messages = list(waited.select_for_update())
        facts = waited_facts(house.id, messages, doer.at)
        leave = []
        for message in messages:
            mail, case = facts.get(message.id, (None, None))
            today = local_day(doer.at, case.time_zone if case else house.time_zone)
            if mail and (why := why_look_first(mail, today)):
                message.problem = why.to_json()
                continue
            _queue(message, house, _from(message, case, doer.at))
            leave.append(message)
        columns = ["state", "tries", "problem", "send_after", "copy_to", "message_id"]
        Message.objects.bulk_update(messages, columns, batch_size=200)
        _tell(doer, leave)
        return {"leave": len(leave), "look_first": len(messages) - len(leave)}

    return Waited(**once(doer, "send_what_waited", do))


def _from(message: Message, case: Case | None, now: datetime) -> datetime:
    """A reminder keeps to the hours, as when it was written."""
    if case is None or message.kind not in (*LEVELS, "ask_confirm", "instalment_note"):
        return now
    return may_write_from(case, now, by_itself=message.by_id is None)


def _queue(message: Message, house: Administration, at: datetime) -> None:
    if message.claimed_at is None:  # no server had it yet
        message.message_id = new_message_id(str(house.smtp.get("sender", "")))
    message.state, message.tries, message.problem = MessageState.QUEUED, 0, {}
    message.send_after = at
    if message.debtor_id is not None:
        message.copy_to = str(house.smtp.get("copy_to", ""))


def _tell(doer: Doer, messages: Sequence[Message]) -> None:
    happenings = [
        Happening(
            m.debtor_id,
            "mail_again",
            say("event.mail_again", kind=say(f"outbox.kind.{m.kind}"), to=m.to),
            facts={"message": m.id},
            call_id=m.call_id,
        )
        for m in messages
        if m.debtor_id is not None
    ]
    append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)
