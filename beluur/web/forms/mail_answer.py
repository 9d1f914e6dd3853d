"""The form of an answer to a mail: what one writes; to whom is not asked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.web.forms.fields import ShortForm

LONGEST = 8000


class MailAnswerForm(ShortForm):
    """What is answered."""

    FULL = frozenset(("words",))
    words = forms.CharField(
        label=_("Uw antwoord"),
        widget=forms.Textarea(attrs={"rows": 9, "class": "textarea"}),
        max_length=LONGEST,
    )
