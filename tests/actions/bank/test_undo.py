"""A statement undone as a whole: what it paid is open again, the account is known as far as before, and it may come again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.bank.assign import Wanted, assign_payment
from beluur.actions.intake.undo import undo_intake
from beluur.store.load import bank_reach, load_case
from beluur.store.models import BankAccount, Debtor, DebtorKey, Invoice, Payment
from beluur.values.problem import Refused
from tests.actions.bank.desk import FRIDAY, Desk, one, opens, reach, states
from tests.bank_files import NOBODY, SECOND, TUESDAY, Pay, camt053, mt940

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WEDNESDAY, THURSDAY = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)
HEAD = "Debiteurnr;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand"
EXPORT = f"{HEAD}\n1;Bakkerij Proefkruimel;2026-1;01-10-2026;31-10-2026;100,00;100,00\n"
MONDAY = TUESDAY - timedelta(days=1)


@pytest.fixture
def bakery(desk: Desk) -> Desk:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), ("2026-2", 40_00))
    return desk


def test_what_it_paid_is_open_again(bakery: Desk) -> None:
    intake = bakery.take(mt940(Pay(100_00, "Factuur 2026-1"), Pay(25_00, "Factuur 2026-2", on=WEDNESDAY)))
    undo_intake(bakery.doer(), intake)
    assert opens() == {"2026-1": 100_00, "2026-2": 40_00}
    assert {state for _, state in states()} == {"undone"}
    assert not DebtorKey.objects.filter(kind="payer").exists(), (
        "nothing was learnt of a statement that is not there"
    )
    assert Invoice.objects.get(number="2026-1").closed_on is None


def test_what_a_person_assigned_goes_with_it(bakery: Desk) -> None:
    intake = bakery.take(mt940(Pay(90_00, "dank", NOBODY, "Anoniem")))
    wanted = [Wanted(Invoice.objects.get(number="2026-1").id, 90_00)]
    assign_payment(bakery.doer(), payment_id=one().id, parts=wanted)
    undo_intake(bakery.doer(), intake)
    assert opens()["2026-1"] == 100_00


def test_it_may_come_again_and_counts_once(bakery: Desk) -> None:
    statement = mt940(Pay(100_00, "Factuur 2026-1"))
    undo_intake(bakery.doer(), bakery.take(statement))
    bakery.take(statement)
    assert opens()["2026-1"] == 0
    assert sorted(state for _, state in states()) == ["explained", "undone"]
    assert reach() == TUESDAY


def test_who_was_perhaps_the_payer_is_so_no_more(bakery: Desk) -> None:
    haulier = bakery.owes("Fictief Transport", ("2026-3", 61_17))
    intake = bakery.take(mt940(Pay(61_17, "dank", NOBODY, "Anoniem")))
    assert load_case(bakery.id, haulier).perhaps_paid_cents == 61_17
    undo_intake(bakery.doer(), intake)
    assert load_case(bakery.id, haulier).perhaps_paid_cents == 0
    assert Debtor.objects.get(id=haulier).step.startswith(("call", "remind"))


def test_the_account_is_known_as_far_as_before(bakery: Desk) -> None:
    bakery.take(mt940(Pay(100_00, "Factuur 2026-1"), number=11))
    before = BankAccount.objects.values().get()
    later = bakery.take(
        mt940(Pay(5_00, on=WEDNESDAY), number=12, opening=100_00)
        + mt940(Pay(6_00, on=THURSDAY), number=13, opening=105_00)
    )
    assert reach() == THURSDAY
    undo_intake(bakery.doer(), later)
    assert BankAccount.objects.values().get() == before


def test_an_account_of_which_nothing_is_left_holds_no_judgement_up(bakery: Desk) -> None:
    bakery.take(mt940(Pay(100_00, "Factuur 2026-1")))
    undo_intake(bakery.doer(), bakery.take(mt940(Pay(5_00), account=SECOND)))
    assert bank_reach(bakery.id) == TUESDAY


def test_the_last_comes_first(bakery: Desk) -> None:
    first = bakery.take(mt940(Pay(100_00, "Factuur 2026-1")))
    bakery.take(mt940(Pay(5_00, on=WEDNESDAY), number=12, opening=100_00))
    with pytest.raises(Refused) as refused:
        undo_intake(bakery.doer(), first)
    assert refused.value.sentence.code == "intake.undo_last_first"


def test_an_intake_is_undone_once(bakery: Desk) -> None:
    intake = bakery.take(mt940(Pay(100_00, "Factuur 2026-1")))
    undo_intake(bakery.doer(), intake)
    with pytest.raises(Refused) as refused:
        undo_intake(bakery.doer(), intake)
    assert refused.value.sentence.code == "intake.cannot_undo"
    assert opens()["2026-1"] == 100_00


def test_invoices_and_the_statement_that_paid_them_go_together(desk: Desk) -> None:
    intake = desk.take(EXPORT, mt940(Pay(100_00, "Factuur 2026-1", on=WEDNESDAY)), on=TUESDAY)
    assert opens() == {"2026-1": 0}
    result = undo_intake(desk.doer(), intake)
    assert (result["removed"], result["kept"]) == (1, 0)
    assert (Invoice.objects.count(), Debtor.objects.count()) == (0, 0)


def test_invoices_that_an_earlier_statement_came_to_pay_stay(desk: Desk) -> None:
    desk.take(mt940(Pay(100_00, "Factuur 2026-1", on=WEDNESDAY)))
    intake = desk.take(EXPORT, on=TUESDAY)
    assert opens() == {"2026-1": 0}
    result = undo_intake(desk.doer(), intake)
    assert (result["removed"], result["kept"]) == (0, 1)


def test_undone_after_an_export_that_held_it(desk: Desk) -> None:
    """The statement came after the export: its payment is history, and undoing it changes nothing that is open."""
    desk.take(EXPORT.replace("100,00\n", "60,00\n"), on=WEDNESDAY)
    intake = desk.take(mt940(Pay(40_00, "Factuur 2026-1")))
    undo_intake(desk.doer(), intake)
    assert opens() == {"2026-1": 60_00}


def test_unchanged_invoices_are_known_to_the_day_before_it_again(desk: Desk) -> None:
    desk.take(EXPORT, on=MONDAY)
    later = desk.take(EXPORT, on=FRIDAY)
    assert Invoice.objects.get().as_of == FRIDAY
    undo_intake(desk.doer(), later)
    assert Invoice.objects.get().as_of == MONDAY


def test_what_was_announced_goes_too(bakery: Desk) -> None:
    intake = bakery.take(camt053(pending=[Pay(100_00, "Factuur 2026-1")], opening=None))
    undo_intake(bakery.doer(), intake)
    assert states() == [(100_00, "undone")]
    assert Payment.objects.get().perhaps_id is None
