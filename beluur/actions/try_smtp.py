"""The button beside the mail settings: connects, signs in, and sends a mail to oneself. Nothing is saved."""

from __future__ import annotations

from html import escape

from beluur.actions.mail_access import send_with_access
from beluur.actions.once import Doer
from beluur.actions.queue_mail import new_message_id
from beluur.actions.save_mail_provider import ProviderForm, smtp_of
from beluur.actions.save_smtp import SmtpForm, settings_of, smtp_settings
from beluur.mailroom.compose import ComposedMail
from beluur.mailroom.mime import Envelope, message_bytes
from beluur.mailroom.send import Delivery, DeliveryState, SmtpSettings, send, test_connection
from beluur.mailroom.texts_file import MailKind
from beluur.store.models import Administration
from beluur.values.sentence import say
from beluur.words import render


def try_smtp(doer: Doer, form: SmtpForm | ProviderForm, *, to: str = "", language: str = "nl") -> Delivery:
    """What the server answers. Without ``to`` it only connects and signs in. Refused at a field that is not right."""
    if isinstance(form, ProviderForm):
        smtp = smtp_settings(smtp_of(form))
    else:
        kept = Administration.objects.values_list("smtp", flat=True).get(id=doer.administration_id)
        smtp = settings_of(form, kept)
    if smtp is None:
        return Delivery(DeliveryState.FAILED, say("outbox.no_server"))

    def hand_over(way: SmtpSettings) -> Delivery:
        return _test_mail(doer, form, way, to, language) if to.strip() else test_connection(way)

    if isinstance(form, ProviderForm):
        return send_with_access(doer.administration_id, smtp, doer.at, hand_over)
    return hand_over(smtp)


def _test_mail(
    doer: Doer, form: SmtpForm | ProviderForm, smtp: SmtpSettings, to: str, language: str
) -> Delivery:
    text = render(say("outbox.test_body", host=smtp.host), language)
    subject = render(say("outbox.test_subject"), language)
    mail = ComposedMail(MailKind.STATEMENT, subject, text, f"<p>{escape(text)}</p>", language)
    envelope = Envelope(
        form.sender, to, new_message_id(form.sender), doer.at, sender_name=form.sender_name or "Beluur"
    )
    return send(message_bytes(mail, envelope), envelope, smtp)
