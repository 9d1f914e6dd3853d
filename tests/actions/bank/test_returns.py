"""Money that goes back: what it had paid is open again, and what was kept with it is judged anew; once."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from beluur.actions.bank.assign import (
    accept_proposal,
    accept_return,
    assign_payment,
    set_aside,
    take_back_assignment,
)
from beluur.actions.bank.explain_waiting import explain_waiting
from beluur.actions.bank.undo_return import take_back_return
from beluur.actions.intake.undo import undo_intake
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.actions.record_payment import record_payment
from beluur.queries.bank_said import bank_said
from beluur.queries.call_screen import briefing_screen
from beluur.queries.came_in import came_in
from beluur.queries.dossier_payments import payments_of
from beluur.queries.payment_page import payment_page
from beluur.queries.payments import bank_payment
from beluur.store.load import load_case
from beluur.store.models import Allocation, Debtor, Event, Invoice
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence
from beluur.words import render
from tests.actions.bank.desk import FRIDAY, Desk, check_sums, one, opens, states
from tests.actions.calls import timeline
from tests.bank_files import NOBODY, TUESDAY, Pay, camt053, mt940

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MONDAY, WEDNESDAY = TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1)
THURSDAY = TUESDAY + timedelta(days=2)
CAME = Pay(100_00, "Factuur 2026-1", end_to_end="E1")
BACK = Pay(-100_00, "Storno", on=THURSDAY, end_to_end="E1", returned="MD06")
HEAD = "Debiteurnr;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand"


def export(still: str) -> str:
    return f"{HEAD}\n1;Bakkerij Proefkruimel;2026-1;01-10-2026;31-10-2026;100,00;{still}\n"


@pytest.fixture
def bakery(desk: Desk) -> Desk:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), ("2026-2", 40_00))
    return desk


@pytest.fixture
def paid(bakery: Desk) -> Desk:
    bakery.take(camt053(CAME))
    assert opens()["2026-1"] == 0
    return bakery


def back(desk: Desk, pay: Pay = BACK, **options: object) -> int:
    return desk.take(camt053(pay, number="A2", opening=100_00, **options), on=FRIDAY)  # type: ignore[arg-type]


def code(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.sentence.code


# -- by itself --------------------------------------------------------------------------------------------------------


def test_in_the_same_file(bakery: Desk) -> None:
    bakery.take(camt053(CAME, BACK))
    assert opens()["2026-1"] == 100_00
    assert states() == [(100_00, "explained"), (-100_00, "explained")]
    assert one(amount_cents=-100_00).takes_back_id == one(amount_cents=100_00).id


def test_he_pays_again_in_the_same_file(paid: Desk) -> None:
    again = Pay(100_00, "Factuur 2026-1", on=FRIDAY, end_to_end="E2")
    paid.take(camt053(BACK, again, number="A2", opening=100_00), on=FRIDAY)
    assert opens()["2026-1"] == 0
    assert states() == [(100_00, "explained"), (-100_00, "explained"), (100_00, "explained")]


def test_he_pays_all_that_is_open_in_the_same_file_and_names_nothing(paid: Desk) -> None:
    """What the return opened is among it."""
    paid.take(camt053(BACK, Pay(140_00, on=FRIDAY, end_to_end="E2"), number="A2", opening=100_00), on=FRIDAY)
    assert opens() == {"2026-1": 0, "2026-2": 0}
    assert states() == [(100_00, "explained"), (-100_00, "explained"), (140_00, "explained")]


AGAIN = Pay(100_00, "Factuur 2026-1", on=FRIDAY, end_to_end="E2")
ONCE_MORE = {
    "and names what he pays": (CAME, BACK, AGAIN),
    "and names nothing": (CAME, BACK, AGAIN._replace(text="")),
    "in the same words without a number": (
        CAME._replace(text="onze bestelling"),
        BACK,
        AGAIN._replace(text="onze bestelling"),
    ),
    "all on one day": (CAME._replace(on=THURSDAY), BACK, AGAIN._replace(on=THURSDAY)),
    "before the first went back": (CAME, AGAIN._replace(on=WEDNESDAY), BACK),
    "in the order of a file that begins with the last": (AGAIN, BACK, CAME),
    "after two that went back": (
        CAME,
        BACK._replace(on=WEDNESDAY),
        CAME._replace(on=WEDNESDAY, end_to_end="E3"),
        BACK._replace(end_to_end="E3"),
        AGAIN,
    ),
    "after two that went back when both had come": (
        CAME,
        CAME._replace(on=WEDNESDAY, end_to_end="E3"),
        BACK,
        BACK._replace(end_to_end="E3", on=FRIDAY),
        AGAIN,
    ),
}


@pytest.mark.parametrize("pays", ONCE_MORE.values(), ids=ONCE_MORE.keys())
def test_it_comes_goes_back_and_he_pays_once_more_in_one_file(bakery: Desk, pays: tuple[Pay, ...]) -> None:
    bakery.take(camt053(*pays), on=FRIDAY)
    assert opens() == {"2026-1": 0, "2026-2": 40_00}
    assert {state for cents, state in states() if abs(cents) == 100_00} == {"explained"}
    last = one(end_to_end="E2", amount_cents=100_00)
    assert Allocation.objects.filter(payment=last).values_list("invoice__number", "cents").get() == (
        "2026-1",
        100_00,
    )
    debtor = bakery.who["Bakkerij Proefkruimel"]
    assert "De betaling van € 100,00 ging terug op" in "\n".join(timeline(debtor))
    check_sums(bakery.id)


@pytest.mark.parametrize("first", [True, False], ids=["between them", "after them"])
def test_once_more_in_one_file_where_what_is_written_in_one_go_ends(bakery: Desk, first: bool) -> None:
    """Sixty at a time: thirty that come and go back, and before them one that goes back of what was there, or not."""
    before = Pay(40_00, "Factuur 2026-2", on=TUESDAY, end_to_end="E3")
    bakery.take(camt053(before))
    gone = (before._replace(cents=-40_00, on=WEDNESDAY, returned="MD06"),) if first else ()
    often = [
        pay._replace(on=WEDNESDAY, end_to_end=f"F{n}", ref=f"{pay.cents}/{n}")
        for n in range(29)
        for pay in (CAME, BACK)
    ]
    bakery.take(camt053(*gone, *often, CAME, BACK, AGAIN, number="A2", opening=40_00), on=FRIDAY)
    assert opens() == {"2026-1": 0, "2026-2": 40_00 if first else 0}
    assert one(end_to_end="E2").state == "explained"
    check_sums(bakery.id)


def test_once_more_in_one_file_is_only_proposed_where_another_invoice_has_the_amount(bakery: Desk) -> None:
    bakery.owes("Bakkerij Proefkruimel", ("2026-3", 100_00))
    same_day = AGAIN._replace(text="", on=THURSDAY)
    bakery.take(camt053(CAME, same_day, BACK), on=FRIDAY)
    assert opens() == {"2026-1": 100_00, "2026-2": 40_00, "2026-3": 100_00}
    assert one(end_to_end="E2").state == "proposed"


def test_what_only_waited_and_went_back_holds_nothing_up(bakery: Desk) -> None:
    """It was proposed for the invoice; who pays it once more, by its number, is booked."""
    vague = CAME._replace(text="betaling", iban=NOBODY, name="Proefkruimel Bakery")
    bakery.take(camt053(vague))
    assert one().state != "explained"
    bakery.take(camt053(BACK._replace(iban=NOBODY), AGAIN, number="A2", opening=100_00), on=FRIDAY)
    assert (opens()["2026-1"], one(end_to_end="E2").state) == (0, "explained")


def test_undoing_the_file_with_all_three(bakery: Desk) -> None:
    undo_intake(bakery.doer(), bakery.take(camt053(CAME, BACK, AGAIN), on=FRIDAY))
    assert opens()["2026-1"] == 100_00
    check_sums(bakery.id)


def test_a_day_later(paid: Desk) -> None:
    back(paid)
    row = Invoice.objects.get(number="2026-1")
    assert (row.open_cents, row.booked_cents, row.closed_on, row.closed_because) == (100_00, 0, None, "")
    debtor = paid.who["Bakkerij Proefkruimel"]
    assert one(amount_cents=-100_00).debtor_id == debtor
    assert "De betaling van € 100,00 ging terug op do 26 nov 2026" in "\n".join(timeline(debtor))


def test_why_it_went_back_is_told_in_words(paid: Desk) -> None:
    """On the timeline, in the morning, to who is about to call and on its own page."""
    intake = back(paid, BACK._replace(returned="AM04"))
    debtor = paid.who["Bakkerij Proefkruimel"]
    payload = Event.objects.get(debtor_id=debtor, kind="payment_returned").payload
    [detail] = json.loads(payload)["details"]
    assert render(Sentence.from_json(detail)) == "Teruggeboekt: saldo ontoereikend"
    [told] = bank_said(paid.id, intake).returns
    assert (told.debtor_id, told.name) == (debtor, "Bakkerij Proefkruimel")
    said = render(told.said).replace("\xa0", " ")
    assert said == "€ 100,00 ging terug op do 26 nov 2026: saldo ontoereikend"
    assert briefing_screen(paid.id, debtor, paid.doer().at).went_back == (told,)
    assert render(bank_payment(paid.id, one(amount_cents=-100_00).id).returned) == "saldo ontoereikend"


def test_each_part_is_reversed_by_a_row(paid: Desk) -> None:
    back(paid)
    rows = Allocation.objects.order_by("id").values_list("payment__amount_cents", "cents", "lowers")
    assert list(rows) == [(100_00, 100_00, True), (-100_00, -100_00, True)]


def test_the_return_once_more_takes_nothing_back_again(paid: Desk) -> None:
    back(paid)
    back(paid)
    assert opens()["2026-1"] == 100_00
    assert len(states()) == 2


def test_two_returns_of_one_payment_take_it_back_once(paid: Desk) -> None:
    paid.take(camt053(BACK, BACK._replace(on=FRIDAY), number="A2", opening=None))
    assert opens()["2026-1"] == 100_00
    assert sorted(s for _, s in states()) == ["explained", "explained", "unexplained"]


def test_he_pays_again_after_it(paid: Desk) -> None:
    back(paid)
    paid.take(camt053(Pay(100_00, "Factuur 2026-1", on=FRIDAY), number="A3", opening=0))
    assert opens()["2026-1"] == 0


@pytest.mark.parametrize("since", ["unexplained", "proposed", "not_ours"])
def test_a_payment_that_nobody_explained_needs_no_explanation_any_more(desk: Desk, since: str) -> None:
    anonymous = Pay(61_17, "dank", NOBODY, "Anoniem", end_to_end="E9")
    haulier = desk.owes("Fictief Transport", ("2026-3", 61_17 if since == "proposed" else 70_00))
    desk.take(camt053(anonymous))
    if since == "not_ours":
        set_aside(desk.doer(), payment_id=one().id)
    assert states() == [(61_17, since)]
    plan_next_steps(desk.id, desk.doer().at)
    desk.take(
        camt053(anonymous._replace(cents=-61_17, on=THURSDAY, returned="AC04"), number="A2", opening=61_17)
    )
    assert [state for _, state in states()] == ["explained", "explained"]
    assert load_case(desk.id, haulier).perhaps_paid_cents == 0
    assert Debtor.objects.get().step_stale or since != "proposed"
    desk.take(camt053(Pay(1_00, "ruis", on=FRIDAY), number="A3", opening=0))
    assert opens() == {"2026-3": 61_17 if since == "proposed" else 70_00}, "and it never pays anything"


def test_what_he_had_paid_too_much_is_no_longer_his(paid: Desk) -> None:
    debtor = paid.who["Bakkerij Proefkruimel"]
    more = Pay(70_00, "Factuur 2026-2", on=WEDNESDAY, end_to_end="E2")
    paid.take(camt053(more, number="A2", opening=100_00))
    assert (one(amount_cents=70_00).state, opens()["2026-2"]) == ("rest", 0)
    assert load_case(paid.id, debtor).perhaps_paid_cents == 30_00
    paid.take(camt053(more._replace(cents=-70_00, on=THURSDAY, returned="MD06"), number="A3", opening=170_00))
    assert (opens()["2026-2"], load_case(paid.id, debtor).perhaps_paid_cents) == (40_00, 0)


# -- and the day of the open items ------------------------------------------------------------------------------------


def test_an_export_from_between_cannot_know_that_it_went_back(desk: Desk) -> None:
    """It came on Tuesday, the export of Wednesday holds it, it went back on Thursday."""
    desk.take(export("100,00"), on=MONDAY)
    desk.take(camt053(CAME))
    desk.take(export("0,00"), on=WEDNESDAY)
    assert opens() == {"2026-1": 0}
    back(desk)
    assert opens() == {"2026-1": 100_00}


def test_nor_when_the_payment_was_only_history(desk: Desk) -> None:
    """The export of Wednesday is the first that we know, and holds what came on Tuesday."""
    desk.take(export("60,00"), on=WEDNESDAY)
    desk.take(camt053(CAME._replace(cents=40_00)))
    assert list(Allocation.objects.values_list("cents", "lowers")) == [(40_00, False)]
    back(desk, BACK._replace(cents=-40_00))
    assert opens() == {"2026-1": 100_00}


def test_an_export_from_after_it_knows_both(desk: Desk) -> None:
    desk.take(export("100,00"), on=FRIDAY)
    desk.take(camt053(CAME, BACK))
    assert opens() == {"2026-1": 100_00}


def test_an_export_that_comes_after_it_says_what_is_open(desk: Desk) -> None:
    desk.take(export("100,00"), on=MONDAY)
    desk.take(camt053(CAME, BACK))
    desk.take(export("100,00"), on=FRIDAY)
    assert opens() == {"2026-1": 100_00}


def test_undoing_that_export_changes_nothing(desk: Desk) -> None:
    desk.take(export("100,00"), on=MONDAY)
    desk.take(camt053(CAME))
    between = desk.take(export("0,00"), on=WEDNESDAY)
    undo_intake(desk.doer(), between)
    back(desk)
    assert opens() == {"2026-1": 100_00}


# -- undone -----------------------------------------------------------------------------------------------------------


def test_undoing_the_return_pays_it_again(paid: Desk) -> None:
    undo_intake(paid.doer(), back(paid))
    row = Invoice.objects.get(number="2026-1")
    assert (row.open_cents, row.closed_because) == (0, "paid")


def test_undoing_the_return_after_he_paid_again_by_hand(paid: Desk) -> None:
    intake = back(paid)
    debtor = paid.who["Bakkerij Proefkruimel"]
    invoice = Invoice.objects.get(number="2026-1").id
    record_payment(
        paid.doer(), debtor_id=debtor, day=FRIDAY, cents=100_00, today=FRIDAY, invoice_ids=[invoice]
    )
    undo_intake(paid.doer(), intake)
    assert opens()["2026-1"] == 0


def test_undoing_a_statement_with_both(bakery: Desk) -> None:
    undo_intake(bakery.doer(), bakery.take(camt053(CAME, BACK)))
    assert opens()["2026-1"] == 100_00


def test_undoing_the_return_of_what_nobody_explained_lets_it_wait_again(desk: Desk) -> None:
    anonymous = Pay(61_17, "dank", NOBODY, "Anoniem", end_to_end="E9")
    desk.take(camt053(anonymous))
    intake = desk.take(
        camt053(anonymous._replace(cents=-61_17, on=THURSDAY, returned="AC04"), number="A2", opening=61_17)
    )
    undo_intake(desk.doer(), intake)
    assert one(amount_cents=61_17).state == "unexplained"


# -- by a person ------------------------------------------------------------------------------------------------------

REFUND = Pay(-100_00, "terugbetaling", on=THURSDAY)


@pytest.fixture
def refunded(paid: Desk) -> Desk:
    """From his account came 100, and 100 went to it; nothing says that it is a return."""
    paid.take(mt940(REFUND, number=12, opening=100_00))
    assert one(amount_cents=-100_00).state == "proposed"
    return paid


def test_a_refund_is_proposed_and_accepted(refunded: Desk) -> None:
    assert opens()["2026-1"] == 0
    accept_proposal(refunded.doer(), payment_id=one(amount_cents=-100_00).id)
    assert opens()["2026-1"] == 100_00
    assert "ging terug" in "\n".join(timeline(refunded.who["Bakkerij Proefkruimel"]))


def test_a_payment_out_that_is_nothing_of_a_customer(refunded: Desk) -> None:
    set_aside(refunded.doer(), payment_id=one(amount_cents=-100_00).id)
    assert (opens()["2026-1"], one(amount_cents=-100_00).state) == (0, "not_ours")


def test_what_went_back_cannot_be_taken_off_or_go_back_again(refunded: Desk) -> None:
    refund, came = one(amount_cents=-100_00).id, one(amount_cents=100_00).id
    accept_return(refunded.doer(), payment_id=refund, of=came)
    doer = refunded.doer()
    assert code(lambda: take_back_assignment(doer, payment_id=came)) == "payments.returned_already"
    assert code(lambda: take_back_assignment(doer, payment_id=refund)) == "payments.cannot_take_back"
    assert code(lambda: accept_return(doer, payment_id=refund, of=came)) == "payments.not_waiting"
    refunded.take(mt940(REFUND._replace(on=FRIDAY), number=13, opening=0))
    second = one(amount_cents=-100_00, booked_on=FRIDAY).id
    assert code(lambda: accept_return(doer, payment_id=second, of=came)) == "payments.returned_already"
    assert opens()["2026-1"] == 100_00


def test_a_return_is_of_no_more_in_the_same_currency_and_came_in_at_the_bank(refunded: Desk) -> None:
    doer, refund = refunded.doer(), one(amount_cents=-100_00).id
    refunded.take(mt940(Pay(100_00, "x", NOBODY, "Anoniem"), currency="USD"))
    by_hand = record_payment(
        doer, debtor_id=refunded.who["Bakkerij Proefkruimel"], day=FRIDAY, cents=10_00, today=FRIDAY
    )
    refunded.take(mt940(Pay(55_00, "y", NOBODY, "Anoniem", on=FRIDAY), number=13, opening=0))
    less = one(amount_cents=55_00).id
    for other in (one(currency="USD").id, by_hand, less):
        refused = code(lambda of=other: accept_return(doer, payment_id=refund, of=of))
        assert refused == ("payments.return_more" if other == less else "payments.return_differs")


def test_money_that_came_in_takes_nothing_back(refunded: Desk) -> None:
    came = one(amount_cents=100_00).id
    assert code(lambda: accept_return(refunded.doer(), payment_id=came, of=came)) == "payments.not_waiting"


def test_what_was_announced_or_undone_does_not_go_back(refunded: Desk) -> None:
    from beluur.store.models import Payment

    came = one(amount_cents=100_00)
    Payment.objects.filter(id=came.id).update(state="undone")
    act = lambda: accept_return(refunded.doer(), payment_id=one(amount_cents=-100_00).id, of=came.id)  # noqa: E731
    assert code(act) == "payments.return_differs"


# -- a part of it -----------------------------------------------------------------------------------------------------


def part(desk: Desk, cents: int, *, opening: int = 100_00, number: int = 12, on: date = THURSDAY) -> int:
    """So much goes back to his account, and nothing says of what; gives the id of the booking."""
    desk.take(mt940(REFUND._replace(cents=-cents, on=on), number=number, opening=opening))
    return one(amount_cents=-cents, booked_on=on).id


def test_a_part_that_goes_back_is_only_proposed(paid: Desk) -> None:
    payment = part(paid, 30_00)
    assert (one(id=payment).state, opens()["2026-1"]) == ("proposed", 0)
    [proposal] = bank_payment(paid.id, payment).proposals
    assert (proposal.fits, [(line.number, line.amount.cents) for line in proposal.lines]) == (
        True,
        [("2026-1", 30_00)],
    )


def test_an_accepted_part_opens_that_part_again(paid: Desk) -> None:
    payment = part(paid, 30_00)
    accept_proposal(paid.doer(), payment_id=payment)
    row = Invoice.objects.get(number="2026-1")
    assert (row.open_cents, row.booked_cents, row.closed_on) == (30_00, 70_00, None)
    assert states() == [(100_00, "explained"), (-30_00, "explained")]
    assert "Van de betaling van € 100,00 ging € 30,00 terug op do 26 nov 2026" in "\n".join(
        timeline(paid.who["Bakkerij Proefkruimel"])
    )
    check_sums(paid.id)


def test_what_is_on_no_invoice_goes_back_first(paid: Desk) -> None:
    """Who is refunded paid too much."""
    more = Pay(70_00, "Factuur 2026-2", on=WEDNESDAY, end_to_end="E2")
    paid.take(camt053(more, number="A2", opening=100_00))
    debtor = paid.who["Bakkerij Proefkruimel"]
    payment = part(paid, 25_00, opening=170_00)
    accept_return(paid.doer(), payment_id=payment, of=one(amount_cents=70_00).id)
    assert (opens()["2026-2"], load_case(paid.id, debtor).perhaps_paid_cents) == (0, 5_00)
    check_sums(paid.id)


def test_then_of_what_it_was_put_on_last(bakery: Desk) -> None:
    bakery.take(camt053(CAME._replace(cents=140_00, text="Factuur 2026-1 en 2026-2")))
    came = one().id
    last = Allocation.objects.order_by("-id").values_list("invoice__number", flat=True)[0]
    accept_return(bakery.doer(), payment_id=part(bakery, 30_00, opening=140_00), of=came)
    assert opens() == {"2026-1": 0, "2026-2": 0} | {last: 30_00}
    rest = part(bakery, 20_00, opening=110_00, number=13, on=FRIDAY)
    accept_return(bakery.doer(), payment_id=rest, of=came)
    assert sum(opens().values()) == 50_00
    check_sums(bakery.id)


def test_what_remains_goes_back_last_and_then_nothing(paid: Desk) -> None:
    came, doer = one(amount_cents=100_00).id, paid.doer()
    accept_return(doer, payment_id=part(paid, 30_00), of=came)
    too_much = part(paid, 71_00, opening=70_00, number=13, on=FRIDAY)
    assert code(lambda: accept_return(doer, payment_id=too_much, of=came)) == "payments.return_more"
    rest = part(paid, 70_00, opening=-1_00, number=14, on=FRIDAY + timedelta(days=3))
    accept_return(doer, payment_id=rest, of=came)
    assert opens()["2026-1"] == 100_00
    assert code(lambda: accept_return(doer, payment_id=too_much, of=came)) == "payments.returned_already"
    check_sums(paid.id)


def test_the_whole_by_the_banks_word_after_a_part_waits_for_a_person(paid: Desk) -> None:
    accept_return(paid.doer(), payment_id=part(paid, 30_00), of=one(amount_cents=100_00).id)
    paid.take(camt053(BACK._replace(on=FRIDAY), number="A3", opening=70_00), on=FRIDAY)
    assert (one(amount_cents=-100_00).state, opens()["2026-1"]) == ("unexplained", 30_00)
    check_sums(paid.id)


def test_of_what_waits_only_the_remainder_waits_on_and_the_engine_leaves_it(desk: Desk) -> None:
    desk.take(camt053(Pay(61_17, "dank", NOBODY, "Anoniem", end_to_end="E9")))
    back = Pay(-11_17, "terug", NOBODY, "Anoniem", on=THURSDAY)
    desk.take(mt940(back, number=12, opening=61_17))
    accept_return(desk.doer(), payment_id=one(amount_cents=-11_17).id, of=one(amount_cents=61_17).id)
    assert (one(amount_cents=61_17).state, one(amount_cents=61_17).left_cents) == ("rest", 50_00)
    desk.owes("Fictief Transport", ("2026-3", 61_17))
    explain_waiting(desk.doer())
    assert opens() == {"2026-3": 61_17}
    check_sums(desk.id)


@pytest.mark.parametrize("how", ["by hand", "with its intake"])
def test_a_part_that_did_not_go_back_counts_again(paid: Desk, how: str) -> None:
    payment = part(paid, 30_00)
    intake = one(id=payment).statement.intake_id
    accept_proposal(paid.doer(), payment_id=payment)
    if how == "by hand":
        take_back_return(paid.doer(), payment_id=payment)
        assert one(id=payment).state == "proposed"
    else:
        undo_intake(paid.doer(), intake)
    assert (opens()["2026-1"], one(amount_cents=100_00).state) == (0, "explained")
    check_sums(paid.id)


@pytest.mark.parametrize("state", ["kept", "not_ours"])
def test_what_remained_stays_where_it_was_when_the_part_counts_again(desk: Desk, state: str) -> None:
    debtor = desk.owes("Fictief Transport", ("2026-3", 500_00))
    desk.take(camt053(Pay(61_17, "dank", NOBODY, "Anoniem", end_to_end="E9")))
    came = one().id
    if state == "kept":
        assign_payment(desk.doer(), payment_id=came, parts=[], debtor_id=debtor)
    else:
        set_aside(desk.doer(), payment_id=came)
    before = one().state
    desk.take(mt940(Pay(-11_17, "terug", NOBODY, "Anoniem", on=THURSDAY), number=12, opening=61_17))
    payment = one(amount_cents=-11_17).id
    accept_return(desk.doer(), payment_id=payment, of=came)
    assert (one(id=came).state, one(id=came).left_cents) == (before, 50_00)
    take_back_return(desk.doer(), payment_id=payment)
    assert (one(id=came).state, one(id=came).left_cents) == (before, 61_17)
    check_sums(desk.id)


def test_a_payment_of_which_a_part_went_back_is_not_taken_off(paid: Desk) -> None:
    came = one(amount_cents=100_00).id
    accept_return(paid.doer(), payment_id=part(paid, 30_00), of=came)
    assert code(lambda: take_back_assignment(paid.doer(), payment_id=came)) == "payments.returned_already"
    assert not payment_page(paid.id, came).may_take_back


def test_the_dossier_and_the_call_tell_what_of_it_stands(paid: Desk) -> None:
    debtor = paid.who["Bakkerij Proefkruimel"]
    for cents, opening, number in ((30_00, 100_00, 12), (20_00, 70_00, 13)):
        payment = part(paid, cents, opening=opening, number=number)
        accept_return(paid.doer(), payment_id=payment, of=one(amount_cents=100_00).id)
    [row] = payments_of(paid.id, debtor)
    assert (row.in_part, row.went_back.cents) == (True, 50_00)
    [came] = came_in(paid.id, debtor, paid.doer().at, FRIDAY)
    assert came.amount.cents == 50_00


def test_a_return_goes_with_the_intake_of_what_it_took_back(bakery: Desk) -> None:
    """The statement of Thursday came first, that of Tuesday last, and is undone."""
    bakery.take(mt940(REFUND, number=12, opening=100_00))
    refund = one().id
    intake = bakery.take(camt053(CAME))
    accept_return(bakery.doer(), payment_id=refund, of=one(amount_cents=100_00).id)
    undo_intake(bakery.doer(), intake)
    assert (one(id=refund).state, one(id=refund).takes_back_id) == ("unexplained", None)
    check_sums(bakery.id)


def test_the_day_of_a_return(paid: Desk) -> None:
    back(paid)
    assert one(amount_cents=-100_00).booked_on == date(2026, 11, 26)
