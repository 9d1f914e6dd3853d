"""Who acts for whom on a day, and which absence cannot be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.absence import Absence, Objection, acting, acts_for, objection, unattended

AN, BAS, CEES = 1, 2, 3


def day(n: int) -> date:
    return date(2026, 11, n)


def away(user: int, first: int, last: int, deputy: int | None) -> Absence:
    return Absence(user, day(first), day(last), deputy)


WEEK = away(AN, 23, 27, BAS)
ACTING = [
    pytest.param((), 23, AN, id="who is there does his own work"),
    pytest.param((WEEK,), 22, AN, id="the day before he does his own work"),
    pytest.param((WEEK,), 23, BAS, id="on the first day his deputy does it"),
    pytest.param((WEEK,), 27, BAS, id="on the last day too"),
    pytest.param((WEEK,), 28, AN, id="the day after it is his again"),
    pytest.param((WEEK, away(BAS, 25, 25, CEES)), 25, CEES, id="a deputy who is away hands it on"),
    pytest.param((WEEK, away(BAS, 25, 25, CEES)), 26, BAS, id="and has it back when he is there"),
    pytest.param((away(AN, 23, 27, None),), 24, None, id="whose deputy left leaves it to everyone"),
    pytest.param((WEEK, away(BAS, 25, 25, None)), 25, None, id="so does a chain that ends at nobody"),
    pytest.param((WEEK, away(BAS, 23, 27, AN)), 24, None, id="a circle leaves it to everyone, and ends"),
]


@pytest.mark.parametrize(("absences", "on", "who"), ACTING)
def test_who_does_the_work_of_an(absences, on, who):
    assert acting(absences, AN, day(on)) == who
    if who not in (AN, None):
        assert acts_for(absences, who, day(on)) >= {AN}
    assert (AN in unattended(absences, day(on))) is (who is None)


OBJECTIONS = [
    pytest.param(away(AN, 24, 26, BAS), (), None, id="a few days with a deputy who is there"),
    pytest.param(away(AN, 20, 23, BAS), (), None, id="one that began before today and ends today"),
    pytest.param(away(AN, 26, 24, BAS), (), Objection.BACKWARDS, id="one that ends before it begins"),
    pytest.param(away(AN, 20, 22, BAS), (), Objection.PAST, id="one that ended yesterday"),
    pytest.param(away(AN, 24, 26, AN), (), Objection.SELF, id="his own deputy"),
    pytest.param(away(AN, 27, 29, CEES), (WEEK,), Objection.TWICE, id="away already on one of the days"),
    pytest.param(away(AN, 28, 29, CEES), (WEEK,), None, id="away again from the day after"),
    pytest.param(away(CEES, 27, 29, AN), (WEEK,), Objection.DEPUTY_AWAY, id="a deputy who is away on one day"),
    pytest.param(away(CEES, 28, 29, AN), (WEEK,), None, id="a deputy who is back by then"),
    pytest.param(away(BAS, 24, 24, AN), (WEEK,), Objection.CIRCLE, id="each stands in for the other"),
    pytest.param(
        away(BAS, 24, 24, CEES),
        (WEEK, away(CEES, 20, 30, AN)),
        Objection.CIRCLE,
        id="a circle of three",
    ),
    pytest.param(away(BAS, 24, 24, CEES), (WEEK,), None, id="who stands in may go away, with a deputy of his own"),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "others", "wrong"), OBJECTIONS)
def test_an_absence_is_refused(wanted, others, wrong):
    assert objection(wanted, others, day(23)) == wrong


PEOPLE = st.integers(1, 4)
SOME = st.lists(
    st.builds(
        lambda user, first, length, deputy: away(user, first, first + length, deputy),
        PEOPLE,
        st.integers(1, 25),
        st.integers(0, 5),
        PEOPLE,
    ),
    max_size=8,
)


@given(SOME, st.integers(1, 30))
def test_work_is_never_lost_when_each_was_allowed(wanted, on):
    kept: list[Absence] = []
    for absence in wanted:
        if objection(absence, kept, day(1)) is None:
            kept.append(absence)
    for user in range(1, 5):
        who = acting(kept, user, day(on))
        assert who is not None
        assert not any(a.user == who and a.holds(day(on)) for a in kept)
        assert who == user or user in acts_for(kept, who, day(on))
