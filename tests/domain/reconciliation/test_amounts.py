"""How amounts fit together, and how hard is looked."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.reconciliation.amounts import (
    Effort,
    Sum,
    adding_up,
    credit_choice,
    is_telling,
    pair_adds_up,
    slipped,
)
from beluur.domain.reconciliation.fitting import is_fee, spread
from beluur.domain.reconciliation.rules import USUAL, Discount, Rules
from tests.domain.reconciliation.books import BOOKED, ISSUED

amounts = st.lists(st.integers(-40, 120).filter(bool), max_size=9)


@given(amounts, st.integers(1, 300))
def test_it_finds_what_trying_all_finds(numbers, target):
    tried = [
        places
        for size in range(1, len(numbers) + 1)
        for places in combinations(range(len(numbers)), size)
        if sum(numbers[n] for n in places) == target
    ]
    found = adding_up(numbers, target, Effort())
    if not tried:
        assert found is None
    else:
        assert found is not None
        assert found.places in tried
        assert len(found.places) == len(tried[0])
        assert found.unique == (len(tried) == 1)


@pytest.mark.parametrize(("count", "found"), [(25, True), (26, False)], ids=["the most", "one too many"])
def test_a_search_has_a_limit(count, found):
    numbers = [1_000 + 7 * n * n for n in range(count)]
    assert (adding_up(numbers, numbers[0] + numbers[3], Effort(1 << 20)) is not None) is found


def test_effort_is_spent():
    effort = Effort()
    numbers = [1_000 + 7 * n * n for n in range(25)]
    assert adding_up(numbers, numbers[0] + numbers[3], effort) is not None
    assert adding_up(numbers, numbers[0] + numbers[3], effort) is None
    assert adding_up(numbers[:5], numbers[0] + numbers[3], effort) == Sum((0, 3), unique=True)


@pytest.mark.parametrize(
    ("numbers", "chosen", "telling"),
    [
        pytest.param([4_001, 7_999], 2, True, id="two amounts, just far enough apart"),
        pytest.param([2_001, 3_998], 2, False, id="a reach below three chances in two thousand each"),
        pytest.param([200_000, 400_000], 2, False, id="round hundreds"),
        pytest.param([123_457] * 8, 3, False, id="eight of the same"),
        pytest.param([123_457, 234_561, 345_679, 456_789], 3, True, id="four odd amounts"),
    ],
)
def test_what_is_hardly_chance(numbers, chosen, telling):
    assert is_telling(numbers, chosen, USUAL) is telling


@pytest.mark.parametrize(
    ("paid", "amount", "slip"),
    [
        pytest.param(123_457, 123_456, True, id="one digit"),
        pytest.param(132_456, 123_456, True, id="neighbours changed places"),
        pytest.param(163_452, 123_456, False, id="two digits that are no neighbours"),
        pytest.param(12_345, 123_456, False, id="a digit less"),
        pytest.param(123_456, 123_456, False, id="the amount itself"),
        pytest.param(120_000, 130_000, False, id="of a round amount nobody can tell"),
        pytest.param(124_000, 123_000, True, id="three digits that say something"),
    ],
)
def test_a_mistyped_amount(paid, amount, slip):
    assert slipped(paid, amount) is slip


@pytest.mark.parametrize(
    ("notes", "short", "choice"),
    [
        ([-100, -200], 100, Sum((0,), unique=True)),
        ([-100, -200, -300], 600, Sum((0, 1, 2), unique=True)),
        ([-100, -200, -300], 300, Sum((2,), unique=False)),
        ([-100, -200], 150, None),
        ([], 100, None),
    ],
)
def test_which_credit_notes(notes, short, choice):
    assert credit_choice(notes, short) == choice


@pytest.mark.parametrize(
    ("short", "total", "fee"),
    [(2_500, 25_000, True), (2_501, 25_010, False), (2_500, 24_999, False), (1, 100, True), (0, 100, False)],
)
def test_what_may_be_a_fee(short, total, fee):
    assert is_fee(short, total, USUAL) is fee


def test_how_long_a_discount_lasts():
    assert Discount(3, 14).until(ISSUED, BOOKED) == ISSUED.replace(month=11, day=3)
    assert Discount(2).until(ISSUED, BOOKED) == BOOKED
    assert Discount(3, 14).until(None, BOOKED) is None
    assert Rules().discounts[0] == Discount(2)


def test_pairs():
    assert pair_adds_up([100, 250, 400], 650)
    assert not pair_adds_up([100, 250, 400], 200), "one amount is no pair"


@given(st.lists(st.integers(-50, 300).filter(bool), min_size=1, max_size=6), st.data())
def test_a_spread_adds_up_and_takes_no_more_than_there_is(numbers, data):
    total = sum(numbers)
    if total <= 0:
        return
    cents = data.draw(st.integers(1, total))
    taken = spread(numbers, cents)
    assert sum(taken) == cents
    assert all(t == n if n < 0 else 0 <= t <= n for t, n in zip(taken, numbers, strict=True))
