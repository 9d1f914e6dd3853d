"""CAMT, the bank statements of ISO 20022: camt.053 (statements), camt.052 (parts of a day) and camt.054 (details of bookings), in
every version. Read as a stream, for a year of a web shop is a large file.

A file that is cut off is refused as a whole: half a statement would say that somebody did not pay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from beluur.importers.camt_booking import Bookings
from beluur.importers.camt_record import Own
from beluur.importers.camt_statement import KINDS, read_head, statement_of
from beluur.importers.problem_list import ProblemList, refused
from beluur.importers.records import FileContents, StatementRecord
from beluur.importers.statement_check import check_statements
from beluur.importers.xml_stream import Ended, XmlStream
from beluur.importers.xml_tree import Element, line_of, local
from beluur.values.sentence import say

_FORMATS = {"statement": "camt-053", "interim": "camt-052", "notice": "camt-054"}
ENTRY = "Ntry"
_START = 4000  # bytes in which a file shows what it is, also in an envelope
_MESSAGES = {b"Stmt": "camt-053", b"AcctRpt": "camt-052", b"DbtCdtNtfctn": "camt-054"}
_DOCUMENTS = tuple(f"BkToCstmr{message.decode()}" for message in _MESSAGES)
_MARK = re.compile(rb"<(?:[\w.-]+:)?BkToCstmr(Stmt|AcctRpt|DbtCdtNtfctn)\b|tech:xsd:camt\.05([234])\b")


def camt_format(content: bytes) -> str:
    """camt-053, camt-052 or camt-054 when XML says in its beginning that it is one; "" otherwise."""
    match = _MARK.search(content[:_START].replace(b"\0", b""))
    if not match:
        return ""
    return _MESSAGES[match[1]] if match[1] else f"camt-05{match[2].decode()}"


def is_camt(document: Element) -> bool:
    """Whether a document is one, also when its beginning does not show it."""
    return any(local(child) in _DOCUMENTS for child in document)


def read_camt(name: str, content: bytes) -> FileContents:
    """The statements and transactions of a CAMT file. Never raises for any bytes."""
    base = FileContents(name, camt_format(content) or "camt-053")
    stream = XmlStream(content)
    reader = _read(name, stream, stream.quickly)
    if stream.unsure or reader.problems.placed:  # where, and why it is broken, only the other one knows
        reader = _read(name, stream, stream.exactly)
    if stream.refusal:
        return refused(base, stream.refusal)
    if not reader.found:
        return refused(base, say("camt.no-statement"))
    return reader.contents(base)


def _read(name: str, stream: XmlStream, ended: Callable[[str, Collection[str]], Iterator[Ended]]) -> _Reader:
    reader = _Reader(ProblemList(name))
    if stream.mended:
        reader.problems.warn("camt.encoding", encoding=stream.mended)
    for element, parent in ended(ENTRY, KINDS):
        reader.take(element, parent)
    return reader


class _Reader:
    """Takes entries and statements as they end."""

    def __init__(self, problems: ProblemList) -> None:
        self.problems = problems
        self.found = False
        self._bookings = Bookings(problems)
        self._statements: list[StatementRecord] = []
        self._current: Element | None = None  # the statement whose entries are being read
        self._known = False  # whether that statement says whose account it is

    def take(self, element: Element, parent: Element | None) -> None:
        """An element that has ended: an entry, or a statement with all of its entries behind it."""
        if not element.tag.endswith(ENTRY):
            self._close(element)
        elif (parent is self._current or self._opened(parent)) and self._known:
            self._bookings.add(element)

    def contents(self, base: FileContents) -> FileContents:
        """All that was read, with what is wrong with it."""
        self._bookings.conclude()
        check_statements(self._statements, self._bookings.rows, self.problems)
        return replace(
            base,
            format=_FORMATS[self._statements[0].kind] if self._statements else base.format,
            transactions=tuple(self._bookings.rows),
            statements=tuple(self._statements),
            accounts=tuple(dict.fromkeys(statement.account for statement in self._statements)),
            problems=self.problems.all(),
        )

    def _opened(self, statement: Element | None) -> bool:
        """Whether the parent of an entry is a statement; its head stands before its first entry."""
        if statement is None or local(statement) not in KINDS:
            return False
        head = read_head(statement)
        self._current, self._known = statement, bool(head.account)
        self._bookings.open(Own(len(self._statements), head.account, head.holder), head.only_day)
        return True

    def _close(self, statement: Element) -> None:
        self.found = True
        if statement is not self._current:
            self._opened(statement)
        if self._known:
            head = read_head(statement)
            self._statements.append(statement_of(head, self._bookings.close(), self.problems))
        else:
            self.problems.skip("camt.no-account", line_of(statement), "Acct/Id")
        self._current = None
