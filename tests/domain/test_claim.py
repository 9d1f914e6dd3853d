"""What a debtor owes by law besides what is open: per invoice, with the reason where he owes nothing (H3)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.claim import ClaimInvoice, ClaimNotice, claim

TODAY = date(2026, 11, 27)


def late(**changes):
    facts = {
        "number": "2026-0041",
        "issued": date(2026, 9, 1),
        "due": date(2026, 10, 1),
        "agreed": True,
        "cents": 100000,
    }
    return ClaimInvoice(**facts | changes)


def claimed(country, *invoices, consumer=False, notices=(), as_of=TODAY, **more):
    return claim(country, consumer=consumer, invoices=invoices, notices=notices, as_of=as_of, **more)


def codes(sentences):
    return [said.code for said in sentences]


def by_mail(*day):
    return ClaimNotice(date(*day), by_post=False)


@pytest.mark.parametrize(
    ("country", "consumer", "notices", "interest", "costs", "why"),
    [
        pytest.param("NL", False, [], 1624, 4000, "law.costs_fixed", id="NL business: 10,4% and forty euro"),
        pytest.param(
            "NL",
            False,
            [by_mail(2026, 11, 2)],
            1624,
            15000,
            "law.costs_scale",
            id="NL business after a demand",
        ),
        pytest.param(
            "NL", True, [], 625, 0, "law.costs_no_letter", id="NL consumer: 4%, no letter, no costs"
        ),
        pytest.param(
            "NL",
            True,
            [by_mail(2026, 11, 20)],
            625,
            0,
            "law.costs_term_runs",
            id="NL consumer whose fourteen days still run",
        ),
        pytest.param(
            "NL",
            True,
            [by_mail(2026, 11, 2)],
            625,
            15000,
            "law.costs_after_letter",
            id="NL consumer after the fourteen days",
        ),
        pytest.param("BE", False, [], 1640, 4000, "law.costs_fixed", id="BE business: 10,5% and forty euro"),
        pytest.param("BE", True, [], 0, 0, "law.costs_no_clause", id="BE consumer before the free reminder"),
        pytest.param(
            "BE",
            True,
            [by_mail(2026, 11, 2)],
            136,
            0,
            "law.costs_no_clause",
            id="BE consumer after it: 4,5% from the day after its term",
        ),
    ],
)
def test_claim(country, consumer, notices, interest, costs, why):
    found = claimed(country, late(), consumer=consumer, notices=notices)
    assert (found.interest, found.costs.cents, found.costs.because[0].code) == (interest, costs, why)
    assert found.total == 100000 + interest + costs


def test_a_payment_lowers_the_debt_from_the_day_after_its_value_day():
    found = claimed("NL", late(cents=40000, paid=((date(2026, 10, 21), 60000),)))
    lines = [(line.cents, line.days) for line in found.invoices[0].interest.lines]
    assert lines == [(100000, 20), (40000, 37)]
    assert found.principal == 40000


def test_what_was_paid_within_the_term_is_not_in_the_fee():
    paid = ((date(2026, 11, 10), 60000), (date(2026, 11, 20), 10000))
    found = claimed(
        "NL", late(cents=30000, paid=paid), consumer=True, notices=[by_mail(2026, 11, 2)]
    )  # the term ends on the 16th: 400,00 was open then
    assert found.costs.cents == 6000


def test_one_fee_for_all_invoices_of_a_letter():
    small = [late(number=str(n), cents=2000) for n in range(3)]
    found = claimed("NL", *small, consumer=True, notices=[by_mail(2026, 11, 2)])
    assert found.costs.cents == 4000


def test_an_invoice_that_the_letter_did_not_name_is_not_in_the_fee():
    letter = ClaimNotice(date(2026, 11, 2), by_post=False, numbers=frozenset({"2026-0041"}))
    found = claimed("NL", late(), late(number="2026-0042"), consumer=True, notices=[letter])
    assert found.costs.cents == 15000


def test_a_consumer_without_an_agreed_term_is_in_default_by_the_first_notice_and_owes_costs_after_the_second():
    first, second = by_mail(2026, 10, 2), by_mail(2026, 11, 2)
    once = claimed("NL", late(agreed=False), consumer=True, notices=[first])
    twice = claimed("NL", late(agreed=False), consumer=True, notices=[first, second])
    assert once.invoices[0].first.day == date(2026, 10, 17)
    assert (once.costs.cents, codes(once.costs.because)) == (0, ["claim.costs_letter_early"])
    assert twice.costs.cents == 15000


def test_a_business_without_an_agreed_term_has_that_of_the_law():
    found = claimed("NL", late(due=date(2026, 9, 15), agreed=False))
    assert found.invoices[0].first.day == date(2026, 10, 2)
    assert "claim.term_not_agreed" in codes(found.because)


def test_what_is_contested_is_shown_and_left_out():
    found = claimed("NL", late(cents=0, disputed=100000))
    assert (found.disputed, found.total, codes(found.costs.because)) == (
        100000,
        0,
        ["claim.costs_not_late"],
    )


def test_what_is_not_late_is_not_in_it():
    assert claimed("NL", late(due=TODAY)).invoices == ()


def test_a_land_without_a_table_gets_no_guess():
    found = claimed("DE", late())
    assert (found.total, codes(found.because)) == (100000, ["claim.no_table"])


def test_beyond_the_tables_it_says_so():
    within = claimed("NL", late(), as_of=date(2026, 12, 31))
    beyond = claimed("NL", late(), as_of=date(2027, 2, 1))
    assert beyond.interest == within.interest
    assert "law.interest_until" in codes(beyond.because)


def test_a_rate_whose_publication_was_not_seen_says_so():
    assert "claim.derived" in codes(claimed("BE", late()).because)


@given(
    st.sampled_from(["NL", "BE"]),
    st.booleans(),
    st.booleans(),
    st.integers(1, 10**8),
    st.integers(0, 400),
    st.integers(0, 60),
)
def test_a_day_more_never_lowers_it_and_it_adds_up(country, consumer, agreed, cents, days, more):
    invoice = late(cents=cents, agreed=agreed, due=date(2025, 10, 1), issued=date(2025, 9, 1))
    notices = [by_mail(2025, 10, 20), by_mail(2025, 12, 20)]
    day = date(2025, 10, 2) + timedelta(days=days)
    now = claimed(country, invoice, consumer=consumer, notices=notices, as_of=day)
    later = claimed(
        country, invoice, consumer=consumer, notices=notices, as_of=min(day + timedelta(days=more), TODAY)
    )
    assert now.total == now.principal + now.interest + now.costs.cents
    assert min(now.interest, now.costs.cents) >= 0
    assert day > TODAY or later.total >= now.total
