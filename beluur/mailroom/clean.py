"""Takes out of data what could break a line, a header or the reading direction."""

from __future__ import annotations

import re
import unicodedata

_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile("[\r\n\u0085\u2028\u2029\\s]+")


def one_line(text: str) -> str:
    """``text`` on one line, without control characters or direction overrides; no-break spaces stay."""
    kept = _DIRECTION.sub("", text).replace("\u00a0", "\0").replace("\u202f", "\1")
    flat = _BREAKS.sub(" ", kept).strip()
    whole = flat.replace("\0", "\u00a0").replace("\1", "\u202f")
    return "".join(c for c in whole if unicodedata.category(c) != "Cc")


def lines_of(text: str) -> tuple[str, ...]:
    """The non-empty lines of ``text``, each clean."""
    return tuple(line for raw in text.splitlines() if (line := one_line(raw)))


def file_name(name: str) -> str:
    """``name`` without folders or characters that a file system or a header would mind; never empty.

    >>> file_name("../../etc/passwd")
    'passwd'
    """
    last = re.split(r"[/\\]", one_line(name))[-1]
    return re.sub(r'[<>:"|?*;]', "", last).strip(". ") or "document"
