"""Which invoice a loose PDF is a copy of: by the number in its name, else by the one number its text holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from beluur.importers.records import PdfRecord
from beluur.store.models import Invoice
from beluur.values.names import comparable_number

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{2,}")
_SEPARATED = re.compile(r"[\s_]+")


def numbers_in(text: str) -> set[str]:
    """Everything in ``text`` that could be an invoice number, comparable."""
    found = {comparable_number(token) for token in _TOKEN.findall(text)}
    found |= {comparable_number(part) for token in _TOKEN.findall(text) for part in _SEPARATED.split(token)}
    return {number for number in found if len(number) >= 3 and any(c.isdigit() for c in number)}


def match_copies(
    pdfs: Iterable[PdfRecord], candidates: Mapping[str, str]
) -> tuple[dict[str, PdfRecord], list[PdfRecord]]:
    """``candidates`` maps comparable numbers to invoice numbers. Gives the copies by invoice number, and the PDFs that
    name none, or several, of them."""
    found: dict[str, PdfRecord] = {}
    unknown = []
    for pdf in pdfs:
        stem = pdf.name.rsplit(".", 1)[0]
        named = {candidates[n] for n in numbers_in(stem) | {comparable_number(stem)} if n in candidates}
        if len(named) != 1:
            named = {candidates[n] for n in numbers_in(pdf.text) if n in candidates and len(n) >= 4}
        if len(named) == 1:
            found[next(iter(named))] = pdf
        else:
            unknown.append(pdf)
    return found, unknown


def known_candidates(administration_id: int, pdfs: Iterable[PdfRecord]) -> dict[str, str]:
    """Comparable number -> number, of the invoices that these PDFs may be copies of and that have none yet."""
    wanted = {n for pdf in pdfs for n in numbers_in(f"{pdf.name} {pdf.text}")}
    rows = Invoice.objects.filter(administration_id=administration_id, copy=None).exclude(open_cents=0)
    return {
        c: n
        for n in rows.values_list("number", flat=True).iterator()
        if (c := comparable_number(n)) in wanted
    }
