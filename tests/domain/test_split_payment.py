"""A payment divided over what was ticked: what was typed stays, the rest goes down the list, within what there is room for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.split_payment import divided

CASES = {
    "all of it on the one that is ticked": (100, [(100, None)], (100,)),
    "no more than is open": (100, [(80, None)], (80,)),
    "a part, when it is less than is open": (100, [(300, None)], (100,)),
    "down the list, the last in part": (100, [(80, None), (80, None)], (80, 20)),
    "a credit note is used whole and adds to what is divided": (100, [(150, None), (-50, None)], (150, -50)),
    "what was typed stays": (100, [(80, 30), (80, None)], (30, 70)),
    "what was typed stays, even too much": (100, [(80, 500)], (500,)),
    "a credit note typed without its sign gets it": (100, [(130, None), (-50, 30)], (130, -30)),
    "nothing is left for the last": (100, [(100, None), (50, None)], (100, 0)),
    "money that went out goes on a credit note": (-100, [(-100, None)], (-100,)),
    "nothing ticked": (100, [], ()),
}


@pytest.mark.parametrize(("left", "wanted", "cents"), CASES.values(), ids=CASES)
def test_how_it_is_divided(left, wanted, cents):
    assert divided(left, wanted) == cents


@given(
    st.integers(1, 10**9),
    st.lists(st.integers(-(10**8), 10**8).filter(bool).map(lambda room: (room, None)), max_size=8),
)
def test_what_nobody_typed_is_never_more_than_there_is_nor_than_is_open(left, wanted):
    cents = divided(left, wanted)
    assert sum(cents) <= left
    assert all(0 <= n <= room if room > 0 else n == room for n, (room, _) in zip(cents, wanted, strict=True))
