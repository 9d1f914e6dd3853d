"""Who noted by mistake that money is in, or not in, takes that back: what was booked is reversed, and it is looked for again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Sum

from beluur.actions.look_at_account import check_claim, look, look_at_ultimatum
from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.actions.take_back_look import take_back_look
from beluur.domain.call_report import CallReport, ClaimSaid, UltimatumSaid
from beluur.domain.case import Outcome
from beluur.domain.steps import Step
from beluur.domain.ultimatum import Consequence
from beluur.queries.to_look_at import to_look_at
from beluur.store.models import (
    Allocation,
    Debtor,
    Instalment,
    Invoice,
    PaidClaim,
    Payment,
    Promise,
    Ultimatum,
)
from beluur.values.problem import Refused
from tests.actions.calls import hold_call, later, promise, timeline
from tests.world import TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AFTER = 10  # days later every control date is over


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-1", 100_00, late=10)
    return i


def promised(world: World, debtor: int, *parts: tuple[int, int]) -> list[int]:
    (first, cents), *more = ((TODAY + timedelta(days=n), cents) for n, cents in parts)
    hold_call(world.doer, debtor, promise(cents, first, *more))
    return list(Instalment.objects.order_by("number").values_list("id", flat=True))


def opened() -> int:
    return Invoice.objects.aggregate(open=Sum("open_cents"))["open"]


def waits(world: World) -> list[tuple[str, int]]:
    return [(row.kind, row.id) for row in to_look_at(world.id, TODAY + timedelta(days=AFTER))]


def stands() -> dict[str, int]:
    """What is booked by number, over all rows."""
    sums = Allocation.objects.order_by().values_list("invoice__number").annotate(sum=Sum("cents"))
    return dict(sums)


def test_noted_in_and_taken_back_it_stands_as_before(world: World, debtor: int) -> None:
    [part] = promised(world, debtor, (2, 100_00))
    look(later(world.doer, days=AFTER), part, is_in=True)
    assert (opened(), Promise.objects.get().active) == (0, False)
    take_back_look(later(world.doer, days=AFTER, minutes=1), kind="instalment", row_id=part)
    row = Instalment.objects.get()
    assert (row.verdict in ("open", "unknown"), row.looked_by_id) == (True, None)
    assert (opened(), stands(), Promise.objects.get().active) == (100_00, {"2026-1": 0}, True)
    assert Payment.objects.count() == 2, "by a row of its own"
    assert waits(world) == [("instalment", part)]
    assert "Niet meer genoteerd dat € 100,00 binnen is" in timeline(debtor)
    assert Debtor.objects.get(id=debtor).step != Step.NONE


def test_what_was_noted_beside_it_stays(world: World, debtor: int) -> None:
    first, second = promised(world, debtor, (1, 60_00), (2, 40_00))
    look(later(world.doer, days=AFTER), first, is_in=True)
    look(later(world.doer, days=AFTER, minutes=1), second, is_in=True)
    take_back_look(later(world.doer, days=AFTER, minutes=2), kind="instalment", row_id=first)
    verdicts = dict(Instalment.objects.values_list("id", "verdict"))
    assert (verdicts[first] in ("open", "unknown"), verdicts[second]) == (True, "kept")
    assert opened() == 60_00
    assert waits(world) == [("instalment", first)]


def test_not_in_and_taken_back_he_is_accused_of_nothing(world: World, debtor: int) -> None:
    [part] = promised(world, debtor, (2, 100_00))
    look(later(world.doer, days=AFTER), part, is_in=False)
    assert Debtor.objects.get(id=debtor).step == Step.CALL_BROKEN
    take_back_look(later(world.doer, days=AFTER, minutes=1), kind="instalment", row_id=part)
    assert Debtor.objects.get(id=debtor).step != Step.CALL_BROKEN
    assert waits(world) == [("instalment", part)]
    assert "Niet meer genoteerd dat € 100,00 niet binnen is" in timeline(debtor)


def test_where_the_books_showed_it_already_nothing_is_reversed(world: World, debtor: int) -> None:
    [part] = promised(world, debtor, (2, 100_00))
    Invoice.objects.update(open_cents=0, stated_open_cents=0)
    look(later(world.doer, days=AFTER), part, is_in=True)
    take_back_look(later(world.doer, days=AFTER, minutes=1), kind="instalment", row_id=part)
    assert not Payment.objects.exists()


def test_money_that_somebody_entered_meanwhile_stays(world: World, debtor: int) -> None:
    [part] = promised(world, debtor, (2, 60_00))
    look(later(world.doer, days=AFTER), part, is_in=True)
    day = TODAY + timedelta(days=AFTER)
    record_payment(
        later(world.doer, days=AFTER, minutes=1), debtor_id=debtor, day=day, cents=10_00, today=day
    )
    take_back_look(later(world.doer, days=AFTER, minutes=2), kind="instalment", row_id=part)
    assert opened() == 90_00


@pytest.mark.parametrize(("found", "left"), [(True, 40_00), (False, 100_00)], ids=["found", "not found"])
def test_a_claim_waits_again(world: World, debtor: int, found: bool, left: int) -> None:
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, claim=ClaimSaid(60_00)))
    claim = PaidClaim.objects.get().id
    check_claim(later(world.doer, days=AFTER), claim, found=found)
    assert opened() == left
    take_back_look(later(world.doer, days=AFTER, minutes=1), kind="claim", row_id=claim)
    assert (opened(), PaidClaim.objects.get().state, waits(world)) == (100_00, "open", [("claim", claim)])


@pytest.mark.parametrize("is_in", [True, False], ids=["in", "not in"])
def test_a_last_day_stands_again(world: World, debtor: int, is_in: bool) -> None:
    report = CallReport(
        Outcome.REACHED,
        received="yes",
        ultimatum=UltimatumSaid(TODAY + timedelta(days=5), 100_00, Consequence.NOTICE),
    )
    hold_call(world.doer, debtor, report)
    row = Ultimatum.objects.get().id
    look_at_ultimatum(later(world.doer, days=AFTER + 4), row, is_in=is_in)
    take_back_look(later(world.doer, days=AFTER + 4, minutes=1), kind="ultimatum", row_id=row)
    standing = Ultimatum.objects.get()
    assert (standing.state, standing.ended_at, opened()) == ("open", None, 100_00)
    assert ("ultimatum", row) in [(r.kind, r.id) for r in to_look_at(world.id, TODAY + timedelta(days=30))]


def test_it_is_taken_back_once_and_can_be_noted_again(world: World, debtor: int) -> None:
    [part] = promised(world, debtor, (2, 100_00))
    back = lambda n: take_back_look(  # noqa: E731
        later(world.doer, days=AFTER, minutes=n), kind="instalment", row_id=part
    )
    with pytest.raises(Refused):
        back(0)
    look(later(world.doer, days=AFTER), part, is_in=True)
    back(1)
    with pytest.raises(Refused):
        back(2)
    assert opened() == 100_00
    look(later(world.doer, days=AFTER, minutes=3), part, is_in=True)
    assert opened() == 0
    back(4)
    assert (opened(), stands()) == (100_00, {"2026-1": 0})


def test_after_its_payment_was_reversed_by_hand_nothing_is_reversed_twice(world: World, debtor: int) -> None:
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, claim=ClaimSaid(60_00)))
    claim = PaidClaim.objects.get().id
    check_claim(later(world.doer, days=AFTER), claim, found=True)
    payment = Payment.objects.get().id
    reverse_payment(later(world.doer, days=AFTER, minutes=1), payment_id=payment, reason="vergissing")
    take_back_look(later(world.doer, days=AFTER, minutes=2), kind="claim", row_id=claim)
    assert (opened(), Payment.objects.count()) == (100_00, 2)


def test_another_administration_cannot(world: World, debtor: int) -> None:
    [part] = promised(world, debtor, (2, 100_00))
    look(later(world.doer, days=AFTER), part, is_in=True)
    with pytest.raises(Instalment.DoesNotExist):
        take_back_look(make_world("other").doer, kind="instalment", row_id=part)
