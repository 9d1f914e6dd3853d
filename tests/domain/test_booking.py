"""What is open: last stated open less what was booked after that day; what that very day and money that went back do to it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.booking import Moved, Part, Payable, book, counted, held_that_day, still_open

DAY = date(2026, 11, 20)
EARLIER, LATER, LATEST = DAY - timedelta(days=1), DAY + timedelta(days=1), DAY + timedelta(days=2)

BOOKED = [
    (LATER, None, (Part(1, 500, lowers=True), Part(2, 200, lowers=True)), 0, "after the day it lowers, the first first"),
    (EARLIER, None, (Part(1, 300, lowers=False),), 400, "before it, it is history, as far as was paid before"),
    (DAY, True, (Part(1, 300, lowers=False),), 400, "on it and counted, it is history"),
    (DAY, False, (Part(1, 500, lowers=True), Part(2, 200, lowers=True)), 0, "on it and not counted, it lowers"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "counted_already", "parts", "left"),
    [case[:4] for case in BOOKED],
    ids=[case[4].replace(" ", "_") for case in BOOKED],
)
def test_where_a_payment_of_700_goes(
    day: date, counted_already: bool | None, parts: tuple[Part, ...], left: int
) -> None:
    booking = book(700, day, [Payable(1, 500, DAY, 300), Payable(2, 500, DAY)], counted=counted_already)
    assert (booking.parts, booking.left_cents, booking.ask) == (parts, left, False)


@pytest.mark.parametrize("as_of", [DAY, None], ids=["on_that_very_day", "when_the_day_is_not_known"])
def test_it_is_asked_and_nothing_is_booked(as_of: date | None) -> None:
    assert book(700, DAY, [Payable(1, 500, as_of)]).ask


def test_a_payment_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        book(0, DAY, [])


# -- what counts ------------------------------------------------------------------------------------------------------


def on(day: date, cents: int, origin: int = 1) -> Moved:
    return Moved(origin, cents, day)


COUNTED = [
    ([on(EARLIER, 40)], 100, 0, 0, "before the day: in it"),
    ([on(LATER, 40)], 100, 40, 40, "after the day: off it"),
    ([on(DAY, 40)], 100, 40, 0, "on the day: off it, unless it is held"),
    ([on(LATER, 40), on(LATER, -40)], 100, 0, 0, "taken off again"),
    ([on(LATER, 40), on(LATEST, -40)], 100, 0, 0, "went back"),
    ([on(DAY, 40), on(LATER, -40)], 100, 0, 0, "came on the day, went back later; stated unpaid"),
    ([on(DAY, 40), on(LATER, -40)], 60, 0, -40, "came on the day, went back later; stated paid"),
    ([on(DAY, 40), on(DAY, -40)], 60, 0, 0, "came and went back on the day"),
    ([on(EARLIER, 40), on(DAY, -40)], 60, 0, 0, "went back on the day: taken to be known"),
    ([on(EARLIER, 40), on(LATER, -40)], 60, -40, -40, "went back after a day that holds it"),
    ([on(LATER, -40)], 60, -40, -40, "went back, and was history"),
    ([on(EARLIER, 40), on(LATER, -40)], 100, 0, 0, "went back after a day that did not know of it"),
    ([on(EARLIER, 40), on(LATER, -40)], 90, -10, -10, "went back after a day that knew of a part"),
    ([on(EARLIER, 40), on(LATER, -40), on(LATER, 30, 2)], 100, 30, 30, "and another one came"),
    ([on(EARLIER, 40), on(DAY, -40), on(DAY, 40, 2)], 100, 40, 0, "went back on the day, and another one came"),
    ([on(LATER, 80), on(LATER, 80, 2)], 100, 160, 160, "paid twice"),
]  # fmt: skip


@pytest.mark.parametrize("sign", [1, -1], ids=["invoice", "credit_note"])
@pytest.mark.parametrize(
    ("rows", "stated", "counts", "counts_held"),
    [case[:4] for case in COUNTED],
    ids=[case[4].replace(" ", "_") for case in COUNTED],
)
def test_what_comes_off_an_invoice_of_100(
    rows: list[Moved], stated: int, counts: int, counts_held: int, sign: int
) -> None:
    signed = [row._replace(cents=row.cents * sign) for row in rows]
    assert counted(signed, 100 * sign, stated * sign, DAY) == counts * sign
    held = [row._replace(held=row.on == DAY) for row in signed]
    assert counted(held, 100 * sign, stated * sign, DAY) == counts_held * sign


def test_of_the_day_itself_one_may_be_held_and_another_not() -> None:
    rows = [on(DAY, 40)._replace(held=True), on(DAY, 20, 2), on(LATER, 5, 3)]
    assert counted(rows, 100, 60, DAY) == 25


def test_without_a_day_all_of_it_counts() -> None:
    assert counted([on(EARLIER, 40), on(LATER, 20, 2)], 100, 100, None) == 60


@pytest.mark.parametrize(
    ("amount", "stated", "booked", "still"),
    [(100, 100, 30, 70), (100, 30, 50, 0), (100, 60, -40, 100), (-100, -100, -30, -70), (-100, 0, -20, 0)],
)
def test_it_is_never_beyond_nothing(amount: int, stated: int, booked: int, still: int) -> None:
    assert still_open(amount, stated, booked) == still


_rows = st.lists(
    st.builds(
        Moved,
        st.integers(1, 3),
        st.integers(-100, 100),
        st.sampled_from([EARLIER, DAY, LATER]),
        st.booleans(),
    ),
    max_size=6,
)


@given(_rows, st.integers(0, 100))
def test_never_more_is_open_than_the_invoice_is(rows: list[Moved], stated: int) -> None:
    assert 0 <= still_open(100, stated, counted(rows, 100, stated, DAY)) <= 100


@given(_rows, st.integers(0, 100), st.randoms())
def test_the_order_makes_no_difference(rows: list[Moved], stated: int, chance) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert counted(rows, 100, stated, DAY) == counted(shuffled, 100, stated, DAY)


@given(_rows, st.integers(0, 100), st.integers(1, 100))
def test_a_payment_after_the_day_comes_off_as_it_is(rows: list[Moved], stated: int, cents: int) -> None:
    before = counted(rows, 100, stated, DAY)
    assert counted([*rows, on(LATER, cents, 9)], 100, stated, DAY) == before + cents


# -- which payments of its very day a statement holds -----------------------------------------------------------------

HELD = [
    ([on(DAY, 30), on(DAY, 20, 2)], 0, set(), "a statement that says the same as before holds none"),
    ([on(DAY, 30), on(DAY, 20, 2)], -5, set(), "nor does one that says more is open"),
    ([on(DAY, 30), on(DAY, 20, 2)], 30, {1}, "the one that it went down by"),
    ([on(DAY, 30), on(DAY, 20, 2)], 20, {2}, "or the other one"),
    ([on(DAY, 30), on(DAY, 20, 2)], 50, {1, 2}, "or both"),
    ([on(DAY, 30), on(DAY, 20, 2)], 70, {1, 2}, "it went down by more: both"),
    ([on(DAY, 30), on(DAY, 20, 2)], 29, {2}, "what it did not go down by it cannot hold"),
    ([on(DAY, 20), on(DAY, 20, 2)], 20, {1}, "of two that are as much the first"),
    ([on(DAY, 20), on(DAY, 20, 2)._replace(held=True)], 20, {2}, "or the one that was held before"),
    ([on(DAY, 30), on(DAY, -30), on(DAY, 20, 2)], 30, {2}, "one that was taken off again is not there"),
    ([on(EARLIER, 30), on(LATER, 20, 2)], 50, set(), "of other days it is not asked"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "more", "held"), [case[:3] for case in HELD], ids=[case[3].replace(" ", "_") for case in HELD]
)
def test_which_a_statement_holds(rows: list[Moved], more: int, held: set[int]) -> None:
    assert held_that_day(rows, DAY, more) == held


@given(_rows, st.integers(-50, 400))
def test_it_holds_no_more_than_it_went_down_by(rows: list[Moved], more: int) -> None:
    held = held_that_day(rows, DAY, more)
    assert sum(row.cents for row in rows if row.on == DAY and row.origin in held) <= max(more, 0)


def test_many_payments_of_one_day_are_no_labour() -> None:
    assert held_that_day([on(DAY, 1 << n, n) for n in range(60)], DAY, 1 << 60)
