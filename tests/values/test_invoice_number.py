"""Invoice numbers as people repeat them: what is found, what is not taken for one, and how fast."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.values.invoice_number import (
    _MAY_BE_NOISE,
    _NOISE,
    MOST_KEYS,
    keys_in,
    number_key,
    speaks_of_range,
)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        pytest.param("20260118", "20260118", id="digits"),
        pytest.param("F-2026/0118", "20260118", id="letters and signs around four digits or more"),
        pytest.param("VF-123", "VF123", id="three digits keep their letters"),
        pytest.param("VF-1234", "1234", id="four do not"),
        pytest.param("118", "118", id="three digits alone"),
        pytest.param("00012345", "12345", id="noughts in front are nobody's to repeat"),
        pytest.param("0000", "0", id="nothing but noughts"),
        pytest.param("concept", "CONCEPT", id="a word"),
        pytest.param("", "", id="nothing"),
        pytest.param("F２０２６0118", "118", id="digits of another script are no digits"),
    ],
)
def test_the_key_of_a_number(number, key):
    assert number_key(number) == key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Factuur 20260118", ["20260118"], id="a number"),
        pytest.param("factuurnr20260118", ["20260118"], id="glued to a word"),
        pytest.param("2026 0118", ["20260118"], id="two runs with a blank"),
        pytest.param("F2026-0118", ["20260118"], id="two runs with a dash"),
        pytest.param("fact.nr. 2026.0118", ["20260118"], id="two runs with a dot"),
        pytest.param("2026/0118", ["20260118"], id="two runs with a slash"),
        pytest.param("26 01 18", ["260118"], id="three runs"),
        pytest.param("20260118 en 119", ["20260118", "20260119"], id="a shared beginning after en"),
        pytest.param(
            "20260118, 19, 20", ["20260118", "20260119", "20260120"], id="a shared beginning after commas"
        ),
        pytest.param("2026-0118/0119", ["20260118", "20260119"], id="a shared beginning after a slash"),
        pytest.param("118+119", ["118", "119"], id="two short numbers"),
        pytest.param(
            "20260118 t/m 20260121", ["20260118", "20260119", "20260120", "20260121"], id="a range with t/m"
        ),
        pytest.param(
            "20260118 tot en met 121",
            ["20260118", "20260119", "20260120", "20260121"],
            id="a range, its end shortened",
        ),
        pytest.param("van 118 tem 120", ["118", "119", "120"], id="a Belgian range"),
        pytest.param("20260118-20260120", ["20260118", "20260119", "20260120"], id="a range with a dash"),
        pytest.param("VF-12", ["VF12", "12"], id="letters and two digits"),
        pytest.param("vf 12", ["VF12", "12"], id="letters apart"),
        pytest.param("00012345", ["12345"], id="noughts in front"),
        pytest.param("20260118 dd 12-11-2026", ["20260118"], id="beside a day"),
        pytest.param("20260118 EUR 1.210,00", ["20260118"], id="beside an amount"),
        pytest.param("EUR 20260118", ["20260118"], id="behind a currency"),
    ],
)
def test_what_a_text_may_mean(text, expected):
    assert set(expected) <= set(keys_in(text))


def test_the_most_telling_comes_first():
    assert keys_in("2026 klant 77, factuur 20260118 en 119")[:1] == ("20260118",)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("+++010/8068/17183+++", id="a structured reference with signs"),
        pytest.param("***010/8068/17183***", id="with stars"),
        pytest.param("010806817183", id="a structured reference bare"),
        pytest.param("0123456789012345", id="a Dutch reference of sixteen"),
        pytest.param("RF18 5390 0754 7034", id="a creditor reference"),
        pytest.param("NL91ABNA0417164300", id="an account"),
        pytest.param("NL91 ABNA 0417 1643 00", id="an account in fours"),
        pytest.param("BE68 5390 0754 7034", id="a Belgian account"),
        pytest.param("tel 020-1234567", id="a telephone number"),
        pytest.param("06-12345678", id="a mobile number"),
        pytest.param("0475 12 34 56", id="a Belgian mobile number"),
        pytest.param("+32 475 12 34 56", id="a number with its country"),
        pytest.param("12-11-2026", id="a day"),
        pytest.param("2026-11-12", id="a day as machines write it"),
        pytest.param("12/11/26", id="a day with slashes"),
        pytest.param("€ 1.210,00", id="an amount"),
        pytest.param("dank u wel", id="no digit at all"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_invoice_number(text):
    assert keys_in(text) == ()


@pytest.mark.parametrize(
    ("text", "between"),
    [
        pytest.param("2026-0199 en 2026-0203", False, id="two numbers with a dash of their own"),
        pytest.param("facturen F2026-0199, F2026-0203", False, id="with letters"),
        pytest.param("2026-0199 en 0203", False, id="the second without its year"),
        pytest.param("2026-0199 t/m 2026-0203", True, id="a range of such numbers"),
        pytest.param("2026-0199 - 2026-0203", True, id="with a dash between them"),
        pytest.param("2026-0199-0203", True, id="and its end shortened"),
        pytest.param("2026/0199 tot en met 2026/0203", True, id="with slashes"),
    ],
)
def test_a_dash_within_a_number_makes_no_range(text, between):
    """Two invoices that are named are those two, and not all that lie between them."""
    keys = keys_in(text)
    assert {"20260199", "20260203"} <= set(keys)
    assert ("20260201" in keys) is between
    assert speaks_of_range(text) is between


@pytest.mark.parametrize(
    ("last", "found"), [(130, True), (131, False)], ids=["twelve further", "thirteen further"]
)
def test_a_range_has_an_end(last, found):
    assert ("20260119" in keys_in(f"20260118 t/m 20260{last}")) is found


@given(st.text(max_size=300) | st.text("0123456789 -/.,+FENtm", max_size=300))
def test_any_text_gives_few_keys_and_no_error(text):
    keys = keys_in(text)
    assert len(keys) <= MOST_KEYS
    assert len(set(keys)) == len(keys)
    assert all(key.isascii() and key.isalnum() and key == key.upper() for key in keys)


_noise = st.sampled_from(
    [
        "+++010/8068/17183+++", "***010806817183***", "010/8068/17183", "010 / 8068 / 17183", "RF18 5390 0754 7034",
        "NL91ABNA0417164300", "NL91 ABNA 0417 1643 00", "BE68 5390 0754 7034", "TEL 020-1234567", "GSM:0478 12 34 56",
        "PHONE +31 20 1234567", "0031201234567", "003225551234", "06-12345678", "06 12 34 56 78", "0478/12.34.56", "0478 123 456",
        "02/555 12 34", "02/555.12.34", "020-1234567", "12-11-2026", "1/2/26", "12.11.2026", "2026-11-12", "2026/11/12",
        "1.234,50", "99,95", "EUR 12,50", "€1.234,50",
    ]
)  # fmt: skip
_anything = st.text("0123456789 -/.,+*€()ENLBRFTMGSMOBPHU:", max_size=40)


@given(st.lists(_noise | _anything, max_size=3).map(" ".join))
def test_the_quick_look_sees_wherever_there_is_noise(text):
    assert _MAY_BE_NOISE.search(text) or _NOISE.sub(" | ", text) == text


@given(st.from_regex(r"[A-Z]{0,2}-?(20[0-9]{2}[-/ ]?)?[0-9]{2,8}", fullmatch=True))
def test_a_number_repeated_as_it_stands_is_found(number):
    digits = [c for c in number if c.isdigit()]
    if len(digits) == 12 or number.count("-") + number.count("/") > 1 or number[:2] in ("BE", "NL", "RF"):
        return  # may be a payment reference, a day, or an account
    assert number_key(number) in keys_in(f"factuur {number}") or number.startswith("0")


@pytest.mark.slow
def test_a_hundred_thousand_texts_in_two_seconds():
    texts = [
        "Factuur 20260118", "fact. 2026-0118 en 119", "F2026-0118 d.d. 12-11-2026", "factuur 20260118 klantnr 10023 dank",
        "+++010/8068/17183+++", "118, 119 en 120 tel 06-12345678",
    ]  # fmt: skip
    started = time.process_time()
    for n in range(10_000):
        keys_in(texts[n % 6])
    bare = time.process_time()
    sum(n for n in range(1_000_000))
    limit = time.process_time() - bare
    assert bare - started < max(0.2, 8 * limit)
