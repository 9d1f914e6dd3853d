"""Which lines of a statement are new: by the bank's reference, otherwise by day, amount and account, counted; across formats."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain import bank_lines
from beluur.domain.bank_lines import Line, line_keys, new_lines, same_account

DAY = date(2026, 11, 23)
A, B, C = "NL20INGB0001234567", "BE71096123456769", "NL44RABO0123456789"


def line(
    cents: int = 100_00,
    iban: str = A,
    *,
    ref: str = "",
    fmt: str = "mt940",
    statement: str = "7",
    on: date = DAY,
    batch: str = "",
    whole: int = 0,
    currency: str = "EUR",
    said: str = "",
) -> Line:
    return Line(on, cents, currency, ref, iban, fmt, statement, batch, whole, said)


def camt(cents: int = 100_00, iban: str = A, ref: str = "", **more: object) -> Line:
    return line(cents, iban, ref=ref, fmt="camt-053", statement="C7", **more)  # type: ignore[arg-type]


def listed(cents: int = 100_00, iban: str = A, **more: object) -> Line:
    return line(cents, iban, fmt="bank-csv-ing", statement="", **more)  # type: ignore[arg-type]


BATCH = [camt(n, i, batch="B1", whole=600_00) for n, i in ((100_00, A), (200_00, B), (300_00, C))]

CASES = [
    ([], [line(), line(iban=B)], "11", "nothing known: all new"),
    ([line()], [line()], "0", "the same line of the same statement"),
    ([line()], [line(), line()], "01", "a second equal payment of that day is new"),
    ([], [line(), line()], "11", "two equal payments on a day stay two"),
    ([line(), line()], [line(), line()], "00", "two equal payments, again"),
    ([line()], [line(statement="8")], "1", "an equal payment in the next statement of that day"),
    ([line(ref="R1")], [line(ref="R1", statement="8")], "0", "the bank's own reference, in another statement"),
    ([line(ref="R1")], [line(ref="R2")], "1", "another reference of the bank"),
    ([line(ref="R1")], [line(50_00, ref="R1")], "1", "one reference for two amounts"),
    ([line(ref="R1")], [camt(ref="X9")], "0", "references of two formats are not compared"),
    ([line()], [line(iban=B)], "1", "another payer of the same amount"),
    ([line()], [line(on=DAY + timedelta(days=1))], "1", "another day"),
    ([line()], [line(currency="USD")], "1", "another currency"),
    ([line()], [line(-100_00)], "1", "what went out is not what came in"),
    ([line()], [listed()], "0", "an MT940, then the bank's list"),
    ([listed()], [listed()], "0", "a list twice"),
    ([listed()], [listed(), listed()], "01", "a longer list with a second equal payment"),
    ([line(iban="0001234567")], [camt(iban=A)], "0", "the payer's account by its old number and by its IBAN"),
    ([camt(iban=A)], [listed(iban="")], "0", "a format that does not tell the account"),
    (
        [camt(iban=A), camt(iban=B)],
        [listed(iban=""), listed(iban=A)],
        "00",
        "a line without an account leaves the line with one to the account that fits",
    ),
    ([listed(said="F1")], [listed(said="F2"), listed(said="F1")], "10", "of two equal payments the one with those words"),
    ([listed(said="F1")], [camt(said="F1/2026")], "0", "other words make no other payment"),
    ([listed(600_00, "")], BATCH, "000", "a batch known as its total, then its payments"),
    (BATCH, [listed(600_00, "")], "0", "a batch known by its payments, then as its total"),
    ([x._replace(bank_reference=f"D{n}") for n, x in enumerate(BATCH)], [camt(600_00, "", ref="T1")], "0",
     "a batch known by its payments, then as its total with a reference of its own"),
    (BATCH, [*BATCH[:2], listed(700_00)], "001", "a part of a batch again"),
    (BATCH, BATCH, "000", "a batch twice"),
    ([listed(600_00, ""), listed(100_00, "")], [*BATCH, camt(iban=A)], "0000", "a batch beside a payment like one of its own"),
    ([listed(600_00, ""), listed(100_00, "")], [camt(iban=A), *BATCH], "0000", "a batch behind a payment like one of its own"),
    ([listed(600_00, "")], [*BATCH, camt(600_00, C)], "0001", "a batch, and a payment as large as all of it"),
    (
        BATCH,
        [listed(600_00, ""), listed(100_00, "")],
        "01",
        "the total of a batch, and a payment as large as one within it",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "incoming", "new"), [c[:3] for c in CASES], ids=[c[3].replace(" ", "_") for c in CASES]
)
def test_what_is_new(known: list[Line], incoming: list[Line], new: str) -> None:
    assert "".join(str(int(n)) for n in new_lines(known, incoming)) == new


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        pytest.param("NL91ABNA0417164300", "NL91ABNA0417164300", True, id="to the letter"),
        pytest.param("NL91ABNA0417164300", "0417164300", True, id="a Dutch number with its nought"),
        pytest.param("NL91ABNA0417164300", "41.71.64.300", True, id="with points"),
        pytest.param("BE68539007547034", "539-0075470-34", True, id="a Belgian number with dashes"),
        pytest.param("BE68539007547034", "007547034", False, id="a part of a Belgian one"),
        pytest.param("NL91ABNA0417164300", "NL20INGB0417164300", False, id="one number at two banks"),
        pytest.param("NL91ABNA0417164300", "64300", False, id="too short to tell"),
        pytest.param("0417164300", "0417164301", False, id="two old numbers"),
        pytest.param("", "NL91ABNA0417164300", False, id="none"),
    ],
)
def test_whether_two_ways_of_writing_are_one_account(a: str, b: str, *, same: bool) -> None:
    assert same_account(a, b) is same
    assert same_account(b, a) is same


# -- properties -------------------------------------------------------------------------------------------------------

_days = st.sampled_from([DAY, DAY + timedelta(days=1)])
_cents = st.sampled_from([100_00, 200_00, 300_00, -100_00])
_ibans = st.sampled_from([A, B, ""])
Booking = tuple[date, int, str, int]
_bookings = st.lists(st.tuples(_days, _cents, _ibans, st.integers(0, 1)), max_size=12)


def as_lines(bookings: list[Booking], fmt: str, statement: str, *, refs: bool = False) -> list[Line]:
    return [
        Line(on, cents, "EUR", f"{fmt}-{n}" if refs else "", iban, fmt, statement)
        for n, (on, cents, iban, _) in enumerate(bookings)
    ]


@given(_bookings, st.booleans())
def test_a_statement_taken_twice_adds_nothing(bookings: list[Booking], refs: bool) -> None:
    lines = as_lines(bookings, "mt940", "7", refs=refs)
    assert not any(new_lines(lines, lines))


@given(_bookings, st.randoms(), st.booleans())
def test_the_order_of_the_lines_makes_no_difference(bookings: list[Booking], chance, refs: bool) -> None:
    lines = as_lines(bookings, "mt940", "7", refs=refs)
    known = lines[::2]
    shuffled = list(lines)
    chance.shuffle(shuffled)
    added = Counter(line for line, new in zip(shuffled, new_lines(known, shuffled), strict=True) if new)
    expected = Counter(line for line, new in zip(lines, new_lines(known, lines), strict=True) if new)
    assert added == expected


@pytest.mark.parametrize("turned", [False, True], ids=["as it stands", "turned round"])
def test_of_two_that_may_be_one_known_line_the_same_is_new_in_whatever_order_they_come(turned):
    known, other = (Line(date(2026, 11, 2), 10_000, "EUR", "", iban, "mt940", "7") for iban in ("", B))
    incoming = [other, known] if turned else [known, other]
    assert [line for line, new in zip(incoming, new_lines([known], incoming), strict=True) if new] == [other]


@given(_bookings, st.integers(0, 12), st.integers(0, 12))
def test_two_overlapping_statements_with_the_banks_references_are_the_whole(
    bookings: list[Booking], a: int, b: int
) -> None:
    lines = as_lines(bookings, "camt-053", "1", refs=True)
    start, stop = sorted((min(a, len(lines)), min(b, len(lines))))
    first, second = lines[:stop], [line._replace(statement="2") for line in lines[start:]]
    new = new_lines(first, second)
    assert sum(new) + len(first) == len(lines)


@given(_bookings, st.permutations(["camt-053", "mt940", "bank-csv-ing"]), st.randoms())
def test_the_same_days_in_other_formats_add_nothing(bookings: list[Booking], formats, chance) -> None:
    """Whatever each format tells of the payer's account."""
    known: list[Line] = []
    for fmt in formats:
        lines = as_lines(bookings, fmt, "" if "csv" in fmt else fmt, refs=fmt == "camt-053")
        chance.shuffle(lines)
        if "csv" in fmt:
            lines = [line._replace(iban="") for line in lines]
        known += [line for line, new in zip(lines, new_lines(known, lines), strict=True) if new]
    assert len(known) == len(bookings)


