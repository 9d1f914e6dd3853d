"""The fields of an MT940 or MT942 file, message by message: envelopes, headers and ends taken off, nothing interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise

_TAG = re.compile(
    r"^(?:\{[1-5]:.*\{4:)?:(13D?|20|21|25P?|28C?|34F|60[FM]|61|62[FM]|64|65|86|90[CD]|NS|[0-9]{3,4}):",
    re.MULTILINE,
)
_END = re.compile(r"^(?:-\}|\{1:)", re.MULTILINE)
_DASH = re.compile(r"^ ?-[^\S\n]*$", re.MULTILINE)
_INTERIM = frozenset(("34F", "13D", "90C", "90D"))


@dataclass(slots=True)
class Field:
    """What follows a tag, lines joined by newlines; ``line`` is 1-based."""

    tag: str
    text: str
    line: int

    @property
    def first(self) -> str:
        """Its first line, without blanks around it."""
        return self.text.partition("\n")[0].strip()


@dataclass(slots=True)
class Entry:
    """One :61: and the :86: fields that explain it."""

    booking: Field
    details: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """One statement, or one page of it. ``single`` holds the fields that stand in it once, by the two digits of their tag."""

    line: int
    single: dict[str, Field] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    interim: bool = False
    closed: bool = False

    def text(self, tag: str) -> str:
        """The first line of a field that stands here once; "" when it is missing."""
        return self.single[tag].first if tag in self.single else ""

    def raw(self) -> str:
        """All of it, to see when it stands in a file twice; without the name, which some banks give anew at each export."""
        once = [f"{tag}{part.text}" for tag, part in self.single.items() if tag != "20" or not self.closed]
        return "\n".join(
            once + [part for entry in self.entries for part in (entry.booking.text, *entry.details)]
        )


def read_messages(text: str) -> Iterator[Message]:
    """The messages in ``text``, in order."""
    message = Message(1)
    for current in _fields(text):
        tag = current.tag
        if tag == "61":
            message.entries.append(Entry(current))
        elif tag == "86":
            if message.entries and not message.closed:  # after the balance it counts the statement's bookings
                message.entries[-1].details.append(current.text)
        elif not _is_header(tag):
            if _starts(message, tag):
                if message.single:
                    yield message
                message = Message(current.line)
            message.interim = message.interim or tag in _INTERIM
            message.closed = message.closed or tag[:2] in ("62", "64", "65", "90")
            message.single.setdefault(tag[:2], current)
    if message.single or message.entries:
        yield message


def _fields(text: str) -> Iterator[Field]:
    """Each field with its text up to the next tag; a dash at the start of a line is text, unless the message ends there."""
    line, counted = 1, 0
    for match, following in pairwise(chain(_TAG.finditer(text), [None])):
        assert match is not None
        start = match.end()
        line += text.count("\n", counted, start)
        counted = start
        if following is None or following[1] == "20" or _is_header(following[1]):
            content = _before_end(text[start : following.start() if following else len(text)])
        else:
            content = text[start : following.start()]
        yield Field(match[1], content.rstrip("\n"), line)


def _is_header(tag: str) -> bool:
    """Rabobank's files begin with :940:."""
    return len(tag) > 2 and tag.isdigit()


def _before_end(content: str) -> str:
    if end := _END.search(content):
        content = content[: end.start()]
    dashes = list(_DASH.finditer(content))
    return content[: dashes[-1].start()] if dashes else content


def _starts(message: Message, tag: str) -> bool:
    """Whether a field with this tag can only belong to a next message."""
    if tag == "20":
        return bool(message.single or message.entries)
    return tag in ("25", "25P", "60F") and tag[:2] in message.single
