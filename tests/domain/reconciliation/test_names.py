"""How alike names are, and how one is found among many."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.reconciliation.incoming import Payer
from beluur.domain.reconciliation.name_index import NameIndex
from beluur.domain.reconciliation.names import CUT, SAME, name_likeness, same_key

LONG_NAME = "Installatiebedrijf Van der Verzinsel en Zonen BV"


@pytest.mark.parametrize(
    ("a", "b", "least", "most"),
    [
        pytest.param("Garage Fantasie B.V.", "GARAGE FANTASIE", SAME, SAME, id="legal form and capitals"),
        pytest.param("Café 't Hoekje", "CAFE T HOEKJE", SAME, SAME, id="accents and signs"),
        pytest.param("Stichting Zorg voor Niets", "Zorg voor niets", SAME, SAME, id="stichting left out"),
        pytest.param("Stg. Zorg voor Niets", "Zorg voor niets", SAME, SAME, id="stichting shortened"),
        pytest.param("Vries, J. de", "J. de Vries", SAME, SAME, id="another order of words"),
        pytest.param("Dhr. J. de Vries", "J de Vries", SAME, SAME, id="a title"),
        pytest.param("Bakkerij deKrent", "Bakkerij de Krent", SAME, SAME, id="a blank left out"),
        pytest.param(
            "Bode Nepkantoor inzake Garage Fantasie", "Garage Fantasie BV", SAME, SAME, id="on behalf of"
        ),
        pytest.param(LONG_NAME[:27], LONG_NAME, CUT, CUT, id="cut off at 27"),
        pytest.param(LONG_NAME[:35], LONG_NAME, CUT, CUT, id="cut off at 35"),
        pytest.param(LONG_NAME[:29], LONG_NAME, 1, CUT - 1, id="29 is no length that banks cut at"),
        pytest.param("Garage", "Garage Fantasie", 0, 80, id="one common word"),
        pytest.param("J. de Vries", "Jan de Vries", 92, 92, id="an initial"),
        pytest.param("de Vries J", "Jan de Vries", 92, 92, id="an initial behind"),
        pytest.param("J.P. de Vries", "J. de Vries", 92, 96, id="two initials and one"),
        pytest.param("Piet de Vries", "Jan de Vries", 0, 84, id="another first name"),
        pytest.param("P. de Vries", "J. de Vries", 0, 90, id="another initial"),
        pytest.param("A. Jansen-de Boer", "A. Jansen", 88, 88, id="a married name"),
        pytest.param("Denkbeeld Techniek", "Denkbeeld Techniek Zuid", 90, 96, id="all words of the shorter"),
        pytest.param("Garage Fantasi", "Garage Fantasie", 90, 96, id="a letter missing"),
        pytest.param("Bakkerij Krent", "Bakkerij Rozijn", 0, 75, id="the same trade"),
        pytest.param("Garage Fantasie", "Kapsalon Verzinsel", 0, 50, id="nothing alike"),
        pytest.param("", "Garage Fantasie", 0, 0, id="no name"),
        pytest.param("", "", 0, 0, id="no names"),
    ],
)
def test_how_alike_two_names_are(a, b, least, most):
    assert least <= name_likeness(a, b) <= most
    assert name_likeness(a, b) == name_likeness(b, a)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_names_have_a_likeness(a, b):
    assert 0 <= name_likeness(a, b) == name_likeness(b, a) <= SAME


@given(st.text(max_size=80))
def test_a_name_that_says_something_is_like_itself(name):
    assert name_likeness(name, name) == (SAME if same_key(name) else 0)


PAYERS = [Payer(n, f"{trade} {name}") for n, (trade, name) in enumerate(
    (trade, name) for trade in ("Garage", "Bakkerij", "Kapsalon") for name in ("Fantasie", "Verzinsel", "Denkbeeld", "Nergens")
)]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("GARAGE FANTASIE BV", "Garage Fantasie", id="the same name"),
        pytest.param("Fantasie Garage", "Garage Fantasie", id="turned round"),
        pytest.param("Kapsalon Verzinsl", "Kapsalon Verzinsel", id="a letter missing in the rare word"),
        pytest.param("Bode Nepkantoor inz. Bakkerij Nergens", "Bakkerij Nergens", id="on behalf of"),
    ],
)
def test_the_most_alike_comes_first(name, found):
    index = NameIndex(reversed(PAYERS))
    likeness, debtor_id = index.find(name, 80)[0]
    assert (PAYERS[debtor_id].name, likeness >= 90) == (found, True)


def test_nobody_is_found_below_the_floor():
    assert NameIndex(PAYERS).find("Garage Onbekend", 90) == ()
    assert NameIndex(PAYERS).find("") == ()
    assert NameIndex([]).find("Garage Fantasie") == ()


def test_a_name_is_found_among_many_that_share_its_words():
    crowd = [Payer(n, f"A. de Vries {n % 7}") for n in range(5_000)] + [Payer(9_999, "S. de Vries")]
    assert NameIndex(crowd).find("Hr S. de Vries", 95)[0] == (SAME, 9_999)


@pytest.mark.slow
def test_two_hundred_thousand_names():
    syllables = "ba ko ri mel tra von del ster huis".split()
    crowd = [
        Payer(
            n,
            f"{syllables[n % 9]}{syllables[n // 9 % 9]}{syllables[n // 81 % 9]} {syllables[n // 729 % 9]}{n % 977} BV",
        )
        for n in range(200_000)
    ]
    bare = time.process_time()
    sum(n for n in range(5_000_000))
    limit = time.process_time() - bare
    index = NameIndex(crowd)
    started = time.process_time()
    index.find("")
    built = time.process_time() - started
    for payer in crowd[:200]:
        index.find(payer.name + "x", 80)
    searched = (time.process_time() - started - built) / 200
    assert built < max(1.5, 12 * limit)
    assert searched < max(0.001, limit / 50)
