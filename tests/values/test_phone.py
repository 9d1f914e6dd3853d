"""Phone numbers as debtors' lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.values.phone import parse_phone, phones_in


@pytest.mark.parametrize(
    ("text", "country", "e164", "national"),
    [
        pytest.param("020-123 45 00", "NL", "+31201234500", "020 123 4500", id="Dutch, written in Dutch"),
        pytest.param("0031 20 1234500", "NL", "+31201234500", "020 123 4500", id="two noughts for plus"),
        pytest.param(
            "+31 (0)20 1234500", "BE", "+31201234500", "+31 20 123 4500", id="Dutch number of a Belgian"
        ),
        pytest.param("02 123 45 00", "BE", "+3221234500", "02 123 45 00", id="Belgian"),
        pytest.param("tel. 020 123 45 00", "NL", "+31201234500", "020 123 4500", id="with the word in front"),
        pytest.param("0201234500 (receptie)", "NL", "+31201234500", "020 123 4500", id="with a remark"),
    ],
)
def test_parsed_with_the_country(text: str, country: str, e164: str, national: str) -> None:
    phone = parse_phone(text, country)
    assert phone is not None
    assert (phone.e164, phone.national) == (e164, national)


@pytest.mark.parametrize(
    "text",
    [
        "020 123 45 00 / 06-12345670",
        "020-1234500/06-12345670",
        "020 123 45 00 of 020 123 45 01",
        "020 1234500, 06 12345670",
        "onbekend / 020 1234500",
    ],
)
def test_of_several_in_one_cell_the_first_is_dialled(text: str) -> None:
    phone = parse_phone(text, "NL")
    assert phone is not None
    assert phone.e164 == "+31201234500"


def test_a_stroke_within_a_number() -> None:
    phone = parse_phone("0475/12.34.56", "BE")
    assert phone is not None
    assert phone.e164 == "+32475123456"


def test_extension_is_kept_apart() -> None:
    phone = parse_phone("020 123 45 00 toestel 12", "NL")
    assert phone is not None
    assert (phone.e164, phone.extension) == ("+31201234500", "12")


@pytest.mark.parametrize("text", ["", "geen", "112", "12", "x" * 500])
def test_not_a_number(text: str) -> None:
    assert parse_phone(text, "NL") is None


def test_several_in_one_cell_each_once() -> None:
    found = phones_in("020 123 45 00 / 020-1234501 of 0201234500", "NL")
    assert [p.e164 for p in found] == ["+31201234500", "+31201234501"]


@given(st.text(max_size=60), st.sampled_from(["NL", "BE", "", "XX"]))
def test_any_text_is_answered(text: str, country: str) -> None:
    parse_phone(text, country)
    phones_in(text, country)
