"""What becomes of a payment by itself: booked, linked as history, proposed, set aside, or left for a person to find."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from beluur.actions import pace
from beluur.actions.bank.assign import accept_proposal, assign_payment, set_aside, take_back_assignment
from beluur.actions.bank.explain_waiting import explain_waiting
from beluur.actions.intake.undo import undo_intake
from beluur.actions.merge_debtors import merge_debtors, unmerge
from beluur.actions.open_call import NotOpened, open_call
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.domain.gate import Why, gate
from beluur.queries.came_in import perhaps_his
from beluur.queries.payment_split import open_for
from beluur.queries.payments import bank_payment
from beluur.store.load import load_case, load_cases, load_policy
from beluur.store.models import Allocation, Debtor, Invoice, Payment
from beluur.words import render
from tests.actions.bank.desk import FRIDAY, Desk, one, opens, states
from tests.actions.calls import timeline
from tests.bank_files import KRUIMEL, NOBODY, TUESDAY, Pay, camt053, mt940

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MONDAY = TUESDAY - timedelta(days=1)
WEDNESDAY = TUESDAY + timedelta(days=1)
HEAD = "Debiteurnr;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand"


def export(*rows: str) -> str:
    """``rows`` are "number amount open", all of the bakery."""
    lines = [HEAD]
    for row in rows:
        number, amount, still = row.split()
        lines.append(f"1;Bakkerij Proefkruimel;{number};01-10-2026;31-10-2026;{amount};{still}")
    return "\n".join(lines) + "\n"


def linked() -> list[tuple[int, bool]]:
    return list(Allocation.objects.order_by("id").values_list("cents", "lowers"))


# -- before, on and after the day of the open items -------------------------------------------------------------------


def test_after_the_day_of_the_open_items_it_lowers(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), as_of=MONDAY)
    desk.take(mt940(Pay(100_00, "Factuur 2026-1")))
    assert (opens(), linked()) == ({"2026-1": 0}, [(100_00, True)])
    invoice = Invoice.objects.get()
    assert (invoice.closed_on, invoice.closed_because, invoice.booked_cents) == (TUESDAY, "paid", 100_00)


def test_before_it_and_all_of_what_is_open_it_waits_and_nobody_calls(desk: Desk) -> None:
    """The list was made before the bank was booked: an ordinary morning."""
    desk.take(export("2026-1 100,00 100,00"), on=WEDNESDAY)
    desk.take(mt940(Pay(100_00, "Factuur 2026-1")))
    assert (opens(), linked()) == ({"2026-1": 100_00}, [])
    debtor = Debtor.objects.get()
    payment = Payment.objects.get()
    assert (payment.state, payment.perhaps_id) == ("proposed", debtor.id)
    assert payment.proposal["choices"][0]["by"][0]["code"] == "explain.unseen"
    assert load_case(desk.id, debtor.id).perhaps_paid_cents == 100_00
    allowed = gate(load_case(desk.id, debtor.id), load_policy(desk.id), desk.doer(hour=10).at)
    assert [left.why for left in allowed.taken_out] == [Why.PERHAPS_PAID]
    set_aside(desk.doer(), payment_id=payment.id)
    assert load_case(desk.id, debtor.id).perhaps_paid_cents == 0, "a person looked"


def test_what_the_next_list_must_say_is_not_offered_to_be_taken(desk: Desk) -> None:
    """On his name without an invoice it would count as his for ever, and the next invoice would not be asked for."""
    desk.take(export("2026-1 100,00 100,00"), on=WEDNESDAY)
    desk.take(mt940(Pay(100_00, "Factuur 2026-1")))
    waits = bank_payment(desk.id, Payment.objects.get().id)
    assert [(p.kind, p.fits) for p in waits.proposals] == [("kept", False)]
    (his,) = open_for(desk.id, waits, "")
    assert (his.lines, his.younger) == ((), True)


@pytest.mark.parametrize(
    ("first_row", "state", "perhaps"),
    [
        pytest.param("", "explained", 0, id="the invoice is gone from it: he had paid it"),
        pytest.param("2026-1 100,00 40,00", "rest", 40_00, id="it is smaller: the rest waits for a person"),
        pytest.param("2026-1 100,00 100,00", "proposed", 100_00, id="it is open in full: it waits on"),
    ],
)
def test_what_waits_for_the_next_list_is_judged_by_it(desk: Desk, first_row, state, perhaps) -> None:
    """What the screen says of it: "is it no longer on your next list, this payment joins it by itself"."""
    desk.take(export("2026-1 100,00 100,00"), on=WEDNESDAY)
    desk.take(mt940(Pay(100_00, "Factuur 2026-1")))
    rows = [row for row in (first_row, "2026-2 50,00 50,00") if row]
    desk.take(export(*rows), on=WEDNESDAY + timedelta(days=1), close_gone=True)
    assert states() == [(100_00, state)]
    assert load_case(desk.id, Debtor.objects.get().id).perhaps_paid_cents == perhaps


def test_before_it_the_payment_is_history_and_lowers_nothing(desk: Desk) -> None:
    desk.take(export("2026-1 100,00 60,00"), on=WEDNESDAY)
    desk.take(mt940(Pay(40_00, "Factuur 2026-1")))
    assert (opens(), linked()) == ({"2026-1": 60_00}, [(40_00, False)])
    assert states() == [(40_00, "explained")]


def test_before_it_and_for_nothing_that_is_known_it_waits_for_nobody(desk: Desk) -> None:
    desk.take(export("2026-1 100,00 100,00"), on=WEDNESDAY)
    desk.take(mt940(Pay(33_00, "iets van vroeger", NOBODY, "Anoniem")))
    assert states() == [(33_00, "earlier")]


def test_history_is_not_linked_twice(desk: Desk) -> None:
    desk.take(export("2026-1 100,00 60,00"), on=WEDNESDAY)
    desk.take(mt940(Pay(40_00, "Factuur 2026-1")))
    desk.take(mt940(Pay(40_00, "Factuur 2026-1", on=MONDAY), number=12, opening=40_00))
    assert [parts for parts in linked() if not parts[1]] == [(40_00, False)]
    assert opens() == {"2026-1": 60_00}


def test_on_the_very_day_it_is_proposed_and_nothing_is_booked(desk: Desk) -> None:
    desk.take(export("2026-1 100,00 100,00"), on=TUESDAY)
    desk.take(mt940(Pay(100_00, "Factuur 2026-1")))
    assert (opens(), states(), linked()) == ({"2026-1": 100_00}, [(100_00, "proposed")], [])
    assert one().proposal["choices"][0]["parts"][0][2] == 100_00


# -- an export after the payments -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "on", "still"),
    [
        pytest.param("2026-1 100,00 60,00", WEDNESDAY, 60_00, id="later, and it holds the payment"),
        pytest.param("2026-1 100,00 100,00", WEDNESDAY, 100_00, id="later, and it says that it does not"),
        pytest.param("2026-1 100,00 60,00", TUESDAY, 60_00, id="of the same day, and it holds it"),
        pytest.param("2026-1 100,00 100,00", TUESDAY, 60_00, id="of the same day, made before it came"),
    ],
)
def test_an_export_after_a_payment(desk: Desk, row: str, on: date, still: int) -> None:
    desk.take(export("2026-1 100,00 100,00"), on=MONDAY)
    desk.take(mt940(Pay(40_00, "Factuur 2026-1")))
    assert opens() == {"2026-1": 60_00}
    desk.take(export(row), on=on)
    assert opens() == {"2026-1": still}


def test_an_export_that_knows_less_than_the_bank_never_makes_it_negative(desk: Desk) -> None:
    desk.take(export("2026-1 100,00 100,00"), on=MONDAY)
    desk.take(mt940(Pay(100_00, "Factuur 2026-1", on=FRIDAY)))
    desk.take(export("2026-1 100,00 30,00"), on=WEDNESDAY)
    assert opens() == {"2026-1": 0}


def test_what_is_gone_from_an_export_and_paid_after_it(desk: Desk) -> None:
    desk.take(export("2026-1 100,00 100,00", "2026-2 50,00 50,00"), on=MONDAY)
    desk.take(mt940(Pay(40_00, "Factuur 2026-1", on=FRIDAY)))
    desk.take(export("2026-2 50,00 50,00"), on=WEDNESDAY, close_gone=True)
    assert opens() == {"2026-1": 0, "2026-2": 50_00}


def test_a_credit_note_that_was_set_off_and_is_stated_at_nothing(desk: Desk) -> None:
    desk.take(export("2026-1 100,00 100,00", "2026-9 -20,00 -20,00"), on=MONDAY)
    desk.take(mt940(Pay(80_00, "Facturen 2026-1 en 2026-9")))
    assert opens() == {"2026-1": 0, "2026-9": 0}
    desk.take(export("2026-1 100,00 0,00", "2026-9 -20,00 0,00"), on=WEDNESDAY)
    assert opens() == {"2026-1": 0, "2026-9": 0}


def test_undoing_the_export_after_the_payments_puts_back_what_was_open(desk: Desk) -> None:
    desk.take(export("2026-1 100,00 100,00"), on=MONDAY)
    desk.take(mt940(Pay(40_00, "Factuur 2026-1")))
    later = desk.take(export("2026-1 100,00 100,00"), on=WEDNESDAY)
    undo_intake(desk.doer(), later)
    assert opens() == {"2026-1": 60_00}
    assert Invoice.objects.get().as_of == MONDAY


# -- more and less than one invoice -----------------------------------------------------------------------------------


def test_a_credit_note_is_set_off(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), ("2026-9", -20_00))
    desk.take(mt940(Pay(80_00, "Facturen 2026-1 en 2026-9")))
    assert opens() == {"2026-1": 0, "2026-9": 0}
    assert sorted(linked()) == [(-20_00, True), (100_00, True)]


def test_what_is_paid_too_much_may_be_for_something_else_of_his(desk: Desk) -> None:
    bakery = desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), ("2026-2", 75_00))
    desk.take(mt940(Pay(100_00, "Factuur 2026-1")))
    desk.take(mt940(Pay(130_00, "Factuur 2026-1", on=WEDNESDAY), number=12, opening=100_00))
    assert opens()["2026-1"] == 0
    assert load_case(desk.id, bakery).perhaps_paid_cents == 130_00 - (75_00 - opens()["2026-2"])


def test_two_payments_of_one_statement_never_take_the_same_euro(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    desk.take(mt940(Pay(70_00, "Factuur 2026-1"), Pay(70_00, "Factuur 2026-1", on=WEDNESDAY)))
    assert opens() == {"2026-1": 0} or opens() == {"2026-1": 30_00}
    assert sum(cents for cents, _ in linked()) == 100_00 - opens()["2026-1"]


def test_one_payment_for_two_debtors_of_a_group(desk: Desk) -> None:
    from beluur.actions.set_payer_group import set_payer_group

    first = desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    second = desk.owes("Proefkruimel Winkels", ("2026-2", 50_00))
    for debtor in (first, second):
        set_payer_group(desk.doer(), debtor_id=debtor, name="Proefkruimel")
    desk.take(mt940(Pay(150_00, "Facturen 2026-1 en 2026-2")))
    assert opens() == {"2026-1": 0, "2026-2": 0}
    assert (one().debtor_id, one().left_cents) in ((None, 0), (first, 0), (second, 0))
    for debtor in (first, second):
        assert any("€ 150,00" in line for line in timeline(debtor)), "each dossier tells of it"


def test_money_in_another_currency_pays_nothing_and_is_proposed(desk: Desk) -> None:
    """He is not called about the invoice that he named, whatever his dollars are worth, until the books say it is paid."""
    debtor = desk.owes("Bakkerij Proefkruimel", ("2026-1001", 100_00), ("2026-1002", 5_00))
    desk.take(mt940(Pay(116_40, "Invoice 2026-1001"), currency="USD"))
    assert (opens()["2026-1001"], states()) == (100_00, [(116_40, "proposed")])
    assert (one().perhaps_id, load_case(desk.id, debtor).perhaps_paid_cents) == (debtor, 100_00)
    (proposed,) = bank_payment(desk.id, one().id).proposals
    assert (proposed.kind, proposed.foreign, proposed.fits) == ("kept", True, False)
    assert render(proposed.because[0], "nl").replace("\N{NO-BREAK SPACE}", " ") == (
        "Betaald in een andere munt: $ 116,40 voor factuur 2026-1001 van € 100,00"
    )
    Invoice.objects.filter(number="2026-1001").update(open_cents=0, stated_open_cents=0)
    assert load_case(desk.id, debtor).perhaps_paid_cents == 0
    assert bank_payment(desk.id, one().id).proposals[0].fits


def test_a_payment_of_his_that_fits_nothing_is_not_asked_for_again(desk: Desk) -> None:
    """The number is in nobody's books and the amount is none of his: whose it is, is known all the same."""
    debtor = desk.owes("Bakkerij Proefkruimel", ("2026-0312", 47_67), ("2026-0313", 282_47))
    desk.take(mt940(Pay(150_13, "2026-0999 min korting", NOBODY)))
    assert (states(), one().perhaps_id) == ([(150_13, "unexplained")], debtor)
    assert load_case(desk.id, debtor).perhaps_paid_cents == 150_13
    found = open_for(desk.id, bank_payment(desk.id, one().id), "")
    assert [of.debtor_id for of in found] == [debtor], "the search begins with what he owes"
    set_aside(desk.doer(), payment_id=one().id)
    assert load_case(desk.id, debtor).perhaps_paid_cents == 0


