"""Large XML from outside, one element at a time: as safe as `xml_tree`, and the memory does not grow with the file.

It is read quickly first, by Python's own parser, whose elements take a third of the time to look into; and once more, by the
exact one, where there is a line or a reason to tell.

What a file says of its own encoding is only believed when it can be true: bytes that are no UTF-8 are read as Windows-1252,
which is what software that gets this wrong has written.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Collection, Iterator
from typing import cast
from xml.etree.ElementTree import Element as QuickElement
from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser

from lxml import etree

from beluur.importers.limits import MAX_XML_DEPTH, MEGABYTE
from beluur.importers.xml_tree import Element, declares_doctype, why_broken
from beluur.values.sentence import Sentence, say

_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_UNICODE = ("utf", "ucs", "unicode", "iso-10646")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_START = 64  # bytes in which text of two bytes a character has shown its NULs
_FALLBACK = "windows-1252"
_PIECE = (
    16 * 1024
)  # bytes parsed at once: what is nested too deep is seen by then, and no more than their elements are held
Ended = tuple[Element, Element | None]
"""An element that has ended, and its parent."""


class XmlStream:
    """Elements of ``content`` as they end, each with its parent, which is emptied of them: those called ``inner``, which hold
    none of the others, and those called as one of ``outer`` (local names). ``mended`` names the encoding in which it was read
    against its own word; the others may come up only while one reads: ``refusal`` says why it is not read, and ``unsure`` that
    `quickly` stopped, and `exactly` is to tell."""

    def __init__(self, content: bytes) -> None:
        self.refusal: Sentence | None = say("xml.doctype") if declares_doctype(content) else None
        self.unsure = False
        self.mended = ""
        self._encoding: str | None = None
        self._content = self._settle(content)

    def quickly(self, inner: str, outer: Collection[str]) -> Iterator[Ended]:
        """They do not know their lines. Stops, with `unsure` set, at whatever is not as it should be. No entity is ever declared,
        for that takes a document type."""
        if self.refusal:
            return
        if _has_endless_text(self._content):  # the exact one refuses it
            self.unsure = True
            return
        builder = TreeBuilder()
        root = builder.start("", {})
        names, seen = (inner, outer), dict[QuickElement, int]()
        parser = XMLParser(target=builder, encoding=self._encoding)  # noqa: S314 - entities take a document type
        try:
            for start in range(0, len(self._content), _PIECE):
                parser.feed(self._content[start : start + _PIECE])
                if _too_deep(root):
                    self.unsure = True
                    return
                yield from _ended(root, names, seen, closed=False)
            parser.close()
        except (ParseError, ValueError, LookupError, AssertionError):
            self.unsure = True
            return
        yield from _ended(root, names, seen, closed=True)

    def exactly(self, inner: str, outer: Collection[str]) -> Iterator[Ended]:
        """The same in half as much time again, and they know their lines. Stops, with `refusal` set, where the file breaks."""
        if self.refusal:
            return
        events = etree.iterparse(
            io.BytesIO(self._content),
            tag=[f"{{*}}{tag}" for tag in (inner, *outer)],
            encoding=self._encoding,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        behind: Element | None = None  # emptied, but the parser may need it until the next one has ended
        try:
            for _, element in events:
                parent = element.getparent()
                if behind is None and element.getroottree().docinfo.doctype:
                    self.refusal = say("xml.doctype")
                    return
                yield element, parent
                element.clear()
                if behind is not None and (above := behind.getparent()) is not None and above is parent:
                    above.remove(behind)
                behind = element
        except etree.XMLSyntaxError as error:
            self.refusal = why_broken(error)
        except (ValueError, LookupError):
            self.refusal = say("xml.broken", line=1)

    def _settle(self, content: bytes) -> bytes:
        """The bytes from their first sign on, with their encoding decided."""
        content = content.lstrip() if content[:1].isspace() else content
        marked = content.startswith(codecs.BOM_UTF8)
        if marked:
            content = content[len(codecs.BOM_UTF8) :].lstrip()
        elif b"\0" in content[:_START]:
            return content
        elif content.startswith(_WIDE_MARKS):
            content, marked, self.mended = content[2:].lstrip(), True, "utf-8"
        if content.isascii():
            self._encoding = "utf-8"
        elif marked or _says_unicode(content):
            self._encoding = "utf-8" if _is_utf8(content) else _FALLBACK
            self.mended = _FALLBACK if self._encoding == _FALLBACK else self.mended
        return content


def _ended(
    parent: QuickElement, names: tuple[str, Collection[str]], seen: dict[QuickElement, int], *, closed: bool
) -> Iterator[Ended]:
    """What has ended within ``parent``, which is ``closed`` itself or may still grow, and is emptied of it. ``seen``: how many of
    its children were looked at before and stay, for a file may hold a million of them."""
    inner, outer = names
    start = seen.pop(parent, 0)
    children = parent[start:]
    growing = None if closed or not children else children[-1]
    kept = []
    for child in children:
        name = child.tag.rpartition("}")[2]
        if name != inner and len(child):
            yield from _ended(child, names, seen, closed=child is not growing)
        if child is growing or not (name == inner or name in outer):
            kept.append(child)
        else:
            yield cast("Ended", (child, parent))
    if len(kept) < len(children):
        parent[start:] = kept
    if growing is not None:
        seen[parent] = start + len(kept) - 1


def _has_endless_text(content: bytes) -> bool:
    """Whether two megabytes or more stand between two tags; of one more it may see it."""
    return any(
        content.find(b"<", start, start + MEGABYTE) < 0
        for start in range(0, len(content) - MEGABYTE, MEGABYTE)
    )


def _too_deep(element: QuickElement) -> bool:
    """Whether what is still open is nested deeper than anything that is meant well."""
    depth = 0
    while len(element):
        element, depth = element[-1], depth + 1
    return depth > MAX_XML_DEPTH


def _says_unicode(content: bytes) -> bool:
    match = _DECLARED.match(content[:200])
    return match is None or match[1].decode("ascii").lower().startswith(_UNICODE)


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), MEGABYTE):
            decoder.decode(content[start : start + MEGABYTE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
