"""The form for mail through Microsoft 365 or Gmail."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.actions.save_mail_provider import ProviderForm
from beluur.mailroom.providers import PROVIDERS
from beluur.web.forms.fields import Place
from beluur.web.forms.mail import SenderForm


class MailProviderForm(SenderForm):
    """The registration of the app and who sends. The kept secret is never sent back to the browser."""

    SECTIONS = (
        (_("De mail"), ("username", "sender_name", "sender", "reply_to", "copy_to")),
        (_("Uw app-registratie"), ("client_id", "client_secret", "tenant")),
    )

    username = forms.CharField(
        label=_("Mailbox"), max_length=254, required=False, help_text=_("Het e-mailadres waarmee u aanmeldt.")
    )
    client_id = forms.CharField(
        label=_("Client-id"),
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
    )
    client_secret = forms.CharField(
        label=_("Clientgeheim"),
        max_length=400,
        required=False,
        widget=forms.PasswordInput(render_value=True, attrs={"class": "input", "autocomplete": "off"}),
    )
    tenant = forms.CharField(
        label=_("Map-id (tenant)"),
        max_length=60,
        required=False,
        help_text=_("Leeg alleen als uw registratie voor elke organisatie geldt."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, provider: str, has_secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provider = provider
        self.fields["sender"].help_text = _("Een adres waarvoor deze mailbox mag verzenden.")
        if not PROVIDERS[provider].has_tenant:
            del self.fields["tenant"]
        if has_secret:
            self.fields["client_secret"].help_text = _(
                "Er is er een bewaard, verzegeld. Leeg: die blijft gelden."
            )
        else:
            self.fields["client_secret"].help_text = _("Wordt verzegeld bewaard en nooit meer getoond.")

    def _place(self, name: str) -> Place:
        return replace(super()._place(name), optional=name in ("reply_to", "copy_to"))

    def asked(self) -> ProviderForm:
        """What was filled in, for the action; an empty secret keeps the one that is there."""
        said = dict(self.cleaned_data)
        secret = said.pop("client_secret") or None
        return ProviderForm(self.provider, client_secret=secret, **said)
