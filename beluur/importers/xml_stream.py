"""Large XML from outside, one element at a time: as safe as `xml_tree`, and the memory does not grow with the file.

What a file says of its own encoding is only believed when it can be true: bytes that are no UTF-8 are read as Windows-1252,
which is what software that gets this wrong has written.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from beluur.importers.limits import MEGABYTE
from beluur.importers.xml_tree import Element, declares_doctype, why_broken
from beluur.values.sentence import Sentence, say

_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_UNICODE = ("utf", "ucs", "unicode", "iso-10646")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_START = 64  # bytes in which text of two bytes a character has shown its NULs
_FALLBACK = "windows-1252"


class XmlStream:
    """Elements of ``content`` as they end. ``refusal`` says why it is not read, and may come up only while one reads; ``mended``
    names the encoding in which it was read against its own word."""

    def __init__(self, content: bytes) -> None:
        self.refusal: Sentence | None = say("xml.doctype") if declares_doctype(content) else None
        self.mended = ""
        self._encoding: str | None = None
        self._content = self._settle(content)

    def elements(self, tags: Sequence[str]) -> Iterator[Element]:
        """Each element named in ``tags`` (local names) when its end was read; stops, with `refusal` set, where the file breaks.
        Who reads empties what is behind him."""
        if self.refusal:
            return
        events = etree.iterparse(
            io.BytesIO(self._content),
            tag=[f"{{*}}{tag}" for tag in tags],
            encoding=self._encoding,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            first = True
            for _, element in events:
                if first and element.getroottree().docinfo.doctype:
                    self.refusal = say("xml.doctype")
                    return
                first = False
                yield element
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
