"""What the call screen asks of its templates: a field as typed, its sentence, whether a box is ticked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone, translation
from django.utils.translation import gettext

from beluur import words
from beluur.domain.steps import NextStep
from beluur.queries.call_history import last_broken
from beluur.queries.call_screen import CallScreen
from beluur.values.money import Money
from beluur.values.phone import parse_phone
from beluur.values.sentence import Sentence
from beluur.web.forms.call_draft import Draft
from beluur.web.step_words import STEPS
from beluur.words import date_text, datetime_text
from beluur.words.writing import amount_text

register = template.Library()


def _language() -> str:
    return translation.get_language() or "nl"


@register.filter
def field(errors: Mapping[str, Sentence], name: str) -> Sentence | None:
    """What is wrong with this field; None when nothing is."""
    return errors.get(name)


@register.filter
def typed(draft: Draft, name: str) -> str:
    """The field as it was typed."""
    return str(draft.fields.get(name, ""))


@register.filter
def ticked(invoice_id: int, draft: Draft) -> bool:
    """Whether the promise names this invoice."""
    return invoice_id in draft.ids("inv")


@register.filter
def disputed(invoice_id: int, draft: Draft) -> bool:
    """Whether this invoice is being disputed."""
    return invoice_id in draft.ids("di")


@register.filter
def join_id(prefix: str, row_id: int) -> str:
    """``da_`` and 12 is ``da_12``."""
    return f"{prefix}{row_id}"


@register.filter
def amount(value: Money) -> str:
    """``1.234,50``, without the currency."""
    return amount_text(value.cents, _language())


@register.filter
def short_day(value: date) -> str:
    """``4 nov``."""
    return " ".join(words.date_text(value, _language()).split(" ")[1:-1])


@register.filter
def next_name(step: NextStep | str) -> str:
    """What happens next, in a few words."""
    return str(STEPS[step.step if isinstance(step, NextStep) else step][0])


@register.simple_tag
def step_when(step_at: datetime | None, step_on: date | None, today: date, now: datetime) -> str:
    """``, vr 27 nov 2026``, with its hour when it has one; ``, nu`` once it has come. Empty when no day brings it."""
    if step_at is not None and step_at > now:
        return f", {datetime_text(timezone.localtime(step_at), _language())}"
    if step_on is None and step_at is None:
        return ""
    if step_on is not None and step_on > today:
        return f", {date_text(step_on, _language())}"
    return f", {gettext('nu')}"


@register.filter
def counter_key(n: int) -> str:
    """The key of our ``n``-th counter-offer: ``x`` and ``z``, that nothing else on the screen has."""
    return {1: "x", 2: "z"}.get(n, "")


@register.filter
def as_dialled(phone: str, country: str) -> str:
    """A number as people in ``country`` (ISO 3166 alpha-2) write it; as it stands when it is none."""
    known = parse_phone(phone, country)
    return known.national if known else phone


@register.filter
def broken(screen: CallScreen) -> Any:
    """The promise that this call opens with."""
    return last_broken(screen.history.promises)
