"""Concrete or nothing (D13), and judged on what is known (J3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.case import InstalmentFact, Verdict
from beluur.domain.commitment import (
    Proposal,
    ProposedPart,
    Receipt,
    Said,
    bank_day_remark,
    check_promise,
    control_date,
    cover,
    coverable,
    judge,
    may_matter,
    rests_on,
    split_evenly,
)
from beluur.law.days import is_bank_day
from tests.domain.builders import POLICY, TODAY, case, days, dispute, invoice, promise

GOOD = Proposal((ProposedPart(TODAY + days(3), 50_000),), way="transfer", said_yes=True)
PARTS = (ProposedPart(TODAY + days(3), 30_000), ProposedPart(TODAY + days(30), 20_000))


THURSDAY = TODAY + days(3)


def part(due=THURSDAY, cents=50_000):
    return {"parts": (ProposedPart(due, cents),)}


@pytest.mark.parametrize(
    ("changed", "objections"),
    [
        pytest.param({}, [], id="amount, date, way and yes: an agreement"),
        pytest.param({"parts": PARTS, "total_cents": 50_000}, [], id="instalments that add up"),
        pytest.param(part(due=TODAY), [], id="today is a day"),
        pytest.param(part(cents=None), [("amount:0", "no_amount")], id="no amount"),
        pytest.param(part(due=None), [("date:0", "no_date")], id="as soon as possible is no date"),
        pytest.param({"said_yes": False}, [("said_yes", "no_yes")], id="I will see is no yes"),
        pytest.param({"way": ""}, [("way", "no_way")], id="no way of paying"),
        pytest.param(part(cents=0), [("amount:0", "amount_not_positive")], id="nothing is no amount"),
        pytest.param(part(due=TODAY - days(1)), [("date:0", "date_past")], id="yesterday is past"),
        pytest.param(part(due=TODAY + days(367)), [("date:0", "date_too_far")], id="further than a year"),
        pytest.param(part(cents=50_001), [("total", "above_open")], id="a cent above what is open"),
        pytest.param(
            {"parts": PARTS, "total_cents": 50_001},
            [("total", "parts_short")],
            id="a cent short of the total",
        ),
        pytest.param(
            {"parts": PARTS, "total_cents": 49_999}, [("total", "parts_over")], id="a cent over the total"
        ),
        pytest.param(
            {"parts": (PARTS[0], PARTS[0])},
            [("total", "above_open"), ("date:0", "same_day_twice")],
            id="two on one day",
        ),
        pytest.param(
            {"parts": (PARTS[0], ProposedPart(None, None))},
            [("amount:1", "no_amount"), ("date:1", "no_date")],
            id="the second instalment is empty",
        ),
        pytest.param({"parts": ()}, [("amount:0", "no_amount"), ("date:0", "no_date")], id="nothing at all"),
    ],
)
def test_concrete_or_nothing(changed, objections):
    found = check_promise(replace(GOOD, **changed), POLICY, TODAY, open_cents=50_000)
    assert [(o.field, o.sentence.code.removeprefix("commitment.")) for o in found] == objections


def test_where_all_is_agreed_the_refusal_says_where_an_agreement_is_changed():
    [objection] = check_promise(GOOD, POLICY, TODAY, open_cents=0)
    assert (objection.field, objection.sentence.code) == ("total", "commitment.all_agreed")


@pytest.mark.parametrize(
    ("due", "said", "control"),
    [
        pytest.param(date(2026, 11, 24), Said.PAYS_ON, date(2026, 11, 26), id="pays on Tuesday: Thursday"),
        pytest.param(
            date(2026, 11, 24), Said.RECEIVED_ON, date(2026, 11, 25), id="there on Tuesday: Wednesday"
        ),
        pytest.param(date(2026, 11, 27), Said.PAYS_ON, date(2026, 12, 1), id="pays on Friday: Tuesday"),
        pytest.param(date(2026, 11, 28), Said.PAYS_ON, date(2026, 12, 2), id="pays on Saturday: Wednesday"),
        pytest.param(
            date(2026, 12, 24), Said.RECEIVED_ON, date(2026, 12, 28), id="there on Christmas Eve: Monday"
        ),
        pytest.param(
            date(2026, 4, 2), Said.PAYS_ON, date(2026, 4, 8), id="pays before Easter: Wednesday after"
        ),
        pytest.param(
            date(2026, 4, 3), Said.RECEIVED_ON, date(2026, 4, 8), id="there on Good Friday: booked on Tuesday"
        ),
        pytest.param(
            date(2027, 4, 30), Said.PAYS_ON, date(2027, 5, 4), id="1 May on a Saturday moves nothing"
        ),
        pytest.param(
            date(2028, 4, 28), Said.PAYS_ON, date(2028, 5, 3), id="1 May on a Monday: a bank day later"
        ),
        pytest.param(
            date(2026, 12, 31), Said.PAYS_ON, date(2027, 1, 5), id="pays on New Year's Eve: Tuesday after"
        ),
        pytest.param(date(2026, 5, 14), Said.RECEIVED_ON, date(2026, 5, 15), id="on Ascension banks book"),
    ],
)
def test_control_date(due, said, control):
    assert control_date(due, said, POLICY) == control


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.sampled_from(Said))
def test_a_control_date_is_a_bank_day_with_as_many_bank_days_before_it_as_the_policy_says(due, said):
    control = control_date(due, said, POLICY)
    from_then_on = [due + timedelta(days=n) for n in range((control - due).days + 1)]
    booking = [day for day in from_then_on if is_bank_day(day)]
    wait = POLICY.received_on_bank_days if said is Said.RECEIVED_ON else POLICY.pays_on_bank_days
    assert booking[-1] == control
    assert len(booking) == wait + 1


@pytest.mark.parametrize(
    ("due", "code"),
    [
        pytest.param(date(2026, 11, 27), None, id="a Friday is fine"),
        pytest.param(date(2026, 11, 28), "commitment.weekend", id="a Saturday is answered with the Monday"),
        pytest.param(date(2026, 12, 25), "commitment.bank_closed", id="Christmas with the day after"),
        pytest.param(date(2026, 4, 27), None, id="on King's day banks book"),
    ],
)
def test_bank_day_remark(due, code):
    remark = bank_day_remark(due)
    assert (remark.code if remark else None) == code


def test_the_remark_names_the_day():
    assert bank_day_remark(date(2026, 11, 28)).params["bank_day"] == date(2026, 11, 30)


def test_a_promise_covers_the_oldest_invoice_first():
    debtor = case(invoice(1, late=5), invoice(2, late=30, euros=300))
    assert coverable(debtor, TODAY) == ((2, 30_000), (1, 50_000))
    assert cover(40_000, coverable(debtor, TODAY)) == ((2, 30_000), (1, 10_000))


def test_unless_said_otherwise():
    debtor = case(invoice(1, late=5), invoice(2, late=30, euros=300))
    assert coverable(debtor, TODAY, chosen={1}) == ((1, 50_000),)


def test_what_is_promised_or_disputed_already_is_not_covered_again():
    debtor = case(invoice(1), invoice(2, euros=300), promises=(promise(3),), disputes=(dispute(100, 2),))
    assert coverable(debtor, TODAY) == ((2, 20_000),)


def test_an_invoice_that_is_not_due_can_be_promised():
    assert coverable(case(invoice(late=-5)), TODAY) == ((1, 50_000),)


@given(st.integers(1, 10_000_000), st.integers(1, 24), st.booleans())
def test_even_instalments_add_up_to_the_cent(cents, n, weekly):
    parts = split_evenly(cents, n, TODAY, every_days=7 if weekly else None)
    assert sum(p.cents for p in parts) == cents
    assert len({p.due for p in parts}) == n


def test_a_month_later_is_the_end_of_a_shorter_month():
    parts = split_evenly(300, 3, date(2026, 12, 31))
    assert [p.due for p in parts] == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]


@pytest.mark.parametrize(
    ("waiting", "matters"), [(0, False), (155, False), (500, False), (501, True), (10_000, True)]
)
def test_what_is_left_of_a_payment_holds_no_verdict_up_when_it_is_less_than_a_promise_may_lack(
    waiting, matters
):
    assert may_matter(ONE, waiting, POLICY) is matters


CONTROL = TODAY - days(3)
ONE = (InstalmentFact(CONTROL - days(2), 10_000, CONTROL),)
IN_TIME, LATER = CONTROL, CONTROL + days(1)


@pytest.mark.parametrize(
    ("receipts", "known_to", "today", "verdict"),
    [
        pytest.param([], CONTROL, CONTROL, Verdict.OPEN, id="on the control date it may still come"),
        pytest.param(
            [], CONTROL, TODAY, Verdict.BROKEN, id="nothing came and the books reach the day: broken"
        ),
        pytest.param(
            [], CONTROL - days(1), TODAY, Verdict.UNKNOWN, id="the books stop a day before: unknown"
        ),
        pytest.param([], None, TODAY, Verdict.UNKNOWN, id="nobody knows how far the books are: unknown"),
        pytest.param(
            [Receipt(10_000, IN_TIME)], None, TODAY, Verdict.KEPT, id="it is in: kept, whatever else"
        ),
        pytest.param(
            [Receipt(10_155, IN_TIME)],
            None,
            TODAY,
            Verdict.KEPT,
            id="more than promised is kept, whatever else",
        ),
        pytest.param([Receipt(9_500, IN_TIME)], CONTROL, TODAY, Verdict.KEPT, id="95 percent is kept"),
        pytest.param([Receipt(9_499, IN_TIME)], CONTROL, TODAY, Verdict.PARTLY, id="a cent under is partly"),
        pytest.param(
            [Receipt(9_499, IN_TIME)], None, TODAY, Verdict.UNKNOWN, id="partly needs books that reach"
        ),
        pytest.param([Receipt(10_000, LATER)], TODAY, TODAY, Verdict.LATE, id="it came a day after: late"),
        pytest.param(
            [Receipt(5_000, IN_TIME), Receipt(5_000, LATER)],
            TODAY,
            TODAY,
            Verdict.LATE,
            id="half of it came after: late",
        ),
        pytest.param(
            [Receipt(10_000, date.min)],
            TODAY,
            TODAY,
            Verdict.KEPT,
            id="an export without a day: taken as in time",
        ),
    ],
)
def test_verdict(receipts, known_to, today, verdict):
    assert judge(ONE, receipts, POLICY, today, known_to=known_to) == (verdict,)


def test_money_goes_to_the_first_instalment_that_lacks_it():
    plan = (*ONE, InstalmentFact(TODAY + days(5), 10_000, TODAY + days(7)))
    verdicts = judge(plan, [Receipt(12_000, IN_TIME)], POLICY, TODAY, known_to=TODAY)
    assert verdicts == (Verdict.KEPT, Verdict.OPEN)
    verdicts = judge(plan, [Receipt(20_000, IN_TIME)], POLICY, TODAY, known_to=TODAY)
    assert verdicts == (Verdict.KEPT, Verdict.KEPT)


RESTS = [
    pytest.param([], ((), ()), id="nothing came: on nothing"),
    pytest.param([Receipt(10_000, IN_TIME, 7)], ((7,), ()), id="the first is paid by the one payment"),
    pytest.param([Receipt(20_000, IN_TIME, 7)], ((7,), (7,)), id="one payment for both"),
    pytest.param(
        [Receipt(10_000, LATER, 8), Receipt(10_000, IN_TIME, 7)], ((7,), (8,)), id="the earlier for the first"
    ),
    pytest.param([Receipt(4_000, IN_TIME, 7), Receipt(6_000, IN_TIME, 7)], ((7,), ()), id="named once"),
    pytest.param([Receipt(10_000, IN_TIME)], ((), ()), id="what only an export shows is no bank line"),
    pytest.param([Receipt(10_000, IN_TIME, 7), Receipt(0, LATER, 8)], ((7,), ()), id="nothing of a payment"),
]


@pytest.mark.parametrize(("receipts", "payments"), RESTS)
def test_a_verdict_rests_on_payments(receipts, payments):
    plan = (*ONE, InstalmentFact(TODAY + days(5), 10_000, TODAY + days(7)))
    assert rests_on(plan, receipts, POLICY) == payments


@given(st.lists(st.tuples(st.integers(1, 20_000), st.integers(-20, 20)), max_size=4), st.integers(-20, 20))
def test_nobody_is_accused_on_old_data(receipts, reach):
    known_to = TODAY + days(reach)
    came = [Receipt(cents, TODAY + days(n)) for cents, n in receipts]
    for verdict in judge(ONE, came, POLICY, TODAY, known_to=known_to):
        if verdict in (Verdict.BROKEN, Verdict.PARTLY):
            assert known_to >= CONTROL