def test_who_is_paid_for_with_another_is_not_called_either(desk: Desk) -> None:
    """One payment for two who have nothing to do with each other is proposed; each is held for what is his of it."""
    first = desk.owes("Fictief Transport", ("2026-0199", 458_85), as_of=TUESDAY)  # or is it in there already?
    second = desk.owes("Verzonnen Techniek", ("2026-0203", 256_00), as_of=TUESDAY)
    third = desk.owes("Derde Handel", ("2026-0300", 458_85))
    intake = desk.take(mt940(Pay(714_85, "2026-0199 en 2026-0203", NOBODY, "Onbekende Holding")))
    assert one().state == "proposed"
    held = {i: load_case(desk.id, i).perhaps_paid_cents for i in (first, second, third)}
    assert held == {first: 458_85, second: 256_00, third: 0}
    plan_next_steps(desk.id, desk.doer(hour=10).at)
    assert isinstance(open_call(desk.doer(hour=10), second), NotOpened)
    waits = Debtor.objects.get(id=second).step
    assert [p.amount.cents for p in perhaps_his(desk.id, second)] == [256_00]
    set_aside(desk.doer(), payment_id=one().id)
    assert load_case(desk.id, second).perhaps_paid_cents == 0
    assert Debtor.objects.get(id=second).step != waits, "planned anew at once"
    take_back_assignment(desk.doer(), payment_id=one().id)
    assert load_case(desk.id, second).perhaps_paid_cents == 256_00
    undo_intake(desk.doer(), intake)
    assert load_case(desk.id, second).perhaps_paid_cents == 0


