"""The form about the mailbox in which answers arrive."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.actions.save_mailbox import MailboxForm, check_mailbox
from beluur.web.forms.fields import Place, ShortForm
from beluur.web.forms.mail_secret import SealedSecretForm

_SECURITY = (
    ("tls", _("TLS (meestal poort 993)")),
    ("starttls", _("STARTTLS (meestal poort 143)")),
    ("none", _("Geen: alleen een server op deze computer")),
)


class _AnyMailboxForm(ShortForm):
    """What is asked of each mailbox."""

    username = forms.CharField(label=_("Gebruikersnaam"), max_length=200, required=False)
    folder = forms.CharField(label=_("Map"), max_length=120, required=False)
    plus = forms.BooleanField(
        label=_("Deze mailbox ontvangt ook naam+iets@domein"),
        required=False,
        help_text=_("Dan krijgt elke mail een eigen antwoordadres. Microsoft 365 en Gmail kunnen dit."),
    )
    vouched_by = forms.CharField(
        label=_("Server die de afzender controleert"),
        max_length=120,
        required=False,
        help_text=_(
            "De naam vooraan in de kop Authentication-Results van uw ontvangen mail, zoals mx.google.com; bij Microsoft 365: "
            "microsoft365. Leeg: geen afzender geldt als bevestigd."
        ),
    )

    def _place(self, name: str) -> Place:
        return replace(super()._place(name), optional=False)


class SignInMailboxForm(_AnyMailboxForm):
    """The mailbox of the provider at which somebody signed in: its server and its token are known."""

    SECTIONS = ((_("De mailbox"), ("username", "folder", "plus", "vouched_by")),)

    def asked(self) -> MailboxForm:
        """What was filled in, for the action."""
        return MailboxForm("", sign_in="xoauth2", **self.cleaned_data)


class MailboxSettingsForm(SealedSecretForm, _AnyMailboxForm):
    """Where answers arrive."""

    SECTIONS = (
        (
            _("De mailbox"),
            ("host", "port", "security", "username", "secret", "folder", "plus", "vouched_by"),
        ),
    )
    SHORT = frozenset(("port",))

    host = forms.CharField(
        label=_("Server"),
        max_length=200,
        required=False,
        help_text=_("Zoals imap.uwprovider.nl. Leeg: er wordt niet gekeken."),
    )
    security = forms.ChoiceField(label=_("Beveiliging"), choices=_SECURITY)

    def __init__(self, *args: Any, has_secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, has_secret=has_secret, **kwargs)
        self.fields["port"].error_messages["invalid"] = _("Vul een getal in, zoals 993")

    def check_the_rest(self) -> None:
        """As the action checks it."""
        asked = self.asked()
        if asked.host:
            check_mailbox(asked, has_secret=self.has_secret)

    def asked(self) -> MailboxForm:
        """What was filled in, for the action; an empty secret keeps the one that is there."""
        return MailboxForm(**self.filled_in())
