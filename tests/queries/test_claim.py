"""What a debtor owes by law, from his rows: which terms were agreed, what came in and when, which notices went (H3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.queries.claim import claim_of
from beluur.store.models import Debtor, Dispute, Reminder
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DUE = TODAY - timedelta(days=40)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world) -> int:
    return world.debtor(kind="business")


def bill(world, debtor, number="F1", cents=1000_00, **facts):
    known = {"late": 40, "term_agreed": "terms", "as_of": DUE} | facts
    return world.invoice(debtor, number, cents, **known)


def notice(world, debtor, on, **facts):
    return Reminder.objects.create(
        administration_id=world.id, debtor_id=debtor, on=on, at=NOW, **{"level": 3} | facts
    )


def codes(sentences):
    return [said.code for said in sentences]


def test_an_agreed_term_counts_and_one_on_the_invoice_only_does_not(world, debtor):
    bill(world, debtor, "F1")
    bill(world, debtor, "F2", term_agreed="invoice", issued=DUE - timedelta(days=7))
    found = {row.invoice.number: row.first.day for row in claim_of(world.id, debtor, TODAY).invoices}
    assert found == {"F1": DUE + timedelta(days=1), "F2": DUE - timedelta(days=7) + timedelta(days=31)}


def test_a_payment_counts_from_the_day_after_it_came_in(world, debtor):
    i = bill(world, debtor)
    day = DUE + timedelta(days=10)
    record_payment(world.doer, debtor_id=debtor, day=day, cents=600_00, today=TODAY, invoice_ids=[i])
    (row,) = claim_of(world.id, debtor, TODAY).invoices
    assert [(line.cents, line.days) for line in row.interest.lines] == [(1000_00, 10), (400_00, 30)]


def test_a_payment_that_was_reversed_never_came_in(world, debtor):
    i = bill(world, debtor)
    before = claim_of(world.id, debtor, TODAY)
    payment = record_payment(
        world.doer, debtor_id=debtor, day=DUE + timedelta(days=10), cents=600_00, today=TODAY,
        invoice_ids=[i],
    )  # fmt: skip
    reverse_payment(world.with_key("terug"), payment_id=payment, reason="vergissing")
    assert claim_of(world.id, debtor, TODAY) == before


def test_what_is_contested_or_credited_or_exempt_is_left_out(world, debtor):
    i = bill(world, debtor)
    bill(world, debtor, "F2", exemption="direct_debit")
    bill(world, debtor, "C1", 100_00, kind="credit_note")
    Dispute.objects.create(
        administration_id=world.id, debtor_id=debtor, invoice_id=i, cents=300_00, code="price", made_at=NOW
    )
    found = claim_of(world.id, debtor, TODAY)
    assert [row.invoice.number for row in found.invoices] == ["F1"]
    assert (found.principal, found.disputed) == (600_00, 300_00)


@pytest.mark.parametrize(
    ("sent", "facts", "cents", "code"),
    [
        pytest.param(30, {}, 150_00, "law.costs_after_letter", id="a notice by mail, a month ago"),
        pytest.param(30, {"invoice_numbers": ["F1"]}, 150_00, "law.costs_after_letter", id="that names it"),
        pytest.param(30, {"invoice_numbers": ["F9"]}, 0, "law.costs_no_letter", id="that names another"),
        pytest.param(30, {"level": 2}, 0, "law.costs_no_letter", id="a second reminder is none"),
        pytest.param(30, {"level": 100}, 0, "law.costs_no_letter", id="nor is the one before the notice"),
        pytest.param(30, {"withdrawn_at": NOW}, 0, "law.costs_no_letter", id="nor one that was withdrawn"),
        pytest.param(30, {"channel": "phone"}, 0, "law.costs_no_letter", id="nor one by telephone"),
        pytest.param(15, {"channel": "letter"}, 0, "law.costs_term_runs", id="a letter travels two days"),
        pytest.param(45, {}, 0, "law.costs_no_letter", id="one from before it was late does not ask for it"),
    ],
)
def test_which_notice_makes_a_consumer_owe_costs(world, sent, facts, cents, code):
    debtor = world.debtor(kind="consumer")
    bill(world, debtor)
    notice(world, debtor, TODAY - timedelta(days=sent), **facts)
    costs = claim_of(world.id, debtor, TODAY).costs
    assert (costs.cents, costs.because[0].code) == (cents, code)


def test_another_currency_is_not_reckoned_with(world, debtor):
    bill(world, debtor)
    Debtor.objects.filter(id=debtor).update(currency="USD")
    assert codes(claim_of(world.id, debtor, TODAY).because) == ["claim.no_currency"]


def test_the_number_of_queries_does_not_grow(world, debtor, count_queries, guard_queries):
    bill(world, debtor, "F0")
    with count_queries() as one, guard_queries():
        claim_of(world.id, debtor, TODAY)
    for n in range(1, 20):
        i = bill(world, debtor, f"F{n}", 1000 + n)
        record_payment(
            world.with_key(str(n)), debtor_id=debtor, day=DUE + timedelta(days=10), cents=100, today=TODAY,
            invoice_ids=[i],
        )  # fmt: skip
        notice(world, debtor, date(2026, 11, 1))
    with count_queries() as many, guard_queries():
        found = claim_of(world.id, debtor, TODAY)
    assert len(many) == len(one)
    assert len(found.invoices) == 20


def test_another_administration_has_no_such_debtor(world, debtor):
    with pytest.raises(Debtor.DoesNotExist):
        claim_of(make_world("ander").id, debtor, TODAY)
