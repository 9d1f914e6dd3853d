"""One door for every file: what it is, is seen from its content, and the right reader takes it. Never raises for any bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from beluur.importers import vocabulary
from beluur.importers.archive import Archive
from beluur.importers.bank_csv import read_bank_list
from beluur.importers.bank_forms import as_other_bank, find_bank, read_by_lines
from beluur.importers.camt import camt_format, is_camt, read_camt
from beluur.importers.cii import is_cii, read_cii
from beluur.importers.coda import read_coda
from beluur.importers.debtor_list import is_debtor_list, read_debtor_list
from beluur.importers.layout import Layout, find_layout
from beluur.importers.limits import MAX_BYTES, MEGABYTE
from beluur.importers.mt940 import read_mt940
from beluur.importers.open_items import read_open_items
from beluur.importers.pdf import read_pdf
from beluur.importers.problem_list import ProblemList, refused
from beluur.importers.records import FileContents, StatementRecord, TransactionRecord
from beluur.importers.sniff import is_coda, is_mt940, sniff
from beluur.importers.statement_check import check_gaps
from beluur.importers.table import Table, decode, read_csv
from beluur.importers.ubl import is_ubl, read_ubl
from beluur.importers.workbook import read_workbook
from beluur.importers.xml_tree import Element, local, namespace, parse_xml
from beluur.values.problem import Severity
from beluur.values.sentence import Sentence, say

_SAVED_OTHERWISE = {
    "html": "file.html",
    "document": "file.not-text",
    "ods": "file.ods",
    "xlsb": "file.ods",
    "empty": "file.empty",
}
_FEWEST_COLUMNS = 3  # a letter with a comma in it is not a table
_ENVELOPES = ("StandardBusinessDocument", "Envelope", "Body")


def read(
    name: str, content: bytes, mapping: Mapping[str, str] | None = None, today: date | None = None
) -> FileContents:
    """What the file ``name`` yields. ``mapping`` (header to role, "" to ignore) is what the user corrected in the preview; no day
    that the file is stated to lies after ``today``."""
    base = FileContents(name=name, format="unknown")
    if len(content) > MAX_BYTES:
        return refused(
            base, say("file.too-large", size=len(content) // MEGABYTE, limit=MAX_BYTES // MEGABYTE)
        )
    try:
        return _read(base, content, mapping, today)
    except Exception:  # noqa: BLE001 - a file must never take the intake down; the tests demand that this is not reached
        return refused(base, say("file.reader-failed"))


def _read(
    base: FileContents, content: bytes, mapping: Mapping[str, str] | None, today: date | None
) -> FileContents:
    kind = sniff(content)
    if code := _SAVED_OTHERWISE.get(kind):
        return refused(base, say(code))
    match kind:
        case "pdf":
            return read_pdf(base.name, content)
        case "zip":
            return _read_zip(base, content, mapping, today)
        case "xlsx" | "xls":
            return _read_table(base, read_workbook(content, kind), mapping, today)
        case "xml":
            return _read_xml(base, content)
    return _read_text(base, content, mapping, today)


def _read_text(
    base: FileContents, content: bytes, mapping: Mapping[str, str] | None, today: date | None
) -> FileContents:
    text = decode(content)
    if text is None:
        return refused(base, say("file.not-text"))
    if is_coda(text):
        return read_coda(base.name, text)
    if is_mt940(text):
        return read_mt940(base.name, text)
    return _read_table(base, read_by_lines(text) or read_csv(text), mapping, today)


def _read_table(
    base: FileContents, table: Table | Sentence, mapping: Mapping[str, str] | None, today: date | None
) -> FileContents:
    if isinstance(table, Sentence):
        return refused(base, table)
    if bank := find_bank(table):
        return read_bank_list(base.name, bank)
    layout = find_layout(table, mapping, today)
    if not layout.places and sum(map(bool, layout.headers)) < _FEWEST_COLUMNS:
        return refused(base, say("table.not-a-table"))
    if _is_bank(layout):
        return read_bank_list(base.name, as_other_bank(layout))
    if is_debtor_list(layout) and not vocabulary.is_aged(layout.headers):
        return read_debtor_list(base.name, layout)
    return read_open_items(base.name, layout)


def _is_bank(layout: Layout) -> bool:
    return vocabulary.is_bank(layout.headers) and not (layout.has("due") or layout.has("open"))


def _read_xml(base: FileContents, content: bytes) -> FileContents:
    if camt_format(content):
        return read_camt(base.name, content)
    root = parse_xml(content)
    if isinstance(root, Sentence):
        return refused(base, root)
    document = _inside(root)
    if is_ubl(document, namespace(document)):
        return read_ubl(base.name, document)
    if is_cii(document):
        return read_cii(base.name, document)
    if is_camt(document):
        return read_camt(base.name, content)
    if "auditfile" in local(document).lower():
        return refused(base, say("xml.audit-file"))
    return refused(base, say("xml.unknown", document=local(document)[:40]))


def _inside(root: Element) -> Element:
    """The document in an envelope: the last child that is none of the envelope's own."""
    document = root
    while local(document) in _ENVELOPES and len(document):
        document = document[-1]
    return document


def _read_zip(
    base: FileContents, content: bytes, mapping: Mapping[str, str] | None, today: date | None
) -> FileContents:
    archive = Archive(content)
    found: list[FileContents] = []
    for name, unpacked in archive.members():
        inner = FileContents(name=f"{base.name}/{name}", format="unknown")
        nested = sniff(unpacked) == "zip"
        found.append(refused(inner, say("zip.nested")) if nested else _read(inner, unpacked, mapping, today))
    if archive.refusal:
        return refused(base, archive.refusal)
    if len(found) == 1:
        return replace(found[0], name=base.name)
    if not found:
        return refused(base, say("file.empty"))
    return _together(base, found)


def _together(base: FileContents, found: list[FileContents]) -> FileContents:
    """All that a zip holds as one; a refused file inside leaves out only itself, unless all are."""
    taken = not all(contents.refused for contents in found)
    problems = tuple(
        replace(problem, severity=Severity.SKIPPED) if taken and problem.severity == "refused" else problem
        for contents in found
        for problem in contents.problems
        if problem.code != "bank.gap"  # what is missing in one file may stand in another
    )
    formats = {contents.format for contents in found}
    transactions: list[TransactionRecord] = []
    statements: list[StatementRecord] = []
    for contents in found:
        before = len(statements)
        transactions += (row._replace(statement=row.statement + before) for row in contents.transactions)
        statements += (s._replace(format=contents.format) for s in contents.statements)
    gaps = ProblemList(base.name)
    check_gaps(statements, gaps)
    return replace(
        base,
        format=formats.pop() if len(formats) == 1 else "zip",
        invoices=tuple(invoice for contents in found for invoice in contents.invoices),
        contacts=tuple(contact for contents in found for contact in contents.contacts),
        debtors=tuple(debtor for contents in found for debtor in contents.debtors),
        transactions=tuple(transactions),
        statements=tuple(statements),
        accounts=tuple(dict.fromkeys(account for contents in found for account in contents.accounts)),
        pdfs=tuple(pdf for contents in found for pdf in contents.pdfs),
        problems=(*problems, *gaps.all()),
    )
