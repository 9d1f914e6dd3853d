"""Cross Industry Invoice (CII), the syntax inside Factur-X and ZUGFeRD: number, days, amounts, buyer. ZUGFeRD 1 calls the same
things by older names, which stand second."""

from __future__ import annotations

from beluur.importers.debtors import first_email
from beluur.importers.problem_list import ProblemList, refused
from beluur.importers.records import ContactRecord, DebtorRecord, FileContents, InvoiceRecord
from beluur.importers.ubl import CREDIT_CODES, DIRECT_DEBIT
from beluur.importers.xml_tree import Element, each, first, local, text
from beluur.importers.xml_values import BadValueError, cents, day, short_description, term_days
from beluur.values.numbers import IBAN, VAT, compact_company_number, compact_reference
from beluur.values.sentence import Sentence, say

_TRADE = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
_SETTLEMENT = f"{_TRADE}/ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMS = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_AGREEMENT = f"{_TRADE}/ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_ITEM = f"{_TRADE}/IncludedSupplyChainTradeLineItem/SpecifiedTradeProduct/Name"


def is_cii(root: Element) -> bool:
    """Whether ``root`` is a Cross Industry Invoice."""
    return local(root) in ("CrossIndustryInvoice", "CrossIndustryDocument")


def read_cii(name: str, root: Element) -> FileContents:
    """The invoice in ``root``; refused when it lacks number, buyer or amount."""
    base = FileContents(name=name, format="cii-invoice")
    problems = ProblemList(name)
    try:
        invoice = _invoice(root, problems)
    except BadValueError as bad:
        return refused(base, say("ubl.bad-value", field=bad.field.rpartition("/")[2], value=bad.value))
    if isinstance(invoice, Sentence):
        return refused(base, invoice)
    contact = _contact(first(root, f"{_AGREEMENT}/BuyerTradeParty"), invoice.debtor)
    kind = "cii-credit-note" if invoice.kind == "credit_note" else "cii-invoice"
    return FileContents(
        name=name,
        format=kind,
        invoices=(invoice,),
        contacts=(contact,) if contact else (),
        debtors=(invoice.debtor,),
        problems=problems.all(),
    )


def _invoice(root: Element, problems: ProblemList) -> InvoiceRecord | Sentence:
    document = first(root, "ExchangedDocument|HeaderExchangedDocument")
    agreement, settlement = first(root, _AGREEMENT), first(root, _SETTLEMENT)
    number = text(document, "ID")
    debtor = _debtor(first(agreement, "BuyerTradeParty"))
    invoiced, left = _amounts(document, settlement)
    if not number or not debtor.name or invoiced is None:
        return say("ubl.no-number" if not number else "ubl.no-buyer" if not debtor.name else "ubl.no-amount")
    terms = list(each(settlement, "SpecifiedTradePaymentTerms"))
    due = max((d for t in terms if (d := day(t, "DueDateDateTime/DateTimeString"))), default=None)
    term = term_days(text(t, "Description") for t in terms)
    if due is None and invoiced > 0:
        problems.warn(
            "ubl.no-due" if term is None else "ubl.term-only", field="DueDate", number=number, days=term or 0
        )
    means = list(each(settlement, "SpecifiedTradeSettlementPaymentMeans"))
    seller = first(agreement, "SellerTradeParty")
    ibans = (text(m, "PayeePartyCreditorFinancialAccount/IBANID") for m in means)
    return InvoiceRecord(
        number=number,
        debtor=debtor,
        issued=day(document, "IssueDateTime/DateTimeString"),
        due=due,
        currency=(text(settlement, "InvoiceCurrencyCode") or "EUR").upper(),
        amount_cents=invoiced,
        open_cents=left,
        kind="credit_note" if invoiced < 0 else "invoice",
        reference=compact_reference(text(settlement, "PaymentReference")),
        description=short_description(text(item) for item in each(root, _ITEM)),
        your_reference=text(agreement, "BuyerReference")
        or text(agreement, "BuyerOrderReferencedDocument/IssuerAssignedID"),
        term_days=term,
        direct_debit=any(text(m, "TypeCode") in DIRECT_DEBIT for m in means),
        credits=tuple(
            text(n) for n in each(settlement, "InvoiceReferencedDocument/IssuerAssignedID") if text(n)
        ),
        seller_name=text(seller, "Name"),
        seller_vat=_vat(seller),
        seller_iban=IBAN.compact(next(filter(None, ibans), "")),
    )


def _amounts(document: Element | None, settlement: Element | None) -> tuple[int | None, int | None]:
    sums = first(settlement, _SUMS)
    payable, whole = cents(sums, "DuePayableAmount"), cents(sums, "GrandTotalAmount")
    prepaid = cents(sums, "TotalPrepaidAmount")
    payable = whole if payable is None else payable
    if payable is None:
        return None, None
    sign = -1 if text(document, "TypeCode") in CREDIT_CODES and payable > 0 else 1
    if prepaid and whole is not None:
        return sign * whole, sign * payable
    return sign * payable, None


def _debtor(party: Element | None) -> DebtorRecord:
    address = first(party, "PostalTradeAddress")
    country = text(address, "CountryID").upper()
    contact = first(party, "DefinedTradeContact")
    return DebtorRecord(
        name=text(party, "Name")[:200],
        customer_number=text(party, "ID"),
        vat_number=_vat(party),
        company_number=compact_company_number(text(party, "SpecifiedLegalOrganization/ID"), country),
        email=first_email(text(contact, "EmailURIUniversalCommunication/URIID")),
        phone=text(contact, "TelephoneUniversalCommunication/CompleteNumber"),
        street=text(address, "LineOne"),
        postcode=text(address, "PostcodeCode"),
        city=text(address, "CityName"),
        country=country if len(country) == 2 else "",
    )


def _contact(party: Element | None, debtor: DebtorRecord) -> ContactRecord | None:
    name = text(first(party, "DefinedTradeContact"), "PersonName")
    if not (name or debtor.phone or debtor.email):
        return None
    return ContactRecord(debtor=debtor, name=name, phone=debtor.phone, email=debtor.email)


def _vat(party: Element | None) -> str:
    ids = (node for node in each(party, "SpecifiedTaxRegistration/ID") if node.get("schemeID") == "VA")
    return VAT.compact(text(next(ids, None)))