@given(_bookings)
def test_keys_are_unique_and_the_same_for_who_takes_it_in_at_once(bookings: list[Booking]) -> None:
    lines = as_lines(bookings, "mt940", "7")
    keys = line_keys((), lines)
    assert len(set(keys)) == len(keys)
    assert sorted(line_keys((), list(reversed(lines)))) == sorted(keys)
    assert not set(line_keys(keys, lines)) & set(keys)


_entries = st.lists(st.lists(st.tuples(_cents, _ibans), min_size=1, max_size=3), max_size=6)


def in_details(entries: list[list[tuple[int, str]]], fmt: str) -> list[Line]:
    lines = []
    for n, payments in enumerate(entries):
        batch, whole = ("", 0) if len(payments) == 1 else (f"B{n}", sum(cents for cents, _ in payments))
        lines += [
            line(cents, iban, fmt=fmt, statement=fmt, batch=batch, whole=whole) for cents, iban in payments
        ]
    return lines


def in_totals(entries: list[list[tuple[int, str]]], fmt: str) -> list[Line]:
    return [
        line(
            sum(c for c, _ in payments), payments[0][1] if len(payments) == 1 else "", fmt=fmt, statement=fmt
        )
        for payments in entries
    ]


@given(_entries, st.permutations([(in_details, "camt-053"), (in_totals, "mt940"), (in_totals, "coda")]))
def test_batches_as_totals_and_as_payments_come_to_the_same_sum(entries, formats) -> None:
    known: list[Line] = []
    for written, fmt in formats:
        lines = written(entries, fmt)
        known += [x for x, new in zip(lines, new_lines(known, lines), strict=True) if new]
    assert sum(x.cents for x in known) == sum(cents for payments in entries for cents, _ in payments)


_any = st.builds(
    line,
    st.sampled_from([1_00, 2_00, 3_00]),
    st.sampled_from(["", A, B]),
    ref=st.sampled_from(["", "R1", "R2"]),
    fmt=st.sampled_from(["mt940", "camt-053"]),
    statement=st.sampled_from(["", "7", "8"]),
    on=st.sampled_from([DAY, DAY + timedelta(days=1)]),
    batch=st.sampled_from(["", "", "S1"]),
    whole=st.sampled_from([0, 3_00, 5_00]),
    said=st.sampled_from(["", "dank"]),
)


@given(st.lists(_any, max_size=8), st.lists(_any, max_size=8))
def test_what_is_not_looked_at_is_like_none(known: list[Line], incoming: list[Line]) -> None:
    quick = new_lines(known, incoming)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bank_lines._Pool, "may_hold", lambda pool, line: True)
        assert quick == new_lines(known, incoming)
