"""*Niet toegewezen*: what waits, in a fixed number of queries; and one payment, whole."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.actions.bank.assign import Wanted, accept_proposal, assign_payment, set_aside
from beluur.queries.accounts import accounts
from beluur.queries.dossier_payments import payments_of
from beluur.queries.payment_page import payment_page, what_was_done
from beluur.queries.payment_split import open_for
from beluur.queries.payments import PAGE, bank_payment, waiting_count, waiting_payments
from beluur.store.models import Invoice, Payment
from beluur.values.money import Money
from beluur.values.sentence import say
from tests.bank_world import Morning, make_morning
from tests.rows import make_account, make_debtor, make_invoice, make_payment
from tests.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning() -> Morning:
    return make_morning(make_world())


def invoice(number: str) -> int:
    return Invoice.objects.get(number=number).id


def proposing(account, debtor) -> Payment:
    row = make_invoice(debtor, as_of=date(2026, 11, 16))
    choice = {"debtor": debtor.id, "parts": [[row.id, debtor.id, 100_00]], "left_cents": 0, "by": []}
    return make_payment(account, state="proposed", perhaps=debtor, proposal={"choices": [choice]})


def test_the_number_of_queries_does_not_grow(administration, count_queries, guard_queries):
    account, debtor = make_account(administration), make_debtor(administration)
    proposing(account, debtor)
    with count_queries() as one, guard_queries():
        waiting_payments(administration.id)
    for _ in range(PAGE):
        proposing(account, make_debtor(administration))
        make_payment(account)
    with count_queries() as many, guard_queries():
        view = waiting_payments(administration.id)
    assert len(many) == len(one)
    assert len(view.rows) == PAGE
    assert all(row.proposals for row in view.rows)
    assert view.pages == 3


def test_proposals_come_first_and_then_the_newest(morning):
    rows = waiting_payments(morning.world.id).rows
    assert [row.state for row in rows] == ["proposed"] * 3 + ["unexplained", "rest"]
    days = [row.booked_on for row in rows[:3]]
    assert days == sorted(days, reverse=True)


GROUPS = {
    "all that waits": ("todo", {"back", "alike", "two_ways", "unknown", "over"}),
    "what has a proposal": ("proposed", {"alike", "two_ways"}),
    "what nothing was found for, or only in part": ("nothing", {"unknown", "over"}),
    "what went back": ("back", {"back"}),
    "everything, set aside too": (
        "all",
        {"back", "alike", "two_ways", "unknown", "over", "certain", "costs", "paid"},
    ),
    "a group that there is not": ("zz", {"back", "alike", "two_ways", "unknown", "over"}),
}


@pytest.mark.parametrize(("group", "names"), GROUPS.values(), ids=GROUPS)
def test_the_groups_hold(morning, group, names):
    ids = {getattr(morning, name).id for name in names - {"paid"}}
    if "paid" in names:
        ids |= set(Payment.objects.filter(amount_cents=605_00).values_list("id", flat=True))
    view = waiting_payments(morning.world.id, group)
    assert {row.id for row in view.rows} == ids
    assert view.counts == {"todo": 5, "proposed": 2, "nothing": 2, "back": 1}
    assert view.sums == (Money(500_00 + 480_00 + 750_00 + 100_00),)
    assert view.went == (Money(-morning.back.amount_cents),)


TEXTS = {
    "a part of the name": ("nergens", ["unknown"]),
    "words of the text in another order": ("mail facturen", ["unknown"]),
    "an amount": ("750", ["unknown"]),
    "an amount with a comma": ("€ 1.600,00", ["over"]),
    "an amount that went out": ("605,00", ["back"]),
    "an account in fours": ("NL02 ABNA 0123 4567 89", ["unknown"]),
    "what is nowhere": ("zzz", []),
    "signs alone": ("%", []),
}


@pytest.mark.parametrize(("text", "names"), TEXTS.values(), ids=TEXTS)
def test_it_is_found_by(morning, text, names):
    rows = waiting_payments(morning.world.id, text=text).rows
    assert [row.id for row in rows] == [getattr(morning, name).id for name in names]


def test_a_proposal_says_whom_what_and_why(morning):
    first, second = bank_payment(morning.world.id, morning.two_ways.id).proposals
    assert (first.debtor, first.kind, first.place, first.left.cents) == (
        "Voorbeeld Bouw BV",
        "invoices",
        0,
        0,
    )
    assert [(line.number, line.amount.cents, line.open.cents) for line in first.lines] == [
        ("2026-0119", 500_00, 500_00)
    ]
    assert [line.number for line in second.lines] == ["2026-0120"]
    assert "explain.amount" in [reason.code for reason in first.because]
    assert not first.asks


def test_a_proposal_of_the_day_of_the_export_is_asked_about(morning):
    Invoice.objects.filter(number="2026-0119").update(as_of=morning.two_ways.booked_on)
    first, second = bank_payment(morning.world.id, morning.two_ways.id).proposals
    assert (first.asks, second.asks) == (True, False)


def test_what_no_longer_fits_is_not_proposed(morning):
    Invoice.objects.filter(number="2026-0119").update(open_cents=499_99)
    (left,) = bank_payment(morning.world.id, morning.two_ways.id).proposals
    assert left.place == 1


def test_a_return_names_the_payments_that_it_may_take_back(morning):
    found = bank_payment(morning.world.id, morning.back.id)
    assert found.returned == say("bank_return.md06")
    assert [(p.kind, p.fits, p.lines[0].number) for p in found.proposals] == [
        ("return", True, "2026-0126"),
        ("return", True, "2026-0125"),
    ]


def test_a_rest_can_stay_with_the_one_it_is_of(morning):
    found = bank_payment(morning.world.id, morning.over.id)
    assert [(line.number, line.amount.cents) for line in found.assigned] == [("2026-0121", 1_500_00)]
    (kept,) = found.proposals
    assert (kept.kind, kept.debtor_id, kept.left.cents) == ("kept", morning.transport, 100_00)


def test_the_chosen_one_stands_on_top_when_it_is_on_another_page(administration):
    account = make_account(administration)
    old = make_payment(account, booked_on=date(2026, 1, 2))
    for _ in range(PAGE + 1):
        make_payment(account)
    assert waiting_payments(administration.id, chosen=old.id).rows[0].id == old.id


def test_nothing_of_another_administration_is_seen(morning):
    other = make_world("ander")
    assert waiting_payments(other.id, "all", chosen=morning.certain.id).rows == ()
    with pytest.raises(Payment.DoesNotExist):
        payment_page(other.id, morning.certain.id)
    assert what_was_done(other.id, morning.certain.id) is None


def test_without_an_account_nothing_is_counted(administration):
    assert waiting_count(administration.id) is None
    account = make_account(administration)
    assert waiting_count(administration.id) == 0
    make_payment(account)
    make_payment(account, state="not_ours")
    assert waiting_count(administration.id) == 1


# -- one payment ------------------------------------------------------------------------------------------------------


def test_one_payment_says_where_it_went_how_that_is_known_and_where_it_came_from(morning, guard_queries):
    with guard_queries():
        view = payment_page(morning.world.id, morning.certain.id)
    assert [line.number for line in view.payment.assigned] == ["2026-0118"]
    assert [d.code for d in view.told[0].details] == [
        "event.booked_on",
        "explain.number",
        "explain.amount",
        "explain.name_same",
    ]
    assert (view.format, view.by_hand, view.may_take_back, view.may_reverse) == ("mt940", False, True, False)
    assert view.intake_id == morning.certain.statement.intake_id


def test_a_payment_and_its_return_name_each_other(morning):
    accept_proposal(morning.world.doer, payment_id=morning.back.id)
    back = payment_page(morning.world.id, morning.back.id)
    original = payment_page(morning.world.id, back.takes_back.id)
    assert [other.id for other in original.taken_back_by] == [back.payment.id]
    assert (back.may_take_back, original.may_take_back) == (True, False)


def test_what_was_done_is_said_in_a_line(morning):
    doer, here = morning.world.doer, morning.world.id
    assert what_was_done(here, morning.unknown.id) is None
    set_aside(doer, payment_id=morning.unknown.id)
    accept_proposal(doer, payment_id=morning.back.id)
    accept_proposal(doer, payment_id=morning.two_ways.id)
    assign_payment(doer, payment_id=morning.over.id, parts=(), debtor_id=morning.transport)
    names = ("unknown", "back", "two_ways", "over")
    assert [what_was_done(here, getattr(morning, name).id).said.code for name in names] == [
        "payments.done_aside",
        "payments.done_returned",
        "payments.done_on",
        "payments.done_over",
    ]


# -- dividing ---------------------------------------------------------------------------------------------------------


def found(morning: Morning, text: str, payment=None, chosen=()) -> list[tuple[str, list[str]]]:
    payment = bank_payment(morning.world.id, (payment or morning.unknown).id)
    return [
        (of.name, [line.number for line in of.lines])
        for of in open_for(morning.world.id, payment, text, chosen)
    ]


def test_a_name_finds_what_is_open_of_him(morning):
    assert found(morning, "schilders") == [("Proef Schilders VOF", ["2026-0122", "2026-0123"])]


def test_a_number_stands_first_among_his(morning):
    assert found(morning, "2026-0123") == [("Proef Schilders VOF", ["2026-0123", "2026-0122"])]


def test_an_amount_finds_who_owes_it(morning):
    assert found(morning, "350,00") == [("Proef Schilders VOF", ["2026-0122", "2026-0123"])]


def test_a_tick_stays_on_top_while_one_looks_on(morning):
    assert found(morning, "advies", chosen=[invoice("2026-0123")]) == [
        ("Proef Schilders VOF", ["2026-0123", "2026-0122"]),
        ("Denkbeeldig Advies BV", ["C-0007"]),
    ]


def test_money_that_went_out_can_only_pay_a_credit_note(morning):
    assert found(morning, "schilders", morning.back) == [("Proef Schilders VOF", [])]
    assert found(morning, "advies", morning.back) == [("Denkbeeldig Advies BV", ["C-0007"])]


def test_without_a_text_it_begins_with_whom_it_may_be_of(morning):
    assert found(morning, "", morning.alike) == [("Proef Schilders VOF", ["2026-0122", "2026-0123"])]
    assert found(morning, "") == []


# -- the dossier ------------------------------------------------------------------------------------------------------


def test_a_payment_of_another_of_the_group_stands_in_each_dossier_with_its_own_part(
    morning, count_queries, guard_queries
):
    parts = [Wanted(invoice("2026-0122"), 480_00), Wanted(invoice("2026-0119"), 270_00)]
    assign_payment(morning.world.doer, payment_id=morning.unknown.id, parts=parts)
    with guard_queries(), count_queries() as counted:
        (row,) = payments_of(morning.world.id, morning.schilders)
    assert len(counted) == 6
    assert (row.payer, row.amount.cents, row.here.cents) == ("Stichting Nergens Bekend", 750_00, 480_00)
    assert [part.number for part in row.invoices] == ["2026-0122"]
    assert row.because[-1].text.code == "explain.by_hand"
    other = next(r for r in payments_of(morning.world.id, morning.bouw) if r.id == row.id)
    assert other.here.cents == 270_00


def test_too_much_and_gone_back_are_said(morning):
    doer = morning.world.doer
    assign_payment(doer, payment_id=morning.over.id, parts=(), debtor_id=morning.transport)
    (row,) = payments_of(morning.world.id, morning.transport)
    assert row.left == Money(100_00)
    accept_proposal(doer, payment_id=morning.back.id)
    rows = payments_of(morning.world.id, morning.advies)
    assert [row.returned is not None for row in rows] == [True, False]
    assert all(row.amount.cents > 0 for row in rows)


# -- our accounts -----------------------------------------------------------------------------------------------------


def test_the_account_that_is_behind_is_named(morning, guard_queries):
    make_account(morning.world.administration, number="NL69INGB0123456789", reaches=date(2026, 11, 9))
    make_account(morning.world.administration, number="BE68539007547034", in_use=False, reaches=None)
    with guard_queries():
        view = accounts(morning.world.id)
    assert [(a.number, a.lags, a.statements) for a in view.rows] == [
        ("NL69 INGB 0123 4567 89", True, 0),
        ("NL91 ABNA 0417 1643 00", False, 1),
        ("BE68 5390 0754 7034", False, 0),
    ]
    assert view.judged_to == date(2026, 11, 9)


def test_an_account_of_which_no_day_is_known_holds_all_judgement_up(administration):
    make_account(administration, reaches=None)
    view = accounts(administration.id)
    assert (view.rows[0].lags, view.judged_to) == (True, None)
