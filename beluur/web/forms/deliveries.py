"""The forms of a question to a colleague: how did the delivery go?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.actions.ask_delivery import DeliveryQuestion
from beluur.queries.delivery_mail import ToAsk
from beluur.web.forms.fields import ShortForm


class AskForm(ShortForm):
    """Who knows, and what one wants to know."""

    SECTIONS = ((_("Aan wie"), ("user", "name", "to")), (_("De vraag"), ("invoice", "question")))
    FULL = frozenset(("question",))
    user = forms.ChoiceField(label=_("Collega"), required=False)
    name = forms.CharField(label=_("Of iemand die hier geen account heeft"), required=False, max_length=120)
    to = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Leeg bij een collega: die krijgt de vraag op het eigen adres."),
    )
    invoice = forms.ChoiceField(label=_("Over welke factuur"), required=False)
    question = forms.CharField(
        label=_("Wat wilt u weten"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "textarea"}),
        max_length=500,
    )

    def __init__(self, *args: Any, ask: ToAsk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, none, choices in (
            ("user", _("Geen collega met een account"), [(m.id, m.name) for m in ask.members]),
            ("invoice", _("De leveringen in het algemeen"), ask.invoices),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", none), *((str(i), word) for i, word in choices)]

    def asking(self) -> DeliveryQuestion:
        """What was filled in."""
        said = self.cleaned_data
        user, invoice = (int(said[name]) if said[name] else None for name in ("user", "invoice"))
        return DeliveryQuestion(said["question"], user, said["name"], said["to"], invoice)


class AnswerDeliveryForm(ShortForm):
    """What he answered."""

    FULL = frozenset(("note",))
    note = forms.CharField(
        label=_("Hoe de levering verliep"),
        widget=forms.Textarea(attrs={"rows": 5, "class": "textarea"}),
        max_length=2000,
        help_text=_(
            "Dit leest wie belt. Wat er al stond, staat hier ook: u kunt het aanvullen of vervangen."
        ),
    )
