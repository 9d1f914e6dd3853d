"""A small world to explain payments in: a handful of invented debtors and their invoices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.incoming import Explanation, Incoming, Item, Payer
from beluur.domain.reconciliation.rules import USUAL
from beluur.values.invoice_number import number_key

STATE = date(2026, 11, 1)  # to which the open amounts are known
BOOKED = date(2026, 11, 10)
ISSUED = date(2026, 10, 20)

KRENT, GARAGE, HOLDING, DOCHTER, VRIES, VRIES_2, KORT, ZORG = range(1, 9)
KRENT_IBAN, GARAGE_IBAN, HOLDING_IBAN = "NL91ABNA0417164300", "BE68539007547034", "NL02ABNA0123456789"
SHARED_IBAN = "NL39RABO0300065264"
STRANGE_IBAN = "NL20INGB0001234567"
CERTAIN, LIKELY, NONE = "certain", "likely", "none"
BY_KRENT = {"iban": KRENT_IBAN, "name": "BAKKERIJ DE VERZONNEN KRENT"}
BY_GARAGE = {"iban": GARAGE_IBAN, "name": "Garage Fantasie"}
KRENT_OGM, GARAGE_OGM = "010806817183", "020343053497"


def item(invoice_id, debtor_id, number, cents, **changed):
    """An invoice of an ordinary month."""
    facts = {
        "amount_cents": cents,
        "currency": "EUR",
        "due": ISSUED + timedelta(days=30),
        "issued": ISSUED,
        "reference": "",
        "as_of": STATE,
        "past_cents": 0,
        **changed,
    }
    return Item(invoice_id, debtor_id, number, number_key(number), cents, **facts)


ITEMS = (
    item(1, KRENT, "20260118", 50_000, reference=KRENT_OGM),
    item(2, KRENT, "20260119", 12_345),
    item(3, KRENT, "20260107", -5_000),
    item(4, KRENT, "20260090", 0, amount_cents=40_000),
    item(5, GARAGE, "20260121", 12_345),
    item(6, GARAGE, "20260122", 77_700, reference=GARAGE_OGM),
    item(7, GARAGE, "20260130", 100_000, as_of=BOOKED),
    item(8, GARAGE, "20260131", 33_300, as_of=None),
    item(9, GARAGE, "20260132", 0, amount_cents=21_000, past_cents=21_000),
    item(10, HOLDING, "20260140", 81_234),
    item(11, DOCHTER, "20260141", 64_321),
    item(12, VRIES, "20260150", 9_950),
    item(13, VRIES_2, "20260151", 9_950),
    item(14, KORT, "118", 45_678),
    item(15, KORT, "2475", 31_313),
    item(16, KORT, "2026", 7_771),
    item(22, KORT, "31260501", 60_606),
    item(23, KORT, "31269777", 70_707),
    item(17, ZORG, "VF-12", 18_181),
    item(18, ZORG, "20260145", 26_262),
    item(21, HOLDING, "20260145", 50_500),
    item(19, ZORG, "20260160", 40_404, currency="USD"),
    item(20, ZORG, "20260161", 55_555, reference="RF18539007547034"),
)
PAYERS = (
    Payer(KRENT, "Bakkerij De Verzonnen Krent BV", (KRENT_IBAN,), None, "10023"),
    Payer(GARAGE, "Garage Fantasie", (GARAGE_IBAN,), None, "10024"),
    Payer(HOLDING, "Denkbeeld Holding NV", (HOLDING_IBAN,), 1),
    Payer(DOCHTER, "Denkbeeld Techniek BV", (), 1),
    Payer(VRIES, "J. de Vries", (SHARED_IBAN,), exact=True),
    Payer(VRIES_2, "J. de Vries", (SHARED_IBAN,), exact=True),
    Payer(KORT, "Kortnummer Handel VOF"),
    Payer(ZORG, "Stichting Zorg voor Niets"),
)


def payment(text="", cents=50_000, **changed) -> Incoming:
    """A payment of an ordinary day, by a stranger."""
    facts = {"id": 1, "currency": "EUR", "booked": BOOKED, "text": text, "cents": cents, **changed}
    return Incoming(**facts)


def explained(text="", cents=50_000, *, items=ITEMS, payers=PAYERS, rules=USUAL, **changed) -> Explanation:
    """What the engine says of one payment in this world."""
    return explain(payment(text, cents, **changed), Candidates(items, payers), rules)


def taken(explanation: Explanation) -> dict[int, int]:
    """Invoice -> cents."""
    return {part.invoice_id: part.cents for part in explanation.parts}


def codes(explanation: Explanation) -> list[str]:
    """What it says, without the area."""
    return [sentence.code.removeprefix("explain.") for sentence in explanation.by]


def row(says, certainty, parts, *by, left=0, **facts):
    """One case: its sentence, what is expected, the reasons that must be among those said, and the payment."""
    return pytest.param(certainty, parts, left, by, facts, id=says)


def check(certainty, parts, left, by, facts):
    """The payment of one case is explained as expected."""
    found = explained(**facts)
    assert (found.certainty.name.lower(), taken(found), found.left_cents) == (certainty, parts, left), codes(
        found
    )
    assert set(by) <= set(codes(found))
