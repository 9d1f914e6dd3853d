"""Electronic invoices, built small; the sample files are in test_shared_samples."""

import base64
from datetime import date

import pytest

from beluur.importers.read import read
from beluur.importers.records import FileContents, InvoiceRecord

PDF = b"%PDF-1.4\n%%EOF"
NS = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:{0}-2" '
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)
BUYER = """<cac:AccountingCustomerParty><cac:Party><cbc:EndpointID schemeID="{scheme}">{id}</cbc:EndpointID>
  <cac:PartyIdentification><cbc:ID>10023</cbc:ID></cac:PartyIdentification>
  <cac:PartyName><cbc:Name>Klant BV</cbc:Name></cac:PartyName>
  <cac:PostalAddress><cbc:StreetName>Dorpsstraat 1</cbc:StreetName><cbc:CityName>Voorbeeldstad</cbc:CityName>
    <cbc:PostalZone>1000 AA</cbc:PostalZone>
  <cac:Country><cbc:IdentificationCode>NL</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  <cac:Contact><cbc:Name>Iemand Anders</cbc:Name><cbc:Telephone>020 123 45 00</cbc:Telephone>
    <cbc:ElectronicMail>post@example.com</cbc:ElectronicMail></cac:Contact></cac:Party></cac:AccountingCustomerParty>"""


def ubl(
    extra: str = "", *, kind: str = "Invoice", payable: str = "121.00", due: str = "2026-10-31", scheme: str = "0106",
    id: str = "12345678",  # noqa: A002
    totals: str = "",
) -> bytes:  # fmt: skip
    stated = f"<cbc:DueDate>{due}</cbc:DueDate>" if due else ""
    return (
        f"<{kind} {NS.format(kind)}><cbc:ID>F1</cbc:ID><cbc:IssueDate>2026-10-01</cbc:IssueDate>{stated}"
        f"<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{BUYER.format(scheme=scheme, id=id)}{extra}"
        f"<cac:LegalMonetaryTotal>{totals}"
        f'<cbc:PayableAmount currencyID="EUR">{payable}</cbc:PayableAmount></cac:LegalMonetaryTotal>'
        f"<cac:{kind}Line><cac:Item><cbc:Name>Schilderwerk</cbc:Name></cac:Item></cac:{kind}Line></{kind}>"
    ).encode()


def only(contents: FileContents) -> InvoiceRecord:
    assert len(contents.invoices) == 1, contents.problems
    return contents.invoices[0]


def codes(contents: FileContents) -> list[str]:
    return [problem.code for problem in contents.problems]


