"""The first look says what the whole engine says, of what it takes; and it takes what is plain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.first_look import first_look
from beluur.domain.reconciliation.incoming import Certainty, Explanation, Incoming
from beluur.domain.reconciliation.signals import signals
from tests.domain.reconciliation.books import (
    BOOKED,
    BY_KRENT,
    GARAGE_IBAN,
    ITEMS,
    KRENT,
    KRENT_OGM,
    PAYERS,
    STATE,
    STRANGE_IBAN,
    VRIES,
    codes,
    item,
    payment,
)
from tests.domain.reconciliation.test_properties import ibans, names, payments, said

SAME = tuple(item(100 + n, VRIES, f"2027{n:04}", 12_345) for n in range(40))  # a subscription
BOOKS = (ITEMS, (*ITEMS, *SAME))
named = st.sampled_from(ITEMS).flatmap(
    lambda i: st.builds(
        Incoming,
        id=st.just(1),
        cents=st.sampled_from([abs(i.open_cents) or 1, i.amount_cents]).map(lambda cents: abs(cents) or 1),
        currency=st.just(i.currency),
        booked=st.sampled_from([STATE, BOOKED, BOOKED]),
        name=names,
        iban=ibans,
        reference=st.sampled_from(["", i.reference]),
        text=st.sampled_from([i.number, f"Factuur {i.number}", ""]) | said,
    )
)


def in_full(incoming: Incoming, candidates: Candidates) -> Explanation | None:
    """What the whole engine says, when it is certain, whole, named, of one debtor, and not by who is called as another."""
    found = explain(incoming, candidates)
    certain = found.certainty is Certainty.CERTAIN and found.parts and not found.left_cents
    certain = certain and len({p.debtor_id for p in found.parts}) == 1 and "namesake" not in codes(found)
    return found if certain and candidates.named_in_full(found, signals(incoming), incoming.booked) else None


@given(st.lists(payments | named, min_size=1, max_size=4), st.sampled_from(BOOKS))
def test_it_says_what_the_engine_says(chunk: list[Incoming], items) -> None:
    candidates = Candidates(items, PAYERS)
    for incoming in chunk:
        wanted = in_full(incoming, candidates)
        assert first_look(incoming, signals(incoming), candidates) == wanted
        if wanted:
            candidates.take(wanted)


@pytest.mark.parametrize(
    ("incoming", "taken"),
    [
        pytest.param(payment("", 50_000, reference=KRENT_OGM), True, id="a reference is enough"),
        pytest.param(
            payment("", 50_000, reference=KRENT_OGM, iban=GARAGE_IBAN), True, id="from whatever account"
        ),
        pytest.param(
            payment("factuur 20260119", 12_345, **BY_KRENT), True, id="a number from his own account"
        ),
        pytest.param(payment("20260119", 12_345, iban=STRANGE_IBAN), True, id="or from a strange one"),
        pytest.param(payment("20260119", 12_345, iban=GARAGE_IBAN), False, id="not from another debtor's"),
        pytest.param(payment("20260119", 12_344, **BY_KRENT), False, id="not with a cent too little"),
        pytest.param(payment("dank", 50_000, **BY_KRENT), False, id="not by the amount alone"),
        pytest.param(
            payment("20260118 20260119", 62_345, **BY_KRENT), True, id="two that are named and add up"
        ),
    ],
)
def test_what_it_takes(incoming: Incoming, taken: bool) -> None:
    found = first_look(incoming, signals(incoming), Candidates(ITEMS, PAYERS))
    assert (found is not None) == taken


OWN, OWN_LAST_YEAR = item(1, VRIES, "2026.339", 9_900), item(2, VRIES, "2025.381", 9_900)
ANOTHERS = item(3, KRENT, "2026.381", 9_900)
BOTH = payment("Factuur 2026.339 / 381", 19_800, name="J. de Vries")


@pytest.mark.parametrize(
    ("items", "certain", "first"),
    [
        pytest.param(
            (OWN, ANOTHERS), True, {1, 3}, id="both named, of two debtors, and nothing else is open"
        ),
        pytest.param(
            (OWN, ANOTHERS, OWN_LAST_YEAR), False, {1, 2}, id="the end is of his own of last year as well"
        ),
    ],
)
def test_an_end_that_is_anothers_here_is_never_settled_at_the_first_look(items, certain, first):
    payers = [p for p in PAYERS if p.debtor_id in (VRIES, KRENT)]
    assert first_look(BOTH, signals(BOTH), Candidates((OWN, ANOTHERS), payers)) is None
    found = explain(BOTH, Candidates(items, payers))
    assert (found.certainty is Certainty.CERTAIN, {part.invoice_id for part in found.parts}) == (
        certain,
        first,
    )


@pytest.mark.parametrize(
    ("owes", "certain", "first"),
    [
        pytest.param("20260161", False, 2, id="owes just that on a number that is one digit off"),
        pytest.param("20269999", True, 1, id="owes just that on quite another number"),
        pytest.param("", True, 1, id="owes nothing"),
    ],
)
def test_who_is_called_as_another_debtor_who(owes, certain, first):
    """He names an invoice of somebody else, of just the amount that came in."""
    named = item(1, KRENT, "20260167", 12_345)
    own = [item(2, VRIES, owes, 12_345)] if owes else []
    payers = [p for p in PAYERS if p.debtor_id in (VRIES, KRENT)]
    paid = payment("factuur 20260167", 12_345, name="J. de Vries")
    assert first_look(paid, signals(paid), Candidates([named], payers)) is None
    found = explain(paid, Candidates([named, *own], payers))
    assert (found.certainty is Certainty.CERTAIN, found.parts[0].invoice_id) == (certain, first)
