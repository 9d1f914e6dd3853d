"""The form of general terms that were given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.queries.terms_given import OwnTerms
from beluur.web.forms.fields import DayField, ShortForm

HOWS = (
    ("quote", _("Bij de offerte")),
    ("order", _("Bij de opdrachtbevestiging")),
    ("contract", _("Bij de overeenkomst")),
    ("mail", _("Apart gemaild")),
    ("hand", _("Overhandigd")),
    ("other", _("Anders")),
)


class TermsGivenForm(ShortForm):
    """When, how, and which text: one of ours or a file."""

    on = DayField(label=_("Gegeven op"))
    how = forms.ChoiceField(label=_("Hoe"), choices=HOWS)
    document = forms.ChoiceField(label=_("Welke tekst"), required=False)
    file = forms.FileField(label=_("Of een bestand (PDF, PNG of JPEG)"), required=False)

    def __init__(self, *args: Any, texts: Sequence[OwnTerms], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        assert isinstance(field, forms.ChoiceField)
        ours = [
            (str(t.id), _("%(name)s, sinds %(day)s") % {"name": t.name, "day": f"{t.since:%d-%m-%Y}"})
            for t in texts
        ]
        field.choices = [*ours, ("", _("Een ander bestand"))]
