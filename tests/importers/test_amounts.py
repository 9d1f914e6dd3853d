"""Amounts: the column decides about comma and point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.importers.amounts import read_amounts


@pytest.mark.parametrize(
    ("cells", "cents"),
    [
        pytest.param(
            ["1.234,50", "12", "0,05"], [123450, 1200, 5], id="decimal comma with points for thousands"
        ),
        pytest.param(["1,234.50", "12.34"], [123450, 1234], id="decimal point with commas for thousands"),
        pytest.param(["1.234", "12,50"], [123400, 1250], id="thousands are known from another cell"),
        pytest.param(
            ["1 234,50", "1\u00a0234,50", "1'234,50"], [123450] * 3, id="blanks and apostrophes for thousands"
        ),
        pytest.param(["12,50-", "-12,50", "(12,50)", "−12,50"], [-1250] * 4, id="four ways of less"),
        pytest.param(["€ 12,50", "12,50 €", "EUR 12,50", "12,50 EUR"], [1250] * 4, id="with a currency"),
        pytest.param(["12,50 D", "12,50 C", "12,50 CR"], [1250, -1250, -1250], id="debit and credit"),
        pytest.param(["100,-", "1.000,--"], [10000, 100000], id="the Dutch dash for no cents"),
        pytest.param([1234.5, 12, 0.1 + 0.2], [123450, 1200, 30], id="numbers of a worksheet"),
        pytest.param(["", "  ", "0"], [None, None, 0], id="nothing is not nought"),
        pytest.param(["5,0000", "7,30000000001"], [500, 730], id="noughts and the noise of a float"),
    ],
)
def test_read(cells: list[object], cents: list[int | None]) -> None:
    (column,) = read_amounts([cells])
    assert column.cents == cents
    assert not column.bad


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        pytest.param(["1.234,5x", "1,00"], {0: "amount.unreadable"}, id="a letter behind it"),
        pytest.param(["1,2345", "1,00"], {0: "amount.decimals"}, id="more than whole cents"),
        pytest.param([12.345], {0: "amount.decimals"}, id="a worksheet number with more than cents"),
        pytest.param(["1,00", "2,00", "12.34"], {2: "amount.unreadable"}, id="a point among commas"),
        pytest.param(
            ["1.2.3,00", "12.34.567,00"],
            {0: "amount.unreadable", 1: "amount.unreadable"},
            id="points anywhere",
        ),
        pytest.param(
            ["9" * 20, 1e30, float("nan")], dict.fromkeys(range(3), "amount.too-large"), id="no end of digits"
        ),
        pytest.param(
            ["--5", "-5-", "-5,00 CR"], dict.fromkeys(range(3), "amount.unreadable"), id="twice less"
        ),
        pytest.param(
            ["=1+1", "abc", True], dict.fromkeys(range(3), "amount.unreadable"), id="a formula stays text"
        ),
    ],
)
def test_not_read(cells: list[object], bad: dict[int, str]) -> None:
    (column,) = read_amounts([cells])
    assert column.bad == bad


def test_only_thousands_or_decimals_is_unclear() -> None:
    (column,) = read_amounts([["1.234", "2.500"]])
    assert column.unclear
    assert column.cents == [None, None]


def test_another_column_of_the_file_decides() -> None:
    unsure, sure = read_amounts([["1.234", "2.500"], ["1.234,00", "2.500,00"]])
    assert unsure.cents == sure.cents == [123400, 250000]


def test_currency_in_the_cell() -> None:
    (column,) = read_amounts([["$ 5.00", "5.00"]])
    assert column.currencies == {0: "USD"}


@given(st.integers(-(10**12), 10**12), st.sampled_from([(",", "."), (".", ","), (",", " "), (".", "'")]))
def test_what_is_written_is_read(cents: int, style: tuple[str, str]) -> None:
    decimal, thousands = style
    whole = f"{abs(cents) // 100:,}".replace(",", thousands)
    written = f"{'-' if cents < 0 else ''}{whole}{decimal}{abs(cents) % 100:02}"
    assert read_amounts([[written]])[0].cents == [cents]


@given(st.lists(st.text(max_size=15) | st.floats() | st.integers() | st.booleans(), max_size=5))
def test_any_cells_are_answered(cells: list[object]) -> None:
    (column,) = read_amounts([cells])
    assert all(cents is None or isinstance(cents, int) for cents in column.cents)
