"""The mail that a correction asks for: the earlier one is taken back, or when it has left, the new one says what it replaces."""

from __future__ import annotations

from dataclasses import dataclass, replace

from beluur.actions.once import Doer
from beluur.actions.queue_mail import Outgoing, queue_mail, queued_line
from beluur.domain.message_state import Cause, MessageState, may
from beluur.mailroom.facts import AgreementFacts
from beluur.queries.agreement_facts import mailing_of
from beluur.queries.mail_facts import Papers, recipient_facts
from beluur.store.models import Message
from beluur.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Earlier:
    """The confirmation of before. ``out``: it has left, or may have."""

    message: Message
    out: bool


def take_back(doer: Doer, call_id: int | None) -> Earlier | None:
    """The last confirmation of that call, withdrawn when it had not left; None when there was none."""
    rows = Message.objects.select_for_update().filter(
        administration_id=doer.administration_id, call_id=call_id or 0, kind="confirmation"
    )
    message = rows.exclude(state=MessageState.WITHDRAWN).order_by("-id").first()
    if message is None:
        return None
    if not may(message.state, Cause.UNDONE):
        return Earlier(message, out=True)
    message.state = MessageState.WITHDRAWN
    message.save(update_fields=["state"])
    return Earlier(message, out=False)


def queue_corrected(
    doer: Doer,
    debtor_id: int,
    agreement: AgreementFacts,
    papers: Papers,
    was: AgreementFacts,
    *,
    earlier: Earlier | None,
    call_id: int | None,
    to: str = "",
) -> tuple[Message, Sentence]:
    """The new confirmation, to whom the earlier one went, and the line that the timeline gets."""
    known = earlier.message if earlier else None
    recipient = recipient_facts(
        doer.administration_id,
        debtor_id,
        to=to or (known.to if known else ""),
        language=known.language if known else "",
    )
    out = earlier is not None and earlier.out
    mailing = mailing_of(
        doer.administration_id,
        replace(agreement, corrects=was if out else None),
        papers,
        recipient,
        doer.name,
    )
    message = queue_mail(
        doer,
        Outgoing(mailing, "confirmation", debtor_id, call_id=call_id, replaces=known if out else None),
    )
    return message, queued_line(message)
