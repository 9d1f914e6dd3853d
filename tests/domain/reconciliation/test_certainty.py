"""Where certain ends: each threshold from both sides, and the table itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.certainty import CERTAIN_WHEN, is_certain
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.incoming import Certainty, Payer
from beluur.domain.reconciliation.reasons import Fit, Which, Who
from beluur.domain.reconciliation.rules import USUAL
from tests.domain.reconciliation.books import (
    BY_GARAGE,
    BY_KRENT,
    GARAGE,
    ISSUED,
    ITEMS,
    KRENT,
    PAYERS,
    STRANGE_IBAN,
    codes,
    explained,
    item,
    payment,
    taken,
)


def discounted(days_after, percent=2, **facts):
    """Invoice 20260122, paid with a discount so many days after its due date."""
    booked = ISSUED + timedelta(days=30 + days_after)
    return explained("20260122", 77_700 - 777 * percent, booked=booked, **BY_GARAGE, **facts)


@pytest.mark.parametrize(
    ("found", "code"),
    [
        pytest.param(discounted(5), "discount", id="two percent on the last day of grace"),
        pytest.param(discounted(6), "fee", id="two percent a day later: a shortage"),
        pytest.param(discounted(5, percent=1), "discount", id="one percent"),
        pytest.param(discounted(5, percent=4), "part", id="four percent is not usual"),
        pytest.param(
            explained("20260122", 76_416, **BY_GARAGE), "discount", id="two percent of the amount without VAT"
        ),
        pytest.param(explained("20260122", 75_200, **BY_GARAGE), "fee", id="the largest bank fee"),
        pytest.param(explained("20260122", 75_199, **BY_GARAGE), "part", id="a cent more is a part payment"),
        pytest.param(
            explained("20260121", 11_111, **BY_GARAGE), "fee", id="a tenth of the amount may be a fee"
        ),
        pytest.param(explained("20260121", 11_110, **BY_GARAGE), "part", id="more than a tenth may not"),
    ],
)
def test_what_is_called_a_discount_or_a_fee(found, code):
    assert code in codes(found)
    assert found.certainty is Certainty.CERTAIN


@pytest.mark.parametrize(
    ("rules", "certainty"),
    [
        pytest.param(replace(USUAL, alike=96), Certainty.CERTAIN, id="just alike enough"),
        pytest.param(replace(USUAL, alike=97), Certainty.LIKELY, id="a hundredth short"),
    ],
)
def test_how_alike_a_name_must_be(rules, certainty):
    assert explained("20260122", 30_000, name="Garage Fantasi", rules=rules).certainty is certainty


def test_a_person_is_only_who_he_is_called():
    persons = tuple(p._replace(exact=True) for p in PAYERS)
    assert explained("20260122", 30_000, name="Garage Fantasi", payers=persons).certainty is Certainty.LIKELY


@pytest.mark.parametrize(
    ("cents", "code"), [(30_000, "oldest"), (30_100, "account")], ids=["round", "not round"]
)
def test_only_a_round_part_goes_to_the_oldest(cents, code):
    assert codes(explained("", cents, **BY_KRENT))[0] == code


@pytest.mark.parametrize(
    ("amounts", "cents", "certainty"),
    [
        pytest.param(
            (123_171, 456_717, 300_131), 423_302, Certainty.CERTAIN, id="two of three, hardly chance"
        ),
        pytest.param((10_000, 20_000, 40_000), 30_000, Certainty.LIKELY, id="round amounts meet by chance"),
        pytest.param(
            (123_171, 456_717, 123_171, 300_131), 423_302, Certainty.LIKELY, id="two choices add up"
        ),
        pytest.param((123_171, 456_717), 579_888, Certainty.CERTAIN, id="all that is open"),
    ],
)
def test_invoices_that_add_up(amounts, cents, certainty):
    items = [item(n, KRENT, f"20260{n}", amount) for n, amount in enumerate(amounts, 201)]
    found = explained("", cents, items=items, **BY_KRENT)
    assert (found.certainty, sum(taken(found).values())) == (certainty, cents)


@pytest.mark.parametrize(("others", "certainty"), [(2, Certainty.CERTAIN), (3, Certainty.LIKELY)])
def test_an_amount_that_many_invoices_have_tells_little_of_who_is_not_known_himself(others, certainty):
    items = [item(1, KRENT, "20260301", 2_499)] + [
        item(n, GARAGE, f"20260{n}", 2_499) for n in range(400, 400 + others)
    ]
    assert explained("", 2_499, items=items, **BY_KRENT).certainty is Certainty.CERTAIN
    person = [Payer(KRENT, "J. Bedacht", exact=True)]
    assert explained("", 2_499, items=items, payers=person, name="J. Bedacht").certainty is certainty
    assert explained("order 12", 2_499, items=items, **BY_KRENT).certainty is certainty
    assert explained("20260301", 2_499, items=items, iban=STRANGE_IBAN).certainty is certainty


@pytest.mark.parametrize(("others", "certainty"), [(2, Certainty.CERTAIN), (3, Certainty.LIKELY)])
def test_amounts_that_many_invoices_have_add_up_to_little_but_to_all_of_a_known_account(others, certainty):
    items = [item(1, KRENT, "20260301", 2_499), item(2, KRENT, "20260302", 87_654)]
    items += [item(n, GARAGE, f"20260{n}", 2_499) for n in range(400, 400 + others)]
    assert explained("", 90_153, items=items, **BY_KRENT).certainty is Certainty.CERTAIN
    assert explained("", 90_153, items=items, name=BY_KRENT["name"]).certainty is certainty
    assert explained("20260302", 90_153, items=items, **BY_KRENT).certainty is certainty
    assert explained("alles", 90_153, items=items, **BY_KRENT).certainty is Certainty.CERTAIN


def test_alternatives_are_the_next_best_and_three_at_most():
    items = [item(n, KRENT, f"2026{n}", 2_500) for n in range(1001, 1009)]
    found = explained("", 2_500, items=items, **BY_KRENT)
    assert found.certainty is Certainty.LIKELY
    assert 1 <= len(found.alternatives) <= 3
    assert all(a.certainty is Certainty.LIKELY and not a.alternatives for a in found.alternatives)


def test_nothing_fuzzy_stands_in_the_table_alone():
    fuzzy_which = {Which.NEAR, Which.SHORT, Which.AMOUNT, Which.ALL, Which.SUBSET, Which.OLDEST}
    exact_who = {Who.ACCOUNT, Who.NAME}
    for (which, fit), who in CERTAIN_WHEN.items():
        if which in fuzzy_which - {Which.SHORT}:
            assert who <= exact_who | {Who.NAMED, Who.SHARED}, (which, fit)
            assert fit is Fit.EXACT or (which is Which.ALL and who == exact_who)
    assert not any(
        which is Which.OLDEST or fit in (Fit.SLIP, Fit.SPREAD, Fit.CLOSED) for which, fit in CERTAIN_WHEN
    )
    assert not any(
        is_certain(w, f, Who.OTHER) for w in Which for f in Fit if (w, f) != (Which.REFERENCE, Fit.EXACT)
    )


def test_two_payments_of_a_chunk_never_take_the_same_euro():
    candidates = Candidates(ITEMS, PAYERS)
    first = explain(payment("20260122", 77_700), candidates)
    candidates.take(first)
    second = explain(payment("20260122", 77_700), candidates)
    assert (first.certainty, codes(second)) == (Certainty.CERTAIN, ["paid_twice"])


def test_a_state_of_yesterday_and_a_state_of_tomorrow():
    day = date(2026, 11, 10)
    items = [item(1, GARAGE, "20260122", 500, as_of=day, past_cents=500)]
    assert [
        (found.certainty.name, [p.lowers for p in found.parts])
        for found in (
            explained("20260122", 500, items=items, booked=day + timedelta(days=d)) for d in (-1, 0, 1)
        )
    ] == [("CERTAIN", [False]), ("LIKELY", [True]), ("CERTAIN", [True])]
