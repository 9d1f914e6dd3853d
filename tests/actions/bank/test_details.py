"""A booking of several payments: the sum in the statement, the payments in a notice, in one drop or one after the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from beluur.actions.bank.assign import Wanted, assign_payment
from beluur.actions.intake.undo import undo_intake
from beluur.store.load import load_case
from beluur.store.models import Intake, Invoice, Payment
from tests.actions.bank.desk import Desk, one, opens, states
from tests.bank_files import FICTIEF, KRUIMEL, Pay, camt053, camt054, mt940

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SEVERAL = (
    Pay(100_00, "Factuur 2026-1", KRUIMEL),
    Pay(50_00, "Factuur 2026-2", FICTIEF, "Fictief Transport"),
)
OTHERS = (Pay(80_00, "x", KRUIMEL), Pay(70_00, "y", KRUIMEL))  # another booking of the same sum
SUM = camt053(totals=[150_00])
NOTICE = camt054(SEVERAL)


@pytest.fixture
def two(desk: Desk) -> Desk:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    desk.owes("Fictief Transport", ("2026-2", 50_00))
    return desk


def booked() -> list[int]:
    """What counts, in order of size."""
    rows = Payment.objects.exclude(state="undone").filter(pending=False)
    return sorted(rows.values_list("amount_cents", flat=True))


ROADS: list = [
    pytest.param([[SUM, NOTICE]], id="in one drop"),
    pytest.param([[NOTICE, SUM]], id="in one drop, the notice first"),
    pytest.param([[SUM], [NOTICE]], id="the notice later"),
    pytest.param([[SUM], [NOTICE, SUM]], id="the notice later, with the statement again"),
    pytest.param([[NOTICE], [SUM, NOTICE]], id="the notice first, and again with the statement"),
    pytest.param([[SUM, NOTICE], [SUM]], id="and the statement again"),
    pytest.param([[SUM], [NOTICE], [SUM]], id="the notice later, and the statement again"),
    pytest.param([[SUM], [NOTICE], [NOTICE]], id="the notice twice"),
    pytest.param([[SUM, NOTICE], [mt940(Pay(150_00, "verzamel", "", ""), day=None)]], id="and another format"),
    pytest.param([[camt053(batches=[SEVERAL])], [NOTICE]], id="a statement that tells them itself"),
    pytest.param([[camt053(batches=[SEVERAL]), NOTICE]], id="a statement that tells them itself, in one drop"),
]  # fmt: skip


@pytest.mark.parametrize("drops", ROADS)
def test_the_payments_come_once(two: Desk, drops: list[list[str]]) -> None:
    for files in drops:
        two.take(*files)
    assert booked() == [50_00, 100_00]
    assert opens() == {"2026-1": 0, "2026-2": 0}


def test_a_notice_books_nothing_by_itself(two: Desk) -> None:
    intake = two.take(NOTICE)
    assert (Payment.objects.count(), opens()["2026-1"]) == (0, 100_00)
    assert Intake.objects.get(id=intake).summary["lines_noted"] == 2


def test_two_bookings_of_one_sum_each_take_their_own(two: Desk) -> None:
    two.take(camt053(totals=[150_00, 150_00]), camt054(SEVERAL, OTHERS))
    assert booked() == [50_00, 70_00, 80_00, 100_00]


def test_of_two_sums_one_is_told(two: Desk) -> None:
    two.take(camt053(totals=[150_00, 150_00]))
    two.take(NOTICE)
    assert booked() == [50_00, 100_00, 150_00]
    two.take(camt054(OTHERS, number="N2"))
    assert booked() == [50_00, 70_00, 80_00, 100_00]


def test_one_that_the_statement_tells_and_one_that_it_does_not(two: Desk) -> None:
    two.take(camt053(batches=[SEVERAL], totals=[150_00]), camt054(SEVERAL, OTHERS))
    assert booked() == [50_00, 70_00, 80_00, 100_00]


def test_a_payment_that_happens_to_be_that_much_is_none(two: Desk) -> None:
    two.take(camt053(Pay(150_00, "Factuur 2026-1", KRUIMEL)), NOTICE)
    assert booked() == [150_00]


def assigned(desk: Desk) -> None:
    parts = [Wanted(Invoice.objects.get(number="2026-1").id, 100_00)]
    assign_payment(desk.doer(), payment_id=one().id, parts=parts)


def kept(desk: Desk) -> None:
    owner = desk.who["Fictief Transport"]
    assign_payment(desk.doer(), payment_id=one().id, parts=[], debtor_id=owner)


@pytest.mark.parametrize("decided", [assigned, kept])
def test_what_somebody_decided_on_stays(two: Desk, decided: Callable[[Desk], None]) -> None:
    two.take(SUM)
    decided(two)
    two.take(NOTICE)
    assert booked() == [150_00]


def test_what_somebody_decides_before_it_is_published_stays(two: Desk) -> None:
    two.take(SUM)
    intake = two.stage(NOTICE)
    assigned(two)
    two.publish(intake)
    assert booked() == [150_00]


def test_who_was_perhaps_the_payer_of_the_sum_is_so_no_more(desk: Desk) -> None:
    debtor = desk.owes("Toevallig Evenveel", ("2026-8", 150_00))
    desk.take(SUM)
    assert load_case(desk.id, debtor).perhaps_paid_cents == 150_00
    desk.take(NOTICE)
    assert load_case(desk.id, debtor).perhaps_paid_cents == 0


def test_undone_the_sum_waits_again(two: Desk) -> None:
    two.take(SUM)
    undo_intake(two.doer(), two.take(NOTICE))
    assert booked() == [150_00]
    assert opens() == {"2026-1": 100_00, "2026-2": 50_00}
    assert one(amount_cents=150_00).state == "unexplained"
    two.take(NOTICE)
    assert booked() == [50_00, 100_00]


def test_a_notice_whose_payments_do_not_add_up_changes_nothing(two: Desk) -> None:
    broken = NOTICE.replace('<Amt Ccy="EUR">150.00</Amt>', '<Amt Ccy="EUR">151.00</Amt>')
    two.take(camt053(totals=[151_00]), broken)
    assert booked() == [151_00]


def test_a_broken_off_replacement_goes_on(two: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from beluur.actions.bank import publish_lines as road
    from beluur.actions.intake.publish import publish_all, publish_intake, publish_slice

    two.take(SUM)
    intake = two.stage(NOTICE)
    publish_intake(two.doer(), intake)

    def broken(*args) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(road, "write_lines", broken)
    with pytest.raises(KeyboardInterrupt):
        publish_slice(two.doer(), intake)
    monkeypatch.undo()
    assert publish_all(two.doer(), intake)
    assert booked() == [50_00, 100_00]
    assert {s for _, s in states()} == {"undone", "explained"}
