"""CODA 2: bank statements as Belgian banks write them (Febelfin, "Coded statement of account").

An own reader: febelfin-coda and pycoda share one import name, and neither says which of a total and its details are the payments.
"""

from __future__ import annotations

from collections import Counter

from beluur.importers.coda_details import MAIN
from beluur.importers.coda_records import WIDTH, Line, read_cents, read_lines
from beluur.importers.coda_statement import Found, read_payments, read_statement
from beluur.importers.problem_list import ProblemList, refused
from beluur.importers.records import FileContents, StatementRecord, TransactionRecord
from beluur.importers.statement_check import check_statements
from beluur.values.sentence import say

_KINDS = frozenset(("0", "1", "21", "22", "23", "31", "32", "33", "8", "4", "9"))
_NOT_COUNTED = ("0", "4", "9")


def read_coda(name: str, text: str) -> FileContents:
    """The statements and payments in ``text``; refused when it breaks off before its last record."""
    base = FileContents(name=name, format="coda")
    problems = ProblemList(name)
    reading = _Reading(problems)
    for line in read_lines(text):
        reading.take(line)
    if reading.cut or not reading.closed:
        return refused(base, say("coda.cut"))
    statements: list[StatementRecord] = []
    records: list[TransactionRecord] = []
    for found in _once(reading.found, problems):
        if statement := read_statement(found, problems):
            records += read_payments(found, statement, len(statements), problems)
            statements.append(statement)
    if not statements:
        return refused(base, say("coda.no-statement"))
    check_statements(statements, records, problems)
    return FileContents(
        name=name,
        format="coda",
        transactions=tuple(_with_own_references(records)),
        statements=tuple(statements),
        accounts=tuple(dict.fromkeys(statement.account for statement in statements)),
        problems=problems.all(),
    )


class _Reading:
    """The statements found in the lines of one file. ``closed`` says whether record 9 of the last group was met, ``cut`` whether
    that of an earlier one was not."""

    def __init__(self, problems: ProblemList) -> None:
        self.problems = problems
        self.found: list[Found] = []
        self.closed = True
        self.cut = False
        self._open: Found | None = None
        self._details_only = False
        self._first = 0  # the place of the first statement of this group
        self._count = 0

    def take(self, line: Line) -> None:
        """Adds one line; what is no record of CODA or stands out of order is left out."""
        kind = line.kind
        if kind not in _KINDS or len(line.text) > WIDTH:
            self.problems.skip("coda.line", line.number)
            return
        self._count += kind not in _NOT_COUNTED
        if kind == "0":
            self._begin(line)
        elif kind == "1":
            self._open = Found(line, self._details_only)
            self.found.append(self._open)
        elif kind == "9":
            self._end(line)
        elif kind != "4" and not (self._open and self._open.add(line)):
            self.problems.skip("coda.order", line.number)
        if kind == "8":
            self._open = None

    def _begin(self, line: Line) -> None:
        self.cut = self.cut or not self.closed
        self.closed = False
        self._open, self._first, self._count = None, len(self.found), 0
        self._details_only = line.text[83:88].strip("0 ") != ""
        if line.text[16] == "D":
            self.problems.warn("coda.copy", line.number)

    def _end(self, line: Line) -> None:
        """Record 9: how many records its group has, and what its movements come to."""
        self.closed, self._open = True, None
        mains = [m for found in self.found[self._first :] for m in found.movements if m.detail == MAIN]
        cents = [main.cents for main in mains if main.cents is not None]
        if len(cents) < len(mains):
            return  # an amount that cannot be read is said with its movement
        text = line.text
        stated = (text[16:22], read_cents("0", text[22:37]), read_cents("0", text[37:52]))
        if stated != (f"{self._count:06}", -sum(c for c in cents if c < 0), sum(c for c in cents if c > 0)):
            self.problems.warn("coda.trailer", line.number)


def _once(found: list[Found], problems: ProblemList) -> list[Found]:
    seen: dict[str, Found] = {}
    for statement in found:
        if seen.setdefault(statement.raw(), statement) is not statement:
            problems.warn("coda.twice", statement.first.number)
    return list(seen.values())


def _with_own_references(records: list[TransactionRecord]) -> list[TransactionRecord]:
    """A reference that the bank gives to several bookings tells none of them apart."""
    count = Counter(r.bank_reference for r in records)
    return [
        r._replace(bank_reference="") if r.bank_reference and count[r.bank_reference] > 1 else r
        for r in records
    ]
