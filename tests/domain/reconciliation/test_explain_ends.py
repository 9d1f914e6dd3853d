"""Ends of numbers, names in the text, and one payment for several debtors: what is proposed first, and what little is booked."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.incoming import Incoming, Payer, is_standing, repeats
from beluur.domain.reconciliation.names import paid_for
from beluur.domain.reconciliation.shapes import Shape, full_keys, shapes
from beluur.domain.reconciliation.signals import means_refund, mended_reference
from tests.domain.reconciliation.books import (
    CERTAIN,
    DOCHTER,
    GARAGE,
    HOLDING,
    HOLDING_IBAN,
    KORT,
    KRENT,
    LIKELY,
    NONE,
    PAYERS,
    STRANGE_IBAN,
    ZORG,
    item,
    payment,
    row,
    taken,
)

OFFICE = {"iban": STRANGE_IBAN, "name": "Administratiekantoor Nergens"}
HERE = (Shape("2026", 8), Shape("2025", 8))
OWED = (
    item(1, KRENT, "20261480", 24_211),
    item(2, GARAGE, "20262235", 84_337),
    item(3, ZORG, "20260950", 184_990),
    item(4, HOLDING, "20260700", 31_007),
    item(5, DOCHTER, "20260701", 12_003),
    item(6, DOCHTER, "20260702", 9_001),
    item(7, ZORG, "20250951", 60_000),
    item(8, GARAGE, "20260951", 60_000),
    item(9, KORT, "20260058", 15_250),
)
LONG_OPEN = [
    item(10, DOCHTER, "20260011", 9_900, due=date(2026, 2, 1)),
    item(11, DOCHTER, "20260711", 9_900, due=date(2026, 11, 8)),
    item(12, HOLDING, "20260712", 31_007),
    item(13, HOLDING, "20260713", 5_555),
]
SEVERAL = [
    row("three ends and nothing else", CERTAIN, {1: 24_211, 2: 84_337, 3: 184_990}, "numbers", text="1480 + 2235 + 950",
        cents=293_538),
    row("with another number, which may be meant", LIKELY, {1: 24_211, 2: 84_337}, text="1480 + 2235 / 7777", cents=108_548),
    row("an end of two digits, listed with others", CERTAIN, {1: 24_211, 2: 84_337, 9: 15_250}, "numbers",
        text="1480 + 2235 + 58", cents=123_798),
    row("two digits beside one end may be anything", NONE, {}, text="1480 + 58", cents=39_461, left=39_461),
    row("not to the cent", NONE, {}, text="1480 + 2235 + 950", cents=293_537, left=293_537),
    row("an end of two years", LIKELY, {1: 24_211, 8: 60_000}, text="1480 + 951", cents=84_211),
    row("one end is never enough for a stranger", LIKELY, {2: 84_337}, "number", text="fact. 2235", cents=84_337),
    row("one end of another amount", NONE, {}, text="fact. 2235", cents=84_338, left=84_338),
    row("two debtors by their names", LIKELY, {1: 24_211, 2: 84_337}, "sum",
        text="Bakkerij De Verzonnen Krent, Garage Fantasie", cents=108_548),
    row("the desk of a group, all that is open", LIKELY, {4: 31_007, 5: 12_003, 6: 9_001}, "sum", text="saldo", cents=52_011,
        iban=HOLDING_IBAN, name="Denkbeeld Holding"),
    row("and some of it", LIKELY, {4: 31_007, 6: 9_001}, "sum", cents=40_008, iban=HOLDING_IBAN, name="Denkbeeld Holding"),
]  # fmt: skip


def test_of_a_group_first_what_each_mostly_pays_on_such_a_day():
    """Not what has been open since long ago, of the same amount."""
    paid = payment("saldo", 40_907, iban=HOLDING_IBAN, name="Denkbeeld Holding")
    found = explain(paid, Candidates(LONG_OPEN, PAYERS))
    assert (found.certainty.name.lower(), taken(found)) == (LIKELY, {12: 31_007, 11: 9_900})


@pytest.mark.parametrize(("certainty", "parts", "left", "by", "facts"), SEVERAL)
def test_what_is_paid_for_several(certainty, parts, left, by, facts):
    found = explain(Incoming(**payment(**(OFFICE | facts))._asdict()), Candidates(OWED, PAYERS, shapes=HERE))
    assert (found.certainty.name.lower(), taken(found), found.left_cents) == (certainty, parts, left)
    assert {f"explain.{code}" for code in by} <= {sentence.code for sentence in found.by}


NAMESAKES = (
    Payer(1, "R. Bedacht", (), None, "", exact=True),
    Payer(2, "R. Bedacht", (), None, "", exact=True),
)


def test_for_somebody_whose_name_another_has_too_is_proposed_and_never_booked():
    items = [item(1, 1, "20260001", 12_345), item(2, 2, "20260002", 54_321)]
    found = explain(payment("voor R. Bedacht", 12_345, **OFFICE), Candidates(items, NAMESAKES))
    assert (found.certainty.name.lower(), taken(found)) == (LIKELY, {1: 12_345})


def test_who_pays_for_somebody_else_does_not_pay_his_own_by_the_amount():
    payers = [*NAMESAKES, Payer(3, "Bakkerij Elders BV", (STRANGE_IBAN,))]
    items = [item(1, 1, "20260001", 54_321), item(3, 3, "20260003", 12_345)]
    by_himself = {"iban": STRANGE_IBAN, "name": "Bakkerij Elders BV"}
    said = {
        text: explain(payment(text, 12_345, **by_himself), Candidates(items, payers)).certainty.name.lower()
        for text in ("rekening", "voor R. Bedacht")
    }
    assert said == {"rekening": CERTAIN, "voor R. Bedacht": LIKELY}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("betaling voor R. Bedacht", "R. Bedacht", id="behind for"),
        pytest.param("Gemeente Verzonnen 1951", "Gemeente Verzonnen", id="before a number"),
        pytest.param("pour Café Imaginé", "Café Imaginé", id="in French"),
        pytest.param("INV2 van R. Bedacht", "", id="beside a number"),
        pytest.param(
            "div. facturen Verzonnen Bakkers BV e.a.", "Verzonnen Bakkers BV", id="with others besides"
        ),
        pytest.param(
            "DIVERSE FACTUREN VAN R. BEDACHT E.A", "R. BEDACHT", id="with others, as a bank writes it"
        ),
        pytest.param("factures Café Imaginé et autres", "Café Imaginé", id="with others in French"),
        pytest.param("Fact Finders", "Fact Finders", id="a name that begins like an invoice"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_whom_a_text_names(text, name):
    assert paid_for(text) == name


def test_a_house_numbers_by_year_or_through():
    by_year = [(f"2026{n:04}", date(2026, 3, 1)) for n in range(60)]
    through = [(str(n), date(2026, 3, 1)) for n in range(12_400, 12_460)]
    assert shapes([*by_year, ("999912345", date(2026, 3, 1))]) == (Shape("2026", 8),)
    assert full_keys("407", shapes(through)) == ("12407",)
    assert full_keys("12345", shapes(by_year)) == ()


def test_of_thousands_of_numbers_no_usual_shape_is_missed():
    by_year = [(f"2026{n:04}", date(2026, 3, 1)) for n in range(6_000)]
    last_year = [(f"2025{n:05}", date(2025, 3, 1)) for n in range(300)]
    assert shapes([*by_year, *last_year]) == (Shape("2026", 8), Shape("2025", 9))


def test_a_wrong_creditor_reference_is_mended():
    assert "RF18539007547034" in mended_reference("RF18539007547035")
    assert "RF18539007547034" in mended_reference("RF18539007540734")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("te veel betaald, graag retour", True),
        ("gelieve het verschil terug te storten", True),
        ("merci de rembourser la différence", True),
        ("please refund", True),
        ("factuur terugslagklep", False),
        ("retour 2026", False),
    ],
)
def test_who_wants_money_back_says_so(text, wanted):
    assert means_refund(payment(text)) is wanted


def _on(day: date, number: int) -> Incoming:
    return payment("factuur 20260090", 50_000, iban=STRANGE_IBAN, booked=day, id=number)


def test_the_same_number_again_within_six_weeks_may_be_paid_twice():
    first, again = _on(date(2026, 9, 14), 1), _on(date(2026, 10, 12), 2)
    assert repeats(again, first)
    assert not repeats(again._replace(text="rekening"), first._replace(text="rekening"))
    assert not repeats(again._replace(reference="RF18539007547034"), first)


def test_so_may_the_same_month_be():
    first, again = (
        _on(day, day.month)._replace(text="Faktuur juni") for day in (date(2026, 7, 23), date(2026, 8, 26))
    )
    assert repeats(again, first)
    assert not repeats(again._replace(booked=date(2026, 9, 3)), first)


def test_but_who_does_so_each_month_has_a_standing_order():
    months = [_on(date(2026, month, 12), month) for month in (7, 8, 9)]
    assert is_standing(_on(date(2026, 10, 12), 10), months)
    assert not is_standing(_on(date(2026, 10, 12), 10), months[2:])
    assert not is_standing(_on(date(2026, 9, 20), 10), months)
