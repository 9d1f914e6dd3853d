"""The form with which a colleague answers: the parts, which he may change, and his reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from beluur.domain.approval import Answer, Cause
from beluur.domain.plan import Plan, PlannedPart
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.forms.fields import CentsField, DayField, ShortForm

CAUSES = {"approve": Cause.APPROVES, "change": Cause.CHANGES, "refuse": Cause.REFUSES}
_EMPTY_ROWS = 2


def decide_form(plan: Plan, data: Any, today: date) -> ShortForm:
    """A row for each part, and two more."""
    made: dict[str, Any] = {}
    rows = len(plan.parts) + _EMPTY_ROWS
    for n in range(1, rows + 1):
        made[f"a{n}"] = CentsField(label=_("Bedrag %(n)s") % {"n": n}, required=False)
        made[f"d{n}"] = DayField(label=_("Dag %(n)s") % {"n": n}, required=False)
    made["words"] = forms.CharField(
        label=_("Wat uw collega kan zeggen"),
        required=False,
        max_length=500,
        help_text=_("Nodig als u weigert."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "textarea"}),
    )
    names = tuple(f"{kind}{n}" for n in range(1, rows + 1) for kind in "ad")
    made |= {"SECTIONS": ((_("De delen"), names), ("", ("words",))), "FULL": frozenset(("words",))}
    initial: dict[str, Any] = {}
    for n, part in enumerate(plan.parts, 1):
        initial |= {f"a{n}": part.cents, f"d{n}": part.due}
    form: ShortForm = type("DecideForm", (ShortForm,), made)(data, today=today, initial=initial)
    return form


def answer_from(said: dict[str, Any], cause: Cause, plan: Plan, by: int) -> Answer:
    """What was filled in. Parts that were changed go along with an approval too, so that none is given for another plan than
    stands on the screen; refused at a row of which a half is missing."""
    if cause is Cause.REFUSES:
        return Answer(cause, by, said["words"])
    typed = _plan(said, len(plan.parts) + _EMPTY_ROWS)
    return Answer(cause, by, said["words"], None if typed == plan else typed)


def _plan(said: dict[str, Any], rows: int) -> Plan:
    parts = []
    for n in range(1, rows + 1):
        cents, due = said[f"a{n}"], said[f"d{n}"]
        if cents is None and due is None:
            continue
        if due is None or not cents or cents < 0:
            raise Refused(say("general.required"), f"d{n}" if due is None else f"a{n}")
        parts.append(PlannedPart(due, cents))
    if not parts:
        raise Refused(say("general.required"), "a1")
    return Plan(tuple(sorted(parts, key=lambda p: p.due)))
