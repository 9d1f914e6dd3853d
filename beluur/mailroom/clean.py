"""Takes out of data what could break a line, a header or the reading direction."""

from __future__ import annotations

import re
import unicodedata

_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile("[^\\S\u00a0\u202f]+")
_PREFIX = re.compile(r"^\s*((re|antw|aw|sv|tr|rép|fw|fwd|betr)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)


def one_line(text: str) -> str:
    """``text`` on one line, without control characters or direction overrides; no-break spaces stay."""
    kept = (c for c in _DIRECTION.sub("", text) if c.isspace() or unicodedata.category(c) != "Cc")
    return _SPACES.sub(" ", "".join(kept)).strip()


def lines_of(text: str) -> tuple[str, ...]:
    """The non-empty lines of ``text``, each clean."""
    return tuple(line for raw in text.splitlines() if (line := one_line(raw)))


def bare_subject(subject: str) -> str:
    """Without *Re:*, *Antw:* or *Fwd:* before it.

    >>> bare_subject("Antw: Re[2]: Afspraak")
    'Afspraak'
    """
    return _PREFIX.sub("", one_line(subject))


def file_name(name: str) -> str:
    """``name`` without folders or characters that a file system or a header would mind; never empty.

    >>> file_name("../../etc/passwd")
    'passwd'
    """
    last = re.split(r"[/\\]", one_line(name))[-1]
    return re.sub(r'[<>:"|?*;]', "", last).strip(". ") or "document"
