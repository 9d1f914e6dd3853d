"""Interest by law: to the cent, by day, and never beyond what the tables know."""

import csv
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.law.interest import first_interest_day, interest, rate_for
from beluur.law.rates import BE_BUSINESS, BE_LEGAL, NL_BUSINESS, NL_CONSUMER, RATES, rate_table, spans
from tests.law.test_days import SHARED, needs_shared

REGIMES = {
    "NL-6:119": NL_CONSUMER,
    "NL-6:119a": NL_BUSINESS,
    "BE-B2B": BE_BUSINESS,
    "BE-XIX-max-interest": BE_BUSINESS,
    "BE-legal": BE_LEGAL,
}
TABLES = {
    NL_CONSUMER: "nl_wettelijke_rente_6_119.csv",
    NL_BUSINESS: "nl_handelsrente_6_119a.csv",
    BE_LEGAL: "be_legal_interest_rate.csv",
    BE_BUSINESS: "be_b2b_late_payment_rate.csv",
}


def _shared(name):
    with (SHARED / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("rate", "cents", "first", "last", "expected"),
    [
        pytest.param(
            NL_CONSUMER, 100000, (2025, 1, 1), (2025, 12, 31), 6000, id="a year of 365 days at 6 percent"
        ),
        pytest.param(
            NL_CONSUMER, 150000, (2024, 1, 1), (2024, 12, 31), 10529, id="a leap year has a day more"
        ),
        pytest.param(
            NL_CONSUMER,
            50000,
            (2022, 6, 15),
            (2026, 11, 22),
            12373,
            id="after each year interest on interest",
        ),
        pytest.param(
            NL_CONSUMER, 30000, (2024, 2, 29), (2025, 3, 10), 2110, id="a year from 29 February ends on 28"
        ),
        pytest.param(
            NL_BUSINESS,
            200000,
            (2026, 6, 20),
            (2026, 7, 10),
            1182,
            id="the new rate holds from its first day",
        ),
        pytest.param(NL_BUSINESS, 12100, (2026, 11, 1), (2026, 11, 1), 3, id="one day late is one day"),
        pytest.param(NL_BUSINESS, 12100, (2026, 11, 2), (2026, 11, 1), 0, id="not late is nothing"),
        pytest.param(
            BE_BUSINESS, 75000, (2026, 6, 16), (2026, 7, 15), 647, id="rounded at the end, not by segment"
        ),
        pytest.param(
            BE_BUSINESS, 1000000, (2024, 1, 1), (2024, 12, 31), 125342, id="Belgian interest is simple"
        ),
        pytest.param(BE_LEGAL, 100000, (2025, 1, 1), (2025, 12, 31), 4500, id="Belgian legal interest"),
    ],
)
def test_interest(rate, cents, first, last, expected):
    assert interest(rate, cents, date(*first), date(*last)).cents == expected


def test_what_came_in_lowers_the_debt_from_the_day_after():
    found = interest(NL_BUSINESS, 100000, date(2026, 7, 1), date(2026, 7, 20), [(date(2026, 7, 10), 60000)])
    assert [(line.cents, line.days) for line in found.lines] == [(100000, 10), (40000, 10)]
    assert found.cents == 399  # 1000 x 10,4% x 10/365 = 2,8493; 400 x 10,4% x 10/365 = 1,1397


def test_what_came_in_before_the_first_day_bears_nothing():
    found = interest(NL_BUSINESS, 100000, date(2026, 7, 1), date(2026, 7, 20), [(date(2026, 6, 30), 100000)])
    assert (found.lines, found.cents) == ((), 0)


def test_the_last_line_of_a_paid_debt_ends_on_the_day_of_the_money():
    found = interest(BE_BUSINESS, 5000, date(2026, 7, 1), date(2026, 8, 20), [(date(2026, 7, 4), 5000)])
    assert [(line.first, line.last) for line in found.lines] == [(date(2026, 7, 1), date(2026, 7, 4))]


@pytest.mark.parametrize("rate", RATES)
def test_beyond_the_table_nothing_is_computed_and_it_says_so(rate):
    known = rate_table(rate).known_to
    within = interest(rate, 100000, known - timedelta(days=9), known)
    beyond = interest(rate, 100000, known - timedelta(days=9), known + timedelta(days=40))
    assert within.stopped is None
    assert (beyond.cents, beyond.stopped.code) == (within.cents, "law.interest_until")
    assert beyond.stopped.params == {"day": known}
    before = interest(rate, 100000, date(1990, 1, 1), date(1990, 2, 1))
    assert (before.cents, before.stopped.code) == (0, "law.interest_from")


def test_a_negative_debt_bears_no_interest():
    with pytest.raises(ValueError, match="negative"):
        interest(NL_BUSINESS, -1, date(2026, 7, 1), date(2026, 7, 2))


amounts = st.integers(min_value=0, max_value=10**9)
days = st.dates(min_value=date(2005, 1, 1), max_value=date(2026, 12, 31))
rates = st.sampled_from(RATES)


@given(rates, amounts, days, days, st.lists(st.tuples(days, amounts), max_size=3))
def test_never_negative_and_the_lines_are_its_days(rate, cents, first, last, paid):
    found = interest(rate, cents, first, last, paid)
    assert found.cents >= 0
    assert all(line.cents > 0 and line.days > 0 for line in found.lines)
    assert all(a.last < b.first for a, b in zip(found.lines, found.lines[1:], strict=False))


@given(rates, amounts, days, st.integers(0, 1500), st.integers(0, 400))
def test_more_days_never_lower_it(rate, cents, first, length, more):
    last = first + timedelta(days=length)
    shorter = interest(rate, cents, first, last)
    assert interest(rate, cents, first, last + timedelta(days=more)).cents >= shorter.cents


