"""Whom a colleague has on the line is not offered to another."""

from __future__ import annotations

import pytest

from beluur.actions.leave_call import leave_call
from beluur.actions.once import Doer
from beluur.actions.open_call import open_call
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.queries.call_result import next_to_call
from beluur.queries.today import today
from tests.rows import MOMENT, make_administration, make_debtor, make_invoice, make_user

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_who_is_on_the_line_is_not_the_next_call_of_anybody_and_is_again_when_it_is_left():
    house = make_administration()
    large, small = make_debtor(house, name="Groot Dok BV"), make_debtor(house, name="Klein Dok BV")
    make_invoice(large, 900_00)
    make_invoice(small, 100_00)
    plan_next_steps(house.id, MOMENT)
    colleague = make_user(house, name="Collega Voorbeeld")
    doer = Doer(administration_id=house.id, at=MOMENT, user_id=colleague.id, name=colleague.name)
    assert today(house.id, MOMENT).first.id == large.id
    opened = open_call(doer, large.id)
    page = today(house.id, MOMENT)
    assert page.first.id == small.id
    assert [c.talks_with for group in page.groups for c in group.calls] == ["Collega Voorbeeld", ""]
    assert next_to_call(house.id, MOMENT, beside=small.id) is None
    leave_call(doer, opened.call_id)
    assert today(house.id, MOMENT).first.id == large.id
