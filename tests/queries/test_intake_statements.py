"""The bank's statements before they are taken over: each account, what came in, and what is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.queries.intakes import intake_view
from beluur.store.models import BankAccount
from beluur.values.money import Money
from beluur.values.problem import Refused
from tests.statements import OTHER, OURS, Came, mt940, stage, take_in
from tests.world import TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

FRIDAY = TODAY - timedelta(days=3)
THURSDAY = FRIDAY - timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


def view(world: World, *contents: bytes, **files: bytes):
    return intake_view(world.id, stage(world.doer, *contents, **files))


def test_a_new_account_is_told_in_fours_with_what_came_and_went(world, guard_queries):
    intake_id = stage(world.doer, mt940(Came(500_00), Came(250_00), Came(-30_00), day=FRIDAY))
    with guard_queries():
        [account] = intake_view(world.id, intake_id).accounts
    assert (account.shown, account.new, account.number) == ("NL91 ABNA 0417 1643 00", True, OURS)
    assert (account.total.came, account.total.went, account.total.new) == (Money(750_00), Money(30_00), 3)
    assert account.shown_statements == (), "one statement is told by its total"


def test_only_a_bank_file_changes_something_and_asks_nothing_of_invoices(world):
    found = view(world, mt940(Came(500_00), day=FRIDAY))
    assert found.only_bank
    assert not found.changes_nothing


def test_the_same_statement_again_changes_nothing_and_asks_nothing_of_the_account(world):
    statement = mt940(Came(500_00), day=FRIDAY)
    take_in(world.doer, statement)
    found = view(world, statement)
    assert found.changes_nothing
    assert (found.new_accounts, found.account_moves) == ((), False)
    assert (found.accounts[0].total.new, found.accounts[0].total.old) == (0, 1)


def test_a_statement_without_bookings_moves_the_day_to_which_the_account_is_known(world):
    take_in(world.doer, mt940(Came(500_00), day=THURSDAY))
    found = view(world, mt940(day=FRIDAY, number=2))
    assert found.changes_nothing
    assert found.account_moves


def test_two_statements_stand_under_their_account_and_a_gap_with_it(world):
    found = view(
        world,
        mt940(Came(100_00), day=THURSDAY, number=1),
        mt940(Came(200_00), day=FRIDAY, number=3),
        mt940(Came(-10_00), day=FRIDAY, account=OTHER),
    )
    ours, other = found.accounts
    assert [s.came for s in ours.shown_statements] == [Money(100_00), Money(200_00)]
    assert ours.total.came == Money(300_00)
    assert ours.problems, "they do not follow"
    assert other.problems == ()
    assert not set(ours.problems) & set(found.other_problems)


def test_a_statement_that_does_not_add_up_is_taken_only_by_who_saw_it(world):
    intake_id = stage(world.doer, mt940(Came(500_00), day=FRIDAY, off=12_34))
    found = intake_view(world.id, intake_id)
    assert found.off_balance
    assert found.accounts[0].statements[0].off == Money(12_34)
    assert [p.code for p in found.accounts[0].problems] == ["bank.balance"]
    with pytest.raises(Refused) as refused:
        publish_intake(world.doer, intake_id)
    assert (refused.value.sentence.code, refused.value.field) == ("intake.balance_unseen", "balance_seen")
    publish_intake(world.doer, intake_id, balance_seen=True)
    assert publish_all(world.doer, intake_id)


def test_an_account_on_which_no_customer_pays_is_not_waited_for(world):
    intake_id = stage(world.doer, mt940(day=FRIDAY), mt940(Came(5_00), day=THURSDAY, account=OTHER))
    publish_intake(world.doer, intake_id, not_for_customers=[OTHER])
    assert publish_all(world.doer, intake_id)
    in_use = dict(BankAccount.objects.values_list("number", "in_use"))
    assert in_use == {OURS: True, OTHER: False}


def test_a_year_of_statements_is_told_in_few_lines(world):
    days = [FRIDAY - timedelta(days=n) for n in range(60, 0, -1)]
    [account] = view(world, *(mt940(day=day, number=n) for n, day in enumerate(days, 1))).accounts
    assert (len(account.shown_statements), account.hidden) == (12, 48)
