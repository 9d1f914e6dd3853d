"""Several at once: two who take over overlapping files, two workers on one intake, the engine and a person on one payment, and a
worker that is killed half-way. Whatever wins, each line is there once and all adds up."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from beluur.actions.bank.assign import Wanted, accept_return, assign_payment, set_aside, take_back_assignment
from beluur.actions.bank.explain_waiting import explain_waiting
from beluur.actions.intake.publish import publish_all, publish_intake, publish_slice, publish_waiting
from beluur.actions.record_payment import record_payment
from beluur.store.models import Allocation, Intake, Invoice, Payment
from beluur.values.problem import Refused
from tests.actions.bank.desk import FRIDAY, Desk, one, opens, reach, states
from tests.bank_files import KRUIMEL, NOBODY, TUESDAY, Pay, camt053, ing_csv, mt940
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

WEDNESDAY = TUESDAY + timedelta(days=1)
MANY = [Pay(100_00 + n, f"Factuur 2026-{n:03}", f"NL{n:016}", f"Klant {n}") for n in range(40)]


@pytest.fixture
def forty(desk: Desk) -> Desk:
    """Forty debtors who each owe one invoice, and are to pay it."""
    for n, pay in enumerate(MANY):
        desk.owes(f"Klant {n}", (f"2026-{n:03}", pay.cents))
    return desk


def trouble(results: list[Any]) -> list[Any]:
    """What went wrong, other than a plain no."""
    return [r for r in results if isinstance(r, Exception) and not isinstance(r, Refused)]


def taken_over(desk: Desk, intake_id: int) -> None:
    publish_intake(desk.doer(), intake_id)
    assert publish_all(desk.doer(), intake_id)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param((mt940, mt940), id="the same statement"),
        pytest.param((mt940, camt053), id="two formats of the same days"),
        pytest.param((lambda *p: ing_csv(*p[:25]), lambda *p: ing_csv(*p[15:])), id="two lists that overlap"),
    ],
)
def test_two_people_take_over_at_once(forty: Desk, written: tuple[Any, Any]) -> None:
    intakes = [forty.stage(write(*MANY)) for write in written]
    results = at_once(*(lambda i=i: taken_over(forty, i) for i in intakes))
    assert not trouble(results)
    assert sum(isinstance(r, Refused) for r in results) >= 1, "who is second looks once more"
    for intake in Intake.objects.filter(state="staged"):
        with suppress(Refused):
            taken_over(forty, intake.id)
        if Intake.objects.get(id=intake.id).state == "staged":
            taken_over(forty, intake.id)
    assert (Payment.objects.count(), set(opens().values())) == (40, {0})


def test_two_workers_publish_one_intake(forty: Desk) -> None:
    intake = forty.stage(mt940(*MANY))
    publish_intake(forty.doer(), intake)
    results = at_once(*(lambda: publish_all(forty.doer(), intake) for _ in range(3)))
    assert not trouble(results)
    assert (Payment.objects.count(), Allocation.objects.count(), set(opens().values())) == (40, 40, {0})
    assert (Intake.objects.get().state, reach()) == ("published", TUESDAY)


def test_one_click_twice_takes_over_once(forty: Desk) -> None:
    intake = forty.stage(mt940(*MANY))
    results = at_once(*(lambda: publish_intake(forty.doer(), intake) for _ in range(2)))
    assert not trouble(results)
    assert sum(isinstance(r, Refused) for r in results) == 1


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 90_00), ("2026-2", 90_00))
    desk.owes("Fictief Transport", ("2026-3", 90_00))
    desk.take(mt940(Pay(90_00, "dank", NOBODY, "Anoniem")))
    return desk


def parts(number: str) -> list[Wanted]:
    return [Wanted(Invoice.objects.get(number=number).id, 90_00)]


def test_two_people_assign_one_payment(waiting: Desk) -> None:
    payment = one().id
    results = at_once(
        *(
            lambda n=n: assign_payment(waiting.doer(), payment_id=payment, parts=parts(n))
            for n in ("2026-1", "2026-3")
        )
    )
    assert not trouble(results)
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert sum(opens().values()) == 180_00


def test_the_engine_and_a_person_decide_at_once(desk: Desk) -> None:
    """What came before its invoice: the engine finds it now, a person puts it elsewhere."""
    desk.take(mt940(Pay(90_00, "Factuur 2026-1", KRUIMEL)))
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 90_00))
    desk.owes("Fictief Transport", ("2026-3", 90_00))
    payment = one().id
    results = at_once(
        lambda: explain_waiting(desk.doer()),
        lambda: assign_payment(desk.doer(), payment_id=payment, parts=parts("2026-3")),
    )
    assert not trouble(results)
    assert sum(opens().values()) == 90_00
    assert one().state == "explained"


def test_two_payments_for_one_invoice(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 90_00))
    desk.take(mt940(Pay(90_00, "a", NOBODY, "Anoniem"), Pay(90_00, "b", NOBODY, "Anders", on=WEDNESDAY)))
    ids = [p.id for p in Payment.objects.order_by("id")]
    results = at_once(
        *(lambda i=i: assign_payment(desk.doer(), payment_id=i, parts=parts("2026-1")) for i in ids)
    )
    assert not trouble(results)
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert opens() == {"2026-1": 0}


def test_assigned_and_set_aside_at_once(waiting: Desk) -> None:
    payment = one().id
    results = at_once(
        lambda: assign_payment(waiting.doer(), payment_id=payment, parts=parts("2026-1")),
        lambda: set_aside(waiting.doer(), payment_id=payment),
    )
    assert not trouble(results)
    assert (one().state, sum(opens().values())) in (
        ("explained", 180_00),
        ("not_ours", 270_00),
        ("explained", 270_00),
    )


def test_taken_off_twice_at_once(waiting: Desk) -> None:
    assign_payment(waiting.doer(), payment_id=one().id, parts=parts("2026-1"))
    back = lambda: take_back_assignment(waiting.doer(), payment_id=one().id)  # noqa: E731
    results = at_once(back, back, back)
    assert not trouble(results)
    assert sum(isinstance(r, Refused) for r in results) == 2
    assert sum(opens().values()) == 270_00


def test_two_refunds_of_one_payment(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 90_00))
    desk.take(mt940(Pay(90_00, "Factuur 2026-1")))
    refund = Pay(-90_00, "terug", NOBODY, "Iemand", on=WEDNESDAY)
    desk.take(mt940(refund, refund._replace(text="nog eens"), number=12, opening=90_00))
    came = one(amount_cents=90_00).id
    out = list(Payment.objects.filter(amount_cents=-90_00).values_list("id", flat=True))
    Payment.objects.filter(id__in=out).update(state="unexplained")
    results = at_once(*(lambda i=i: accept_return(desk.doer(), payment_id=i, of=came) for i in out))
    assert not trouble(results)
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert opens() == {"2026-1": 90_00}


def test_a_statement_comes_in_while_people_work(forty: Desk) -> None:
    """By hand on the same debtors, from the last to the first."""
    intake = forty.stage(mt940(*MANY))
    publish_intake(forty.doer(), intake)

    def by_hand() -> None:
        for n in reversed(range(40)):
            record_payment(
                forty.doer(), debtor_id=forty.who[f"Klant {n}"], day=FRIDAY, cents=10_00, today=FRIDAY
            )

    def looked_at() -> None:
        for _ in range(4):
            explain_waiting(forty.doer())

    results = at_once(lambda: publish_all(forty.doer(), intake), by_hand, looked_at)
    assert not trouble(results)
    assert Payment.objects.filter(account__isnull=False).count() == 40
    assert all(0 <= cents <= 140_00 for cents in opens().values())


def test_a_killed_worker_leaves_nothing_half(forty: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped within a write, before its commit, again and again; at last it is all there, once."""
    from beluur.actions import pace
    from beluur.actions.bank import publish_lines as road

    intake = forty.stage(mt940(*MANY))
    publish_intake(forty.doer(), intake)
    for name in ("FIRST", "LEAST", "MOST"):
        monkeypatch.setattr(pace, name, 7)
    write = road.write_lines
    count = 0

    def killed(*args: Any) -> None:
        nonlocal count
        write(*args)
        count += 1
        if count % 2 == 0:
            raise KeyboardInterrupt

    monkeypatch.setattr(road, "write_lines", killed)
    tries = 0
    while Intake.objects.get().state == "publishing" and tries < 20:
        tries += 1
        try:
            publish_slice(forty.doer(), intake)
        except KeyboardInterrupt:
            assert Payment.objects.count() == Allocation.objects.count(), "whole or not at all"
    assert tries > 3
    assert not publish_waiting(forty.doer().at)
    assert (Payment.objects.count(), set(opens().values())) == (40, {0})
    assert {state for _, state in states()} == {"explained"}
