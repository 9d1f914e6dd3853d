"""Collection costs by law: how much, and that they are not owed before a letter asked for them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.law.costs import be_consumer_cap, business_fixed, collection_costs, nl_scale
from tests.law.test_days import needs_shared
from tests.law.test_interest import _shared

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("cents", "expected", "with_vat"),
    [
        pytest.param(100, 4000, 4840, id="at least forty euro"),
        pytest.param(26667, 4000, 4840, id="forty is reached at 266,67"),
        pytest.param(30000, 4500, 5445, id="fifteen percent of the first 2.500"),
        pytest.param(250000, 37500, 45375, id="the whole first slice"),
        pytest.param(375000, 50000, 60500, id="ten percent of the next"),
        pytest.param(840000, 79500, 96195, id="five percent of the third"),
        pytest.param(2500000, 102500, 124025, id="one percent of the fourth"),
        pytest.param(100000000, 677500, 819775, id="the most is reached at a million"),
        pytest.param(200000000, 677500, 819775, id="and it stays there"),
        pytest.param(0, 0, 0, id="nothing on nothing"),
    ],
)
def test_dutch_scale(cents, expected, with_vat):
    assert nl_scale(cents).cents == expected
    assert nl_scale(cents, vat=True).cents == with_vat


@pytest.mark.parametrize(
    ("cents", "expected"),
    [
        (15000, 2000),
        (15001, 3000),
        (15100, 3010),
        (49999, 6500),
        (50001, 6500),
        (500000, 29000),
        (5000000, 200000),
    ],
)
def test_belgian_cap(cents, expected):
    assert be_consumer_cap(cents).cents == expected


amounts = st.integers(min_value=1, max_value=10**10)


@given(amounts, amounts)
def test_a_larger_principal_never_costs_less(one, two):
    low, high = sorted((one, two))
    assert nl_scale(low).cents <= nl_scale(high).cents
    assert be_consumer_cap(low).cents <= be_consumer_cap(high).cents


@given(amounts)
def test_the_slices_are_the_principal(cents):
    assert sum(line.base for line in nl_scale(cents).lines) == cents


@pytest.mark.parametrize(
    ("country", "given_", "cents", "code"),
    [
        pytest.param("NL", {"consumer": True}, 0, "law.costs_no_letter", id="no letter, no costs"),
        pytest.param(
            "NL",
            {"consumer": True, "term_end": TODAY},
            0,
            "law.costs_term_runs",
            id="on the last day of the term he may still pay without",
        ),
        pytest.param(
            "NL",
            {"consumer": True, "term_end": date(2026, 11, 26)},
            6000,
            "law.costs_after_letter",
            id="the day after he owes them",
        ),
        pytest.param(
            "NL", {"consumer": False}, 4000, "law.costs_fixed", id="a business owes forty without a letter"
        ),
        pytest.param(
            "NL",
            {"consumer": False, "asked": True},
            6000,
            "law.costs_scale",
            id="and the scale after a demand",
        ),
        pytest.param(
            "BE", {"consumer": False, "asked": True}, 4000, "law.costs_fixed", id="in BE it stays forty"
        ),
        pytest.param(
            "BE",
            {"consumer": True, "term_end": date(2026, 11, 1)},
            0,
            "law.costs_no_clause",
            id="a Belgian consumer owes none without a clause",
        ),
        pytest.param(
            "BE",
            {"consumer": True, "clause": 5000},
            0,
            "law.costs_no_reminder",
            id="nor with one before the free reminder",
        ),
        pytest.param(
            "BE",
            {"consumer": True, "clause": 5000, "term_end": date(2026, 11, 1)},
            5000,
            "law.costs_clause",
            id="after it what the clause says",
        ),
        pytest.param(
            "BE",
            {"consumer": True, "clause": 9000, "term_end": date(2026, 11, 1)},
            5500,
            "law.costs_capped",
            id="but not more than the law allows",
        ),
    ],
)
def test_whether_they_are_owed(country, given_, cents, code):
    found = collection_costs(country, cents=40000, as_of=TODAY, **given_)
    assert (found.cents, found.because[0].code) == (cents, code)


def test_the_fixed_amount_names_its_law():
    assert business_fixed("NL").source != business_fixed("BE").source


@needs_shared
def test_all_shared_cost_vectors():
    """All but V049: its cap for recurring terms is an inference, the text of the decree was not seen."""
    rows = [row for row in _shared("vectors.csv") if row["regime"] in ("NL-BIK", "BE-XIX.4")]
    assert len(rows) >= 17
    for row in rows:
        parts = [round(float(n) * 100) for n in re.findall(r"\d+\.\d\d", row["principal_eur"])]
        cents = parts[0] - parts[1] if "minus" in row["principal_eur"] else sum(parts)
        found = nl_scale(cents) if row["regime"] == "NL-BIK" else be_consumer_cap(cents)
        assert found.cents == round(float(row["expected_eur"]) * 100), row["id"]
        if vat := re.search(r"incl 21% VAT.*?: ([\d.]+)", row["alternative"]):
            assert nl_scale(cents, vat=True).cents == round(float(vat.group(1)) * 100), row["id"]
