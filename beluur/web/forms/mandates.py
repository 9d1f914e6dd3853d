"""The form of a mandate: every bound, with what holds when it is left empty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beluur.domain.mandate import MOST, Mandate
from beluur.web.forms.fields import CentsField, ShortForm, WholeField
from beluur.web.language import typed_amount

_PERCENT = 100  # basis points in one per cent
DAYS = {
    "delay_days": gettext_lazy("In één keer betalen: uiterlijk over zoveel dagen"),
    "instalments": gettext_lazy("Termijnen, ten hoogste"),
    "months": gettext_lazy("Laatste termijn binnen zoveel maanden"),
    "first_days": gettext_lazy("Het eerste deel binnen zoveel dagen"),
}
AMOUNTS = {
    "smallest_consumer_cents": gettext_lazy("Kleinste termijn van een consument"),
    "smallest_business_cents": gettext_lazy("Kleinste termijn van een bedrijf"),
    "largest_cents": gettext_lazy("Grootste bedrag dat mag wachten; 0 is onbegrensd"),
}
SHARES = {
    "smallest_basis_points": gettext_lazy("Kleinste termijn van een bedrijf, in procent van de regeling"),
    "first_basis_points": gettext_lazy("Eerste deel, in procent van de regeling"),
}
AGAIN = "after_broken_plan"
_ORDER = (
    (
        gettext_lazy("Hoe lang"),
        ("delay_days", "instalments", "months"),
    ),
    (
        gettext_lazy("Hoeveel"),
        ("first_basis_points", "first_days", "smallest_business_cents", "smallest_basis_points", "smallest_consumer_cents"),
    ),
    (gettext_lazy("Tot waar"), ("largest_cents", AGAIN)),
)  # fmt: skip


def mandate_form(usual: Mandate, overrides: dict[str, Any], data: Any, today: Any) -> ShortForm:
    """A field for each bound; empty is ``usual``, which stands in it as an example."""
    made: dict[str, Any] = {
        "SECTIONS": _ORDER,
        **{name: _number(usual, name, label) for name, label in (*DAYS.items(), *SHARES.items())},
        **{name: _amount(usual, name, label) for name, label in AMOUNTS.items()},
        AGAIN: forms.ChoiceField(
            label=_("Een regeling voor wie er een liet lopen"),
            required=False,
            choices=(
                (
                    "",
                    _("Zoals gewoonlijk: mag")
                    if usual.after_broken_plan
                    else _("Zoals gewoonlijk: mag niet"),
                ),
                ("yes", _("Mag")),
                ("no", _("Mag niet")),
            ),
        ),
    }
    initial = {name: _shown(name, value) for name, value in overrides.items()}
    form: ShortForm = type("MandateForm", (ShortForm,), made)(data, today=today, initial=initial)
    return form


def bounds(said: dict[str, Any]) -> dict[str, int | bool | None]:
    """What was filled in, as a mandate has it."""
    shares = {n: None if said[n] is None else said[n] * _PERCENT for n in SHARES}
    again = {"yes": True, "no": False}.get(said[AGAIN])
    return {**{n: said[n] for n in (*DAYS, *AMOUNTS)}, **shares, AGAIN: again}


def _shown(name: str, value: Any) -> Any:
    if name == AGAIN:
        return "yes" if value else "no"
    return value // _PERCENT if name in SHARES else value


def _number(usual: Mandate, name: str, label: Any) -> WholeField:
    most = MOST[name] // _PERCENT if name in SHARES else MOST[name]
    example = {"placeholder": str(_shown(name, getattr(usual, name))), "class": "input"}
    return WholeField(label=label, required=False, most=most, widget=forms.NumberInput(attrs=example))


def _amount(usual: Mandate, name: str, label: Any) -> CentsField:
    field = CentsField(label=label, required=False, most=MOST[name])
    field.widget.attrs["placeholder"] = typed_amount(getattr(usual, name))
    return field
