"""What a person says of a payment: it pays these, it is none of ours, it was put in the wrong place; and every no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from beluur.actions.bank.assign import (
    Wanted,
    accept_proposal,
    accept_return,
    assign_payment,
    set_aside,
    take_back_assignment,
)
from beluur.actions.merge_debtors import merge_debtors
from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.store.load import load_case
from beluur.store.models import Allocation, Debtor, DebtorKey, Invoice, Payment
from beluur.values.problem import Refused
from tests.actions.bank.desk import FRIDAY, Desk, one, opens, states
from tests.actions.calls import timeline
from tests.bank_files import FICTIEF, NOBODY, TUESDAY, Pay, mt940, mt942
from tests.world import TODAY, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ANONYMOUS = {"iban": NOBODY, "name": "Anoniem"}


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """€ 90 of which nobody knows whose it is; the bakery owes 100 and 50, the haulier 61,17."""
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), ("2026-2", 50_00), ("2026-9", -20_00))
    desk.owes("Fictief Transport", ("2026-3", 61_17))
    desk.take(mt940(Pay(90_00, "dank", **ANONYMOUS)))
    assert states() == [(90_00, "unexplained")]
    return desk


def invoice(number: str) -> int:
    return Invoice.objects.get(number=number).id


def assign(desk: Desk, *parts: tuple[str, int], **options: Any) -> dict[str, Any]:
    wanted = [Wanted(invoice(number), cents) for number, cents in parts]
    return assign_payment(desk.doer(), payment_id=one(amount_cents=90_00).id, parts=wanted, **options)


def no(act: Callable[[], Any]) -> tuple[str, str]:
    """The code of the refusal and the field that it is about; nothing may have changed."""
    before = (list(Payment.objects.values()), list(Invoice.objects.values()), Allocation.objects.count())
    with pytest.raises(Refused) as refused:
        act()
    assert before == (
        list(Payment.objects.values()),
        list(Invoice.objects.values()),
        Allocation.objects.count(),
    )
    return refused.value.sentence.code, refused.value.field


# -- assigned ---------------------------------------------------------------------------------------------------------


def test_all_of_it_on_one_invoice(waiting: Desk) -> None:
    assign(waiting, ("2026-1", 90_00))
    assert opens()["2026-1"] == 10_00
    payment = one()
    assert (payment.state, payment.left_cents, payment.debtor_id) == (
        "explained",
        0,
        waiting.who["Bakkerij Proefkruimel"],
    )


def test_over_two_invoices_of_two_debtors(waiting: Desk) -> None:
    assign(waiting, ("2026-1", 50_00), ("2026-3", 40_00))
    assert (opens()["2026-1"], opens()["2026-3"]) == (50_00, 21_17)
    assert (one().state, one().debtor_id) == ("explained", None)
    for name in waiting.who:
        assert "€ 90,00" in "\n".join(timeline(waiting.who[name]))


def test_beside_a_credit_note(waiting: Desk) -> None:
    assign(waiting, ("2026-1", 100_00), ("2026-9", -10_00))
    assert (opens()["2026-1"], opens()["2026-9"], one().left_cents) == (0, -10_00, 0)


def test_what_is_left_over_is_his(waiting: Desk) -> None:
    assign(waiting, ("2026-2", 50_00))
    debtor = waiting.who["Bakkerij Proefkruimel"]
    assert (one().state, one().left_cents) == ("explained", 40_00)
    assert load_case(waiting.id, debtor).perhaps_paid_cents == 40_00


def test_what_is_left_over_of_two_debtors_waits_for_a_person(waiting: Desk) -> None:
    assign(waiting, ("2026-1", 50_00), ("2026-3", 20_00))
    assert (one().state, one().left_cents) == ("rest", 20_00)
    assign(waiting, ("2026-3", 20_00))
    assert (one().state, one().left_cents, opens()["2026-3"]) == ("explained", 0, 21_17)


def test_all_of_it_is_his_and_pays_no_invoice(waiting: Desk) -> None:
    debtor = waiting.who["Fictief Transport"]
    assign_payment(waiting.doer(), payment_id=one().id, parts=[], debtor_id=debtor)
    assert (one().state, one().debtor_id, one().left_cents) == ("explained", debtor, 90_00)
    assert load_case(waiting.id, debtor).perhaps_paid_cents == 90_00
    assert "€ 90,00 ontvangen" in "\n".join(timeline(debtor))


def test_one_choice_explains_the_others_of_that_account(waiting: Desk) -> None:
    waiting.take(mt940(Pay(61_17, "nog een", **ANONYMOUS), number=12, opening=90_00))
    second = one(amount_cents=61_17)
    result = assign_payment(
        waiting.doer(), payment_id=second.id, parts=[Wanted(invoice("2026-3"), 61_17)], learn=True
    )
    assert result["explained"] == 0, "90 is more than he owes"
    assert DebtorKey.objects.get(kind="payer").value == NOBODY
    waiting.owes("Fictief Transport", ("2026-4", 33_33))
    waiting.take(mt940(Pay(33_33, "dank", **ANONYMOUS), number=13, opening=151_17))
    assert opens()["2026-4"] == 0


def test_what_was_learnt_books_what_waits_at_once(desk: Desk) -> None:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 90_00), ("2026-2", 44_40))
    desk.owes("Fictief Transport", ("2026-3", 44_40))
    desk.take(mt940(Pay(90_01, "a", **ANONYMOUS), Pay(44_40, "b", **ANONYMOUS)))
    first = one(amount_cents=90_01)
    result = assign_payment(desk.doer(), payment_id=first.id, parts=[Wanted(invoice("2026-1"), 90_00)])
    assert result["explained"] == 1
    assert opens() == {"2026-1": 0, "2026-2": 0, "2026-3": 44_40}


def test_who_does_not_want_it_learnt_is_obeyed(waiting: Desk) -> None:
    assign(waiting, ("2026-1", 90_00), learn=False)
    assert not DebtorKey.objects.filter(kind="payer").exists()


def test_looking_at_the_others_keeps_what_was_proposed_of_them(desk: Desk) -> None:
    haulier = desk.owes("Fictief Transport", ("2026-3", 61_17))
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    desk.take(mt940(Pay(61_17, "a", **ANONYMOUS), Pay(20_00, "b", **ANONYMOUS)))
    assert one(amount_cents=61_17).perhaps_id == haulier
    assign_payment(
        desk.doer(), payment_id=one(amount_cents=20_00).id, parts=[Wanted(invoice("2026-1"), 20_00)]
    )
    assert one(amount_cents=61_17).state == "proposed"


def test_who_was_only_perhaps_the_payer_is_planned_anew(desk: Desk) -> None:
    haulier = desk.owes("Fictief Transport", ("2026-3", 61_17))
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    desk.take(mt940(Pay(61_17, "a", **ANONYMOUS)))
    assert load_case(desk.id, haulier).perhaps_paid_cents == 61_17
    assign_payment(desk.doer(), payment_id=one().id, parts=[Wanted(invoice("2026-1"), 61_17)])
    assert load_case(desk.id, haulier).perhaps_paid_cents == 0
    assert Debtor.objects.get(id=haulier).step.startswith(("call", "remind"))


def test_the_same_form_twice_is_one(waiting: Desk) -> None:
    doer = waiting.world.with_key("k1")
    wanted = [Wanted(invoice("2026-1"), 40_00)]
    first = assign_payment(doer, payment_id=one().id, parts=wanted)
    assert assign_payment(doer, payment_id=one().id, parts=wanted) == first
    assert opens()["2026-1"] == 60_00


# -- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        pytest.param([("2026-2", 50_01)], "payments.more_than_open", id="more than is open"),
        pytest.param([("2026-1", 90_01)], "payments.more_than_came", id="more than came in"),
        pytest.param([("2026-1", 60_00), ("2026-2", 40_00)], "payments.more_than_came", id="together more than came in"),
        pytest.param([("2026-2", 30_00), ("2026-2", 30_00)], "payments.more_than_open", id="one invoice twice"),
        pytest.param([("2026-1", -10_00)], "payments.sign_of_invoice", id="less than nothing of an invoice"),
        pytest.param([("2026-9", 10_00)], "payments.sign_of_credit", id="something on a credit note"),
        pytest.param([("2026-9", -10_00)], "payments.more_than_came", id="only a credit note"),
        pytest.param([("2026-1", 90_00), ("2026-9", -20_01)], "payments.more_than_open", id="more than the credit note is"),
    ],
)  # fmt: skip
def test_never_more_than_there_is(waiting: Desk, parts: list[tuple[str, int]], code: str) -> None:
    assert no(lambda: assign(waiting, *parts)) == (code, "parts")


def test_nothing_and_nobody_is_no_choice(waiting: Desk) -> None:
    assert no(lambda: assign(waiting)) == ("payments.choose_invoice", "parts")
    assert no(lambda: assign(waiting, ("2026-1", 0))) == ("payments.choose_invoice", "parts")


def test_an_invoice_in_another_currency(waiting: Desk) -> None:
    Invoice.objects.filter(number="2026-1").update(currency="USD")
    assert no(lambda: assign(waiting, ("2026-1", 90_00))) == ("payments.other_invoice", "parts")


def test_an_invoice_of_another_administration(waiting: Desk) -> None:
    other = make_world("ander")
    strange = other.invoice(other.debtor(), "X-1", 90_00)
    act = lambda: assign_payment(waiting.doer(), payment_id=one().id, parts=[Wanted(strange, 90_00)])  # noqa: E731
    assert no(act) == ("payments.other_invoice", "parts")


def test_a_debtor_of_another_administration(waiting: Desk) -> None:
    other = make_world("ander")
    with pytest.raises(Debtor.DoesNotExist):
        assign_payment(waiting.doer(), payment_id=one().id, parts=[], debtor_id=other.debtor())
    assert one().debtor_id is None


def test_a_payment_of_another_administration(waiting: Desk) -> None:
    other = make_world("ander")
    for act in (
        lambda: assign_payment(other.doer, payment_id=one().id, parts=[], debtor_id=other.debtor()),
        lambda: set_aside(other.doer, payment_id=one().id),
        lambda: take_back_assignment(other.doer, payment_id=one().id),
        lambda: accept_proposal(other.doer, payment_id=one().id),
        lambda: accept_return(other.doer, payment_id=one().id, of=one().id),
    ):
        with pytest.raises(Payment.DoesNotExist):
            act()


def test_what_is_explained_waits_no_more(waiting: Desk) -> None:
    assign(waiting, ("2026-1", 90_00))
    assert no(lambda: assign(waiting, ("2026-2", 10_00)))[0] == "payments.not_waiting"
    assert no(lambda: set_aside(waiting.doer(), payment_id=one().id))[0] == "payments.not_waiting"


def test_what_is_only_announced_is_not_to_be_assigned(waiting: Desk) -> None:
    waiting.take(mt942(Pay(61_17, "Factuur 2026-3", on=FRIDAY)))
    pending = one(state="pending").id
    wanted = [Wanted(invoice("2026-3"), 61_17)]
    assert (
        no(lambda: assign_payment(waiting.doer(), payment_id=pending, parts=wanted))[0]
        == "payments.not_waiting"
    )
    assert no(lambda: set_aside(waiting.doer(), payment_id=pending))[0] == "payments.not_waiting"


def test_a_payment_by_hand_is_not_to_be_assigned_or_taken_off(waiting: Desk) -> None:
    debtor = waiting.who["Fictief Transport"]
    by_hand = record_payment(waiting.doer(), debtor_id=debtor, day=TODAY, cents=70_00, today=FRIDAY)
    assert Payment.objects.get(id=by_hand).left_cents == 70_00 - 61_17
    assert (
        no(lambda: assign_payment(waiting.doer(), payment_id=by_hand, parts=[]))[0] == "payments.not_waiting"
    )
    assert (
        no(lambda: take_back_assignment(waiting.doer(), payment_id=by_hand))[0] == "payments.cannot_take_back"
    )


def test_what_the_bank_booked_is_not_reversed_by_hand(waiting: Desk) -> None:
    assign(waiting, ("2026-1", 90_00))
    act = lambda: reverse_payment(waiting.doer(), payment_id=one().id, reason="fout")  # noqa: E731
    assert no(act)[0] == "payments.of_the_bank"


# -- the day of the open items ----------------------------------------------------------------------------------------


@pytest.fixture
def same_day(desk: Desk) -> Desk:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), as_of=TODAY)
    Invoice.objects.update(as_of=TUESDAY)
    desk.take(mt940(Pay(90_00, "dank", **ANONYMOUS)))
    return desk


def test_on_the_very_day_it_is_asked_whether_it_is_counted(same_day: Desk) -> None:
    assert no(lambda: assign(same_day, ("2026-1", 90_00))) == ("by_hand.already_counted", "counted")


def test_not_counted_yet_it_lowers(same_day: Desk) -> None:
    assign(same_day, ("2026-1", 90_00), counted=False)
    assert opens() == {"2026-1": 10_00}


def test_counted_already_it_belongs_to_what_was_paid_before(same_day: Desk) -> None:
    Invoice.objects.update(stated_open_cents=10_00, open_cents=10_00)
    assign(same_day, ("2026-1", 90_00), counted=True)
    assert opens() == {"2026-1": 10_00}
    assert list(Allocation.objects.values_list("cents", "lowers")) == [(90_00, False)]


def test_counted_already_but_nothing_was_paid_before(same_day: Desk) -> None:
    assert no(lambda: assign(same_day, ("2026-1", 90_00), counted=True))[0] == "payments.more_than_open"


def test_what_was_paid_before_belongs_to_one_payment_only(same_day: Desk) -> None:
    Invoice.objects.update(stated_open_cents=10_00, open_cents=10_00)
    assign(same_day, ("2026-1", 90_00), counted=True)
    same_day.take(mt940(Pay(20_00, "nog eens", **ANONYMOUS), number=12, opening=90_00))
    act = lambda: assign_payment(  # noqa: E731
        same_day.doer(), payment_id=one(amount_cents=20_00).id, parts=[Wanted(invoice("2026-1"), 20_00)], counted=True
    )  # fmt: skip
    assert no(act)[0] == "payments.more_than_open"


# -- proposals --------------------------------------------------------------------------------------------------------


@pytest.fixture
def proposed(desk: Desk) -> Desk:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    desk.owes("Fictief Transport", ("2026-3", 61_17))
    desk.take(mt940(Pay(61_17, "dank", **ANONYMOUS)))
    assert states() == [(61_17, "proposed")]
    return desk


def test_a_proposal_is_accepted(proposed: Desk) -> None:
    accept_proposal(proposed.doer(), payment_id=one().id)
    assert (opens()["2026-3"], one().state, one().proposal) == (0, "explained", {})


def test_a_proposal_accepted_twice_is_accepted_once_and_answers_alike(proposed: Desk) -> None:
    doer = proposed.world.with_key("k2")
    first = accept_proposal(doer, payment_id=one().id)
    assert accept_proposal(doer, payment_id=one().id) == first


def test_a_proposal_for_a_debtor_who_was_merged_is_for_the_one_that_was_kept(proposed: Desk) -> None:
    kept, gone = proposed.who["Bakkerij Proefkruimel"], proposed.who["Fictief Transport"]
    merge_debtors(proposed.doer(), kept_id=kept, gone_id=gone)
    accept_proposal(proposed.doer(), payment_id=one().id)
    assert (opens()["2026-3"], one().debtor_id) == (0, kept)


@pytest.mark.parametrize("choice", [1, -1, 99])
def test_a_choice_that_is_not_there(proposed: Desk, choice: int) -> None:
    act = lambda: accept_proposal(proposed.doer(), payment_id=one().id, choice=choice)  # noqa: E731
    assert no(act)[0] == "payments.no_proposal"


def test_a_proposal_that_was_overtaken(proposed: Desk) -> None:
    record_payment(
        proposed.doer(), debtor_id=proposed.who["Fictief Transport"], day=TUESDAY, cents=61_17, today=FRIDAY
    )
    assert no(lambda: accept_proposal(proposed.doer(), payment_id=one().id))[0] == "payments.more_than_open"


# -- set aside, and taken back ----------------------------------------------------------------------------------------


def test_what_is_none_of_ours_holds_nobody_up(proposed: Desk) -> None:
    set_aside(proposed.doer(), payment_id=one().id)
    debtor = proposed.who["Fictief Transport"]
    assert (one().state, load_case(proposed.id, debtor).perhaps_paid_cents) == ("not_ours", 0)
    assert Debtor.objects.get(id=debtor).step.startswith(("call", "remind"))


def test_what_was_set_aside_by_mistake_waits_again_or_is_assigned_at_once(proposed: Desk) -> None:
    set_aside(proposed.doer(), payment_id=one().id)
    take_back_assignment(proposed.doer(), payment_id=one().id)
    assert states() == [(61_17, "unexplained")]
    set_aside(proposed.doer(), payment_id=one().id)
    assign_payment(proposed.doer(), payment_id=one().id, parts=[Wanted(invoice("2026-3"), 61_17)])
    assert opens()["2026-3"] == 0


def test_the_rest_of_a_payment_may_be_none_of_ours(waiting: Desk) -> None:
    assign(waiting, ("2026-1", 50_00), ("2026-3", 20_00))
    set_aside(waiting.doer(), payment_id=one().id)
    assert (one().state, one().left_cents, opens()["2026-1"]) == ("not_ours", 20_00, 50_00)


def test_an_assignment_is_taken_back(waiting: Desk) -> None:
    before = opens()
    assign(waiting, ("2026-1", 50_00), ("2026-3", 40_00))
    assert take_back_assignment(waiting.doer(), payment_id=one().id) == one().id
    assert opens() == before
    assert (one().state, one().left_cents, one().debtor_id) == ("unexplained", 90_00, None)
    assert not DebtorKey.objects.filter(kind="payer").exists(), "nothing was learnt after all"
    assert "hoorde hier niet" in "\n".join(timeline(waiting.who["Fictief Transport"]))
    assert sorted(Allocation.objects.values_list("cents", flat=True)) == [-50_00, -40_00, 40_00, 50_00]


def test_what_was_kept_as_his_is_taken_back_and_only_proposed(waiting: Desk) -> None:
    debtor = waiting.who["Fictief Transport"]
    assign_payment(waiting.doer(), payment_id=one().id, parts=[], debtor_id=debtor)
    take_back_assignment(waiting.doer(), payment_id=one().id)
    assert one().state in ("proposed", "unexplained")
    assert load_case(waiting.id, debtor).perhaps_paid_cents in (0, one().left_cents), "his name is alike"
    assert not DebtorKey.objects.filter(kind="payer").exists()


def test_an_account_that_pays_for_him_otherwise_stays_his(desk: Desk) -> None:
    desk.owes("Fictief Transport", ("2026-3", 61_17), ("2026-4", 30_00))
    pays = (
        Pay(61_17, "Factuur 2026-3", FICTIEF, "Fictief Transport"),
        Pay(30_00, "Factuur 2026-4", FICTIEF, "Fictief Transport"),
    )
    desk.take(mt940(*pays))
    take_back_assignment(desk.doer(), payment_id=one(amount_cents=30_00).id)
    assert DebtorKey.objects.filter(kind="payer", value=FICTIEF).exists()


def test_a_closed_invoice_is_open_again(proposed: Desk) -> None:
    accept_proposal(proposed.doer(), payment_id=one().id)
    take_back_assignment(proposed.doer(), payment_id=one().id)
    row = Invoice.objects.get(number="2026-3")
    assert (row.open_cents, row.closed_on, row.closed_because) == (61_17, None, "")


def test_nothing_to_take_back(waiting: Desk) -> None:
    act = lambda: take_back_assignment(waiting.doer(), payment_id=one().id)  # noqa: E731
    assert no(act)[0] == "payments.cannot_take_back"


def test_taken_back_after_an_export_that_holds_it(waiting: Desk) -> None:
    """It was put in the wrong place; what the export says is open stays."""
    assign(waiting, ("2026-1", 90_00))
    Invoice.objects.filter(number="2026-1").update(
        as_of=FRIDAY, stated_open_cents=10_00, open_cents=10_00, booked_cents=0
    )
    take_back_assignment(waiting.doer(), payment_id=one().id)
    assert opens()["2026-1"] == 10_00


# -- a refund to a customer -------------------------------------------------------------------------------------------


def test_a_refund_uses_a_credit_note(waiting: Desk) -> None:
    waiting.take(mt940(Pay(-20_00, "terugbetaling", FICTIEF, "Kruimel"), number=12, opening=90_00))
    refund = one(amount_cents=-20_00)
    assign_payment(waiting.doer(), payment_id=refund.id, parts=[Wanted(invoice("2026-9"), -20_00)])
    assert (opens()["2026-9"], one(amount_cents=-20_00).left_cents) == (0, 0)


@pytest.mark.parametrize(
    ("number", "cents", "code"),
    [
        pytest.param("2026-9", -15_01, "payments.more_than_came", id="more of the credit note than went out"),
        pytest.param("2026-1", 15_00, "payments.more_than_came", id="an invoice"),
    ],
)
def test_a_refund_pays_no_more_than_it_is(waiting: Desk, number: str, cents: int, code: str) -> None:
    waiting.take(mt940(Pay(-15_00, "terugbetaling", FICTIEF, "Kruimel"), number=12, opening=90_00))
    refund = one(amount_cents=-15_00).id
    act = lambda: assign_payment(waiting.doer(), payment_id=refund, parts=[Wanted(invoice(number), cents)])  # noqa: E731
    assert no(act) == (code, "parts")
