"""What is proposed first where several explanations would do, and what is not booked because they would."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.incoming import Payer
from beluur.domain.reconciliation.names import CUT, name_likeness
from beluur.domain.reconciliation.shapes import Shape
from tests.domain.reconciliation.books import (
    BY_KRENT,
    CERTAIN,
    GARAGE,
    HOLDING,
    KORT,
    KRENT,
    LIKELY,
    NONE,
    PAYERS,
    STRANGE_IBAN,
    ZORG,
    check,
    explained,
    item,
    payment,
    row,
    taken,
)

LAST_YEAR, LONG_AGO = date(2025, 12, 10), date(2026, 3, 1)
DUE_NOW, DUE_SOON, DUE_LATER = date(2026, 11, 8), date(2026, 11, 25), date(2026, 12, 20)
OFFICE = {"iban": STRANGE_IBAN, "name": "Administratiekantoor Nergens"}

TURN = [
    item(31, KRENT, "2025.1681", 9_900, issued=date(2025, 10, 27)),
    item(32, KRENT, "2025.1953", 4_900, issued=date(2025, 11, 6)),
    item(33, KRENT, "2025.3429", 9_900, issued=date(2025, 12, 26)),
    item(34, KRENT, "2026.114", 9_900, issued=date(2026, 1, 5)),
    item(35, KRENT, "2026.1264", 7_100, issued=date(2026, 2, 14)),
]
CREDITED = [
    item(31, KRENT, "20260401", 9_900),
    item(32, KRENT, "20260402", -9_900),
    item(33, KRENT, "20260403", 9_900),
    item(34, KRENT, "20260404", 9_900),
]
NO_NOUGHTS = [
    row("a range through the turn of the year, of numbers without noughts", CERTAIN, {32: 4_900, 33: 9_900, 34: 9_900}, "numbers",
        text="2025.1953 - 0114", cents=24_700, items=TURN, **BY_KRENT),
    row("a range within a year, whose end is longer than its beginning", CERTAIN, {34: 9_900, 35: 7_100}, "numbers",
        text="2026.114 t/m 1264", cents=17_000, items=TURN, **BY_KRENT),
    row("what stands before the range is not of it", LIKELY, {32: 4_900, 31: 9_900}, text="2025.1953 t/m 2025.2600", cents=14_800,
        items=TURN, **BY_KRENT),
    row("a range with an invoice and its credit note, which may stay as they are", LIKELY,
        {31: 9_900, 32: -9_900, 33: 9_900, 34: 9_900}, "numbers", text="20260401 t/m 20260404", cents=19_800, items=CREDITED,
        **BY_KRENT),
]  # fmt: skip

PAID_BEFORE = [
    item(31, KRENT, "20260401", 0, amount_cents=36_300, reference="RF18539007547034"),
    item(32, KRENT, "20260402", 36_300),
]
ANOTHER_AMOUNT = [PAID_BEFORE[0]._replace(amount_cents=41_100), PAID_BEFORE[1]]
PAID_TWICE = [
    row("the reference of an invoice of that amount that was paid", LIKELY, {32: 36_300}, "could_be",
        text="kenmerk RF18539007547034", cents=36_300, items=PAID_BEFORE, **BY_KRENT),
    row("the reference of the last time, of another amount", CERTAIN, {32: 36_300}, "only_amount",
        text="kenmerk RF18539007547034", cents=36_300, items=ANOTHER_AMOUNT, **BY_KRENT),
]  # fmt: skip

THREE = [item(31 + n, KRENT, f"2026330{7 + n}", 12_100) for n in range(3)]
DIGIT = [
    row("a digit amiss where three have the amount: it may be a number of the payer's books", LIKELY, {33: 12_100}, "number_near",
        text="20265309", cents=12_100, items=THREE, **BY_KRENT),
    row("a number of his books, as he says himself", LIKELY, {33: 12_100}, "number_near", text="bkst 20265309", cents=12_100,
        items=THREE, **BY_KRENT),
    row("a digit amiss, and he calls it an invoice's", CERTAIN, {33: 12_100}, "number_near", text="factuur 20265309",
        cents=12_100, items=THREE, **BY_KRENT),
    row("two neighbours changed are hardly chance", CERTAIN, {33: 12_100}, "number_near", text="20263039", cents=12_100,
        items=THREE, **BY_KRENT),
    row("a digit amiss where one has the amount", CERTAIN, {33: 12_100}, "number_near", text="20265309", cents=12_100,
        items=THREE[2:], **BY_KRENT),
]  # fmt: skip

SPREAD = [
    item(31, KRENT, "20267500", 12_100, due=DUE_NOW),
    item(32, KRENT, "20268367", 12_100, due=DUE_LATER),
]
NEARLY_ALIKE = [
    SPREAD[0],
    item(32, KRENT, "20269301", 12_100, due=DUE_LATER),
    item(33, KRENT, "20269302", 12_100, due=DUE_LATER),
]
NEAREST = [
    row("two digits amiss: nearest to what is written, though it is due later", LIKELY, {32: 12_100}, "only_amount",
        text="20269337", cents=12_100, items=SPREAD, **BY_KRENT),
    row("three digits amiss say nothing", LIKELY, {31: 12_100}, text="20269237", cents=12_100, items=SPREAD, **BY_KRENT),
    row("as near to two of them", LIKELY, {31: 12_100}, text="20269360", cents=12_100, items=NEARLY_ALIKE, **BY_KRENT),
]  # fmt: skip

HALF = [item(31, KRENT, "20260401", 24_200), item(32, KRENT, "20260402", -12_100)]
IN_PART = [
    row("he says that it is a part: no credit note is taken with it", CERTAIN, {31: 12_100}, "part",
        text="eerste deel 20260401", cents=12_100, items=HALF, **BY_KRENT),
    row("of the half, where he does not say so", LIKELY, {31: 24_200, 32: -12_100}, "credit", text="20260401", cents=12_100,
        items=HALF, **BY_KRENT),
]  # fmt: skip

TWO = [
    item(31, KRENT, "20260401", 81_203, due=DUE_SOON),
    item(32, KRENT, "20260402", 41_177, due=DUE_LATER),
]
OLD = [item(31, KRENT, "20260401", 81_203, due=LONG_AGO), item(32, KRENT, "20260402", 61_177, due=DUE_NOW)]
SMALL = [item(31, KRENT, "20260401", 9_956, due=DUE_SOON), item(32, KRENT, "20260402", 38_552, due=DUE_NOW)]
PARTS = [
    row("a round sum is a part, not an invoice less a fee", LIKELY, {31: 40_000}, "part", cents=40_000, items=TWO, **BY_KRENT),
    row("an invoice less a fee is hardly round", LIKELY, {32: 39_977}, "fee", cents=39_977, items=TWO, **BY_KRENT),
    row("a part of what is paid on such a day, not of what is months late", LIKELY, {32: 10_000}, "part", cents=10_000, items=OLD,
        **BY_KRENT),
    row("who says that it is a part has rounded nothing up", LIKELY, {32: 10_000}, "part", text="eerste deel", cents=10_000,
        items=SMALL, **BY_KRENT),
    row("rounded up, where he does not say so", LIKELY, {31: 9_956}, "over", text="betaling", cents=10_000, items=SMALL, left=44,
        **BY_KRENT),
]  # fmt: skip

LEFT_STANDING = [
    item(31, KRENT, "20260401", 12_100, due=LONG_AGO),
    item(32, KRENT, "20260402", 12_100, due=DUE_NOW),
    item(33, KRENT, "20260403", 12_100, due=DUE_SOON),
]
NOTES = [
    item(30, KRENT, "20260400", 7_777, due=DUE_SOON),
    item(31, KRENT, "20260401", 12_100, due=DUE_NOW),
    item(32, KRENT, "20260402", -1_210, due=DUE_NOW),
    item(33, KRENT, "20260403", -1_210, due=LONG_AGO),
]
SMALL_NOTE = [
    item(41, KRENT, "20260411", 995),
    item(42, KRENT, "20260412", 995, due=DUE_NOW),
    item(43, KRENT, "20260413", 995, due=DUE_LATER),
    item(44, KRENT, "20260414", -99),
]
BESIDE = [
    row("with the one that is named, the one that is paid on such a day", LIKELY, {33: 12_100, 32: 12_100}, "completed",
        text="20260403", cents=24_200, items=LEFT_STANDING, **BY_KRENT),
    row("of two equal credit notes the older, though its day is long past", LIKELY, {31: 12_100, 33: -1_210},
        text="factuur min creditnota", cents=10_890, items=NOTES, **BY_KRENT),
    row("with the one that is named another, less a credit note of less than a euro", LIKELY, {41: 995, 42: 995, 44: -99},
        "completed", text="20260411", cents=1_891, items=SMALL_NOTE, **BY_KRENT),
    row("a rest of less than a euro is paid with nothing", CERTAIN, {41: 995}, text="20260411", cents=1_094, left=99,
        items=[SMALL_NOTE[0], item(46, KRENT, "20260416", 5_000), item(45, KRENT, "20260415", 99, amount_cents=995)], **BY_KRENT),
    row("all that is open, without an invoice and its credit note", LIKELY, {33: 9_900, 31: 9_900}, "everything", cents=19_800,
        items=CREDITED, **BY_KRENT),
    row("who says all means these too", LIKELY, {31: 9_900, 32: -9_900, 33: 9_900, 34: 9_900}, "everything", text="alles",
        cents=19_800, items=CREDITED, **BY_KRENT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("certainty", "parts", "left", "by", "facts"),
    [*NO_NOUGHTS, *PAID_TWICE, *DIGIT, *NEAREST, *IN_PART, *PARTS, *BESIDE],
)
def test_what_comes_first(certainty, parts, left, by, facts):
    check(certainty, parts, left, by, facts)


HERE = (Shape("2026", 8), Shape("2025", 8), Shape("2026", 7))
DESK = (
    item(1, KRENT, "2026.2088", 995),
    item(2, GARAGE, "2026.832", 11_944),
    item(3, ZORG, "2025.2574", 201_323),
    item(4, KORT, "2026.2025", 2_995),
    item(5, HOLDING, "282", 9_907),
    item(6, GARAGE, "960", 86_603),
    item(7, ZORG, "1738", 7_270),
    item(8, KRENT, "2025.923", 24_049),
)
LISTED = [
    row("all named in full, though the year that follows may end a number", LIKELY, {1: 995, 2: 11_944, 3: 201_323}, "numbers",
        text="2026.2088, 2026.832, 2025.2574", cents=214_262),
    row("a number of three signs among longer ones", LIKELY, {6: 86_603, 7: 7_270}, "numbers", text="1738, 960", cents=93_873),
    row("not to the cent", NONE, {}, text="1738, 960", cents=93_874, left=93_874),
    row("the end of a number without noughts, of last year", CERTAIN, {8: 24_049, 1: 995}, "numbers", text="923 + 2088",
        cents=25_044),
    row("an end beside a number that is short itself", CERTAIN, {8: 24_049, 5: 9_907}, "numbers", text="923 + 282", cents=33_956),
    row("the same, a cent off", NONE, {}, text="923 + 282", cents=33_957, left=33_957),
]  # fmt: skip


@pytest.mark.parametrize(("certainty", "parts", "left", "by", "facts"), LISTED)
def test_what_a_desk_lists(certainty, parts, left, by, facts):
    found = explain(payment(**(OFFICE | facts)), Candidates(DESK, PAYERS, shapes=HERE))
    assert (found.certainty.name.lower(), taken(found), found.left_cents) == (certainty, parts, left)
    assert {f"explain.{code}" for code in by} <= {sentence.code for sentence in found.by}


TRADERS = (
    Payer(1, "Verzonnen Groen", exact=True),
    Payer(2, "Café Bedacht", exact=True),
    Payer(3, "Café Bedacht", exact=True),
)
THEIRS = (
    item(1, 1, "20260501", 24_950),
    item(2, 2, "20260502", 79_756),
    item(3, 2, "20260503", 0, amount_cents=83_769),
    item(4, 3, "20260504", 79_756),
)


@pytest.mark.parametrize(
    ("name", "text", "cents", "parts"),
    [
        pytest.param(
            "J. Nergens h/o Verzonnen Gr", "", 24_950, {1: 24_950}, id="a trade name cut off by the bank"
        ),
        pytest.param("J. Nergens h/o Verzonnen Gr", "", 31_000, {}, id="and another amount"),
        pytest.param(
            "Nergens h/o Verzonnen Gr", "", 24_950, {1: 24_950}, id="at another length that banks use"
        ),
        pytest.param("Jan Nergens h/o Verzonnen Gr", "", 24_950, {}, id="no length that banks cut at"),
        pytest.param(
            "Caf. Bedacht",
            "Fact. 20260503",
            79_756,
            {2: 79_756},
            id="hardly his name, and a number of his of before",
        ),
        pytest.param("Caf. Bedacht", "", 79_756, {}, id="hardly his name, and nothing else"),
    ],
)
def test_who_is_hardly_named(name, text, cents, parts):
    found = explained(text, cents, items=THEIRS, payers=TRADERS, name=name)
    assert (found.certainty.name, taken(found)) == ("LIKELY" if parts else "NONE", parts)


def test_only_the_end_of_the_whole_name_was_cut_off():
    assert name_likeness("J. Nergens h/o Verzonnen Gr", "Verzonnen Groen") == CUT
    assert name_likeness("Verzonnen Gr h/o J. Nergens", "Verzonnen Groen") < CUT
