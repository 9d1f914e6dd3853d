"""A payment that names an invoice waits while an earlier one waits that could be for it: one of the two was paid twice, or
carries last month's number. Whoever decides on the earlier one decides on both."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.actions.bank.assign import Wanted, accept_proposal, assign_payment, set_aside
from beluur.actions.intake.undo import undo_intake
from beluur.store.models import DebtorKey, Invoice, Payment
from tests.actions.bank.desk import Desk, opens, states
from tests.bank_files import FICTIEF, NOBODY, Pay, mt940

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIRST, LATER = date(2026, 11, 24), date(2026, 11, 25)
REFERENCE = "RF18539007547034"
BY_FICTIEF = {"iban": FICTIEF, "name": "Fictief Transport"}
HIS = Pay(100_00, "Factuur 2026-0001", on=FIRST, **BY_FICTIEF)  # names what is another's: it waits
AGAIN = Pay(100_00, REFERENCE, on=LATER, **BY_FICTIEF)  # the reference is enough from anybody


@pytest.fixture
def bakery(desk: Desk) -> Desk:
    """The bakery owes two invoices of an amount that nobody else owes; the haulier's account is known as his."""
    desk.owes("Bakkerij Proefkruimel", ("2026-0001", 100_00), ("2026-0002", 100_00))
    Invoice.objects.filter(number="2026-0001").update(reference=REFERENCE)
    haulier = desk.owes("Fictief Transport", ("88777", 61_17))
    DebtorKey.objects.create(
        administration_id=desk.id, debtor_id=haulier, kind="iban", scope="", value=FICTIEF
    )
    return desk


def first() -> Payment:
    return Payment.objects.get(account__isnull=False, booked_on=FIRST)


def later() -> Payment:
    return Payment.objects.get(account__isnull=False, booked_on=LATER)


def assign(desk: Desk, number: str, *, learn: bool = False) -> None:
    part = Wanted(Invoice.objects.get(number=number).id, 100_00)
    assign_payment(desk.doer(), payment_id=first().id, parts=[part], learn=learn)


def in_two_files(desk: Desk) -> None:
    desk.take(mt940(HIS))
    desk.take(mt940(AGAIN, number=12, opening=100_00))


def in_one_file(desk: Desk) -> None:
    desk.take(mt940(HIS, AGAIN))


def in_one_file_the_other_way(desk: Desk) -> None:
    desk.take(mt940(AGAIN, HIS))


WAYS = pytest.mark.parametrize(
    "take",
    [
        pytest.param(in_two_files, id="in two files"),
        pytest.param(in_one_file, id="in one file"),
        pytest.param(in_one_file_the_other_way, id="in one file, the later first"),
    ],
)


def test_by_itself_the_later_is_booked(bakery: Desk) -> None:
    bakery.take(mt940(AGAIN))
    assert opens()["2026-0001"] == 0


@WAYS
def test_it_waits_while_the_earlier_waits_and_says_why(bakery: Desk, take) -> None:
    take(bakery)
    assert states() == [(100_00, "proposed"), (100_00, "proposed")]
    for payment in (first(), later()):
        (part, *_), *_ = [choice["parts"] for choice in payment.proposal["choices"]]
        assert part[0] == Invoice.objects.get(number="2026-0001").id
    codes = [reason["code"] for reason in later().proposal["choices"][0]["by"]]
    assert (codes[0], codes[-1]) == ("explain.reference", "explain.earlier_waits")
    assert opens()["2026-0001"] == 100_00


@WAYS
def test_nobody_is_called_about_it_meanwhile(bakery: Desk, take) -> None:
    take(bakery)
    assert later().perhaps_id == bakery.who["Bakkerij Proefkruimel"]


@WAYS
@pytest.mark.parametrize("learn", [True, False], ids=["learnt", "not learnt"])
def test_the_earlier_was_for_another_then_it_is_booked_by_itself(bakery: Desk, take, learn: bool) -> None:
    take(bakery)
    assign(bakery, "2026-0002", learn=learn)
    assert states() == [(100_00, "explained"), (100_00, "explained")]
    assert (opens()["2026-0001"], opens()["2026-0002"]) == (0, 0)


@WAYS
def test_the_earlier_was_for_it_then_the_later_is_not_proposed_for_it_any_more(bakery: Desk, take) -> None:
    take(bakery)
    accept_proposal(bakery.doer(), payment_id=first().id)
    assert (opens()["2026-0001"], opens()["2026-0002"]) == (0, 100_00)
    assert (later().state, later().proposal.get("behind")) == ("proposed", None)
    paid = Invoice.objects.get(number="2026-0001").id
    assert all(part[0] != paid for choice in later().proposal["choices"] for part in choice["parts"])


@WAYS
def test_the_earlier_was_no_customers_then_it_is_booked_by_itself(bakery: Desk, take) -> None:
    take(bakery)
    set_aside(bakery.doer(), payment_id=first().id)
    assert states() == [(100_00, "not_ours"), (100_00, "explained")]
    assert opens()["2026-0001"] == 0


def test_the_earlier_is_undone_then_it_is_booked_by_itself(bakery: Desk) -> None:
    """The newer file came first."""
    bakery.take(mt940(Pay(5_00, "iets", on=LATER, iban=NOBODY, name="Anoniem")))
    intake = bakery.take(mt940(HIS, number=12, opening=5_00))
    Payment.objects.filter(booked_on=LATER).update(
        amount_cents=100_00,
        left_cents=100_00,
        text="",
        reference=REFERENCE,
        iban=FICTIEF,
        counterparty="Fictief Transport",
        state="proposed",
        perhaps=bakery.who["Bakkerij Proefkruimel"],
        proposal={"choices": [], "behind": first().id},
    )
    undo_intake(bakery.doer(), intake)
    assert later().state == "explained"
    assert opens()["2026-0001"] == 0


def test_what_came_before_it_is_booked_though_a_later_one_waits(bakery: Desk) -> None:
    """The newer file came first: the older payment has the invoice, and the newer one is looked at again."""
    bakery.take(mt940(HIS._replace(on=LATER)))
    bakery.take(mt940(AGAIN._replace(on=FIRST), number=12, opening=100_00))
    assert first().state == "explained"
    assert opens()["2026-0001"] == 0
    paid = Invoice.objects.get(number="2026-0001").id
    assert all(part[0] != paid for choice in later().proposal.get("choices", ()) for part in choice["parts"])


def test_a_payment_for_another_invoice_holds_nothing_back(bakery: Desk) -> None:
    bakery.take(mt940(HIS._replace(text="Factuur 2026-0002")))
    bakery.take(mt940(AGAIN, number=12, opening=100_00))
    assert (later().state, opens()["2026-0001"]) == ("explained", 0)


def test_it_waits_with_whoever_waits_at_the_next_look_too(bakery: Desk) -> None:
    in_two_files(bakery)
    bakery.take(
        mt940(Pay(1_00, "iets anders", on=LATER, iban=NOBODY, name="Anoniem"), number=13, opening=200_00)
    )
    assert [state for cents, state in states() if cents == 100_00] == ["proposed", "proposed"]
