"""Sends the mail that is next: claimed in one transaction, sent with none open, noted in another."""

from __future__ import annotations

from datetime import datetime

from beluur.actions.claim_message import claim_message
from beluur.actions.mail_access import send_with_access
from beluur.actions.note_delivery import find_uncertain, note_delivery
from beluur.actions.save_smtp import smtp_settings
from beluur.mailroom.mime import AddressProblem, message_bytes
from beluur.mailroom.send import Delivery, DeliveryState, send
from beluur.queries.message_file import attachments_of, envelope_of, mail_of
from beluur.store.models import Administration, Message
from beluur.values.sentence import Sentence, say


def handle_one(now: datetime) -> bool:
    """Whether there was a mail to send. Called by the worker until there is none; then it looks whether any was lost."""
    message = claim_message(now)
    if message is None:
        find_uncertain(now)
        return False
    note_delivery(message, deliver(message, now), now)
    return True


def deliver(message: Message, now: datetime) -> Delivery:
    """Hands the message to the mail server; never raises for what is wrong with the message itself."""
    kept = Administration.objects.values_list("smtp", flat=True).get(id=message.administration_id)
    smtp = smtp_settings(kept)
    if smtp is None:
        return _failed(say("outbox.no_server"))
    try:
        envelope = envelope_of(message)
        raw = message_bytes(mail_of(message), envelope, attachments_of(message))
    except AddressProblem as problem:
        return _failed(say("outbox.bad_address", address=problem.address))
    except FileNotFoundError:
        return _failed(say("outbox.paper_gone"))
    if kept.get("provider"):
        return send_with_access(message.administration_id, smtp, now, lambda way: send(raw, envelope, way))
    return send(raw, envelope, smtp)


def _failed(why: Sentence) -> Delivery:
    return Delivery(DeliveryState.FAILED, why)
