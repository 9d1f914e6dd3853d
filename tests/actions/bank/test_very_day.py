"""An export of the day on which payments came: each of them is in it or not, whatever became of the others."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection

from beluur.actions.bank.assign import Wanted, assign_payment, take_back_assignment
from beluur.actions.intake.undo import undo_intake
from beluur.store.models import Allocation, Invoice
from tests.actions.bank.desk import Desk, check_sums, one, opens
from tests.bank_files import TUESDAY, Pay, mt940

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("data_folder")]

HEAD = "Debiteurnr;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand"
BEFORE = TUESDAY - timedelta(days=1)


def export(desk: Desk, still: int, on: date = TUESDAY) -> int:
    row = f"1;Bakkerij Proefkruimel;2026-1;01-10-2026;31-10-2026;100,00;{still},00"
    return desk.take(f"{HEAD}\n{row}\n", on=on)


@pytest.fixture
def desk() -> Desk:
    """An invoice of 100 on Monday; 30 and 20 came on Tuesday."""
    desk = Desk()
    export(desk, 100, BEFORE)
    desk.take(mt940(Pay(30_00, "Factuur 2026-1"), Pay(20_00, "Factuur 2026-1")))
    assert opens() == {"2026-1": 50_00}
    return desk


def held() -> list[int]:
    return sorted(Allocation.objects.filter(held=True).values_list("cents", flat=True))


@pytest.mark.parametrize(
    ("stated", "holds", "still"),
    [
        pytest.param(100, [], 50_00, id="it knew of none"),
        pytest.param(70, [30_00], 50_00, id="it knew of the first"),
        pytest.param(80, [20_00], 50_00, id="it knew of the second"),
        pytest.param(50, [20_00, 30_00], 50_00, id="it knew of both"),
        pytest.param(60, [30_00], 40_00, id="it knew of the first and of ten more"),
        pytest.param(90, [], 40_00, id="it knew of ten that are neither"),
        pytest.param(0, [20_00, 30_00], 0, id="it is paid"),
    ],
)
def test_each_payment_of_the_day_is_in_it_or_not(
    desk: Desk, stated: int, holds: list[int], still: int
) -> None:
    export(desk, stated)
    assert (held(), opens()) == (holds, {"2026-1": still})
    check_sums(desk.id)


@pytest.mark.parametrize(
    ("cents", "still"),
    [
        pytest.param(20_00, 70_00, id="one that was not in it is open again"),
        pytest.param(30_00, 50_00, id="one that was in it leaves what was stated"),
    ],
)
def test_one_that_is_taken_off_leaves_the_other_as_it_was(desk: Desk, cents: int, still: int) -> None:
    export(desk, 70)
    take_back_assignment(desk.doer(), payment_id=one(amount_cents=cents).id)
    assert opens() == {"2026-1": still}
    check_sums(desk.id)


def test_one_that_a_person_puts_on_it_after_the_export_leaves_what_the_export_holds(desk: Desk) -> None:
    export(desk, 50)
    desk.take(mt940(Pay(10_00, "nog iets", iban="", name="Onbekend"), number=12, opening=50_00))
    late = one(amount_cents=10_00).id
    [row] = Allocation.objects.values_list("invoice_id", flat=True).distinct()
    assign_payment(desk.doer(), payment_id=late, parts=[Wanted(row, 10_00)], debtor_id=None, counted=False)
    assert opens() == {"2026-1": 40_00}
    take_back_assignment(desk.doer(), payment_id=late)
    assert opens() == {"2026-1": 50_00}
    check_sums(desk.id)


@pytest.mark.parametrize("second", [100, 80, 50, 30])
def test_a_second_export_of_the_day_is_undone_to_the_first(desk: Desk, second: int) -> None:
    export(desk, 70)
    before = (held(), opens())
    intake = export(desk, second)
    check_sums(desk.id)
    undo_intake(desk.doer(), intake)
    assert (held(), opens()) == before
    check_sums(desk.id)


def test_an_export_of_the_day_is_undone(desk: Desk) -> None:
    undo_intake(desk.doer(), export(desk, 70))
    assert opens() == {"2026-1": 50_00}
    check_sums(desk.id)


def test_the_next_export_has_them_all_behind_it(desk: Desk) -> None:
    export(desk, 70)
    export(desk, 65, TUESDAY + timedelta(days=1))
    assert opens() == {"2026-1": 65_00}
    check_sums(desk.id)


@pytest.mark.parametrize(
    ("stated", "booked", "marks"),
    [
        pytest.param(100, 50_00, [], id="all of them counted"),
        pytest.param(50, 0, [20_00, 30_00], id="none of them counted"),
        pytest.param(70, 25_00, [], id="it never added up: that is for the audit to say"),
    ],
)
def test_what_an_older_version_held_as_a_whole_is_held_one_by_one(
    desk: Desk, stated: int, booked: int, marks: list[int]
) -> None:
    export(desk, stated)
    Allocation.objects.update(held=False)
    Invoice.objects.update(booked_cents=booked)
    with connection.cursor() as cursor:
        cursor.execute(import_module("beluur.store.migrations.0013_held").HELD)
    assert held() == marks
