from __future__ import annotations

import csv
from pathlib import Path

import pytest

from beluur.mailroom.clean import file_name, one_line
from beluur.mailroom.epc import epc_payload, grouped_iban, iban_problem, qr_png, reference_of
from beluur.values.money import Money

IBAN = "NL91 ABNA 0417 1643 00"
FIELDS = Path("../shared/law/epc069_12_fields.csv")


def payload(**changes):
    given = {"name": "Naam BV", "iban": IBAN, "amount": Money(1234), "reference": reference_of("Factuur 1")}
    return epc_payload(**{**given, **changes})


def test_the_square_has_the_lines_of_the_standard():
    assert payload() == "BCD\n002\n1\nSCT\n\nNaam BV\nNL91ABNA0417164300\nEUR12.34\n\n\nFactuur 1"


@pytest.mark.shared
@pytest.mark.skipif(not FIELDS.exists(), reason="the table of fields is not here")
def test_no_line_is_longer_than_the_standard_allows():
    most = [int(row["max_chars"]) for row in csv.DictReader(FIELDS.open(encoding="utf-8"))]
    text = payload(name="N" * 200, reference=reference_of("x" * 200), amount=Money(99_999_999_999))
    assert text is not None
    assert all(len(line) <= limit for line, limit in zip(text.split("\n"), most, strict=False))
    assert len(text.encode()) <= 331


REFERENCES = [
    pytest.param("010806817183", "+++010/8068/17183+++", "010806817183", True, id="OGM without signs"),
    pytest.param("+++010/8068/17183+++", "+++010/8068/17183+++", "010806817183", True, id="OGM as printed"),
    pytest.param("RF18539007547034", "RF18 5390 0754 7034", "RF18539007547034", True, id="RF"),
    pytest.param("010806817184", "010806817184", "010806817184", False, id="an OGM with a wrong check"),
    pytest.param("0123456789012345", "0123456789012345", "0123456789012345", False, id="a betalingskenmerk"),
    pytest.param("F 1\r\nBCD", "F 1 BCD", "F 1 BCD", False, id="a line break"),
]


@pytest.mark.parametrize(("text", "shown", "code", "structured"), REFERENCES)
def test_a_reference_is_known_for_what_it_is(text, shown, code, structured):
    reference = reference_of(text)
    assert (reference.text, reference.code, reference.structured) == (shown, code, structured)


NO_SQUARE = [
    pytest.param({"amount": Money(0)}, id="nothing to pay"),
    pytest.param({"amount": Money(-1)}, id="money back"),
    pytest.param({"amount": Money(100_000_000_000)}, id="more than fits"),
    pytest.param({"amount": Money(100, "USD")}, id="dollars"),
    pytest.param({"iban": "NL91ABNA0417164301"}, id="a wrong account number"),
    pytest.param({"name": " "}, id="no name"),
]


@pytest.mark.parametrize("change", NO_SQUARE)
def test_there_is_no_square_for(change):
    assert payload(**change) is None


def test_a_name_cannot_add_a_line():
    text = payload(name="A\nBE68539007547034")
    assert text is not None
    assert text.split("\n")[5:7] == ["A BE68539007547034", "NL91ABNA0417164300"]


def test_the_picture_is_a_png():
    assert (qr_png("BCD") or b"").startswith(b"\x89PNG")


def test_what_does_not_fit_has_no_picture():
    assert qr_png("x" * 1000) is None


def test_an_account_number_is_written_in_fours():
    assert grouped_iban("be68539007547034") == "BE68 5390 0754 7034"
    assert iban_problem("BE68539007547034") is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\r\nb.pdf", "a b.pdf"),
        ("C:\\x\\y.pdf", "y.pdf"),
        ("..", "document"),
    ],
)
def test_a_file_name_has_no_path_and_no_break(name, kept):
    assert file_name(name) == kept


def test_one_line_keeps_the_spaces_that_do_not_break():
    assert one_line(" € 1 \n\x00 x\u2028y") == "€ 1 x y"
