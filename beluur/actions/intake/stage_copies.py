"""Invoice copies of a drop: inside an electronic invoice, or loose and matched by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from beluur.actions.intake.copies import known_candidates, match_copies
from beluur.actions.intake.staging import Part, Staged
from beluur.actions.keep_bytes import keep_bytes
from beluur.importers.records import DebtorRecord, FileContents, InvoiceRecord, PdfRecord
from beluur.store.models import IntakeFile, Invoice
from beluur.values.names import comparable_number
from beluur.values.problem import Problem, Severity
from beluur.values.sentence import say


def stage_copies(
    administration_id: int, staged: Staged, taken: Iterable[tuple[IntakeFile, FileContents]]
) -> None:
    """Adds the copies to the parts of their debtors; a PDF that belongs nowhere becomes a problem of its file."""
    invoices = {i.number: i for _, contents in taken for i in contents.invoices if i.pdf}
    pdfs = {pdf.name: (row, pdf) for row, contents in taken for pdf in contents.pdfs}
    loose = [pdf for _, pdf in pdfs.values()]
    matched, unknown = _matched(administration_id, staged, loose) if loose else ({}, [])
    for pdf in unknown:
        problem = Problem(say("intake.pdf_of_no_invoice", name=pdf.name), Severity.WARNING, file=pdf.name)
        staged.complain(pdfs[pdf.name][0].name, problem)
    contents_of = {number: (pdf.name, pdf.content) for number, pdf in matched.items()}
    contents_of |= {number: _embedded(invoice) for number, invoice in invoices.items()}
    known = _without_copy(administration_id, contents_of)
    for number, (name, content) in contents_of.items():
        token = staged.numbers[number][0] if number in staged.numbers else known.get(number)
        if token is None or (token > 0 and number not in known and number not in staged.numbers):
            continue
        part = staged.parts.get(token)
        if part is None:
            part = staged.parts[token] = Part(token, DebtorRecord(""))
        part.copies.append(
            {"number": number, "name": name, "sha256": keep_bytes(content), "size": len(content)}
        )
        staged.counts["copies"] += 1


def _matched(
    administration_id: int, staged: Staged, loose: Sequence[PdfRecord]
) -> tuple[dict[str, PdfRecord], list[PdfRecord]]:
    candidates = known_candidates(administration_id, loose)
    candidates |= {comparable_number(number): number for number in staged.numbers}
    return match_copies(loose, candidates)


def _embedded(invoice: InvoiceRecord) -> tuple[str, bytes]:
    return invoice.pdf_name or f"{invoice.number}.pdf", invoice.pdf or b""


def _without_copy(administration_id: int, numbers: Iterable[str]) -> dict[str, int]:
    rows = Invoice.objects.filter(administration_id=administration_id, copy=None, number__in=list(numbers))
    return dict(rows.values_list("number", "debtor_id"))
