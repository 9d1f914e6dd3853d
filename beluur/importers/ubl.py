"""UBL 2.x invoices and credit notes (Peppol BIS 3, NLCIUS, SI-UBL, UBL.BE, e-FFF, OASIS): what was invoiced to whom, by when, and
the PDF inside. Envelopes around the document are looked through.

Amounts are signed as they change what the debtor owes: a credit note is negative, and so is an invoice for a negative sum.
``amount_cents`` is what was invoiced; ``open_cents`` is stated only when the invoice itself names a prepaid part.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from beluur.importers import ubl_party
from beluur.importers.problem_list import ProblemList, refused
from beluur.importers.records import FileContents, InvoiceRecord
from beluur.importers.xml_tree import Element, each, first, local, text
from beluur.importers.xml_values import BadValueError, cents, day, embedded, short_description, term_days
from beluur.values.numbers import IBAN, compact_reference
from beluur.values.sentence import Sentence, say

DOCUMENTS = ("Invoice", "CreditNote", "SelfBilledInvoice", "SelfBilledCreditNote")
CREDIT_CODES = ("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532")  # UNTDID 1001
DIRECT_DEBIT = ("49", "59")  # UNTDID 4461: direct debit, SEPA direct debit
_G_ACCOUNT = "GACCOUNT"
_PDF = b"%PDF"
_MAIN = ("commercialinvoice", "130", "380")  # how the attachment that is the invoice itself is marked


def is_ubl(root: Element, namespace: str) -> bool:
    """Whether ``root`` is a document of UBL 2."""
    return namespace.startswith("urn:oasis:names:specification:ubl:schema:xsd:") and namespace.endswith(
        f"{local(root)}-2"
    )


def read_ubl(name: str, root: Element) -> FileContents:
    """The one invoice or credit note in ``root``; refused when it is another document, or lacks number, buyer or amount."""
    base = FileContents(name=name, format="ubl-credit-note" if "Credit" in local(root) else "ubl-invoice")
    if local(root) not in DOCUMENTS:
        return refused(FileContents(name, "unknown"), _other(local(root)))
    problems = ProblemList(name)
    try:
        invoice = _invoice(root, problems)
    except BadValueError as bad:
        return refused(base, say("ubl.bad-value", field=bad.field.rpartition("/")[2], value=bad.value))
    if isinstance(invoice, Sentence):
        return refused(base, invoice)
    contact = ubl_party.contact(first(root, "AccountingCustomerParty"), invoice.debtor)
    kind = "ubl-credit-note" if invoice.kind == "credit_note" else "ubl-invoice"
    return FileContents(
        name=name,
        format=kind,
        invoices=(invoice,),
        contacts=(contact,) if contact else (),
        debtors=(invoice.debtor,),
        problems=problems.all(),
    )


def _other(document: str) -> Sentence:
    if document in ("Reminder", "Statement"):
        return say(f"ubl.{document.lower()}")
    return say("ubl.other-document", document=document[:40])


def _invoice(root: Element, problems: ProblemList) -> InvoiceRecord | Sentence:
    number = text(root, "ID")
    debtor = ubl_party.debtor(first(root, "AccountingCustomerParty"))
    invoiced, left = _amounts(root)
    if not number or not debtor.name or invoiced is None:
        return say("ubl.no-number" if not number else "ubl.no-buyer" if not debtor.name else "ubl.no-amount")
    notes = [text(note) for note in each(root, "PaymentTerms/Note")]
    due = _due(root, problems)
    term = term_days(notes)
    if due is None and invoiced > 0:
        problems.warn(
            "ubl.no-due" if term is None else "ubl.term-only", field="DueDate", number=number, days=term or 0
        )
    seller = first(root, "AccountingSupplierParty/Party")
    pdf_name, pdf = _pdf(root, number, problems)
    return InvoiceRecord(
        number=number,
        debtor=debtor,
        issued=day(root, "IssueDate"),
        due=due,
        currency=_currency(root),
        amount_cents=invoiced,
        open_cents=left,
        kind="credit_note" if invoiced < 0 or (invoiced == 0 and "Credit" in local(root)) else "invoice",
        reference=_reference(root),
        description=short_description(_items(root)),
        your_reference=text(root, "BuyerReference") or text(root, "OrderReference/ID"),
        term_days=term,
        direct_debit=any(text(m, "PaymentMeansCode") in DIRECT_DEBIT for m in each(root, "PaymentMeans")),
        g_account_cents=_g_account(root),
        credits=tuple(text(n) for n in each(root, "BillingReference/InvoiceDocumentReference/ID") if text(n)),
        seller_name=ubl_party.party_name(seller),
        seller_vat=ubl_party.seller_vat(seller),
        seller_iban=_iban(root),
        pdf_name=pdf_name,
        pdf=pdf,
    )


def _amounts(root: Element) -> tuple[int | None, int | None]:
    total = first(root, "LegalMonetaryTotal")
    payable, prepaid = cents(total, "PayableAmount"), cents(total, "PrepaidAmount")
    whole = cents(total, "TaxInclusiveAmount")
    if payable is None:
        return None, None
    sign = _sign(root, payable)
    if prepaid and whole is not None:
        return sign * whole, sign * payable
    return sign * payable, None


def _sign(root: Element, payable: int) -> int:
    """-1 for a credit note, and for an invoice that its type code calls one although its sum is positive."""
    if "CreditNote" in local(root):
        return -1
    return -1 if text(root, "InvoiceTypeCode") in CREDIT_CODES and payable > 0 else 1


def _currency(root: Element) -> str:
    total = first(root, "LegalMonetaryTotal/PayableAmount")
    said = text(root, "DocumentCurrencyCode") or (total.get("currencyID") if total is not None else "")
    return (said or "EUR").upper()


def _due(root: Element, problems: ProblemList) -> date | None:
    """The due date of the document; without one the last of those that payment means and terms name."""
    stated = day(root, "DueDate")
    others = {d for node in each(root, "PaymentMeans|PaymentTerms/PaymentDueDate") if (d := day(node))}
    due = stated or max(others, default=None)
    different = sorted(others - {due} if due else ())
    if due and different:
        problems.warn("ubl.two-due-dates", field="DueDate", due=due, other=different[0])
    return due


def _is_g_account(means: Element) -> bool:
    return text(means, "ID").upper() == _G_ACCOUNT


def _g_account(root: Element) -> int:
    terms = (t for t in each(root, "PaymentTerms") if text(t, "PaymentMeansID").upper() == _G_ACCOUNT)
    return sum(cents(term, "Amount") or 0 for term in terms)


def _reference(root: Element) -> str:
    means = (m for m in each(root, "PaymentMeans") if not _is_g_account(m))
    return compact_reference(next((said for m in means if (said := text(m, "PaymentID"))), ""))


def _iban(root: Element) -> str:
    means = (m for m in each(root, "PaymentMeans") if not _is_g_account(m))
    return IBAN.compact(next((said for m in means if (said := text(m, "PayeeFinancialAccount/ID"))), ""))


def _items(root: Element) -> Iterator[str]:
    for item in each(root, "InvoiceLine|CreditNoteLine/Item"):
        yield text(item, "Name") or text(item, "Description")


def _pdf(root: Element, number: str, problems: ProblemList) -> tuple[str, bytes | None]:
    """The invoice's own PDF: the attachment marked or numbered as the invoice, otherwise the first that is a PDF."""
    found: list[tuple[bool, str, bytes]] = []
    for document in each(root, "AdditionalDocumentReference"):
        node = first(document, "Attachment/EmbeddedDocumentBinaryObject")
        if node is None or "pdf" not in f"{node.get('mimeCode')} {node.get('filename')}".lower():
            continue
        content = embedded(node)
        if content is None or not content.startswith(_PDF):
            problems.warn("ubl.not-a-pdf", field="EmbeddedDocumentBinaryObject", number=number)
            continue
        mark = f"{text(document, 'DocumentDescription')} {text(document, 'DocumentTypeCode')}".lower().split()
        main = text(document, "ID") == number or any(word in _MAIN for word in mark)
        label = (node.get("filename") or "").replace("\\", "/").rpartition("/")[2]
        found.append((not main, label or f"{number}.pdf", content))
    return min(found, key=lambda one: one[0])[1:] if found else ("", None)