def test_dollars_that_the_bank_only_announces_hold_the_call_too(desk: Desk) -> None:
    debtor = desk.owes("Bakkerij Proefkruimel", ("2026-1001", 100_00))
    pending = camt053(Pay(1_00, "rente", NOBODY, "Bank"), pending=[Pay(116_40, "Invoice 2026-1001")])
    desk.take(pending.replace("EUR", "USD"))
    assert one(state="pending").perhaps_id == debtor
    assert load_case(desk.id, debtor).perhaps_paid_cents == 100_00


def test_a_card_settlement_is_none_of_ours(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    desk.take(mt940(Pay(412_15, "afrekening pin week 47", NOBODY, "Verzonnen Betaaldienst")))
    assert states() == [(412_15, "not_ours")]


# -- who waits, is spared, is told ------------------------------------------------------------------------------------


@pytest.fixture
def spared(desk: Desk) -> Desk:
    """Of one payment nothing is known but that one debtor owes just that."""
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    desk.owes("Fictief Transport", ("2026-2", 61_17))
    desk.take(mt940(Pay(61_17, "met dank", NOBODY, "Anoniem")))
    return desk


def test_the_only_one_who_owes_that_is_proposed_and_not_called(spared: Desk) -> None:
    debtor = spared.who["Fictief Transport"]
    assert (one().state, one().perhaps_id) == ("proposed", debtor)
    case = load_case(spared.id, debtor)
    allowed = gate(case, load_policy(spared.id), spared.doer(hour=10).at)
    assert not allowed.may_call
    result = open_call(spared.doer(hour=10), debtor)
    assert isinstance(result, NotOpened)
    assert opens()["2026-2"] == 61_17


def test_of_three_who_owe_that_none_is_spared(desk: Desk) -> None:
    for n in range(3):
        desk.owes(f"Klant {n}", (f"2026-{n}", 61_17))
    desk.take(mt940(Pay(61_17, "met dank", NOBODY, "Anoniem")))
    assert (one().state, one().perhaps_id) == ("proposed", None)
    assert len(one().proposal["choices"]) == 3


def test_two_invoices_of_one_debtor_are_said_of_one_debtor(desk: Desk) -> None:
    desk.owes("Klant 1", ("2026-1", 61_17), ("2026-3", 61_17))
    desk.owes("Klant 2", ("2026-2", 61_17))
    desk.take(mt940(Pay(61_17, "met dank", NOBODY, "Anoniem")))
    assert one().proposal["choices"][0]["by"][0]["params"]["debtors"] == 2


def test_a_payment_that_came_in_since_the_list_was_made_removes_the_call(desk: Desk) -> None:
    debtor = desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    plan_next_steps(desk.id, desk.doer().at)
    assert Debtor.objects.get().step.startswith(("call", "remind"))
    desk.take(mt940(Pay(100_00, "Factuur 2026-1")))
    result = open_call(desk.doer(hour=10), debtor)
    assert isinstance(result, NotOpened)
    assert result.sentences


def test_booking_puts_the_debtor_up_for_planning(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    Debtor.objects.update(step_stale=False)
    desk.take(mt940(Pay(100_00, "Factuur 2026-1")))
    assert Debtor.objects.get().step_stale


def test_the_timeline_says_what_was_paid_and_by_what_it_is_known(desk: Desk) -> None:
    debtor = desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    desk.take(mt940(Pay(100_00, "Factuur 2026-1")))
    told = "\n".join(timeline(debtor))
    assert "€ 100,00" in told
    assert "2026-1" in told


# -- again ------------------------------------------------------------------------------------------------------------


def test_what_came_first_is_explained_by_the_invoices_that_come_after_it(desk: Desk) -> None:
    desk.take(mt940(Pay(100_00, "Factuur 2026-1", on=WEDNESDAY)))
    assert states() == [(100_00, "unexplained")]
    desk.take(export("2026-1 100,00 100,00"), on=TUESDAY)
    assert (states(), opens()) == ([(100_00, "explained")], {"2026-1": 0})


def test_the_account_that_was_seen_once_is_known_the_next_time(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), ("2026-2", 75_00))
    desk.take(mt940(Pay(100_00, "Factuur 2026-1", name="Ander Woord")))
    desk.take(mt940(Pay(75_00, "dank", on=WEDNESDAY, name="Ander Woord"), number=12, opening=100_00))
    assert opens() == {"2026-1": 0, "2026-2": 0}


def test_looking_again_changes_nothing(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    desk.take(mt940(Pay(100_00, "Factuur 2026-1"), Pay(9_00, "dank", NOBODY, "Anoniem")))
    before = list(Payment.objects.order_by("id").values())
    assert explain_waiting(desk.doer()) == set()
    assert list(Payment.objects.order_by("id").values()) == before


def test_what_a_person_took_off_is_proposed_again_but_never_booked(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    desk.take(mt940(Pay(100_00, "Factuur 2026-1")))
    take_back_assignment(desk.doer(), payment_id=one().id)
    assert explain_waiting(desk.doer()) == set()
    assert (opens(), one().state) == ({"2026-1": 100_00}, "proposed")
    assert one().proposal["choices"][0]["parts"][0][2] == 100_00


def test_what_a_person_set_aside_is_not_looked_at_again(desk: Desk) -> None:
    desk.take(mt940(Pay(100_00, "Factuur 2026-1", on=WEDNESDAY)))
    set_aside(desk.doer(), payment_id=one().id)
    desk.take(export("2026-1 100,00 100,00"), on=TUESDAY)
    assert (one().state, opens()) == ("not_ours", {"2026-1": 100_00})


# -- merged -----------------------------------------------------------------------------------------------------------


def test_a_merge_takes_what_was_paid_and_what_may_be_his_along_and_back(spared: Desk) -> None:
    kept, gone = spared.who["Bakkerij Proefkruimel"], spared.who["Fictief Transport"]
    merge = merge_debtors(spared.doer(), kept_id=kept, gone_id=gone)
    assert load_case(spared.id, kept).perhaps_paid_cents == 61_17
    unmerge(spared.doer(), merge_id=merge)
    assert load_case(spared.id, kept).perhaps_paid_cents == 0
    assert load_case(spared.id, gone).perhaps_paid_cents == 61_17


FIRST, SECOND, THIRD = "Fictief Transport", "Verzonnen Techniek", "Derde Handel"
SHARED_THEN = [
    pytest.param(THIRD, SECOND, {FIRST: 458_85, THIRD: 256_00}, id="the other one goes"),
    pytest.param(SECOND, THIRD, {FIRST: 458_85, SECOND: 256_00}, id="another goes to the other one"),
    pytest.param(THIRD, FIRST, {SECOND: 256_00, THIRD: 458_85}, id="the first one goes"),
    pytest.param(FIRST, SECOND, {FIRST: 714_85}, id="the other one goes to the first"),
    pytest.param(SECOND, FIRST, {SECOND: 714_85}, id="the first one goes to the other"),
]


def three_who_owe(desk: Desk) -> None:
    """One payment for the first two is only proposed: what is open may hold it already."""
    desk.owes(FIRST, ("2026-0199", 458_85), as_of=TUESDAY)
    desk.owes(SECOND, ("2026-0203", 256_00), as_of=TUESDAY)
    desk.owes(THIRD, ("2026-0300", 458_85))


@pytest.mark.parametrize(("kept", "gone", "expected"), SHARED_THEN)
def test_a_merge_takes_what_is_proposed_for_several_along_and_back(
    desk: Desk, kept: str, gone: str, expected: dict[str, int]
) -> None:
    three_who_owe(desk)
    desk.take(mt940(Pay(714_85, "2026-0199 en 2026-0203", NOBODY, "Onbekende Holding")))

    def held() -> dict[str, int]:
        cases = load_cases(desk.id, desk.who.values()).values()  # without who was merged
        return {case.name: case.perhaps_paid_cents for case in cases if case.perhaps_paid_cents}

    assert held() == {FIRST: 458_85, SECOND: 256_00}
    merge = merge_debtors(desk.doer(), kept_id=desk.who[kept], gone_id=desk.who[gone])
    assert held() == expected
    shown = {name: sum(p.amount.cents for p in perhaps_his(desk.id, i)) for name, i in desk.who.items()}
    assert (shown[kept] >= expected[kept], shown[gone]) == (True, 0)
    unmerge(desk.doer(), merge_id=merge)
    assert held() == {FIRST: 458_85, SECOND: 256_00}
    accept_proposal(desk.doer(), payment_id=one().id, counted=False)
    assert (held(), opens()["2026-0199"], opens()["2026-0203"]) == ({}, 0, 0)


def test_what_is_proposed_for_several_while_two_are_one_is_each_ones_again(desk: Desk) -> None:
    three_who_owe(desk)
    merge = merge_debtors(desk.doer(), kept_id=desk.who[THIRD], gone_id=desk.who[SECOND])
    desk.take(mt940(Pay(714_85, "2026-0199 en 2026-0203", NOBODY, "Onbekende Holding")))
    assert load_case(desk.id, desk.who[THIRD]).perhaps_paid_cents == 256_00
    unmerge(desk.doer(), merge_id=merge)
    assert load_case(desk.id, desk.who[THIRD]).perhaps_paid_cents == 0
    assert load_case(desk.id, desk.who[SECOND]).perhaps_paid_cents == 256_00


def test_what_was_decided_while_they_were_one_stays_with_the_one_that_was_kept(spared: Desk) -> None:
    kept, gone = spared.who["Bakkerij Proefkruimel"], spared.who["Fictief Transport"]
    merge = merge_debtors(spared.doer(), kept_id=kept, gone_id=gone)
    assign_payment(spared.doer(), payment_id=one().id, parts=[], debtor_id=kept)
    unmerge(spared.doer(), merge_id=merge)
    assert (one().debtor_id, one().perhaps_id) == (kept, kept)


def test_after_a_merge_of_two_who_paid_from_one_account_it_is_his_alone(desk: Desk) -> None:
    kept = desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), ("2026-3", 33_33))
    gone = desk.owes("Proefkruimel Winkels", ("2026-2", 50_00))
    desk.take(
        mt940(
            Pay(100_00, "Factuur 2026-1", name="Kruimelholding"),
            Pay(50_00, "Factuur 2026-2", name="Kruimelholding"),
        )
    )
    merge_debtors(desk.doer(), kept_id=kept, gone_id=gone)
    desk.take(mt940(Pay(33_33, "dank", on=WEDNESDAY, name="Kruimelholding"), number=12, opening=150_00))
    assert opens() == {"2026-1": 0, "2026-2": 0, "2026-3": 0}


def test_after_a_merge_his_payments_go_to_the_one_that_was_kept(desk: Desk) -> None:
    kept = desk.owes("Bakkerij Proefkruimel")
    gone = desk.owes("Proefkruimel Winkels", ("2026-2", 50_00))
    merge_debtors(desk.doer(), kept_id=kept, gone_id=gone)
    desk.take(mt940(Pay(50_00, "Factuur 2026-2", KRUIMEL)))
    assert one().debtor_id == kept


# -- the size of the books --------------------------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow_with_the_payments(
    desk: Desk, count_queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FIRST", "LEAST", "MOST"):  # one transaction each, however slow the machine
        monkeypatch.setattr(pace, name, 400)
    for n in range(60):
        desk.owes(f"Klant {n}", (f"2026-{n:04}", 100_00 + n))

    def published(first: int, count: int) -> int:
        intake = desk.stage(
            camt053(
                *(
                    Pay(100_00 + n, f"Factuur 2026-{n:04}", f"NL{n:016}", f"Klant {n}")
                    for n in range(first, first + count)
                ),
                opening=None,
                number=f"N{first}",
            )
        )
        with count_queries() as counted:
            desk.publish(intake)
        return len(counted)

    few, more = published(0, 5), published(10, 40)
    assert more <= few + 6


# -- what comes twice -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "came_back", "state"),
    [
        pytest.param("huur", False, "proposed", id="the same again within a month waits"),
        pytest.param("huur december", False, "explained", id="in other words it is the next one"),
        pytest.param("huur", True, "explained", id="the first one went back"),
    ],
)
def test_the_same_payment_again(desk: Desk, text: str, came_back: bool, state: str) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), ("2026-2", 81_00), as_of=MONDAY)
    desk.take(mt940(Pay(100_00, "huur")))
    opening = 100_00
    if came_back:
        back = Pay(-100_00, "Storno", on=WEDNESDAY, returned="MD06")
        desk.take(camt053(back, number="S2", opening=opening, day=WEDNESDAY, since=TUESDAY))
        assert opens()["2026-1"] == 100_00
        opening = 0
    else:
        desk.owes("Bakkerij Proefkruimel", ("2026-3", 100_00), as_of=MONDAY)
    thursday = WEDNESDAY + timedelta(days=1)
    desk.take(
        mt940(Pay(100_00, text, on=thursday), number=13, opening=opening, day=thursday, since=WEDNESDAY)
    )
    assert states()[-1] == (100_00, state)


