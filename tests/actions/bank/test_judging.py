"""Promises judged on the bank: kept, late, partly, broken, or unknown as long as the accounts do not reach the control date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from beluur.actions.bank.assign import accept_proposal, set_aside, take_back_assignment
from beluur.actions.intake.undo import undo_intake
from beluur.actions.judge_commitments import judge_commitments
from beluur.actions.merge_debtors import merge_debtors
from beluur.store.models import Debtor, Instalment, Promise
from tests.actions.bank.desk import Desk, one, opens
from tests.actions.calls import at, hold_call, promise, timeline
from tests.bank_files import NOBODY, SECOND, Pay, camt053, mt940
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DUE = TODAY + timedelta(days=4)  # "I pay on Friday 27 November"
CONTROL = date(2026, 12, 1)  # two bank days later
AFTER = CONTROL + timedelta(days=1)
PAID = Pay(100_00, "Factuur 2026-1", end_to_end="E1")


@pytest.fixture
def promised(desk: Desk) -> Desk:
    """100 promised, all of one invoice, by Friday."""
    debtor = desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    hold_call(desk.world.doer, debtor, promise(100_00, DUE))
    return desk


def statement(*pays: Pay, day: date = CONTROL, number: int = 11, account: str = "", opening: int = 0) -> str:
    more = {"account": account} if account else {}
    return mt940(*pays, number=number, day=day, since=TODAY, opening=opening, **more)


def verdict() -> str:
    return Instalment.objects.get().verdict


def judged(desk: Desk, on: date = AFTER) -> str:
    judge_commitments(desk.id, at(on, 3))
    return verdict()


CASES = [
    ([PAID._replace(on=DUE)], CONTROL, "kept", "all of it on the promised day"),
    ([PAID._replace(on=CONTROL)], CONTROL, "kept", "on the control date"),
    ([PAID._replace(on=AFTER)], AFTER, "late", "a day after it"),
    ([PAID._replace(on=DUE, cents=95_00)], CONTROL, "kept", "95 of the hundred"),
    ([PAID._replace(on=DUE, cents=101_55)], CONTROL, "kept", "a little more than promised, with the number"),
    ([PAID._replace(on=DUE, cents=101_00, text="dank")], CONTROL, "kept", "rounded up, without the number"),
    ([PAID._replace(on=DUE, cents=94_99)], CONTROL, "partly", "a cent less than 95"),
    ([PAID._replace(on=DUE, cents=40_00), PAID._replace(on=AFTER, cents=60_00)], AFTER, "late", "the rest too late"),
    ([], CONTROL, "broken", "nothing, and the account reaches the control date"),
    ([], CONTROL - timedelta(days=1), "unknown", "nothing, but the account reaches the day before it"),
    ([PAID._replace(on=DUE, cents=40_00)], DUE, "unknown", "a part, but the account does not reach it"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pays", "reaches", "expected"), [c[:3] for c in CASES], ids=[c[3].replace(" ", "_") for c in CASES]
)
def test_what_came_and_how_far_it_is_known(
    promised: Desk, pays: list[Pay], reaches: date, expected: str
) -> None:
    promised.take(statement(*pays, day=reaches), on=AFTER)
    assert judged(promised, AFTER + timedelta(days=1)) == expected


def test_before_the_control_date_it_is_open(promised: Desk) -> None:
    promised.take(statement(day=DUE), on=DUE)
    assert judged(promised, CONTROL) == "open"


def test_without_a_bank_nobody_is_accused(promised: Desk) -> None:
    assert judged(promised) == "unknown"


def test_one_of_two_accounts_lags(promised: Desk) -> None:
    promised.take(statement(), statement(day=DUE, account=SECOND), on=AFTER)
    assert judged(promised) == "unknown"
    promised.take(statement(day=CONTROL, account=SECOND, number=12), on=AFTER)
    assert judged(promised) == "broken"


def test_an_account_that_is_not_in_use_holds_nothing_up(promised: Desk) -> None:
    from beluur.store.models import BankAccount

    promised.take(statement(), statement(day=DUE, account=SECOND), on=AFTER)
    BankAccount.objects.filter(number=SECOND).update(in_use=False)
    assert judged(promised) == "broken"


def test_a_statement_is_missing_in_between(promised: Desk) -> None:
    promised.take(statement(day=DUE, number=11), on=AFTER)
    promised.take(mt940(number=13, opening=100_00, day=AFTER, since=CONTROL), on=AFTER)
    assert judged(promised) == "unknown", "what he paid may stand on the one that is missing"
    promised.take(mt940(PAID._replace(on=CONTROL), number=12, since=DUE), on=AFTER)
    assert judged(promised) == "kept"


def test_while_a_payment_waits_that_may_be_his_he_is_not_accused(promised: Desk) -> None:
    promised.take(statement(Pay(100_00, "dank", NOBODY, "Anoniem", on=DUE)), on=AFTER)
    assert one().state == "proposed"
    assert judged(promised) == "unknown"
    set_aside(promised.doer(AFTER), payment_id=one().id)
    assert judged(promised) == "broken"


def test_the_proposal_that_is_accepted_keeps_it_in_time(promised: Desk) -> None:
    promised.take(statement(Pay(100_00, "dank", NOBODY, "Anoniem", on=DUE)), on=AFTER)
    accept_proposal(promised.doer(AFTER + timedelta(days=9)), payment_id=one().id)
    assert verdict() == "kept", "by the day of the bank, not the day of the click"


def test_broken_puts_him_up_for_a_call(promised: Desk) -> None:
    promised.take(statement(), on=AFTER)
    assert verdict() == "broken"
    assert "Niet nagekomen" in "\n".join(timeline(promised.who["Bakkerij Proefkruimel"]))


def test_what_comes_after_it_was_broken_is_late(promised: Desk) -> None:
    promised.take(statement(), on=AFTER)
    assert verdict() == "broken"
    promised.take(mt940(PAID._replace(on=AFTER), number=12, since=CONTROL), on=AFTER)
    assert verdict() == "late"
    assert Promise.objects.get().ended_because == "late"


def test_each_instalment_is_judged_by_itself(desk: Desk) -> None:
    debtor = desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00))
    hold_call(desk.world.doer, debtor, promise(50_00, DUE, (DUE + timedelta(days=7), 50_00)))
    desk.take(
        statement(PAID._replace(cents=50_00, on=DUE), day=CONTROL + timedelta(days=9)),
        on=AFTER + timedelta(days=9),
    )
    assert list(Instalment.objects.order_by("number").values_list("verdict", flat=True)) == ["kept", "broken"]


# -- money that goes back ---------------------------------------------------------------------------------------------


@pytest.fixture
def kept(promised: Desk) -> Desk:
    promised.take(camt053(PAID._replace(on=DUE), day=DUE, since=TODAY), on=DUE)
    assert (verdict(), Promise.objects.get().active) == ("kept", False)
    return promised


def back(desk: Desk, on: date = CONTROL, known_to: date = AFTER) -> int:
    gone = Pay(-100_00, "Storno", on=on, end_to_end="E1", returned="MD06")
    return desk.take(camt053(gone, number="A2", opening=100_00, day=known_to, since=DUE), on=AFTER)


def test_a_return_makes_a_kept_one_broken_again(kept: Desk) -> None:
    back(kept)
    assert judged(kept) == "broken"
    assert Promise.objects.get().active


def test_that_it_came_and_went_back_is_told_and_not_that_nothing_came(kept: Desk) -> None:
    back(kept)
    judged(kept)
    told = timeline(kept.who["Bakkerij Proefkruimel"])
    assert "- € 100,00 kwam op vr 27 nov 2026 en ging terug op di 1 dec 2026" in told
    assert not any("kwam niets binnen" in line for line in told)


def test_a_return_before_the_control_date_lets_it_stand_open(kept: Desk) -> None:
    back(kept, on=DUE + timedelta(days=1), known_to=DUE + timedelta(days=1))
    assert Promise.objects.get().active
    assert judged(kept, CONTROL) == "open"


def test_he_pays_again_too_late_after_a_return(kept: Desk) -> None:
    back(kept)
    kept.take(camt053(PAID._replace(on=AFTER, end_to_end="E2"), number="A3", opening=0), on=AFTER)
    assert judged(kept, AFTER + timedelta(days=1)) == "late", "what went back did not come in time"


def test_undoing_the_return_keeps_it_again(kept: Desk) -> None:
    undo_intake(kept.doer(AFTER), back(kept))
    assert judged(kept) == "kept"


def test_an_assignment_taken_back_makes_it_broken_again(kept: Desk) -> None:
    kept.take(mt940(number=12, opening=100_00, day=AFTER, since=DUE), on=AFTER)
    take_back_assignment(kept.doer(AFTER), payment_id=one().id)
    assert opens()["2026-1"] == 100_00
    assert judged(kept) == "broken"


def test_undoing_the_statement_knows_no_more(kept: Desk) -> None:
    from beluur.store.models import Intake

    undo_intake(kept.doer(AFTER), Intake.objects.get().id)
    assert judged(kept) == "unknown"


def test_a_kept_one_that_was_replaced_or_merged_stays_judged_once(kept: Desk) -> None:
    """A correction ended the promise: money that goes back does not wake it."""
    Promise.objects.update(ended_because="corrected")
    back(kept)
    assert (verdict(), Promise.objects.get().active) == ("kept", False)


def test_a_merge_judges_nothing_twice(kept: Desk) -> None:
    other = kept.owes("Proefkruimel Winkels", ("2026-2", 50_00))
    told = timeline(kept.who["Bakkerij Proefkruimel"])
    merge_debtors(kept.doer(AFTER), kept_id=other, gone_id=kept.who["Bakkerij Proefkruimel"])
    judge_commitments(kept.id, at(AFTER, 3))
    again = "\n".join(timeline(other))
    assert "Nagekomen" not in again
    assert "\n".join(told).count("Nagekomen") == 1
    back(kept)
    assert judged(kept) == "broken"


def test_a_payment_by_history_is_judged_by_its_own_day(promised: Desk) -> None:
    """The export of a later day holds it already; its statement comes after."""
    from beluur.store.models import Invoice

    Invoice.objects.update(stated_open_cents=0, open_cents=0, as_of=AFTER + timedelta(days=3))
    promised.take(statement(PAID._replace(on=AFTER), day=AFTER), on=AFTER + timedelta(days=3))
    assert judged(promised, AFTER + timedelta(days=3)) == "late"


def test_judging_after_the_bank_marks_the_debtor(promised: Desk) -> None:
    Debtor.objects.update(step_stale=False)
    promised.take(statement(), on=AFTER)
    assert Debtor.objects.get().step_stale
