"""Money that goes back, and the payment that it takes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.domain.reconciliation.incoming import Certainty
from beluur.domain.reconciliation.returns import explain_return
from beluur.domain.reconciliation.rules import USUAL
from tests.domain.reconciliation.books import BOOKED, GARAGE_IBAN, KRENT_IBAN, KRENT_OGM, payment


def earlier(payment_id, cents=50_000, days=5, **facts):
    facts = {"iban": KRENT_IBAN, "name": "Bakkerij De Verzonnen Krent", **facts}
    return payment(id=payment_id, cents=cents, booked=BOOKED - timedelta(days=days), **facts)


def outgoing(cents=-50_000, **facts):
    return payment(cents=cents, **{"iban": KRENT_IBAN, "name": "Bakkerij De Verzonnen Krent", **facts})


LAST = USUAL.return_days


@pytest.mark.parametrize(
    ("out", "before", "certainty", "payment_id", "says"),
    [
        pytest.param(
            outgoing(end_to_end="E1"),
            [earlier(1, end_to_end="E1")],
            "CERTAIN",
            1,
            "named",
            id="the bank repeats the id",
        ),
        pytest.param(
            outgoing(end_to_end="E1", iban=""),
            [earlier(1, end_to_end="E1")],
            "CERTAIN",
            1,
            "named",
            id="without an account",
        ),
        pytest.param(
            outgoing(end_to_end="E1"),
            [earlier(1, 60_000, end_to_end="E1")],
            "LIKELY",
            1,
            "part",
            id="a part of it",
        ),
        pytest.param(
            outgoing(end_to_end="NOTPROVIDED"),
            [earlier(1, end_to_end="NOTPROVIDED")],
            "LIKELY",
            1,
            "account",
            id="no id is no id",
        ),
        pytest.param(
            outgoing(reference=KRENT_OGM),
            [earlier(1, reference=KRENT_OGM)],
            "CERTAIN",
            1,
            "named",
            id="reference and account",
        ),
        pytest.param(
            outgoing(reference=KRENT_OGM, iban=GARAGE_IBAN),
            [earlier(1, reference=KRENT_OGM)],
            "NONE",
            None,
            "",
            id="reference, other account",
        ),
        pytest.param(
            outgoing(returned=True),
            [earlier(1)],
            "CERTAIN",
            1,
            "account",
            id="a return to the account, one fits",
        ),
        pytest.param(outgoing(), [earlier(1)], "LIKELY", 1, "account", id="a refund to the account"),
        pytest.param(
            outgoing(returned=True),
            [earlier(1, days=9), earlier(2, days=5)],
            "LIKELY",
            2,
            "several",
            id="two fit: the last one first",
        ),
        pytest.param(
            outgoing(returned=True, end_to_end="E1"),
            [earlier(1, end_to_end="E1"), earlier(2)],
            "CERTAIN",
            1,
            "named",
            id="two fit, one is named",
        ),
        pytest.param(outgoing(iban="", returned=True), [earlier(1)], "LIKELY", 1, "name", id="only the name"),
        pytest.param(
            outgoing(iban="", name="Garage Fantasie"), [earlier(1)], "NONE", None, "", id="another name"
        ),
        pytest.param(outgoing(-49_999), [earlier(1)], "LIKELY", 1, "part", id="a cent less"),
        pytest.param(outgoing(-50_001), [earlier(1)], "NONE", None, "", id="a cent more than came in"),
        pytest.param(
            outgoing(50_000, returned=True),
            [earlier(1)],
            "CERTAIN",
            1,
            "account",
            id="the amount without its sign",
        ),
        pytest.param(outgoing(currency="USD"), [earlier(1)], "NONE", None, "", id="another currency"),
        pytest.param(
            outgoing(returned=True), [earlier(1, days=-1)], "NONE", None, "", id="a payment that came later"
        ),
        pytest.param(
            outgoing(returned=True), [earlier(1, days=0)], "CERTAIN", 1, "account", id="of the same day"
        ),
        pytest.param(
            outgoing(returned=True),
            [earlier(1, days=LAST)],
            "CERTAIN",
            1,
            "account",
            id="as long ago as can be",
        ),
        pytest.param(
            outgoing(returned=True), [earlier(1, days=LAST + 1)], "NONE", None, "", id="a day longer ago"
        ),
        pytest.param(
            outgoing(returned=True),
            [earlier(1), earlier(2, -50_000)],
            "CERTAIN",
            1,
            "account",
            id="what went out itself is none",
        ),
        pytest.param(outgoing(0), [earlier(1)], "NONE", None, "", id="nothing"),
        pytest.param(outgoing(), [], "NONE", None, "", id="no payments"),
    ],
)
def test_what_goes_back(out, before, certainty, payment_id, says):
    found = explain_return(out, reversed(before))
    assert (found.certainty.name, found.payment_id, found.cents) == (certainty, payment_id, abs(out.cents))
    assert not says or f"explain.return_{says}" in [s.code for s in found.by]


def test_alternatives_come_in_order():
    found = explain_return(outgoing(), [earlier(n, days=n) for n in range(1, 7)])
    assert (found.payment_id, [a.payment_id for a in found.alternatives]) == (1, [2, 3, 4])
    assert found.certainty is Certainty.LIKELY