# -- what one payment leaves to another of the same file --------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "state", "choices"),
    [
        pytest.param("nr 119", "explained", 0, id="a later one says which: the other is left for it"),
        pytest.param("", "proposed", 2, id="neither says which: both are proposed"),
    ],
)
def test_a_payment_is_looked_at_again_when_a_later_one_took_what_it_may_be_for(
    desk: Desk, later, state, choices
) -> None:
    desk.owes("Bakkerij Proefkruimel", ("20260118", 100_00), ("20260119", 100_00), as_of=MONDAY)
    desk.take(mt940(Pay(1_00, "", KRUIMEL), Pay(100_00, ""), Pay(100_00, later)))
    first = Payment.objects.filter(amount_cents=100_00).order_by("id")[0]
    assert (first.state, len(first.proposal.get("choices", ()))) == (state, choices)


OFFICE = (NOBODY, "Administratiekantoor Nergens")


def proposed(cents: int) -> list[int]:
    """The invoices of the first proposal for a payment of so many cents."""
    choices = one(amount_cents=cents).proposal.get("choices") or [{"parts": []}]
    return sorted(invoice for invoice, _, _ in choices[0]["parts"])


def test_whom_the_account_of_a_bookkeeper_also_pays_for_is_found_by_the_text(desk: Desk) -> None:
    """The account is known, of one client; the text names another, and together they owe it."""
    desk.owes("Bakkerij Proefkruimel", ("20260118", 100_00), ("20260120", 70_00), as_of=MONDAY)
    desk.owes("Verzonnen Schilders BV", ("20260119", 55_00), as_of=MONDAY)
    desk.take(mt940(Pay(100_00, "20260118", *OFFICE)))
    desk.take(mt940(Pay(125_00, "div. facturen Verzonnen Schilders BV e.a.", *OFFICE), number=12))
    assert proposed(125_00) == sorted(
        Invoice.objects.filter(number__in=("20260119", "20260120")).values_list("id", flat=True)
    )