def attachment(content: bytes, name: str = "../F1.pdf", mark: str = "F1") -> str:
    return (
        f"<cac:AdditionalDocumentReference><cbc:ID>{mark}</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="{name}">{base64.b64encode(content).decode()}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )


def test_an_invoice() -> None:
    contents = read("f1.xml", ubl(attachment(PDF)))
    invoice = only(contents)
    assert contents.format == "ubl-invoice"
    assert (invoice.number, invoice.issued, invoice.due) == ("F1", date(2026, 10, 1), date(2026, 10, 31))
    assert (invoice.amount_cents, invoice.open_cents, invoice.currency, invoice.kind) == (
        12100,
        None,
        "EUR",
        "invoice",
    )
    assert (invoice.pdf, invoice.pdf_name, invoice.description) == (PDF, "F1.pdf", "Schilderwerk")
    assert (invoice.debtor.name, invoice.debtor.customer_number, invoice.debtor.company_number) == (
        "Klant BV",
        "10023",
        "12345678",
    )
    assert (invoice.debtor.street, invoice.debtor.postcode, invoice.debtor.country) == (
        "Dorpsstraat 1",
        "1000 AA",
        "NL",
    )
    (contact,) = contents.contacts
    assert (contact.name, contact.phone, contact.email) == (
        "Iemand Anders",
        "020 123 45 00",
        "post@example.com",
    )
    assert contents.problems == ()


@pytest.mark.parametrize(
    ("content", "cents", "kind"),
    [
        pytest.param(ubl(kind="CreditNote"), -12100, "credit_note", id="a credit note"),
        pytest.param(ubl(payable="-121.00"), -12100, "credit_note", id="an invoice for less than nothing"),
        pytest.param(
            ubl("<cbc:InvoiceTypeCode>381</cbc:InvoiceTypeCode>"),
            -12100,
            "credit_note",
            id="an invoice coded 381",
        ),
        pytest.param(
            ubl("<cbc:InvoiceTypeCode>384</cbc:InvoiceTypeCode>"), 12100, "invoice", id="a corrected invoice"
        ),
        pytest.param(
            ubl("<cbc:InvoiceTypeCode>389</cbc:InvoiceTypeCode>"), 12100, "invoice", id="self-billed"
        ),
        pytest.param(
            ubl(kind="CreditNote", payable="-121.00"),
            12100,
            "invoice",
            id="a credit note for less than nothing",
        ),
    ],
)
def test_sign(content: bytes, cents: int, kind: str) -> None:
    contents = read("x.xml", content)
    assert (only(contents).amount_cents, only(contents).kind) == (cents, kind)
    assert contents.format == ("ubl-credit-note" if kind == "credit_note" else "ubl-invoice")


def test_prepaid_lowers_what_is_open() -> None:
    totals = (
        "<cbc:TaxInclusiveAmount>200.00</cbc:TaxInclusiveAmount><cbc:PrepaidAmount>79.00</cbc:PrepaidAmount>"
    )
    invoice = only(read("x.xml", ubl(totals=totals)))
    assert (invoice.amount_cents, invoice.open_cents) == (20000, 12100)


@pytest.mark.parametrize(
    ("scheme", "number", "field", "value"),
    [
        pytest.param("0106", "12345678", "company_number", "12345678", id="KvK"),
        pytest.param("0208", "0403019261", "company_number", "0403019261", id="KBO"),
        pytest.param("9925", "BE0403019261", "vat_number", "BE0403019261", id="Belgian VAT"),
        pytest.param("9944", "NL004495445B01", "vat_number", "NL004495445B01", id="Dutch VAT"),
        pytest.param("0190", "00000001234567890000", "kind", "government", id="OIN is a government"),
        pytest.param("0088", "1234567890123", "company_number", "", id="a GLN is no company number"),
    ],
)
def test_buyer_by_scheme(scheme: str, number: str, field: str, value: str) -> None:
    assert getattr(only(read("x.xml", ubl(scheme=scheme, id=number))).debtor, field) == value


def test_due_date_from_the_payment_means_when_there_is_no_other() -> None:
    means = "<cac:PaymentMeans><cbc:PaymentDueDate>2026-11-{}</cbc:PaymentDueDate></cac:PaymentMeans>"
    contents = read("x.xml", ubl(means.format("05") + means.format("09"), due=""))
    assert only(contents).due == date(2026, 11, 9)
    assert codes(contents) == ["ubl.two-due-dates"]


def test_term_without_a_due_date_is_not_guessed_into_one() -> None:
    contents = read(
        "x.xml", ubl("<cac:PaymentTerms><cbc:Note>Binnen 30 dagen</cbc:Note></cac:PaymentTerms>", due="")
    )
    assert (only(contents).due, only(contents).term_days) == (None, 30)
    assert codes(contents) == ["ubl.term-only"]


def test_payment_means() -> None:
    means = (
        "<cac:PaymentMeans><cbc:ID>BENEFICIARY</cbc:ID><cbc:PaymentMeansCode>59</cbc:PaymentMeansCode>"
        "<cbc:PaymentID>+++010/8068/17183+++</cbc:PaymentID><cac:PayeeFinancialAccount><cbc:ID>NL91 ABNA 0417 1643 00</cbc:ID>"
        "</cac:PayeeFinancialAccount></cac:PaymentMeans>"
        "<cac:PaymentMeans><cbc:ID>GACCOUNT</cbc:ID><cbc:PaymentID>X</cbc:PaymentID></cac:PaymentMeans>"
        "<cac:PaymentTerms><cbc:PaymentMeansID>GACCOUNT</cbc:PaymentMeansID><cbc:Amount>30.25</cbc:Amount></cac:PaymentTerms>"
    )
    invoice = only(read("x.xml", ubl(means)))
    assert (invoice.reference, invoice.seller_iban) == ("010806817183", "NL91ABNA0417164300")
    assert (invoice.direct_debit, invoice.g_account_cents) == (True, 3025)


def test_what_a_credit_note_corrects() -> None:
    reference = "<cac:InvoiceDocumentReference><cbc:ID>F0</cbc:ID></cac:InvoiceDocumentReference>"
    reference = f"<cac:BillingReference>{reference}</cac:BillingReference>"
    assert only(read("x.xml", ubl(reference, kind="CreditNote"))).credits == ("F0",)


def test_the_attachment_with_the_invoice_number_is_the_copy() -> None:
    contents = read(
        "x.xml", ubl(attachment(PDF + b"1", "terms.pdf", "A1") + attachment(PDF + b"2", "invoice.pdf"))
    )
    assert only(contents).pdf_name == "invoice.pdf"


def test_a_pdf_of_a_few_megabytes() -> None:
    contents = read("x.xml", ubl(attachment(PDF + b"x" * 5_000_000)))
    assert len(only(contents).pdf or b"") > 5_000_000


def test_an_attachment_that_is_no_pdf() -> None:
    contents = read("x.xml", ubl(attachment(b"hello")))
    assert only(contents).pdf is None
    assert codes(contents) == ["ubl.not-a-pdf"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(ubl(payable="12,10"), "ubl.bad-value", id="an amount with a comma"),
        pytest.param(ubl(payable="12.105"), "ubl.bad-value", id="half a cent"),
        pytest.param(ubl(payable="NaN"), "ubl.bad-value", id="no number"),
        pytest.param(ubl(payable=""), "ubl.no-amount", id="no amount"),
        pytest.param(ubl(due="2026-02-31"), "ubl.bad-value", id="31 February"),
        pytest.param(
            ubl()
            .replace(b"<cbc:Name>Klant BV</cbc:Name>", b"")
            .replace(b"<cbc:Name>Iemand Anders</cbc:Name>", b""),
            "ubl.no-buyer",
            id="no buyer",
        ),
    ],
)
def test_refused(content: bytes, code: str) -> None:
    contents = read("x.xml", content)
    assert contents.refused
    assert codes(contents) == [code]


def test_in_an_envelope() -> None:
    inner = ubl().decode()
    sbd = f'<StandardBusinessDocument xmlns="urn:sbdh"><StandardBusinessDocumentHeader/>{inner}</StandardBusinessDocument>'
    assert only(read("x.xml", sbd.encode())).number == "F1"


def test_nothing_in_a_name_is_more_than_text() -> None:
    contents = read("x.xml", ubl().replace(b"Klant BV", b"&lt;script&gt;alert(1)&lt;/script&gt;"))
    assert only(contents).debtor.name == "<script>alert(1)</script>"
