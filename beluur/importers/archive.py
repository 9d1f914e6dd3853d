"""Zips, and workbooks as zips: what is inside is measured by unpacking it within limits, whatever the zip says of itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from beluur.importers.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RATIO_COUNTS_FROM
from beluur.values.sentence import Sentence, say

_LOCAL_HEADER = 30
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1

BROKEN = say("zip.broken")
BOMB = say("zip.bomb")


class Archive:
    """An opened zip; ``refusal`` says why it is not read, when it is not."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._left = MAX_UNPACKED
        self.refusal: Sentence | None = None
        self._members: list[zipfile.ZipInfo] = []
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                self._members = [m for m in opened.infolist() if not m.is_dir()]
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, UnicodeError, EOFError):
            self.refusal = BROKEN
        self._check()

    def _check(self) -> None:
        if len(self._members) > MAX_MEMBERS:
            self.refusal = say("zip.too-many", n=len(self._members), limit=MAX_MEMBERS)
        elif any(m.flag_bits & _ENCRYPTED for m in self._members):
            self.refusal = say("file.password")
        elif any(m.compress_type not in _KINDS for m in self._members):
            self.refusal = BROKEN
        elif sum(m.file_size for m in self._members) > MAX_UNPACKED:
            self.refusal = BOMB

    @property
    def names(self) -> list[str]:
        """The names inside; labels only, never a path to write to."""
        return [m.filename for m in self._members]

    def members(self, prefix: str = "") -> Iterator[tuple[str, bytes]]:
        """Name and content of each file whose name starts with ``prefix``. Stops, with `refusal` set, at the first that
        is broken or too large."""
        for member in self._members:
            if not member.filename.startswith(prefix):
                continue
            unpacked = self._unpack(member)
            if isinstance(unpacked, Sentence):
                self.refusal = unpacked
                return
            yield member.filename, unpacked

    def _unpack(self, member: zipfile.ZipInfo) -> bytes | Sentence:
        head = self._content[member.header_offset : member.header_offset + _LOCAL_HEADER]
        if len(head) < _LOCAL_HEADER:
            return BROKEN
        names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        start = member.header_offset + _LOCAL_HEADER + names
        packed = self._content[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_STORED:
            unpacked = packed
        else:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                unpacked = inflater.decompress(packed, self._left + 1)
            except zlib.error:
                return BROKEN
        self._left -= len(unpacked)
        steep = len(unpacked) > RATIO_COUNTS_FROM and len(unpacked) > MAX_RATIO * max(len(packed), 1)
        return BOMB if self._left < 0 or steep else unpacked
