"""While an earlier payment waits that could be for the same invoice, a later one is not booked by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.domain.reconciliation.earlier_waiting import Waiting, waits_for_the_same
from beluur.domain.reconciliation.incoming import Incoming, Part
from beluur.values.sentence import say
from tests.domain.reconciliation.books import BOOKED, GARAGE_IBAN, KRENT, KRENT_IBAN

X, Y = 1, 2
WAITS = Waiting(5, BOOKED - timedelta(days=30), KRENT_IBAN, "De Krent", {X: 50_00}, 0, written=True)
PAID = Incoming(6, 50_00, "EUR", BOOKED, "De Krent", KRENT_IBAN)
NUMBER, AMOUNT = say("explain.number", number="20260118"), say("explain.only_amount", number="20260118")


@pytest.mark.parametrize(
    ("changed", "paid", "by", "holds"),
    [
        pytest.param({}, {}, NUMBER, True, id="both name it: one of the two may have paid twice"),
        pytest.param({}, {}, AMOUNT, True, id="the earlier names it and the later has its amount"),
        pytest.param({"written": False}, {}, AMOUNT, True, id="both have its amount and name nothing"),
        pytest.param({"written": False}, {}, NUMBER, False, id="only the later names it: it says which"),
        pytest.param({"takes": {Y: 50_00}}, {}, NUMBER, False, id="the earlier is for another invoice"),
        pytest.param({"takes": {X: 20_00}}, {}, NUMBER, False, id="the earlier is a part of it"),
        pytest.param({"takes": {X: 50_00, Y: 9_00}}, {}, NUMBER, True, id="the earlier is for it and another"),
        pytest.param({"left_cents": 100}, {}, NUMBER, True, id="the earlier of the same payer is too much"),
        pytest.param(
            {"left_cents": 100, "iban": GARAGE_IBAN}, {}, NUMBER, False, id="the earlier of a stranger is too much"
        ),
        pytest.param({"iban": GARAGE_IBAN}, {}, NUMBER, True, id="the earlier of a stranger is to the cent"),
        pytest.param(
            {"left_cents": 100, "iban": ""}, {"name": "de krent"}, NUMBER, True, id="the same name without an account"
        ),
        pytest.param({"booked": BOOKED + timedelta(days=1)}, {}, NUMBER, False, id="what waits came later"),
        pytest.param({"booked": BOOKED}, {}, NUMBER, True, id="on the same day the first in the file is earlier"),
        pytest.param({"booked": BOOKED, "payment_id": 7}, {}, NUMBER, False, id="on the same day, later in the file"),
    ],
)  # fmt: skip
def test_what_an_earlier_payment_holds_back(changed, paid, by, holds):
    parts = [Part(X, KRENT, 50_00)]
    assert waits_for_the_same(WAITS._replace(**changed), PAID._replace(**paid), parts, [by]) is holds
