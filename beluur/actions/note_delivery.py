"""Notes what became of a mail: sent, to be tried later, failed, or uncertain; and what follows from that for its debtor."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.mail_left import mail_left
from beluur.actions.once import Doer
from beluur.domain.message_state import LOST_AFTER, Cause, MessageState, retry_at, states_before
from beluur.mailroom.send import Delivery, DeliveryState
from beluur.store.models import Administration, Message
from beluur.store.save import Happening, append_many
from beluur.values.sentence import Sentence, say

BY = "Beluur"  # who did it, on the timeline, when no person did


def note_delivery(message: Message, delivery: Delivery, now: datetime) -> MessageState:
    """The state it is in now. What a person changed meanwhile stands, and so does what another worker took up since: the time at
    which ``message`` was claimed tells whose try this was."""
    with transaction.atomic():
        lock_debtors(message.administration_id, [message.debtor_id])
        cause, again = _cause(message, delivery, now)
        target = _TARGET[cause]
        row = Message.objects.filter(administration_id=message.administration_id, id=message.id)
        ours = row.filter(claimed_at=message.claimed_at, state__in=states_before(cause, target))
        noted = ours.update(
            state=target,
            problem={} if cause is Cause.ACCEPTED else delivery.sentence.to_json(),
            sent_at=now if cause is Cause.ACCEPTED else None,
            send_after=again or message.send_after,
        )
        message.refresh_from_db()
        if noted:
            _tell(message, cause, delivery.sentence, now)
        return MessageState(message.state)


def find_uncertain(now: datetime, *, started: datetime | None = None) -> int:
    """What stayed in *sending*: longer than it can take, or, when the only worker began at ``started``, from before it.
    Gives how many became uncertain. They are never sent again by themselves."""
    lost = Q(claimed_at__lte=now - LOST_AFTER)
    if started is not None:
        lost |= Q(claimed_at__lt=started)
    everywhere = list(Administration.objects.values_list("id", flat=True))
    left = Message.objects.filter(lost, administration_id__in=everywhere, state=MessageState.SENDING)
    if not left.exists():
        return 0
    with transaction.atomic():
        for administration_id in set(left.values_list("administration_id", flat=True)):
            theirs = left.filter(administration_id=administration_id).values_list("debtor_id", flat=True)
            lock_debtors(administration_id, set(theirs))
        rows = list(left.select_for_update())
        found: dict[int, list[Message]] = defaultdict(list)
        for row in rows:
            found[row.administration_id].append(row)
        for administration_id, messages in found.items():
            _lose(administration_id, messages, now)
    return len(rows)


_TARGET = {
    Cause.ACCEPTED: MessageState.SENT,
    Cause.LATER: MessageState.QUEUED,
    Cause.REFUSED: MessageState.FAILED,
    Cause.SIGNED_OUT: MessageState.NOT_SENT,
    Cause.LOST: MessageState.UNCERTAIN,
}


def _cause(message: Message, delivery: Delivery, now: datetime) -> tuple[Cause, datetime | None]:
    if delivery.state is DeliveryState.SENT:
        return Cause.ACCEPTED, None
    if delivery.state is DeliveryState.UNCERTAIN:
        return Cause.LOST, None
    if delivery.state is DeliveryState.SIGNED_OUT:
        return Cause.SIGNED_OUT, None
    again = retry_at(message.tries, now) if delivery.temporary else None
    return (Cause.LATER, again) if again else (Cause.REFUSED, None)


def _tell(message: Message, cause: Cause, why: Sentence, now: datetime) -> None:
    if cause is Cause.LATER or message.debtor_id is None:
        return
    doer = Doer(message.administration_id, now, None, BY)
    if cause is Cause.ACCEPTED:
        mail_left(doer, message)
        return
    kind = say(f"outbox.kind.{message.kind}")
    if cause is Cause.SIGNED_OUT:
        said = say("event.mail_not_sent", kind=kind)
        _append(doer.administration_id, [_happening(message, "mail_not_sent", said, (why,))], now)
        return
    code = "event.mail_failed" if cause is Cause.REFUSED else "event.mail_uncertain"
    said = Sentence(code, {"kind": kind, "to": message.to})
    _append(doer.administration_id, [_happening(message, code.split(".")[1], said, (why,))], now)


def _lose(administration_id: int, messages: list[Message], now: datetime) -> None:
    why = say("outbox.worker_stopped")
    Message.objects.filter(administration_id=administration_id, id__in=[m.id for m in messages]).update(
        state=MessageState.UNCERTAIN, problem=why.to_json()
    )
    happenings = [
        _happening(
            m,
            "mail_uncertain",
            say("event.mail_uncertain", kind=say(f"outbox.kind.{m.kind}"), to=m.to),
            (why,),
        )
        for m in messages
        if m.debtor_id is not None
    ]
    _append(administration_id, happenings, now)


def _happening(message: Message, kind: str, said: Sentence, details: tuple[Sentence, ...]) -> Happening:
    assert message.debtor_id is not None
    return Happening(
        message.debtor_id, kind, said, details, facts={"message": message.id}, call_id=message.call_id
    )


def _append(administration_id: int, happenings: list[Happening], now: datetime) -> None:
    append_many(administration_id, happenings, at=now, actor_id=None, actor=BY)
