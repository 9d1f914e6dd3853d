"""Who owes exactly what came in, where the payment itself says little."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.same_amount import Way, fitting, rests, with_the_rest, with_two_others
from tests.domain.reconciliation.books import GARAGE, ITEMS, KRENT, PAYERS, STRANGE_IBAN, payment

ON = date(2026, 11, 10)
A, B, C, D, E = range(1, 6)


def way(invoice: int, debtor: int, cents: int, due: date = ON, as_of: date | None = None) -> Way:
    return Way(debtor, ((invoice, debtor, cents),), as_of, due)


LATE, NEXT_MONTH = date(2026, 11, 5), date(2026, 12, 8)


@pytest.mark.parametrize(
    ("ways", "debtors"),
    [
        pytest.param([way(1, A, 500)], [A], id="one owes it"),
        pytest.param(
            [way(1, A, 500, NEXT_MONTH), way(2, B, 500, LATE)], [B, A], id="of two first who is due"
        ),
        pytest.param(
            [way(n, n, 500, NEXT_MONTH) for n in (A, B, C)] + [way(4, D, 500, LATE)],
            [D, A, B],
            id="of four the three likeliest",
        ),
        pytest.param(
            [way(n, n, 500) for n in range(21)], [], id="of more than twenty nobody reads three with gain"
        ),
        pytest.param(
            [
                way(1, A, 500, LATE),
                way(2, B, 500, ON)._replace(country="BE"),
                way(3, C, 500, LATE),
                way(4, D, 500),
            ],
            [B, D, A],
            id="first who lives where the payer has his bank",
        ),
        pytest.param(
            [way(1, A, 500, as_of=date(2026, 11, 11)), way(2, B, 500)], [B], id="what is known to a later day"
        ),
        pytest.param([], [], id="nobody"),
    ],
)
def test_who_owes_the_amount(ways, debtors):
    found = fitting(ways, ON, country="BE")
    assert [way.debtor_id for way in found] == debtors
    assert {way.owing for way in found} <= {len({way.debtor_id for way in ways if way.as_of in (None, ON)})}


def test_of_who_is_named_with_others_four_who_owe_it_tell_nothing():
    assert fitting([way(n, n, 500) for n in (A, B, C, D)], ON, most=3) == []


X = [way(1, A, 4_500), way(2, A, 9_900)]


@pytest.mark.parametrize(
    ("cents", "others", "invoices"),
    [
        pytest.param(84_002, [way(9, B, 79_502)], [(1, 9)], id="the rest is one invoice of another"),
        pytest.param(84_002, [way(9, B, 79_502), way(8, C, 74_102)], [(1, 9), (2, 8)], id="two ways"),
        pytest.param(84_002, [way(n, n, 79_502) for n in (B, C, D, E)], [], id="four owe the rest"),
        pytest.param(84_002, [way(9, A, 79_502)], [], id="the rest is his own: he is not one of several"),
        pytest.param(84_002, [way(9, B, 79_501)], [], id="a cent off"),
        pytest.param(84_002, [Way(B, ((8, B, 79_500), (9, B, 2)), None, ON)], [], id="all that another owes"),
        pytest.param(84_002, [way(9, B, 79_502, as_of=date(2026, 11, 11))], [], id="known to a later day"),
        pytest.param(4_500, [way(9, B, 0)], [], id="nothing is missing"),
    ],
)
def test_the_rest_beside_one_who_is_named(cents, others, invoices):
    ways: dict[tuple[int, str], list[Way]] = {}
    for other in others:
        ways.setdefault((sum(p[2] for p in other.parts), "EUR"), []).append(other)
    wanted = set(rests(cents, X))
    ways = {key: some for key, some in ways.items() if key[0] in wanted}
    found = with_the_rest(cents, "EUR", X, ways, ON)
    assert [tuple(part[0] for part in one.parts) for one in found] == invoices


@pytest.mark.parametrize(
    ("cents", "others", "invoices"),
    [
        pytest.param(
            50_000, [way(8, B, 30_500), way(9, C, 15_000)], [(1, 8, 9)], id="two others owe the rest"
        ),
        pytest.param(
            54_500,
            [way(7, B, 25_000), way(8, C, 25_000), way(9, D, 44_600)],
            [(1, 7, 8)],
            id="two others who owe the same",
        ),
        pytest.param(50_000, [way(8, B, 30_500), way(9, B, 15_000)], [], id="both are of one debtor"),
        pytest.param(50_000, [way(8, A, 30_500), way(9, C, 15_000)], [], id="one is his own"),
        pytest.param(50_000, [way(8, B, 30_500), way(9, C, 15_001)], [], id="three a cent off"),
        pytest.param(
            50_000, [way(8, B, 30_500), way(9, C, 15_000, as_of=NEXT_MONTH)], [], id="known to a later day"
        ),
        pytest.param(
            50_000,
            [way(8, B, 30_500, LATE), way(9, C, 15_000), way(6, D, 30_501, NEXT_MONTH), way(7, E, 14_999)],
            [(1, 8, 9), (1, 6, 7)],
            id="of two ways first who is due",
        ),
        pytest.param(54_500, [way(n, n, 25_000) for n in (B, C, D, E)], [], id="six ways tell nothing"),
    ],
)
def test_two_others_beside_one_who_is_named(cents, others, invoices):
    found = with_two_others(cents, X, others, ON)
    assert [tuple(part[0] for part in one.parts) for one in found] == invoices


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("div. facturen Bakkerij De Verzonnen Krent e.a.", (KRENT,), id="one with others"),
        pytest.param("facturen Garage Fantasie en anderen", (GARAGE,), id="in words"),
        pytest.param("voor Garage Fantasie", (), id="one alone: the amount would be his"),
        pytest.param("div. facturen e.a.", (), id="nobody by name"),
    ],
)
def test_whom_a_text_names_with_others(text, named):
    found = explain(
        payment(text, 1_234_567, iban=STRANGE_IBAN, name="Kantoor Nergens"), Candidates(ITEMS, PAYERS)
    )
    assert (found.parts, found.named) == ((), named)
