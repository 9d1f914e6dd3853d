"""What counts as explained, as wrong, and as a right proposal."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.importers.records import TransactionRecord
from bench.bare_explain import explain
from bench.payment_invoices import Invoice
from bench.payments import Part, Payment, Year, make_year
from bench.truth import NONE, Outcome, Parts, Row, Score, score, table

DAY = date(2026, 3, 2)
ONE, TWO = Part("F1", "10001", 10_000), Part("F2", "10001", 2_500)
OTHERS = Part("F9", "10002", 10_000)


def payment(*truth: Part, cents: int | None = None, twin: int = -1, habit: str = "number_alone") -> Payment:
    paid = sum(part.cents for part in truth)
    amount = paid if cents is None else cents
    record = TransactionRecord(DAY, amount, "EUR", "Voorbeeld BV", text="F1")
    return Payment(record, truth, amount - paid, "good", habit, twin)


def judged(payments: list[Payment], *outcomes: Outcome) -> Score:
    year = Year(1, DAY, "118", "", (), (), (), tuple(payments))
    return score(year, dict(enumerate(outcomes)))


def certain(*parts: tuple[str, str, int]) -> Outcome:
    return ("certain", parts, ())


@pytest.mark.parametrize(
    ("truth", "cents", "said"),
    [
        pytest.param((ONE,), None, (ONE,), id="the invoice with its cents"),
        pytest.param((ONE, TWO), None, (TWO, ONE), id="two invoices in another order"),
        pytest.param((ONE,), 12_000, (ONE,), id="a part, and a rest that is left as the truth says"),
        pytest.param(
            (ONE,), None, (("F1", "10001", 4_000), ("F1", "10001", 6_000)), id="one invoice in two parts"
        ),
        pytest.param((ONE,), None, (ONE, ("F2", "10001", 0)), id="another invoice with 0 cents"),
        pytest.param(
            (Part("F1", "10001", -10_000),), None, (("F1", "10001", -10_000),), id="a debit that came back"
        ),
    ],
)
def test_certain_and_right_is_explained(truth, cents, said):
    row = judged([payment(*truth, cents=cents)], certain(*said)).total()
    assert (row.explained, row.paying, row.wrong, row.rest) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("truth", "cents", "said", "what"),
    [
        pytest.param((ONE,), None, (OTHERS,), "debtor", id="somebody else's invoice"),
        pytest.param(
            (ONE,), None, (("F2", "10001", 10_000),), "invoice", id="another invoice of the same debtor"
        ),
        pytest.param((ONE, TWO), None, (ONE,), "invoice", id="one of two invoices"),
        pytest.param((ONE,), 12_000, (("F1", "10001", 12_000),), "cents", id="the surplus booked as well"),
        pytest.param((ONE,), None, (("F1", "10001", 9_999),), "cents", id="a cent less"),
        pytest.param((ONE,), None, (), "invoice", id="certain that it pays nothing"),
        pytest.param((), 10_000, (ONE,), "nothing", id="unrelated money booked on an invoice"),
    ],
)
def test_certain_and_different_is_wrong(truth, cents, said, what):
    found = judged([payment(*truth, cents=cents)], certain(*said))
    assert (found.wrong, found.total().explained) == (1, 0)
    assert found.kinds == {what: 1}
    assert f"WRONG {what} #0" in table(found)


THREE = Part("F3", "10001", 10_000)
WRITTEN = "factuur F1"


def invoice(part: Part, reference: str = "") -> Invoice:
    return Invoice(part.invoice, part.debtor, DAY, DAY, part.cents, reference, "", "", 0)


def meant(
    truth: Part, *said: tuple[str, str, int], text: str = WRITTEN, cents: int = 10_000, reference: str = ""
) -> Score:
    """He meant ``truth`` and wrote ``text``; ``said`` was booked."""
    record = TransactionRecord(DAY, cents, "EUR", "Voorbeeld BV", text=text, reference=reference)
    paid = Payment(record, (truth,), cents - truth.cents, "awful", "digit_wrong")
    known = (invoice(ONE, "RF18F1"), invoice(TWO), invoice(THREE), invoice(OTHERS))
    return score(Year(1, DAY, "118", "", (), (), known, (paid,)), {0: certain(*said)})


@pytest.mark.parametrize(
    ("found", "nobody", "wrong"),
    [
        pytest.param(meant(THREE, ONE), 1, 0, id="he wrote another open invoice of his with the very amount"),
        pytest.param(
            meant(THREE, ONE, text="", reference="RF18F1"), 1, 0, id="he gave the reference of another"
        ),
        pytest.param(meant(THREE, ONE, text="F1 F3"), 0, 1, id="he wrote both"),
        pytest.param(
            meant(THREE, ONE, text="F10"), 0, 1, id="what he wrote only begins like the one that was booked"
        ),
        pytest.param(meant(THREE, ONE, text=""), 0, 1, id="he wrote nothing"),
        pytest.param(meant(THREE, OTHERS, text="F9"), 0, 1, id="what he wrote is another debtor's"),
        pytest.param(meant(TWO, ONE, cents=2_500), 0, 1, id="what he wrote has another amount"),
        pytest.param(meant(THREE, ONE, cents=12_000), 0, 1, id="he paid more than that"),
        pytest.param(meant(THREE, ONE, TWO), 0, 1, id="more was booked than he wrote"),
    ],
)
def test_what_nobody_can_know_is_counted_apart_and_shown(found: Score, nobody: int, wrong: int):
    assert (len(found.by_word), found.total().by_word, found.wrong) == (nobody, nobody, wrong)
    assert found.total().explained == 0
    assert ("NOBODY KNOWS invoice #0" in table(found)) == bool(nobody)


def test_an_invoice_that_was_booked_before_is_nobodys_word_any_more():
    payments = [payment(ONE), payment(THREE)]
    year = Year(1, DAY, "118", "", (), (), (invoice(ONE), invoice(THREE)), tuple(payments))
    found = score(year, {0: certain(ONE), 1: certain(ONE)})
    assert (found.wrong, found.by_word) == (1, [])


def test_unrelated_money_stands_outside_the_share():
    found = judged([payment(ONE), payment(cents=500), payment(cents=700)], certain(ONE), certain(), NONE)
    row = found.total()
    assert found.explained == 1.0
    assert (row.nothing, row.recognised, row.rest) == (2, 1, 0)


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        pytest.param(certain(ONE), certain(ONE), 1, id="both booked"),
        pytest.param(certain(ONE), certain(), 0, id="the second known as double"),
        pytest.param(certain(ONE), ("likely", (ONE,), ()), 0, id="the second left to a person"),
        pytest.param(
            ("likely", (ONE,), ()), certain(ONE), 0, id="the first left to a person, the second booked"
        ),
        pytest.param(NONE, certain(OTHERS), 1, id="the second booked on somebody else"),
        pytest.param(
            certain(OTHERS), certain(ONE), 1, id="the first booked wrongly, the second where it would be"
        ),
    ],
)
def test_of_a_payment_and_its_double_one_pays(first: Outcome, second: Outcome, wrong: int):
    assert judged([payment(ONE), payment(cents=10_000, twin=0)], first, second).wrong == wrong


def test_last_months_number_again_is_decided_by_the_payers_word_when_the_first_was_left():
    payments = [payment(ONE), payment(Part("F3", "10001", 10_000), twin=0)]
    assert judged(payments, NONE, certain(ONE)).wrong == 0
    assert judged(payments, certain(ONE), certain(ONE)).wrong == 1
    assert judged(payments, certain(ONE), certain(("F3", "10001", 10_000))).total().explained == 2


@pytest.mark.parametrize(
    ("said", "others", "first", "among"),
    [
        pytest.param((ONE,), (), 1, 1, id="right at once"),
        pytest.param((TWO,), ((ONE,),), 0, 1, id="right as the second"),
        pytest.param((TWO,), ((OTHERS,),), 0, 0, id="not right at all"),
    ],
)
def test_a_proposal_is_judged_by_its_place(said: Parts, others: list[Parts], first: int, among: int):
    row = judged([payment(ONE)], ("likely", said, others)).total()
    assert (row.rest, row.first, row.among, row.wrong) == (1, first, among, 0)


def test_a_payment_without_an_outcome_is_not_explained():
    row = judged([payment(ONE)]).total()
    assert (row.rest, row.first, row.explained) == (1, 0, 0)


def test_twenty_wrong_ones_are_shown_and_all_are_counted():
    found = judged([payment(ONE)] * 30, *[certain(OTHERS)] * 30)
    assert (found.wrong, len(found.wrongs), found.kinds) == (30, 20, {"debtor": 30})


def test_the_truth_itself_meets_all_targets():
    year = make_year(5, 400, 2000, start=DAY)
    found = score(year, {n: certain(*p.truth) for n, p in enumerate(year.payments)})
    assert found.good
    assert (found.explained, found.wrong) == (1.0, 0)
    assert found.total().recognised == found.total().nothing > 0


def test_a_bare_look_up_explains_most_of_the_good_and_never_all():
    year = make_year(5, 800, 4000, start=DAY, numbering="F20260118", dutch_reference="betalingskenmerk")
    found = score(year, explain(year))
    good, awful = found.total("good"), found.total("awful")
    assert good.explained > 0.8 * good.paying
    assert awful.explained < 0.2 * awful.paying
    assert not found.good
    said = table(found)
    assert all(word in said for word in ("structured", "no_text", "explained without a person", "of 97%"))


def test_rows_add_up():
    row = Row(1, 1, 1)
    row.add(Row(2, 1, 0, 1, 0, 1))
    assert row == Row(3, 2, 1, 1, 0, 1)
