"""On which accounts customers pay decides to which day promises are judged (J3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from beluur.actions.change_account import change_account
from beluur.actions.judge_commitments import judge_commitments
from beluur.store.load import bank_reach
from beluur.store.models import BankAccount, Instalment
from tests.actions.calls import at, hold_call, promise
from tests.rows import make_account
from tests.world import World, make_world

pytestmark = pytest.mark.django_db

CONTROL = date(2026, 12, 1)
AFTER = CONTROL + timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


def test_an_account_that_lags_holds_the_judgement_up_until_it_is_no_longer_in_use(world):
    debtor = world.debtor(phone="+31 20 123 45 00")
    world.invoice(debtor, "2026-1", 100_00)
    hold_call(world.doer, debtor, promise(100_00))
    make_account(world.administration, reaches=CONTROL)
    old = make_account(world.administration, number="NL69INGB0123456789", reaches=date(2026, 11, 20))
    doer = replace(world.doer, at=at(AFTER, 10))
    judge_commitments(world.id, doer.at)
    assert Instalment.objects.get().verdict == "unknown"

    assert change_account(doer, account_id=old.id, in_use=False)
    assert bank_reach(world.id) == CONTROL
    assert Instalment.objects.get().verdict == "broken"


def test_the_same_form_twice_is_done_once(world):
    account = make_account(world.administration)
    doer = world.with_key("k1")
    assert change_account(doer, account_id=account.id, in_use=False)
    change_account(world.doer, account_id=account.id, in_use=True)
    change_account(doer, account_id=account.id, in_use=False)
    account.refresh_from_db()
    assert account.in_use


def test_what_is_so_already_changes_nothing(world):
    account = make_account(world.administration)
    assert not change_account(world.doer, account_id=account.id, in_use=True)


def test_an_account_of_another_administration_is_not_there(world):
    account = make_account(make_world("ander").administration)
    with pytest.raises(BankAccount.DoesNotExist):
        change_account(world.doer, account_id=account.id, in_use=False)
