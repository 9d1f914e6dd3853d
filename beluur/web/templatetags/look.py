"""What the eye needs: icons from the one sprite, and places on a line as percentages."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from typing import Protocol

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from beluur.values.money import Money

register = template.Library()


class Span(Protocol):
    """A stretch of the day, from ``start`` to ``end``."""

    start: time
    end: time


@register.simple_tag
@lru_cache(maxsize=512)  # a page draws a hundred, of a dozen kinds
def icon(name: str, size: str = "") -> SafeString:
    """The icon ``name`` of the sprite, hidden from screen readers; ``size`` is "", "l" or "xl"."""
    extra = f" icon--{size}" if size else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra,
        static("vendor/lucide/icons.svg"),
        name,
    )


@register.filter
def along(moment: time | datetime, line: Span) -> str:
    """Where ``moment`` lies between ``line.start`` and ``line.end``, as "37.5%"; outside it stops at the ends."""
    start, end = _minutes(line.start), _minutes(line.end)
    return _percent((_minutes(moment) - start) * 10_000 // (end - start))


@register.filter
def share(part: Money | int, whole: Money | int) -> str:
    """``part`` of ``whole`` as "37.5%"; nothing of nothing is "0%"."""
    a, b = (x.cents if isinstance(x, Money) else x for x in (part, whole))
    return _percent(a * 10_000 // b) if b > 0 else "0%"


def _minutes(moment: time | datetime) -> int:
    return moment.hour * 60 + moment.minute


def _percent(hundredths: int) -> str:
    bounded = max(0, min(10_000, hundredths))
    return f"{bounded // 100}.{bounded % 100:02d}".rstrip("0").rstrip(".") + "%"
