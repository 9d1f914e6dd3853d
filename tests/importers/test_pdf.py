"""Loose PDFs: text to match by, or the invoice inside."""

import io

from pypdf import PdfWriter

from beluur.importers.read import read

CII = """<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocument><ram:ID>F1</ram:ID><ram:TypeCode>{code}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20261001</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
<ram:ApplicableHeaderTradeAgreement><ram:BuyerTradeParty><ram:Name>Klant BV</ram:Name></ram:BuyerTradeParty>
</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradePaymentTerms>
<ram:DueDateDateTime><udt:DateTimeString format="102">20261031</udt:DateTimeString></ram:DueDateDateTime>
</ram:SpecifiedTradePaymentTerms><ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount>121.00</ram:GrandTotalAmount>
<ram:DuePayableAmount>121.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""


def pdf(xml: str = "", password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if xml:
        writer.add_attachment("factur-x.xml", xml.encode())
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_scan_has_no_text_and_is_kept() -> None:
    contents = read("F1.pdf", pdf())
    (record,) = contents.pdfs
    assert (record.name, record.text) == ("F1.pdf", "")
    assert [p.code for p in contents.problems] == ["pdf.no-text"]


def test_the_invoice_inside() -> None:
    content = pdf(CII.format(code="380"))
    contents = read("F1.pdf", content)
    (invoice,) = contents.invoices
    assert (invoice.number, invoice.amount_cents, invoice.debtor.name, invoice.pdf) == (
        "F1",
        12100,
        "Klant BV",
        content,
    )
    assert contents.pdfs == ()


def test_a_credit_note_inside() -> None:
    (invoice,) = read("F1.pdf", pdf(CII.format(code="381"))).invoices
    assert (invoice.amount_cents, invoice.kind) == (-12100, "credit_note")


def test_broken_xml_inside_leaves_the_pdf() -> None:
    contents = read("F1.pdf", pdf("<broken"))
    assert len(contents.pdfs) == 1
    assert "pdf.broken-xml" in [p.code for p in contents.problems]


def test_with_a_password() -> None:
    assert read("F1.pdf", pdf(password="x")).problems[0].code == "file.password"


def test_loose_xml_of_the_same_kind() -> None:
    contents = read("f1.xml", CII.format(code="380").encode())
    assert contents.format == "cii-invoice"
    assert contents.invoices[0].pdf is None
