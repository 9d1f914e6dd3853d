"""The form of the rules by which new debtors are assigned: a row for each, and who gets what none of them fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from beluur.domain.assign_rule import MOST_RULES, AssignRule
from beluur.queries.entry import Member
from beluur.values.problem import Refused
from beluur.values.typed import typed_number
from beluur.web.forms.by_hand import COUNTRIES, KINDS, LANGUAGES
from beluur.web.forms.fields import CentsField, ShortForm

_EMPTY_ROWS = 1
TURN, NOBODY = "turn", "nobody"
_FIELDS = ("user", "kind", "country", "language", "first_letter", "last_letter", "at_least")


def rules_form(
    rules: Sequence[AssignRule], people: Sequence[Member], data: Any, *, today: Any, rows: int = 0
) -> ShortForm:
    """A section for each rule and two more, and the last for all others."""
    named = [rule for rule in rules if rule.asks]
    rest = next((rule for rule in rules if not rule.asks), AssignRule())
    count = min(max(len(named) + _EMPTY_ROWS, rows), MOST_RULES - 1)
    whom = [(TURN, _("Om de beurt")), (NOBODY, _("Niemand in het bijzonder"))]
    whom += [(str(m.id), m.name) for m in people if m.active]
    made: dict[str, Any] = {}
    for n in range(1, count + 1):
        made |= _row(n, whom)
    made["rest"] = forms.ChoiceField(label=_("Krijgt"), choices=whom)
    sections = [
        (_("Regel %(n)s") % {"n": n}, tuple(f"{name}_{n}" for name in _FIELDS)) for n in range(1, count + 1)
    ]
    made["SECTIONS"] = (*sections, (_("Alle anderen"), ("rest",)))
    made["SHORT"] = frozenset(
        f"{name}_{n}" for n in range(1, count + 1) for name in ("first_letter", "last_letter")
    )
    initial: dict[str, Any] = {"rest": _to(rest)}
    for n, rule in enumerate(named, 1):
        initial |= {f"{name}_{n}": getattr(rule, name) for name in _FIELDS[1:-1]}
        initial |= {f"user_{n}": _to(rule), f"at_least_{n}": rule.at_least_cents}
    form: ShortForm = type("AssignRulesForm", (ShortForm,), made)(data, today=today, initial=initial)
    return form


def _row(n: int, whom: list[tuple[str, Any]]) -> dict[str, Any]:
    every = ("", _("maakt niet uit"))
    return {
        f"user_{n}": forms.ChoiceField(
            label=_("Krijgt"), required=False, choices=[("", _("Geen regel")), *whom]
        ),
        f"kind_{n}": forms.ChoiceField(label=_("Soort"), required=False, choices=[every, *KINDS]),
        f"country_{n}": forms.ChoiceField(label=_("Land"), required=False, choices=[every, *COUNTRIES]),
        f"language_{n}": forms.ChoiceField(label=_("Taal"), required=False, choices=[every, *LANGUAGES]),
        f"first_letter_{n}": _letter(_("Naam van letter")),
        f"last_letter_{n}": _letter(_("Tot en met letter")),
        f"at_least_{n}": CentsField(label=_("Open, ten minste"), required=False),
    }


def _letter(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=1)


def rules_from(said: dict[str, Any]) -> tuple[AssignRule, ...]:
    """What was filled in; a row without a colleague is no rule. ``rest`` is the last, for everybody."""
    rules = []
    for n in range(1, MOST_RULES):
        if not said.get(f"user_{n}"):
            continue
        rule = AssignRule(
            **_from(said[f"user_{n}"]),
            kind=said[f"kind_{n}"],
            country=said[f"country_{n}"],
            language=said[f"language_{n}"],
            first_letter=said[f"first_letter_{n}"].upper(),
            last_letter=said[f"last_letter_{n}"].upper(),
            at_least_cents=said[f"at_least_{n}"] or None,
        )
        rules.append(rule)
    return (*rules, AssignRule(**_from(said["rest"])))


def placed(refused: Refused, said: dict[str, Any]) -> Refused:
    """What is refused of the n-th rule at the row in which it was filled in: rows may be left empty."""
    also = tuple(placed(one, said) for one in refused.also)
    name, _colon, n = refused.field.rpartition("_")
    filled = [row for row in range(1, MOST_RULES) if said.get(f"user_{row}")]
    place = typed_number(n) or 0
    if not 0 < place <= len(filled):
        return Refused(refused.sentence, refused.field, also)
    return Refused(refused.sentence, f"{name}_{filled[place - 1]}", also)


def _to(rule: AssignRule) -> str:
    return TURN if rule.in_turn else str(rule.user) if rule.user else NOBODY


def _from(chosen: str) -> dict[str, Any]:
    return {"user": typed_number(chosen), "in_turn": chosen == TURN}
