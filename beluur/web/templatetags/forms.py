"""What a form needs: its idempotency key."""

from __future__ import annotations

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def once_key() -> SafeString:
    """A hidden field with a new idempotency key: the same form sent twice is done once."""
    return format_html('<input type="hidden" name="key" value="{}">', secrets.token_urlsafe(18))
