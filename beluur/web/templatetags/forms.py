"""What a form needs: its idempotency key; and codes in the words of the screen."""

from __future__ import annotations

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from beluur.domain.ladder import rung_name
from beluur.domain.ladder_days import rung_of
from beluur.values.sentence import say
from beluur.web.forms.by_hand import LANGUAGES
from beluur.web.frame import in_words

register = template.Library()


@register.simple_tag
def once_key() -> SafeString:
    """A hidden field with a new idempotency key: the same form sent twice is done once."""
    return format_html('<input type="hidden" name="key" value="{}">', secrets.token_urlsafe(18))


@register.simple_tag
def language_word(code: str) -> str:
    """The language that is spoken with a debtor."""
    return str(dict(LANGUAGES).get(code, code))


@register.simple_tag
def verdict(code: str) -> str:
    """What became of a promise."""
    return in_words(say(f"verdict.{code}"))


@register.simple_tag
def dispute_word(code: str) -> str:
    """What is contested."""
    return in_words(say(f"dispute.{code}"))


@register.simple_tag
def channel_word(code: str) -> str:
    """How something was sent."""
    return in_words(say(f"channel.{code}"))


@register.simple_tag
def written_word(level: int) -> str:
    """What a `ReminderFact` of that level is called."""
    return capfirst(in_words(rung_name(rung_of(level))))


@register.simple_tag
def payment_state(code: str) -> str:
    """Where a payment stands."""
    return in_words(say(f"payment_state.{code}"))
