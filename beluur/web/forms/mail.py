"""The forms about mail: the server it leaves through, the texts, the general terms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.actions.save_page_settings import check_payment_link, checked_address
from beluur.actions.save_smtp import SmtpForm, check_smtp
from beluur.web.forms.fields import Place, ShortForm
from beluur.web.forms.mail_secret import SealedSecretForm

SECURITY = (
    ("starttls", _("STARTTLS (meestal poort 587)")),
    ("tls", _("TLS (meestal poort 465)")),
    ("none", _("Geen: alleen een server in uw eigen netwerk")),
)
SIGN_IN = (
    ("password", _("Met een wachtwoord")),
    ("none", _("Zonder aanmelden")),
)


class SenderForm(ShortForm):
    """In whose name mail leaves, however it leaves."""

    sender_name = forms.CharField(label=_("Naam van de afzender"), max_length=160, required=False)
    sender = forms.CharField(
        label=_("Adres van de afzender"),
        max_length=254,
        required=False,
    )
    reply_to = forms.CharField(
        label=_("Antwoorden naar"), max_length=254, required=False, help_text=_("Leeg: naar de afzender.")
    )
    copy_to = forms.CharField(
        label=_("Kopie aan uzelf"),
        max_length=254,
        required=False,
        help_text=_("Krijgt elke mail ook; de klant ziet dit adres niet."),
    )


class MailServerForm(SealedSecretForm, SenderForm):
    """Where mail leaves through."""

    SECTIONS = (
        (_("Uw mailserver"), ("host", "port", "security", "sign_in", "username", "secret")),
        (_("De mail"), ("sender_name", "sender", "reply_to", "copy_to")),
    )
    SHORT = frozenset(("port",))

    host = forms.CharField(
        label=_("Server"),
        max_length=200,
        required=False,
        help_text=_("Zoals smtp.uwprovider.nl. Leeg: er gaat geen mail weg."),
    )
    security = forms.ChoiceField(label=_("Beveiliging"), choices=SECURITY)
    sign_in = forms.ChoiceField(label=_("Aanmelden"), choices=SIGN_IN)
    username = forms.CharField(
        label=_("Gebruikersnaam"),
        max_length=200,
        required=False,
        help_text=_("Meestal uw volledige e-mailadres."),
    )

    def __init__(self, *args: Any, has_secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, has_secret=has_secret, **kwargs)
        self.fields["sender"].help_text = _("Een adres waarvoor deze server mag verzenden.")
        self.fields["port"].error_messages["invalid"] = _("Vul een getal in, zoals 587")

    def _place(self, name: str) -> Place:
        """Only what may really stay empty says so: the others are asked for once there is a server."""
        place = super()._place(name)
        return replace(place, optional=name in ("reply_to", "copy_to"))

    def check_the_rest(self) -> None:
        """As the action checks it."""
        check_smtp(self.asked(), has_secret=self.has_secret)

    def asked(self) -> SmtpForm:
        """What was filled in, for the action; an empty secret keeps the one that is there."""
        return SmtpForm(**self.filled_in())


class _AllAsked(ShortForm):
    """No field says that it may stay empty: the action refuses it, in its own words."""

    def _place(self, name: str) -> Place:
        return replace(super()._place(name), optional=False)


class TextForm(_AllAsked):
    """A mail's text."""

    FULL = frozenset(("subject", "body"))

    subject = forms.CharField(label=_("Onderwerp"), max_length=250, required=False)
    body = forms.CharField(
        label=_("Tekst"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"class": "textarea textarea--letter", "rows": 22, "spellcheck": "true"}),
    )


class PageForm(ShortForm):
    """Where debtors reach us, and where they can pay at once."""

    FULL = frozenset(("public_address", "payment_link"))
    CHECKS = {"public_address": checked_address, "payment_link": check_payment_link}

    public_address = forms.CharField(
        label=_("Adres waarop klanten ons bereiken"),
        max_length=200,
        required=False,
        help_text=_("Zoals https://klant.uwbedrijf.nl. Leeg: mails gaan zonder link."),
    )
    payment_link = forms.CharField(
        label=_("Betaallink"),
        max_length=500,
        required=False,
        help_text=_("Met {amount} en {reference} waar het bedrag en het kenmerk komen."),
    )


class TermsForm(_AllAsked):
    """The general terms, as PDF."""

    file = forms.FileField(
        label=_("Bestand"),
        required=False,
        help_text=_("PDF, hoogstens 15 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf", "class": "input"}),
    )
