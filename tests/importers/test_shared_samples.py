"""The shared sample files against what their manifest says of them."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from beluur.importers.cells import squash
from beluur.importers.read import read

SAMPLES = Path(__file__).parents[2] / "../shared/samples"
MANIFEST = SAMPLES / "MANIFEST.tsv"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not here"),
]

NO_INVOICE = {
    "oasis-tcs-ubl__UBL-Statement-2.0-Example.xml": "ubl.statement",
    "simplerinvoicing-testset__SI-UBL-INV-1.2-ok-EUGEN-T10-R036.xml": "ubl.no-buyer",
}
LOOSE_PDFS = (
    "zugferd-corpus__RE-E-974-Hetzner_2016-01-19_R0005532486.pdf",
    "zugferd-corpus__factur-x-invalid-xml-encoding-attribute.pdf",
)
REFUSED_LISTS = {
    "same workbook, trimmed sheet": "table.no-due",
    "SAP FBL*N line items": "table.no-due",
    "Exact Online REST read/financial/AgingReceivablesList": "table.aged-only",
    "e-Boekhouden SOAP cOpenPost": "table.no-due",
    "Odoo OCA Aged Partner Balance": "table.aged-only",
    "Business Central API agedAccountsReceivable": "table.aged-only",
    "WinBooks (BE) Balance courante clients": "table.balances-only",
}
NO_LISTS = (
    "Visual",
    "Business Central ->",
    "XAF",
    "Yuki open-items CSV",
    "Nmbrs",
)  # described in words, or no open items


def rows(*kinds: str) -> list[dict[str, str]]:
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8") as lines:
        return [
            row
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["kind"] in kinds
        ]


def stated(expected: str, field: str) -> str:
    match = re.search(rf"\b{field}=([^;]*)", expected)
    return match[1].strip().removesuffix("-") if match else ""


@pytest.mark.parametrize("row", rows("ubl", "facturx"), ids=lambda row: row["file"].rpartition("/")[2])
def test_electronic_invoices(row: dict[str, str]) -> None:
    name = row["file"].rpartition("/")[2]
    contents = read(name, (SAMPLES / row["file"]).read_bytes())
    if name in NO_INVOICE:
        assert [problem.code for problem in contents.problems] == [NO_INVOICE[name]]
        return
    if name in LOOSE_PDFS:
        assert contents.pdfs
        assert contents.pdfs[0].text
        return
    (invoice,) = contents.invoices
    expected = row["expected"]
    assert not contents.refused
    assert invoice.number == (stated(expected, "id") or invoice.number)
    assert str(invoice.issued) == (stated(expected, "issue") or str(invoice.issued))
    due = stated(expected, "due").replace("-", "")
    assert invoice.due == (date(int(due[:4]), int(due[4:6]), int(due[6:])) if due else None)
    amount, _, currency = (
        stated(expected, "payable") or f"{stated(expected, 'total')} {stated(expected, 'ccy')}"
    ).partition(" ")
    payable = invoice.amount_cents if invoice.open_cents is None else invoice.open_cents
    credit = expected.startswith(("CreditNote", "SelfBilledCreditNote"))
    if amount:
        assert payable == round(float(amount) * 100) * (-1 if credit else 1)
        assert invoice.currency == currency
    buyer = re.sub(r" \[.*", "", stated(expected, "buyer"))
    assert invoice.debtor.name == (buyer or invoice.debtor.name)
    if row["file"].endswith(".pdf"):
        assert invoice.pdf
    elif long_pdf := re.search(r"application/pdf/[^/]*/(\d{4,}) b64", expected):
        assert len(invoice.pdf or b"") == pytest.approx(int(long_pdf[1]) * 3 / 4, rel=0.05)


@pytest.mark.parametrize("row", rows("xaf"), ids=lambda row: row["file"].rpartition("/")[2])
def test_audit_files_are_refused(row: dict[str, str]) -> None:
    contents = read(row["file"], (SAMPLES / row["file"]).read_bytes())
    assert contents.refused
    assert contents.problems[0].code in ("xml.audit-file", "xml.broken", "xml.unknown")


def exports() -> list[tuple[str, list[str]]]:
    table = SAMPLES / "openitems-headers.tsv"
    if not table.exists():
        return []
    with table.open(encoding="utf-8") as lines:
        found = [(row["package_export"], row["columns"]) for row in csv.DictReader(lines, delimiter="\t")]
    return [
        (name, re.split(r"\s\|\s" if " | " in columns else "[;,]", columns))
        for name, columns in found
        if not name.startswith(NO_LISTS)
    ]


def cell(header: str) -> str:
    """A plausible value under ``header``, by what its words say."""
    name = squash(header)
    if (
        any(word in name for word in ("datum", "date", "vervalt", "vervaldag", "echeance"))
        and "dagen" not in name
        and "pastdue" not in name
    ):
        return "31-10-2026"
    amounts = (
        "bedrag",
        "amount",
        "saldo",
        "total",
        "openstaand",
        "original",
        "resid",
        "resterend",
        "origineel",
        "betrag",
        "solde",
        "debit",
        "credit",
        "value",
    )
    if any(word in name for word in amounts) or name in ("factuur", "voldaan", "outstandingdc", "open"):
        return "1.234,50"
    currency = any(word in name for word in ("curren", "valuta", "curcode", "hauswahrung", "cur", "huidig"))
    return "EUR" if currency else "" if name in ("type", "soort", "belegart") else "X1"


@pytest.mark.parametrize(("name", "headers"), exports(), ids=[name for name, _ in exports()])
def test_headers_of_every_export(name: str, headers: list[str]) -> None:
    text = "\t".join(headers) + "\n" + "\t".join(map(cell, headers)) + "\n"
    contents = read("export.csv", text.encode())
    codes = [problem.code for problem in contents.problems]
    if name in REFUSED_LISTS:
        assert codes == [REFUSED_LISTS[name]]
        return
    assert "refused" not in [problem.severity for problem in contents.problems], codes
    (invoice,) = contents.invoices
    assert invoice.number
    assert invoice.debtor.name
    assert invoice.due == date(2026, 10, 31)
    assert invoice.open_cents is not None
