"""The invented payments: the same each time, of the shape that was asked, with a truth that adds up."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from datetime import date
from functools import cache

import pytest

from beluur.values.numbers import BETALINGSKENMERK, IBAN, OGM, RF
from bench.payment_debtors import FIRST_NUMBER, private_account
from bench.payment_habits import TABLES
from bench.payment_ibans import BANKS, make_iban
from bench.payment_invoices import NUMBERINGS, make_kenmerk, make_ogm, make_rf
from bench.payments import Payment, Year, make_year

START = date(2026, 1, 5)
MORE_THAN_ASKED = {"overpaid", "refund_wanted", "rounded", "mistyped_cents", "paid_twice"}


@cache
def year_of(
    count: int = 12_000, numbering: str = "2026-0118", dutch: str = "betalingskenmerk", seed: int = 7
) -> Year:
    return make_year(seed, count // 5, count, start=START, numbering=numbering, dutch_reference=dutch)


def test_the_same_numbers_make_the_same_year():
    assert make_year(3, 100, 300, start=START) == make_year(3, 100, 300, start=START)


def test_another_seed_makes_another_year():
    assert make_year(3, 100, 300, start=START).payments != make_year(4, 100, 300, start=START).payments


@pytest.mark.parametrize("count", [1, 2, 17, 60, 250])
@pytest.mark.parametrize("seed", range(6))
def test_a_small_year_has_as_many_payments_as_were_asked(count, seed):
    assert len(make_year(seed, max(1, count // 5), count, start=START).payments) == count


def test_a_year_lasts_about_a_year():
    booked = [p.record.booked for p in year_of().payments]
    assert booked == sorted(booked)
    assert booked[0] >= START
    assert 330 <= (booked[-1] - booked[0]).days <= 395


def test_seven_in_ten_are_good_two_sloppy_and_one_awful():
    shares = Counter(p.grade for p in year_of().payments)
    total = shares.total()
    assert abs(100 * shares["good"] / total - 70) < 3
    assert abs(100 * shares["sloppy"] / total - 20) < 3
    assert abs(100 * shares["awful"] / total - 10) < 2


def test_every_habit_occurs():
    found = {(p.grade, p.habit) for dutch in ("betalingskenmerk", "") for p in year_of(dutch=dutch).payments}
    assert found == {(grade, habit.__name__) for grade, table in TABLES.items() for habit in table}


def names_its_invoice(payment: Payment, reference: str) -> bool:
    record, number = payment.record, payment.truth[0].invoice
    return (
        number in record.text
        or record.end_to_end == number
        or (bool(reference) and record.reference == reference)
    )


@pytest.mark.parametrize("numbering", NUMBERINGS)
def test_a_good_one_names_its_invoice_and_pays_it_to_the_cent_from_his_own_account(numbering):
    year = year_of(2000, numbering, "rf")
    references = {i.number: i.reference for i in year.invoices}
    accounts = {d.number: {a.iban for a in d.accounts} for d in year.debtors}
    for payment in (p for p in year.payments if p.grade == "good"):
        (part,) = payment.truth
        assert payment.left == 0
        assert payment.record.amount_cents == part.cents > 0
        assert payment.record.counterparty_iban in accounts[part.debtor]
        assert names_its_invoice(payment, references[part.invoice]), payment


@pytest.mark.parametrize(
    ("dutch", "scheme"), [("betalingskenmerk", BETALINGSKENMERK), ("rf", RF), ("", None)]
)
def test_a_reference_is_right_in_form_and_of_the_debtors_country(dutch, scheme):
    year = year_of(2000, dutch=dutch)
    country = {d.number: d.country for d in year.debtors}
    seen: Counter[str] = Counter()
    for invoice in (i for i in year.invoices if i.cents > 0):
        of = OGM if country[invoice.debtor] == "BE" else scheme if country[invoice.debtor] == "NL" else None
        if of is not None:
            assert of.valid(invoice.reference)
            assert of.compact(invoice.reference) == invoice.reference
            seen[of.name] += 1
    assert seen["ogm"] > 100
    assert scheme is None or seen[scheme.name] > 100


@pytest.mark.parametrize("dutch", ["betalingskenmerk", "rf"])
def test_only_a_valid_reference_stands_in_the_field_of_references(dutch):
    for payment in year_of(2000, dutch=dutch).payments:
        reference = payment.record.reference
        assert not reference or any(scheme.valid(reference) for scheme in (OGM, RF, BETALINGSKENMERK))


@pytest.mark.parametrize(
    ("made", "scheme"),
    [
        (make_ogm, OGM),
        (lambda n: make_kenmerk(f"{n:015}"), BETALINGSKENMERK),
        (lambda n: make_rf(f"{n:08}"), RF),
    ],
    ids=["an OGM", "a betalingskenmerk", "a creditor reference"],
)
def test_check_digits_are_right_for_any_number(made, scheme):
    assert [n for n in (*range(1, 400), 10_000_019, 99_999_999) if not scheme.valid(made(n))] == []


@pytest.mark.parametrize("country", BANKS)
def test_an_account_is_valid_and_nobody_elses(country):
    made = [make_iban(country, n) for n in range(3000)]
    assert all(IBAN.valid(iban) for iban in made)
    assert len(set(made)) == len(made)


def test_nothing_is_numbered_twice():
    for numbering in NUMBERINGS:
        year = year_of(2000, numbering, "rf")
        assert len({i.number for i in year.invoices}) == len(year.invoices)
        references = [i.reference for i in year.invoices if i.reference]
        assert len(set(references)) == len(references)
    banked = [p.record.bank_reference for p in year.payments]
    assert len(set(banked)) == len(banked)


def test_the_truth_adds_up_to_the_cent():
    debtor = {i.number: i.debtor for i in year_of().invoices}
    for payment in year_of().payments:
        assert sum(part.cents for part in payment.truth) + payment.left == payment.record.amount_cents
        assert all(debtor[part.invoice] == part.debtor for part in payment.truth)
        assert len({part.invoice for part in payment.truth}) == len(payment.truth)


def test_no_invoice_is_ever_paid_beyond_its_amount():
    amount = {i.number: i.cents for i in year_of().invoices}
    paid: defaultdict[str, int] = defaultdict(int)
    for payment in year_of().payments:
        for part in payment.truth:
            paid[part.invoice] += part.cents
            low, high = sorted((0, amount[part.invoice]))
            assert low <= paid[part.invoice] <= high, payment


def test_only_who_pays_too_much_leaves_something():
    leaving = {p.habit for p in year_of().payments if p.left > 0 and p.truth}
    assert leaving <= MORE_THAN_ASKED
    assert {p.habit for p in year_of().payments if p.left < 0 and p.truth} <= {"provider_payout"}


def test_nothing_is_paid_before_it_is_issued():
    issued = {i.number: i.issued for i in year_of().invoices}
    assert all(p.record.booked >= issued[part.invoice] for p in year_of().payments for part in p.truth)


def test_a_double_payment_repeats_an_earlier_one_and_pays_nothing():
    payments = year_of().payments
    doubles = [p for p in payments if p.habit == "paid_twice"]
    assert len(doubles) > 20
    for double in doubles:
        first = payments[double.twin]
        assert (double.truth, double.left) == ((), double.record.amount_cents)
        assert first.record.booked < double.record.booked
        seen = ("amount_cents", "text", "reference", "counterparty_iban")
        assert [getattr(double.record, name) for name in seen] == [
            getattr(first.record, name) for name in seen
        ]


def test_a_debit_that_came_back_opens_its_invoice():
    back = [p for p in year_of().payments if p.habit == "debit_returned"]
    assert len(back) > 20
    for payment in back:
        assert payment.record.reversal
        assert payment.record.returned
        assert payment.truth[0].cents == payment.record.amount_cents < 0


def test_the_shape_is_that_of_real_books():
    year = year_of()
    amounts = Counter(i.cents for i in year.invoices if i.cents > 0)
    names = Counter(d.name for d in year.debtors)
    many = Counter(i.debtor for i in year.invoices)
    shared = Counter(iban for d in year.debtors for iban in d.ibans)
    assert amounts.most_common(1)[0][1] > 100  # the same subscription for many
    assert names.most_common(1)[0][1] > 2  # Bakkerij De Molen, three times
    assert max(many.values()) > 5 * sorted(many.values())[len(many) // 2]  # a few large ones
    assert max(shared.values()) > 1  # the account of a group
    assert any(len(d.ibans) > 1 for d in year.debtors)
    assert any(not d.ibans for d in year.debtors)


def test_texts_are_as_banks_pass_them_on():
    records = [p.record for p in year_of().payments]
    assert max(len(r.text) for r in records) <= 140
    assert max(len(r.counterparty) for r in records) <= 70
    assert any(r.text.isupper() and len(r.text) > 20 for r in records)
    assert {27, 32, 35} <= {len(r.counterparty) for r in records}
    cut = [p.record.text for p in year_of().payments if p.habit == "cut_by_the_bank"]
    assert max(len(text) for text in cut) <= 32


def test_who_pays_for_his_company_does_so_from_an_account_that_the_books_do_not_know():
    year = year_of()
    known = {iban for d in year.debtors for iban in d.ibans}
    private = [p for p in year.payments if p.habit == "privately"]
    assert private
    for payment in private:
        debtor = year.debtors[int(payment.truth[0].debtor) - FIRST_NUMBER]
        assert payment.record.counterparty_iban == private_account(debtor).iban
        assert payment.record.counterparty_iban not in known


def test_two_debtors_may_pay_the_same_amount_with_the_same_text():
    """A machine that reads only the text cannot always be right; that is meant."""
    of: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for payment in year_of().payments:
        for part in payment.truth[:1]:
            of[payment.record.text, payment.record.amount_cents].add(part.debtor)
    assert sum(1 for debtors in of.values() if len(debtors) > 1) > 10


@pytest.mark.slow
def test_100_000_payments_are_made_in_under_12_seconds():
    begun = time.process_time()
    year = make_year(1, 20_000, 100_000, start=START)
    assert time.process_time() - begun < 12
    assert len(year.payments) == 100_000
