"""What the form of a mail server and that of a mailbox share: the sealed password, and a certificate of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.web.forms.fields import ShortForm


class SealedSecretForm(ShortForm):
    """The kept password is never sent back to the browser; left empty, it stays."""

    port = forms.IntegerField(label=_("Poort"), min_value=1, max_value=65535)
    secret = forms.CharField(
        label=_("Wachtwoord"),
        max_length=8000,
        required=False,
        strip=True,
        widget=forms.PasswordInput(render_value=True, attrs={"class": "input", "autocomplete": "off"}),
    )
    authorities = forms.CharField(
        label=_("Certificaat van uw eigen server (PEM)"),
        max_length=40_000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Alleen voor een server met een certificaat van uzelf."),
    )

    def __init__(self, *args: Any, has_secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_secret = has_secret
        if has_secret:
            self.fields["secret"].help_text = _("Er is er een bewaard, verzegeld. Leeg: die blijft gelden.")
        else:
            self.fields["secret"].help_text = _("Wordt verzegeld bewaard en nooit meer getoond.")

    def filled_in(self) -> dict[str, Any]:
        """For the action: an empty secret is None, a field that could not be read is as it is without one."""
        said = {"host": "", **self.cleaned_data}
        return {**said, "secret": said.get("secret") or None}
