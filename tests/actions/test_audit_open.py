"""Each night what is open is held against its rows: one that was changed behind our back is found, and nothing is changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from beluur.actions.audit_open import audit_open
from beluur.actions.bank.assign import accept_return
from beluur.actions.nightly import JOBS
from beluur.queries.off_invoices import off_invoices
from beluur.store.models import Allocation, Invoice, OffInvoice
from tests.actions.bank.desk import FRIDAY, Desk, one, opens
from tests.bank_files import TUESDAY, Pay, mt940

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("data_folder")]

THURSDAY = TUESDAY + timedelta(days=2)
BEFORE = date(2026, 11, 20)


@pytest.fixture
def desk() -> Desk:
    """Paid after its day, in part, on its very day, before it, and a part that went back; and a credit note."""
    desk = Desk()
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), ("2026-2", 40_00), ("C-1", -20_00), as_of=BEFORE)
    desk.take(mt940(Pay(100_00, "Factuur 2026-1"), Pay(15_00, "Factuur 2026-2")))
    desk.take(mt940(Pay(-30_00, "terugbetaling", on=THURSDAY), number=12, opening=115_00))
    accept_return(desk.doer(), payment_id=one(amount_cents=-30_00).id, of=one(amount_cents=100_00).id)
    return desk


def broken(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE store_invoice SET {sql}")


def test_what_adds_up_is_not_named(desk: Desk) -> None:
    assert audit_open(desk.id, desk.doer().at) == 0
    assert off_invoices(desk.id) == ()


@pytest.mark.parametrize(
    ("sql", "open_cents", "should"),
    [
        pytest.param("open_cents = 3100 WHERE number = '2026-1'", 31_00, 30_00, id="more is open than its rows say"),
        pytest.param("open_cents = 0 WHERE number = '2026-1'", 0, 30_00, id="less is open"),
        pytest.param(
            "open_cents = 2000, booked_cents = 8000 WHERE number = '2026-1'", 20_00, 30_00, id="both are wrong alike"
        ),
        pytest.param("open_cents = -1900 WHERE number = 'C-1'", -19_00, -20_00, id="of a credit note"),
    ],
)  # fmt: skip
def test_one_that_was_changed_is_found_and_stays_as_it_is(
    desk: Desk, sql: str, open_cents: int, should: int
) -> None:
    broken(sql)
    before = opens()
    assert JOBS["audit"](desk.doer().at) == "1"
    [row] = off_invoices(desk.id)
    assert (row.is_open.cents, row.should.cents, row.name) == (open_cents, should, "Bakkerij Proefkruimel")
    assert opens() == before


def test_a_row_that_is_gone_is_found(desk: Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_allocation WHERE cents = 1500")
    assert audit_open(desk.id, desk.doer().at) == 1
    assert [(r.number, r.should.cents) for r in off_invoices(desk.id)] == [("2026-2", 40_00)]


def test_what_was_put_right_is_named_no_more(desk: Desk) -> None:
    broken("open_cents = 3100 WHERE number = '2026-1'")
    audit_open(desk.id, desk.doer().at)
    broken("open_cents = 3000 WHERE number = '2026-1'")
    assert audit_open(desk.id, desk.doer().at) == 0
    assert not OffInvoice.objects.exists()


@pytest.mark.parametrize("held", [True, False], ids=["its statement holds it", "its statement does not"])
def test_of_the_very_day_it_counts_unless_it_is_held(desk: Desk, held: bool) -> None:
    Invoice.objects.filter(number="2026-2").update(
        as_of=TUESDAY, booked_cents=0 if held else 15_00, open_cents=40_00 if held else 25_00
    )
    assert audit_open(desk.id, desk.doer().at) == held
    Allocation.objects.filter(cents=15_00).update(held=held)
    assert audit_open(desk.id, desk.doer().at) == 0


def test_another_administration_has_its_own(desk: Desk) -> None:
    from tests.world import make_world

    broken("open_cents = 3100 WHERE number = '2026-1'")
    audit_open(desk.id, desk.doer(FRIDAY).at)
    assert off_invoices(make_world("ander").id) == ()