def test_the_number_of_an_invoice_that_was_paid_may_be_the_end_of_another(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("523", 40_00), ("2210", 5_00), ("3310", 6_00), as_of=MONDAY)
    desk.owes("Verzonnen Schilders BV", ("3523", 60_00), as_of=MONDAY)
    desk.owes("Drukkerij Nergens", ("2980", 30_00), as_of=MONDAY)
    desk.take(mt940(Pay(40_00, "factuur 523")))
    desk.take(mt940(Pay(90_00, "523 + 980", *OFFICE), number=12))
    assert opens()["3523"] == opens()["2980"] == 0


@pytest.mark.parametrize(
    ("missing", "by"),
    [
        pytest.param(55_00, ["explain.amount_rest"], id="one owes what is missing"),
        pytest.param(55_01, [], id="nobody owes what is missing"),
    ],
)
def test_what_is_missing_beside_one_who_is_named_with_others_is_looked_for_among_all(
    desk: Desk, missing, by
) -> None:
    named = desk.owes("Verzonnen Schilders BV", ("20260119", 70_00), as_of=MONDAY)
    desk.owes("Bakkerij Proefkruimel", ("20260118", 55_00), as_of=MONDAY)
    desk.take(mt940(Pay(70_00 + missing, "div. facturen Verzonnen Schilders BV e.a.", *OFFICE)))
    waits = one()
    choices = waits.proposal.get("choices", [])
    assert [sentence["code"] for choice in choices for sentence in choice["by"]] == by
    assert (waits.state, waits.perhaps_id) == (("proposed", named) if by else ("unexplained", None))
    assert opens() == {"20260119": 70_00, "20260118": 55_00}, "nothing is booked by it"


@pytest.mark.parametrize(
    ("most", "invoices"),
    [
        pytest.param(2000, ["20260117", "20260118", "20260119"], id="little is open"),
        pytest.param(3, [], id="so much is open that three are the amount by chance"),
    ],
)
def test_two_others_beside_one_who_is_named_are_looked_for_where_little_is_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, most: int, invoices: list[str]
) -> None:
    monkeypatch.setattr("beluur.actions.bank.same_amount.MOST_OPEN", most)
    desk.owes("Verzonnen Schilders BV", ("20260119", 70_00), as_of=MONDAY)
    desk.owes("Bakkerij Proefkruimel", ("20260118", 55_00), as_of=MONDAY)
    desk.owes("Drukkerij Nergens", ("20260117", 31_00), ("20260116", 32_50), as_of=MONDAY)
    desk.take(mt940(Pay(156_00, "div. facturen Verzonnen Schilders BV e.a.", *OFFICE)))
    ids = Invoice.objects.filter(number__in=invoices).values_list("id", flat=True)
    assert proposed(156_00) == sorted(ids)
