"""Puts a composed mail in the outbox, in the transaction of what it tells: held, queued, or not sent when it cannot leave."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from beluur.actions.make_link import make_link
from beluur.actions.once import Doer
from beluur.domain.message_state import UNDO, MessageState
from beluur.mailroom.mime import AddressProblem, ascii_domain
from beluur.queries.mail_facts import Mailing
from beluur.queries.mail_sign_in import why_signed_out
from beluur.store.models import Administration, Message
from beluur.values.sentence import Sentence, say

AT_ONCE = timedelta(0)
_NOWHERE = "beluur.localdomain"  # as long as no sender is set


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail to one debtor; ``kind`` is one of `Message.kind`; ``replaces`` is the row that it corrects; it does not leave before
    ``not_before``; ``facts`` are kept with it."""

    mailing: Mailing
    kind: str
    debtor_id: int | None  # None: a test, to oneself
    call_id: int | None = None
    replaces: Message | None = None
    not_before: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def queue_mail(doer: Doer, outgoing: Outgoing, *, hold: timedelta = UNDO) -> Message:
    """The row, saved, in the running transaction. It leaves after ``hold``; until then it can be taken back."""
    return queue_many(doer, [outgoing], hold=hold)[0]


def queue_many(doer: Doer, outgoings: list[Outgoing], *, hold: timedelta = UNDO) -> list[Message]:
    """The same for many debtors, in one statement."""
    house = Administration.objects.only("kind", "smtp").get(id=doer.administration_id)
    closed = why_signed_out(house)
    rows = [_row(doer, outgoing, house, closed, hold) for outgoing in outgoings]
    made = Message.objects.bulk_create(rows, batch_size=200)
    for message, outgoing in zip(made, outgoings, strict=True):
        if outgoing.mailing.mail.page:
            make_link(doer, message)
    return made


def why_not_sent(house: Administration, to: str) -> Sentence | None:
    """Why a mail of ``house`` to ``to`` cannot leave; None when it can."""
    return _why_not(house, to, why_signed_out(house))


def _why_not(house: Administration, to: str, closed: Sentence | None) -> Sentence | None:
    if house.kind == Administration.Kind.PRACTICE:
        return say("outbox.practice")
    if not to.strip():
        return say("outbox.no_address")
    if house.smtp.get("host") and house.smtp.get("sender"):
        return closed
    return say("outbox.demo") if house.kind == Administration.Kind.DEMO else say("outbox.no_server")


def _row(
    doer: Doer, outgoing: Outgoing, house: Administration, closed: Sentence | None, hold: timedelta
) -> Message:
    smtp = house.smtp
    mail, documents = outgoing.mailing.mail, outgoing.mailing.documents
    names = [n for n in mail.attachments if n in documents]
    problem = _why_not(house, outgoing.mailing.recipient.email, closed)
    waiting = MessageState.HELD if hold else MessageState.QUEUED
    return Message(
        administration_id=doer.administration_id,
        debtor_id=outgoing.debtor_id,
        call_id=outgoing.call_id,
        kind=outgoing.kind,
        to=outgoing.mailing.recipient.email,
        copy_to=str(smtp.get("copy_to", "")) if outgoing.debtor_id else "",
        language=mail.language,
        subject=mail.subject[:250],
        text=mail.text,
        html=mail.html,
        inline=[
            {"cid": i.cid, "media_type": i.media_type, "base64": b64encode(i.data).decode()}
            for i in mail.images
        ],
        documents=[documents[n] for n in names],
        facts={
            "mail_kind": mail.kind.value,
            "to_name": outgoing.mailing.recipient.contact,
            "invoices": list(outgoing.mailing.invoice_numbers),
            "names": {str(documents[n]): n for n in names},
            **outgoing.facts,
        },
        state=MessageState.NOT_SENT if problem else waiting,
        problem=problem.to_json() if problem else {},
        send_after=max(doer.at + hold, outgoing.not_before or doer.at),
        message_id=new_message_id(str(smtp.get("sender", ""))),
        replaces=outgoing.replaces,
        by_id=doer.user_id,
        created_at=doer.at,
    )


def new_message_id(sender: str) -> str:
    """A Message-ID of the sender's domain; given once, so that a mail that was perhaps sent can be recognised."""
    _, _, domain = sender.rpartition("@")
    return f"{secrets.token_hex(16)}@{_usable(domain.strip())}"


def _usable(domain: str) -> str:
    """As it may stand in a header: a name with an accent in its own spelling of ASCII."""
    try:
        return ascii_domain(domain) or _NOWHERE
    except AddressProblem:
        return _NOWHERE


def queued_line(message: Message) -> Sentence:
    """That the mail is ready to leave, or that it was not sent."""
    kind = say(f"outbox.kind.{message.kind}")
    if message.state == MessageState.NOT_SENT:
        return say("event.mail_not_sent", kind=kind)
    return say("event.mail_queued", kind=kind, to=message.to)
