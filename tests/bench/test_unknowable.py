"""Of which payments nobody can say for whom they are: only when nothing at all leads there."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.importers.records import TransactionRecord
from bench.payment_debtors import Debtor
from bench.payment_invoices import Invoice
from bench.payments import Part, Payment, Year
from bench.unknowable import unknowable

DAY = date(2026, 3, 2)
HIS, ANOTHERS, STRANGE = "NL91ABNA0417164300", "BE68539007547034", "NL20INGB0001234567"


def debtor(number: int, name: str, *ibans: str) -> Debtor:
    return Debtor(str(number), name, ibans, "business", "NL", "nl", "", "", (), "", "", False, 0, 0.0)


def invoice(number: int, of: int, cents: int) -> Invoice:
    return Invoice(f"2026{number:04}", str(of), DAY, DAY, cents, "", "", "", 0)


DEBTORS = (
    debtor(10001, "Drukkerij Verzonnen BV", HIS),
    *(debtor(n, f"Nergens {n}") for n in range(10002, 10007)),
)
COMMON, RARE = 2_495, 7_777
INVOICES = (
    *(invoice(n, 10000 + n, COMMON) for n in range(1, 6)),
    invoice(118, 10001, RARE),
    invoice(119, 10002, 4_444),
)
ONE = Part("20260001", "10001", COMMON)


def pay(*truth: Part, name: str = "J. Bedacht", iban: str = STRANGE, text: str = "factuur") -> Payment:
    cents = sum(part.cents for part in truth)
    record = TransactionRecord(DAY, cents, "EUR", name, counterparty_iban=iban, text=text)
    return Payment(record, truth, 0, "awful", "friend")


def places(*payments: Payment) -> set[int]:
    return set(unknowable(Year(1, DAY, "", "", (), DEBTORS, INVOICES, payments)).whose)


@pytest.mark.parametrize(
    ("payment", "dark"),
    [
        pytest.param(pay(ONE), True, id="a stranger, a bare word, an amount that five owe"),
        pytest.param(pay(ONE, iban=HIS), False, id="his account"),
        pytest.param(pay(ONE, name="Verzonnen"), False, id="a word of his name"),
        pytest.param(pay(ONE, text="voor drukkerij"), False, id="a word of his name in the text"),
        pytest.param(pay(ONE, text="klant 10001"), False, id="his customer number"),
        pytest.param(pay(ONE, text="nr 001"), False, id="the end of the number"),
        pytest.param(pay(Part("20260118", "10001", RARE)), False, id="an amount that he alone owes"),
        pytest.param(
            pay(Part("20260118", "10001", RARE), Part("20260119", "10002", 4_444)),
            True,
            id="several at once, nothing named",
        ),
        pytest.param(
            pay(Part("20260118", "10001", RARE), Part("20260119", "10002", 4_444), text="119"),
            False,
            id="several, one named, and only one owes the rest",
        ),
        pytest.param(
            pay(ONE, Part("20260119", "10002", 4_444), text="119"),
            True,
            id="several, one named, and four others owe the rest",
        ),
        pytest.param(
            pay(ONE, Part("20260003", "10003", COMMON), Part("20260119", "10002", 4_444), text="119"),
            True,
            id="one of three named, and any two of four owe the rest",
        ),
        pytest.param(pay(), False, id="it pays nothing"),
    ],
)
def test_of_what_nobody_can_say_for_whom_it_is(payment, dark):
    assert places(payment) == ({0} if dark else set())


def test_an_account_from_which_was_paid_for_him_before_leads_to_him():
    assert places(pay(Part("20260118", "10001", RARE)), pay(ONE)) == set()
    assert places(pay(Part("20260118", "10001", RARE), iban=ANOTHERS), pay(ONE)) == {1}


def test_an_amount_that_was_paid_is_owed_by_fewer():
    paid = [pay(Part(f"2026000{n}", f"1000{n}", COMMON), text=f"2026000{n}") for n in (4, 5)]
    assert places(*paid, pay(ONE)) == set()


def days(*payments: Payment) -> set[int]:
    twice = (*INVOICES, invoice(120, 10001, RARE)._replace(issued=date(2026, 2, 20)))
    return set(unknowable(Year(1, DAY, "", "", (), DEBTORS, twice, payments)).which)


HIS_RARE = Part("20260118", "10001", RARE)


@pytest.mark.parametrize(
    ("payments", "found"),
    [
        pytest.param([pay(HIS_RARE, iban=HIS)], {0}, id="he owes two of that amount, and writes nothing"),
        pytest.param([pay(HIS_RARE, iban=HIS, text="bkst 4711")], {0}, id="he writes a number of his own"),
        pytest.param([pay(HIS_RARE, iban=HIS, text="nr 118")], set(), id="he writes the end of the number"),
        pytest.param([pay(HIS_RARE, iban=HIS, text="maart")], set(), id="he writes the month"),
        pytest.param([pay(ONE, iban=HIS)], set(), id="he owes one of that amount"),
        pytest.param([pay(HIS_RARE._replace(cents=5_000), iban=HIS)], set(), id="a part of one"),
        pytest.param(
            [pay(Part("20260120", "10001", RARE), text="120"), pay(HIS_RARE, iban=HIS)],
            set(),
            id="the other was paid before",
        ),
        pytest.param([pay(ONE)], set(), id="nobody can say for whom: then not for which either"),
    ],
)
def test_of_what_only_the_days_say_for_which_invoice_it_is(payments, found):
    assert days(*payments) == found
