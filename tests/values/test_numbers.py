"""Numbers with a check: what is accepted, how it is stored, how people write it."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.values import numbers
from beluur.values.numbers import BETALINGSKENMERK, IBAN, KBO, KVK, OGM, RF, VAT, Scheme

VECTORS = Path(__file__).parents[2] / "../shared/law/reference_vectors.csv"
BY_NAME = {"BE-OGM": OGM, "NL-betalingskenmerk": BETALINGSKENMERK, "ISO11649-RF": RF}


@pytest.mark.parametrize(
    ("scheme", "text", "people"),
    [
        pytest.param(IBAN, "nl91abna0417164300", "NL91 ABNA 0417 1643 00", id="a Dutch account"),
        pytest.param(IBAN, "BE68 5390-0754-7034", "BE68 5390 0754 7034", id="a Belgian account with dashes"),
        pytest.param(OGM, "010806817183", "+++010/8068/17183+++", id="a Belgian reference bare"),
        pytest.param(
            OGM, "+++020/3430/53497+++", "+++020/3430/53497+++", id="remainder nought is written 97"
        ),
        pytest.param(BETALINGSKENMERK, "1234567", "1234 567", id="seven digits carry no check"),
        pytest.param(BETALINGSKENMERK, "4812345678", "4812 3456 78", id="length digit and check"),
        pytest.param(BETALINGSKENMERK, "0123456789012345", "0123 4567 8901 2345", id="sixteen digits"),
        pytest.param(RF, "rf18 5390 0754 7034", "RF18 5390 0754 7034", id="ISO 11649"),
        pytest.param(VAT, "be 0403.019.261", "BE 0403.019.261", id="Belgian VAT"),
        pytest.param(VAT, "BE403019261", "BE 0403.019.261", id="Belgian VAT of before 2008"),
        pytest.param(VAT, "NL 0044.95.445.B01", "NL004495445B01", id="Dutch VAT"),
        pytest.param(KBO, "0403019261", "0403.019.261", id="Belgian company"),
        pytest.param(KVK, "1234 5678", "12345678", id="Dutch company"),
    ],
)
def test_accepted_and_written(scheme: Scheme, text: str, people: str) -> None:
    assert scheme.valid(text)
    assert scheme.format(text) == people
    assert scheme.compact(people) == scheme.read(text)


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        pytest.param(IBAN, "NL92ABNA0417164300", id="wrong check of an account"),
        pytest.param(OGM, "020343057641", id="wrong remainder"),
        pytest.param(OGM, "+++000/0000/00000+++", id="nothing but noughts"),
        pytest.param(BETALINGSKENMERK, "0123456788", id="length digit does not fit"),
        pytest.param(BETALINGSKENMERK, "12-34567", id="an invoice number with a dash"),
        pytest.param(BETALINGSKENMERK, "123456789012345", id="fifteen digits do not exist"),
        pytest.param(KBO, "0403019262", id="wrong check of a company"),
        pytest.param(KVK, "1234567", id="seven digits"),
        pytest.param(VAT, "NL123456789B01", id="wrong check of a VAT number"),
    ],
)
def test_refused_and_left_as_it_is(scheme: Scheme, text: str) -> None:
    assert not scheme.valid(text)
    assert scheme.read(text) == ""
    assert scheme.format(text) == text


def test_free_text_is_no_reference() -> None:
    assert numbers.compact_reference("  Factuur 2026-0012 ") == "Factuur 2026-0012"
    assert numbers.format_reference("010806817183") == "+++010/8068/17183+++"
    assert numbers.reference_scheme("Factuur 12") is None


def test_company_number_by_form_and_country() -> None:
    assert numbers.compact_company_number("BE 0403.019.261", "BE") == "0403019261"
    assert numbers.compact_company_number("12345678", "NL") == "12345678"


@given(st.text(max_size=40))
def test_no_text_makes_a_check_fail_loudly(text: str) -> None:
    for scheme in (IBAN, OGM, RF, BETALINGSKENMERK, VAT, KVK, KBO):
        scheme.valid(text)
        scheme.format(text)


@pytest.mark.skipif(not VECTORS.exists(), reason="the shared vectors are not here")
def test_all_shared_vectors() -> None:
    with VECTORS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            expected = row["expected"] == "valid"  # a conflict follows the rule of Betaalvereniging
            assert BY_NAME[row["scheme"]].valid(row["reference"]) is expected, row
