"""At whom a payment looks, and that what stands beside them makes no difference."""

from __future__ import annotations

import pytest
from hypothesis import given

from beluur.domain.reconciliation import paying
from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.incoming import Incoming, Payer
from beluur.domain.reconciliation.looked_at import looked_at
from beluur.domain.reconciliation.payers import PayerSigns
from beluur.domain.reconciliation.rules import USUAL
from beluur.domain.reconciliation.signals import Signals, signals
from tests.domain.reconciliation.books import (
    GARAGE,
    GARAGE_IBAN,
    ITEMS,
    KRENT,
    PAYERS,
    STRANGE_IBAN,
    item,
    payment,
)
from tests.domain.reconciliation.test_properties import payments

MANY = 30
BEARERS = tuple(Payer(100 + n, "Bakkerij De Molen BV") for n in range(MANY))


def named_by(said: Signals, items=ITEMS):
    references = {*said.references, *said.mended}
    return [
        i for i in items if i.number_key in said.number_keys or (i.reference and i.reference in references)
    ]


def step_by_step(incoming: Incoming, items=ITEMS, payers=PAYERS):
    """As the store loads it: what is named and all payers, and then what is open of those at whom the payment looks."""
    said = signals(incoming)
    named = named_by(said, items)
    candidates = Candidates(named, payers)
    signs = PayerSigns(incoming, said, candidates, USUAL)
    wanted = looked_at(incoming, said, candidates, USUAL, signs)
    rest = [i for i in items if i not in named]
    others = [i.amount_cents for i in rest if i.debtor_id not in wanted]
    candidates.add([i for i in rest if i.debtor_id in wanted], (), others)
    return explain(incoming, candidates, USUAL, said, signs)


@given(payments)
def test_what_the_others_owe_makes_no_difference(incoming):
    assert step_by_step(incoming) == explain(incoming, Candidates(ITEMS, PAYERS))


@given(payments)
def test_who_can_make_nothing_certain_is_rightly_left_for_last(incoming):
    first = explain(incoming, Candidates(ITEMS, PAYERS))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(paying, "_is_decisive", lambda *_: True)
        assert explain(incoming, Candidates(ITEMS, PAYERS)) == first


@pytest.mark.parametrize(
    ("paid", "whom"),
    [
        pytest.param(payment("", iban=GARAGE_IBAN), {GARAGE}, id="whose account it is"),
        pytest.param(payment("20260118", iban=STRANGE_IBAN), {KRENT}, id="whose invoice is named"),
        pytest.param(payment("bedankt", iban=STRANGE_IBAN), set(), id="nobody, where nothing tells who pays"),
        pytest.param(
            payment("20260118", name="Mollie"), {KRENT}, id="whose invoice a collective payer names"
        ),
        pytest.param(
            payment("loon november", iban=GARAGE_IBAN), set(), id="nobody, where it is no customer's"
        ),
        pytest.param(payment("", cents=-5, iban=GARAGE_IBAN), set(), id="nobody, where money went out"),
        pytest.param(payment("", iban=GARAGE_IBAN, returned=True), set(), id="nobody, where it came back"),
    ],
)
def test_at_whom_a_payment_looks(paid: Incoming, whom: set[int]):
    said = signals(paid)
    candidates = Candidates(named_by(said), PAYERS)
    assert set(looked_at(paid, said, candidates, USUAL, PayerSigns(paid, said, candidates, USUAL))) == whom


def test_of_thirty_who_bear_his_name_it_looks_at_eight():
    paid = payment("", 12_345, iban=STRANGE_IBAN, name="BAKKERIJ DE MOLEN")
    said = signals(paid)
    candidates = Candidates((), BEARERS)
    found = looked_at(paid, said, candidates, USUAL, PayerSigns(paid, said, candidates, USUAL))
    assert set(found) == {payer.debtor_id for payer in BEARERS[: USUAL.most_debtors]}


def test_many_of_one_name_are_no_circle_that_pays_together():
    owed = [
        item(200 + n, bearer.debtor_id, f"2026{n:04}", 1_000 * (n + 1)) for n, bearer in enumerate(BEARERS)
    ]
    paid = payment("", 3_000, iban=STRANGE_IBAN, name="BAKKERIJ DE MOLEN")
    for few in (BEARERS, BEARERS[: USUAL.most_debtors]):
        found = explain(paid, Candidates([i for i in owed if i.amount_cents != 3_000], few))
        assert (len({p.debtor_id for p in found.parts}) > 1) is (len(few) == USUAL.most_debtors)


def test_who_is_found_by_the_end_of_a_number_is_one_more_of_his_name():
    candidates = Candidates((), BEARERS[:1])
    before = set(candidates.by_name("Bakkerij De Molen"))
    candidates.add((), BEARERS[1:2])
    assert (before, set(candidates.by_name("Bakkerij De Molen"))) == ({100}, {100, 101})
