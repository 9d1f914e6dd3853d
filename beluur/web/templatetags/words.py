"""Sentences, money and days in templates: ``{% sentence s %}``, ``{{ m|money }}``, ``{{ d|day }}``, ``{{ t|hour }}``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from fractions import Fraction
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone, translation

from beluur import words
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

register = template.Library()
_TO_LOOK_AT = (say("task.vulnerable"), say("task.insolvent"))


def _language() -> str:
    return translation.get_language() or "nl"


@register.simple_tag
def sentence(said: Sentence | str | None) -> str:
    """The sentence in the language of the screen."""
    return words.render(said, _language()) if isinstance(said, Sentence) else said or ""


@register.filter
def said(value: Sentence | str | None) -> str:
    """As `sentence`, as a filter."""
    return words.render(value, _language()) if isinstance(value, Sentence) else value or ""


@register.filter
def to_look_at(what: str) -> str:
    """A task that asks a person to look, in the language of the screen: it was written in that of the administration. Another
    text as it stands."""
    for asked in _TO_LOOK_AT:
        if what in {words.render(asked, language) for language in words.LANGUAGES}:
            return words.render(asked, _language())
    return what


@register.filter
def money(value: Money | int | None) -> str:
    """``€ 1.234,50``; a bare int is cents of a euro."""
    if value is None:
        return ""
    return words.money_text(Money(value) if isinstance(value, int) else value, _language())


@register.filter
def exact(cents: Fraction) -> str:
    """``€ 3,2363``: cents of a euro that are not rounded."""
    return words.exact_text(cents, _language())


@register.filter
def moneys(values: Iterable[Money]) -> str:
    """Sums per currency, which are never added up: ``€ 1.210,00 + $ 850,00``."""
    return " + ".join(map(money, values))


@register.filter
def cents_in(value: int, currency: str) -> str:
    """Cents of that currency, as ``money`` writes them."""
    return words.money_text(Money(value, currency), _language())


@register.filter
def day(value: date | datetime | None) -> str:
    """``ma 23 nov 2026``, a moment in the active time zone."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return words.date_text(value, _language()) if value else ""


@register.filter
def hour(value: datetime | time | None) -> str:
    """``14:30``, a moment in the active time zone."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return words.time_text(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """``ma 23 nov 2026, 14:30`` in the active time zone."""
    return words.datetime_text(timezone.localtime(value), _language()) if value else ""


@register.filter
def in_zone(value: datetime, zone: str) -> datetime:
    """The same moment on the clock of ``zone``."""
    return value.astimezone(ZoneInfo(zone))


@register.filter
def long_day(value: date | datetime | None) -> str:
    """``maandag 23 november``, without the year: for the head of a page."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return words.long_date_text(value, _language()).rsplit(" ", 1)[0] if value else ""


@register.filter
def duration(minutes: int) -> str:
    """``35 minuten``, ``ruim een uur``, ``ruim 3 uur``: as one says it."""
    return words.render(_about(minutes), _language())


def _about(minutes: int) -> Sentence:
    if minutes < 55:
        return say("words.minutes", minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if rest >= 55:
        return say("words.almost_hours", hours=hours + 1)
    return say("words.over_hours", hours=hours) if rest > 5 else say("words.hours", hours=max(1, hours))
