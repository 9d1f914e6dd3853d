"""The button beside the mail settings: connects, signs in, and sends a mail to oneself. Nothing is saved."""

from __future__ import annotations

from html import escape

from beluur.actions.once import Doer
from beluur.actions.queue_mail import new_message_id
from beluur.actions.save_smtp import SmtpForm, settings_of
from beluur.mailroom.compose import ComposedMail
from beluur.mailroom.mime import Envelope, message_bytes
from beluur.mailroom.send import Delivery, DeliveryState, send, test_connection
from beluur.mailroom.texts_file import MailKind
from beluur.store.models import Administration
from beluur.values.sentence import say
from beluur.words import render


def try_smtp(doer: Doer, form: SmtpForm, *, to: str = "", language: str = "nl") -> Delivery:
    """What the server answers. Without ``to`` it only connects and signs in. Refused at a field that is not right."""
    kept = Administration.objects.values_list("smtp", flat=True).get(id=doer.administration_id)
    smtp = settings_of(form, kept)
    if smtp is None:
        return Delivery(DeliveryState.FAILED, say("outbox.no_server"))
    if not to.strip():
        return test_connection(smtp)
    text = render(say("outbox.test_body", host=smtp.host), language)
    subject = render(say("outbox.test_subject"), language)
    mail = ComposedMail(MailKind.STATEMENT, subject, text, f"<p>{escape(text)}</p>", language)
    envelope = Envelope(
        form.sender, to, new_message_id(form.sender), doer.at, sender_name=form.sender_name or "Beluur"
    )
    return send(message_bytes(mail, envelope), envelope, smtp)
