"""A loose invoice PDF: its text, to be matched by number; or the invoice itself when it carries Factur-X or ZUGFeRD."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import replace

from pypdf import PageObject, PdfReader

from beluur.importers.cii import is_cii, read_cii
from beluur.importers.limits import MAX_PDF_PAGE, MAX_PDF_PAGES, MAX_PDF_TEXT
from beluur.importers.problem_list import ProblemList, refused
from beluur.importers.records import FileContents, PdfRecord
from beluur.importers.xml_tree import parse_xml
from beluur.values.sentence import Sentence, say

_LARGEST_XML = 5_000_000

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a PDF is said as a problem, once


def read_pdf(name: str, content: bytes) -> FileContents:
    """The PDF as a record with its text, or the invoice inside with the PDF as its copy. An unreadable PDF is refused."""
    base = FileContents(name=name, format="pdf")
    problems = ProblemList(name)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return refused(base, say("file.password"))
        text = _text(reader)
        invoice = _invoice_inside(name, content, reader, problems)
    except Exception:  # noqa: BLE001 - damaged PDFs make the library fail in every way there is
        return refused(base, say("pdf.unreadable"))
    if invoice:
        return invoice
    if not text:
        problems.warn("pdf.no-text")
    return replace(base, pdfs=(PdfRecord(name, text, content),), problems=problems.all())


def _text(reader: PdfReader) -> str:
    said: list[str] = []
    for page in reader.pages[:MAX_PDF_PAGES]:
        if _is_small(page) and sum(map(len, said)) < MAX_PDF_TEXT:
            said.append(page.extract_text())
    return "\n".join(said)[:MAX_PDF_TEXT].strip()


def _is_small(page: PageObject) -> bool:
    drawing = page.get_contents()
    return drawing is None or len(drawing.get_data()) <= MAX_PDF_PAGE


def _invoice_inside(
    name: str, content: bytes, reader: PdfReader, problems: ProblemList
) -> FileContents | None:
    for xml in _xml_files(reader):
        root = parse_xml(xml)
        if isinstance(root, Sentence):
            problems.warn("pdf.broken-xml")
        elif is_cii(root):
            inside = read_cii(name, root)
            if inside.invoices:
                copy = replace(
                    inside.invoices[0], pdf_name=name.replace("\\", "/").rpartition("/")[2], pdf=content
                )
                return replace(inside, invoices=(copy,))
            problems.warn("pdf.broken-xml")
    return None


def _xml_files(reader: PdfReader) -> Iterator[bytes]:
    for label, files in reader.attachments.items():
        if label.lower().endswith(".xml"):
            yield from (file for file in files if len(file) <= _LARGEST_XML)
