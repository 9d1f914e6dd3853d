"""The parts of a mail and the text in them: any character set, any transfer encoding, HTML read as text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from lxml import etree

MAX_TEXT = 100_000  # characters kept of one mail
MAX_HTML = 1_000_000  # characters of HTML that are looked at
MAX_PARTS = 200
MAX_DEPTH = 20
_BREAKS = frozenset(
    "address blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table td th tr ul".split()
)
_SILENT = frozenset("head script style title template noscript object iframe svg".split())
_QUOTES_BELOW = ("divRplyFwdMsg", "gmail_quote_container", "appendonsend")
# Python's own, which no mail is written in: to decode a megabyte of punycode takes minutes.
_NO_CHARSETS = frozenset(("punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"))
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of a mail. ``is_body``: it is read as what he wrote; the others are attachments."""

    message: Message
    media_type: str
    name: str
    is_body: bool

    def content(self) -> bytes:
        """Its bytes, decoded from their transfer encoding; of a mail inside the mail the mail itself."""
        if self.media_type == "message/rfc822":
            inner = self.message.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            return first.as_bytes() if isinstance(first, Message) else b""
        found = self.message.get_payload(decode=True)
        return found if isinstance(found, bytes) else b""


def leaves(message: Message, depth: int = 0) -> Iterator[Part]:
    """The parts that hold something, in order; a mail inside the mail is one part, and not looked into."""
    for n, part in enumerate(_walk(message, depth)):
        if n >= MAX_PARTS:
            return
        media = part.get_content_type()
        name = _name(part)
        attached = "attachment" in header_text(part, "Content-Disposition").lower()
        body = media in ("text/plain", "text/html") and not attached and not name
        yield Part(part, media, name, body)


def _walk(message: Message, depth: int) -> Iterator[Message]:
    inner = message.get_payload()
    if message.get_content_maintype() != "multipart" or not isinstance(inner, list):
        yield message
        return
    if depth < MAX_DEPTH:
        for part in inner:
            if isinstance(part, Message):
                yield from _walk(part, depth + 1)


def _name(part: Message) -> str:
    with suppress(ValueError, LookupError, TypeError, MessageError):
        return header_text(part.get_filename() or "")[-120:]
    return ""


def text_in(parts: Iterable[Part]) -> str:
    """What was written: the plain text, or without one the HTML as text."""
    plain: list[str] = []
    html: list[str] = []
    for part in parts:
        if part.is_body:
            (html if part.media_type == "text/html" else plain).append(_decoded(part))
    said = "\n".join(t for t in plain if t.strip())
    if not said.strip():
        said = "\n".join(html_text(t) for t in html)
    return clean_text(said)[:MAX_TEXT]


def clean_text(text: str) -> str:
    """Without signs that cannot be seen, which hide words or turn them around."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return _CONTROL.sub("", lines).strip()


def _decoded(part: Part) -> str:
    raw = part.content()[: 4 * MAX_HTML]
    named = part.message.get_content_charset() or "utf-8"
    for charset in (named, "utf-8", "cp1252"):
        with suppress(LookupError, ValueError, UnicodeError):
            if codecs.lookup(charset).name.replace("-", "_") not in _NO_CHARSETS:
                return raw.decode(charset)[:MAX_HTML]
    return raw.decode("latin-1")[:MAX_HTML]


def header_text(message: Message | str, name: str = "") -> str:
    """A header (or a text as it stands in one) decoded and on one line; empty when there is none."""
    raw = str(message.get(name, "") if isinstance(message, Message) else message)[:20_000]
    said = raw
    with suppress(ValueError, LookupError, MessageError):
        said = "".join(_piece(piece, charset) for piece, charset in decode_header(raw))
    return clean_text(" ".join(said.split()))


def _piece(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    with suppress(LookupError, ValueError):
        return piece.decode(charset or "utf-8")
    return piece.decode("latin-1")


class _Reader:
    """Collects the text, as lxml reads the page to it; a quoted block gets its marks, so that it is known as such."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.silent = 0
        self.quoted = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.silent += tag in _SILENT
        self.quoted += tag == "blockquote"
        if tag in _BREAKS:
            self._break()
        marks = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if any(mark in marks for mark in _QUOTES_BELOW):
            self.said.append("\n-----Original Message-----\n")

    def end(self, tag: str) -> None:
        self.silent -= tag in _SILENT
        self.quoted -= tag == "blockquote"
        if tag in _BREAKS:
            self._break()

    def data(self, text: str) -> None:
        if not self.silent:
            self.said.append(re.sub(r"\s+", " ", text))

    def close(self) -> None:
        """What lxml asks for at the end."""

    def _break(self) -> None:
        self.said.append("\n> " if self.quoted else "\n")


def html_text(html: str) -> str:
    """HTML as text; scripts, styles and what they would fetch are left out. Not by `html.parser`: unclosed comments keep it busy
    for a quarter of an hour."""
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, no_network=True, huge_tree=True)  # type: ignore[arg-type]  # it calls what is there
    with suppress(etree.LxmlError, ValueError):
        etree.fromstring(_CONTROL.sub("", html[:MAX_HTML]), parser)
    lines = (line.strip() for line in "".join(reader.said).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
