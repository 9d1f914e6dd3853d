"""The forms of a dispute: what is contested, what would settle it, who answers it by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.actions.dispute_row import DisputeFacts
from beluur.domain.dispute_answer import Answer, How
from beluur.queries.entry import Member
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.web.forms.call_choices import CODES
from beluur.web.forms.fields import CentsField, DayField, ShortForm
from beluur.words import money_text

_PLACES = {
    "dispute_items": "invoice",
    "dispute_amount:0": "cents",
    "dispute_code": "code",
    "dispute_answer_by": "answer_by",
    "dispute_owner": "owner_user",
}


def placed(refused: Refused) -> Refused:
    """The refusal at the field of these forms."""
    return Refused(refused.sentence, _PLACES.get(refused.field, refused.field))


class DisputeForm(ShortForm):
    """A dispute, or another version of it."""

    SECTIONS: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = (
        (_("Wat er wordt betwist"), ("invoice", "cents", "code", "what", "wants", "evidence")),
        (_("Wie het beantwoordt"), ("owner_user", "owner", "answer_by")),
    )
    FULL = frozenset(("what", "wants", "evidence"))
    cents = CentsField(
        label=_("Bedrag"), required=False, help_text=_("Leeg: alles wat op deze factuur openstaat.")
    )
    code = forms.ChoiceField(label=_("Waarover gaat het"), choices=tuple(CODES.items()))
    what = forms.CharField(
        label=_("Wat de klant zegt"), required=False, widget=forms.Textarea, max_length=2000
    )
    wants = forms.CharField(
        label=_("Wat de klant wil"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "textarea"}),
        max_length=1000,
        help_text=_("Zoals een creditnota, nalevering of een verbeterde factuur."),
    )
    evidence = forms.CharField(
        label=_("Wat er aan bewijs is"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "textarea"}),
        max_length=1000,
        help_text=_("Zoals foto’s, een pakbon of een mail, en waar dat staat."),
    )
    owner_user = forms.ChoiceField(label=_("Collega"), required=False)
    owner = forms.CharField(label=_("Of iemand die hier geen account heeft"), required=False, max_length=120)
    answer_by = DayField(label=_("Antwoord uiterlijk"), required=False)

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner_user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Nog niemand")), *((str(m.id), m.name) for m in members)]

    def facts(self) -> DisputeFacts:
        """What was filled in."""
        said = self.cleaned_data
        names = ("cents", "code", "answer_by", "what", "owner", "wants", "evidence")
        colleague = int(said["owner_user"]) if said["owner_user"] else None
        return DisputeFacts(**{name: said[name] for name in names}, owner_user=colleague)


class NewDisputeForm(DisputeForm):
    """A dispute that came in by mail or letter."""

    invoice = forms.ChoiceField(label=_("Factuur"))

    def __init__(self, *args: Any, invoices: Sequence[tuple[int, str, Money]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["invoice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(i), f"{number}, {money_text(left)}") for i, number, left in invoices]


class ChangeDisputeForm(DisputeForm):
    """A dispute that was noted wrongly, or became another one."""

    SECTIONS = (*DisputeForm.SECTIONS, ("", ("why", "send")))
    FULL = DisputeForm.FULL | {"why"}
    why = forms.CharField(label=_("Waarom"), max_length=300, help_text=_("Dit staat in het dossier."))
    send = forms.BooleanField(
        label=_("Mail de klant als de bevestiging al weg is"), required=False, initial=True
    )


def dispute_initial(form: dict[str, Any]) -> dict[str, Any]:
    """The form as it opens: a colleague is chosen, not typed."""
    colleague = form["owner_user_id"]
    return {
        **form,
        "owner_user": str(colleague or ""),
        "owner": "" if colleague else form["owner"],
        "send": True,
    }


class AnswerForm(ShortForm):
    """What settles a dispute, and what the debtor is told."""

    SECTIONS = (
        ("", ("how",)),
        (_("Bij een creditnota"), ("number", "credit")),
        (_("Bij een verbeterde factuur"), ("corrected",)),
        (_("Aan de klant"), ("words", "to", "send")),
    )
    FULL = frozenset(("how", "words", "to"))
    how = forms.ChoiceField(
        label=_("Uitkomst"),
        choices=(
            (How.CREDIT, _("Opgelost met een creditnota")),
            (How.CORRECTED, _("Opgelost met een verbeterde factuur")),
            (How.EXPLAINED, _("Opgelost: uitgelegd of nagestuurd, het bedrag blijft")),
            (How.REJECTED, _("Afgewezen: het bedrag blijft te betalen")),
        ),
    )
    number = forms.CharField(label=_("Nummer van de creditnota"), required=False, max_length=60)
    credit = CentsField(label=_("Bedrag van de creditnota, met btw"), required=False)
    corrected = CentsField(label=_("Nieuw factuurbedrag, met btw"), required=False)
    words = forms.CharField(
        label=_("Uw antwoord"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "textarea"}),
        max_length=2000,
    )
    to = forms.EmailField(label=_("Naar"), required=False, max_length=254)
    send = forms.BooleanField(label=_("Mail dit antwoord"), required=False, initial=True)

    def answer(self) -> Answer:
        """What was filled in; what does not go with the outcome is left out."""
        said = self.cleaned_data
        how = How(said["how"])
        cents = said[how.value] if how in (How.CREDIT, How.CORRECTED) else None
        return Answer(how, said["words"], said["number"] if how is How.CREDIT else "", cents)
