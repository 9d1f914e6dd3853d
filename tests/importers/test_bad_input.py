"""What is not taken: each with a sentence, nothing read, nothing raised."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beluur.importers import limits
from beluur.importers import read as door
from beluur.importers.read import read
from tests.examples import examples

UBL = '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">{}</Invoice>'
REMINDER = '<Reminder xmlns="urn:oasis:names:specification:ubl:schema:xsd:Reminder-2"/>'
MT940 = ":20:DEMO\n:25:NL91ABNA0417164300EUR\n:60F:C261101EUR1,00\n:61:2611021102C1,00NTRFNONREF\n"
CODA = (
    "0000001112612300005        00000000  DEMO                      BBRUBEBB   00000000000 00000"
    + " " * 20
    + "\n12001BE68539007547034\n"
)


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def workbook_with_sheet(xml: bytes) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Naam", "Factuurnummer"])
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as archive:
        members = [
            (n, xml if n == "xl/worksheets/sheet1.xml" else archive.read(n)) for n in archive.namelist()
        ]
    return zipped(*members)


FAR_CELL = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
BOMB = workbook_with_sheet(
    b"<worksheet><sheetData>" + b" " * (limits.RATIO_COUNTS_FROM + 1) + b"</sheetData></worksheet>"
)


def lying_bomb() -> bytes:
    """A zip whose entry says it is ten bytes long and unpacks to much more."""
    honest = BOMB
    size = struct.pack(
        "<I", limits.RATIO_COUNTS_FROM + 1 + len(b"<worksheet><sheetData></sheetData></worksheet>")
    )
    assert size in honest
    return honest.replace(size, struct.pack("<I", 10))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "file.empty", id="an empty file"),
        pytest.param(b" \r\n\t ", "file.empty", id="only blanks"),
        pytest.param(b"\xef\xbb\xbf", "file.empty", id="only a byte order mark"),
        pytest.param(b"Beste,\n\nHierbij de lijst.\n", "table.not-a-table", id="a letter"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "file.not-text", id="a picture"),
        pytest.param(b"a;b\0c;d\n" * 50, "file.not-text", id="NUL bytes in text"),
        pytest.param(
            b"<html><table><tr><td>Factuur</td></tr></table></html>", "file.html", id="a web page called xls"
        ),
        pytest.param(b"PK\x03\x04" + b"\0" * 40, "zip.broken", id="a damaged zip"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook.unreadable", id="a damaged xls"
        ),
        pytest.param(b"%PDF-1.4\nnothing", "pdf.unreadable", id="a damaged PDF"),
        pytest.param(
            zipped(("xl/workbook.xml", b"<x/>")), "workbook.unreadable", id="an xlsx with nothing in it"
        ),
        pytest.param(workbook_with_sheet(FAR_CELL), "workbook.too-wide", id="a cell in the far corner"),
        pytest.param(BOMB, "zip.bomb", id="a zip bomb as xlsx"),
        pytest.param(lying_bomb(), "zip.bomb", id="a zip bomb that lies about its size"),
        pytest.param(zipped(("a.zip", zipped(("b.csv", b"x")))), "zip.nested", id="a zip in a zip"),
        pytest.param(zipped(), "file.empty", id="an empty zip"),
        pytest.param(
            zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")),
            "file.not-text",
            id="a letter in Word",
        ),
        pytest.param(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "xml.doctype", id="entities"),
        pytest.param(
            b"<?xml version='1.0'?><!DOCTYPE x SYSTEM 'http://example.com/x.dtd'><x/>",
            "xml.doctype",
            id="a DTD",
        ),
        pytest.param("<!DOCTYPE x []><x/>".encode("utf-16"), "xml.doctype", id="a DTD in UTF-16"),
        pytest.param(b"<a>" * 10_000 + b"</a>" * 10_000, "xml.too-deep", id="10,000 levels"),
        pytest.param(b"<a>" * 200 + b"</a>" * 200, "xml.too-deep", id="200 levels"),
        pytest.param(UBL.format("<ID>1</ID>").encode()[:90], "xml.broken", id="XML cut in half"),
        pytest.param(UBL.format("").encode(), "ubl.no-number", id="a UBL invoice without a number"),
        pytest.param(REMINDER.encode(), "ubl.reminder", id="a UBL reminder"),
        pytest.param(REMINDER.replace("Reminder", "Order").encode(), "ubl.other-document", id="a UBL order"),
        pytest.param(
            b"<auditfile xmlns='http://www.auditfiles.nl/XAF/3.2'/>", "xml.audit-file", id="an audit file"
        ),
        pytest.param(b"<recipe/>", "xml.unknown", id="XML of something else"),
        pytest.param(
            b'Naam;Factuur\n"' + b"x" * 200_000, "table.broken-quote", id="a quotation mark that stays open"
        ),
    ],
)
def test_refused_with_a_sentence(content: bytes, code: str) -> None:
    contents = read("bestand", content)
    assert contents.refused
    (problem,) = contents.problems
    assert problem.code == code
    assert problem.where.startswith("bestand")
    assert contents.invoices == contents.debtors == ()


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MAX_BYTES", 10)
    assert read("x.csv", b"x" * 11).problems[0].code == "file.too-large"


def test_a_zip_of_bank_statements() -> None:
    other = MT940.replace("NL91ABNA0417164300", "NL20INGB0001234567")
    contents = read("juni.zip", zipped(("a.sta", MT940.encode()), ("b.sta", other.encode())))
    assert [contents.statements[t.statement].account for t in contents.transactions] == [
        "NL91ABNA0417164300",
        "NL20INGB0001234567",
    ]
    assert contents.accounts == ("NL91ABNA0417164300", "NL20INGB0001234567")


def test_a_zip_of_several_files() -> None:
    head = b"Naam;Factuurnummer;Vervaldatum;Saldo\n"
    contents = read(
        "alles.zip",
        zipped(
            ("map/a.csv", head + b"J;F1;31-10-2026;1,00\n"),
            ("b.csv", head + b"J;F2;31-10-2026;1,00\n"),
            ("c.txt", b"x"),
        ),
    )
    assert [i.number for i in contents.invoices] == ["F1", "F2"]
    assert not contents.refused
    assert [p.where for p in contents.problems] == ["alles.zip/c.txt"]


def test_a_zip_of_which_nothing_is_taken_is_refused() -> None:
    contents = read("x.zip", zipped(("a.txt", b"x"), ("b.png", bytes(range(256)))))
    assert contents.refused
    assert [p.code for p in contents.problems] == ["table.not-a-table", "file.not-text"]


def test_too_many_in_a_zip() -> None:
    contents = read("x.zip", zipped(*((f"{n}.csv", b"") for n in range(limits.MAX_MEMBERS + 1))))
    assert contents.problems[0].code == "zip.too-many"


def test_a_formula_stays_text() -> None:
    contents = read("x.csv", b"Naam;Factuurnummer;Vervaldatum;Saldo\n=HYPERLINK(1);F1;31-10-2026;1,00\n")
    assert contents.invoices[0].debtor.name == "=HYPERLINK(1)"


SEEDS = [
    b"Naam;Factuurnummer;Vervaldatum;Saldo\nJansen;F1;31-10-2026;1,00\n",
    "Klant;Telefoon\nJansen;020 123 45 00\n".encode("utf-16"),
    UBL.format("<ID>1</ID>").encode(),
    MT940.encode(),
    workbook_with_sheet(FAR_CELL),
    zipped(("a.csv", b"Naam;Saldo\n"), ("b.xml", REMINDER.encode())),
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A real file with bytes changed, cut out or put in."""
    content = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 8))] = draw(st.binary(max_size=8))
    return bytes(content)


@settings(max_examples=examples(120), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=300) | damaged() | st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))
)
def test_any_bytes_are_answered(content: bytes) -> None:
    contents = read("wat.bin", content)
    assert contents.format
    assert "file.reader-failed" not in [problem.code for problem in contents.problems]


def test_a_failing_reader_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(door, "_read", fails)
    assert read("x", b"x").problems[0].code == "file.reader-failed"


def test_deflate_without_an_end() -> None:
    packed = zlib.compress(b"x" * 100)[2:-4]
    assert read("x.zip", zipped(("a", b"y" * 50)).replace(packed, b"")).problems
