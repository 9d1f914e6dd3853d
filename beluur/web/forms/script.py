"""The form of one line of the script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.web.forms.fields import Place, ShortForm

_SAY, _HINT = {"class": "textarea", "rows": 3}, {"class": "textarea", "rows": 2}


class ScriptForm(ShortForm):
    """What is said, and what only the caller reads. What is wrong with it is the playbook's to say."""

    FULL = frozenset(("say", "hint"))

    say = forms.CharField(label=_("Wat u zegt"), required=False, widget=forms.Textarea(attrs=dict(_SAY)))
    hint = forms.CharField(
        label=_("Wenk voor wie belt"),
        required=False,
        widget=forms.Textarea(attrs=dict(_HINT)),
        help_text=_("Die leest alleen de beller, in zijn eigen taal. Leeg: onze wenk."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:  # it is read aloud, and spelled, in the language it is said in
            self.fields[name].widget.attrs["lang"] = language

    def _place(self, name: str) -> Place:
        """An empty line is refused by the playbook, in its own words."""
        place = super()._place(name)
        return Place(place.field, place.shape, place.size, optional=name == "hint")

    def typed(self) -> dict[str, Any]:
        """What was typed, also when it is not right."""
        return {name: str(self.data.get(name, "")) for name in self.fields}