@given(st.sampled_from([BE_LEGAL, BE_BUSINESS]), amounts, days, st.integers(0, 900), st.integers(1, 900))
def test_simple_interest_in_two_halves_differs_by_a_cent_at_most(rate, cents, first, one, two):
    middle = first + timedelta(days=one)
    whole = interest(rate, cents, first, middle + timedelta(days=two)).cents
    halves = (
        interest(rate, cents, first, middle).cents
        + interest(rate, cents, middle + timedelta(days=1), middle + timedelta(days=two)).cents
    )
    assert abs(whole - halves) <= 1


@given(st.sampled_from([NL_CONSUMER, NL_BUSINESS]), amounts, days, st.integers(1, 360))
def test_compound_interest_splits_exactly_at_its_year(rate, cents, first, more):
    if (first.month, first.day) == (2, 29):
        first += timedelta(days=1)
    following = first.replace(year=first.year + 1)
    year = interest(rate, cents, first, following - timedelta(days=1)).cents
    last = following + timedelta(days=more)
    rest = interest(rate, cents + year, following, last).cents
    assert interest(rate, cents, first, last).cents == year + rest


@given(rates, amounts, days, days, st.lists(st.tuples(days, amounts), min_size=1, max_size=3))
def test_money_that_came_in_never_raises_it(rate, cents, first, last, paid):
    assert interest(rate, cents, first, last, paid).cents <= interest(rate, cents, first, last).cents


@pytest.mark.parametrize(
    ("country", "given_", "day", "code"),
    [
        pytest.param(
            "NL",
            {"consumer": False, "due": date(2026, 10, 30), "agreed": True},
            date(2026, 10, 31),
            "law.interest_agreed",
            id="a business with an agreed term owes it from the day after",
        ),
        pytest.param(
            "NL",
            {"consumer": False, "due": date(2026, 10, 15), "agreed": False},
            date(2026, 11, 1),
            "law.interest_thirty_days",
            id="a business without one owes it thirty days after the invoice, not sooner",
        ),
        pytest.param(
            "NL",
            {"consumer": False, "due": date(2026, 11, 30), "agreed": False},
            date(2026, 12, 1),
            "law.interest_later_due",
            id="and not before the date that the invoice gives him",
        ),
        pytest.param(
            "NL",
            {"consumer": False, "due": None, "received": None, "agreed": False},
            None,
            "law.interest_no_day",
            id="without any date there is none",
        ),
        pytest.param(
            "NL",
            {"consumer": True, "due": date(2026, 10, 15), "agreed": False},
            None,
            "law.interest_nl_default",
            id="a Dutch consumer without an agreed term is not in default before a notice",
        ),
        pytest.param(
            "NL",
            {"consumer": True, "due": date(2026, 10, 15), "agreed": True},
            date(2026, 10, 16),
            "law.interest_agreed",
            id="a Dutch consumer with one is",
        ),
        pytest.param(
            "BE",
            {"consumer": True, "due": date(2026, 10, 15), "agreed": True},
            None,
            "law.interest_be_reminder",
            id="a Belgian consumer owes none before the free reminder",
        ),
        pytest.param(
            "BE",
            {
                "consumer": True,
                "due": date(2026, 10, 15),
                "agreed": True,
                "notice_end": date(2026, 11, 27),
            },
            date(2026, 11, 28),
            "law.interest_after_notice",
            id="and owes it from the day after its term",
        ),
    ],
)
def test_first_day(country, given_, day, code):
    found = first_interest_day(country, **{"received": date(2026, 10, 1), **given_})
    assert (found.day, found.because.code) == (day, code)


def test_which_rate():
    assert [rate_for(c, consumer=k) for c in ("NL", "BE", "DE") for k in (True, False)] == [
        NL_CONSUMER,
        NL_BUSINESS,
        BE_LEGAL,
        BE_BUSINESS,
        None,
        None,
    ]


def test_each_row_has_its_source_and_none_lies_beyond_what_is_known():
    for name in RATES:
        table = rate_table(name)
        assert all(row.source and row.points > 0 for row in table.rows)
        assert [row.since for row in table.rows] == sorted({row.since for row in table.rows})
        assert table.rows[-1].since <= table.known_to


@needs_shared
@pytest.mark.parametrize("name", RATES)
def test_the_tables_are_the_shared_ones(name):
    for row in _shared(TABLES[name]):
        day = date.fromisoformat(row["from_date"])
        assert spans(name, day, day)[0].points == round(float(row["rate_pct"]) * 100), row


@needs_shared
def test_all_shared_interest_vectors():
    rows = [row for row in _shared("vectors.csv") if row["regime"] in REGIMES]
    assert len(rows) >= 13
    for row in rows:
        first = date.fromisoformat(row["from_first_interest_day"])
        last = date.fromisoformat(row["to_last_interest_day_inclusive"])
        cents = round(float(row["principal_eur"]) * 100)
        found = interest(REGIMES[row["regime"]], cents, first, last)
        assert found.cents == round(float(row["expected_eur"]) * 100), row["id"]
        assert sum(line.days for line in found.lines) == int(row["days"]), row["id"]


@needs_shared
def test_all_shared_first_days():
    for row in _shared("first_interest_day_vectors.csv"):
        said = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", row["input"])]
        agreed = "agreed last" in row["rule"] or "agreed due" in row["rule"]
        found = first_interest_day(
            row["rule"][:2],
            consumer="no fatal date" in row["rule"],
            due=said[0] if agreed else None,
            received=said[0],
            agreed=agreed,
            notice_end=said[-1] if "notice" in row["input"] else None,
        )
        assert found.day == date.fromisoformat(row["first_interest_day"]), row
